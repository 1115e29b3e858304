"""The live log as a cue sheet: a track for each section of a recording, or of the time since listening began.

The format is that of CDRWIN's user guide: ``FILE``, ``TRACK``, ``TITLE`` and ``INDEX 01 mm:ss:ff`` with 75 frames a
second. Minutes may have more than two digits, which players read, although a CD has no place for them.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from genre_desktop.core.listening.section import LoggedSection
from genre_desktop.core.quoting.cue import quoted
from genre_desktop.core.tag_rules import tag_name

SUFFIX = ".cue"
MOST_TRACKS = 99
"""Of the format, whose track numbers have two digits."""

LONGEST_TITLE = 80
"""Letters of a title, of the format."""

_FRAMES = 75


@dataclass(frozen=True, slots=True)
class Track:
    """The start of a section in the file, in seconds, and its title."""

    start_s: float
    title: str


@dataclass(frozen=True, slots=True)
class CueSheet:
    """A file and its tracks in their order; ``take`` is True if the file is a recording that was made."""

    file: str
    tracks: tuple[Track, ...]
    take: bool
    began: float

    @property
    def left_out(self) -> int:
        """The number of tracks for which the format has no numbers."""
        return max(0, len(self.tracks) - MOST_TRACKS)

    def text(self) -> str:
        """Return the contents of the file."""
        lines = [f"REM DATE {time.localtime(self.began).tm_year}", f"FILE {quoted(self.file)} WAVE"]
        for number, track in enumerate(self.tracks[:MOST_TRACKS], 1):
            lines += [
                f"  TRACK {number:02} AUDIO",
                f"    TITLE {quoted(track.title[:LONGEST_TITLE])}",
                f"    INDEX 01 {position(track.start_s)}",
            ]
        return "".join(f"{line}\r\n" for line in lines)


def cue_sheet(sections: Sequence[LoggedSection], chosen: LoggedSection | None = None) -> CueSheet:
    """Return the cue sheet of the recording to which ``chosen`` belongs, by default the last section.

    Without one it is that of the last recording since listening began then, and without any recording of the time
    since listening began, with the name of a file that is not there.

    Parameters
    ----------
    sections:
        The log, oldest first; at least one.
    """
    chosen = chosen or sections[-1]
    same = [section for section in sections if section.listening == chosen.listening]
    take = next((each.takes[-1].file for each in (chosen, *reversed(same)) if each.takes), "")
    if take:
        starts = [(p.seconds, each) for each in same for p in each.takes if p.file == take]
    else:
        starts = [(each.offset_s, each) for each in same]
    began = chosen.listening
    name = take or f"Live {time.strftime('%Y-%m-%d %H-%M-%S', time.localtime(began))}.wav"
    return CueSheet(name, _tracks(starts), bool(take), began)


def position(seconds: float) -> str:
    """Return ``mm:ss:ff``."""
    second, frame = divmod(round(seconds * _FRAMES), _FRAMES)
    return f"{second // 60:02}:{second % 60:02}:{frame:02}"


def _tracks(starts: Sequence[tuple[float, LoggedSection]]) -> tuple[Track, ...]:
    """Return the tracks; of sections that began before the file, only the last is in it."""
    begun = [start for start, following in pairwise(starts) if following[0] > 0] + list(starts[-1:])
    return tuple(Track(max(0.0, seconds), _title(section)) for seconds, section in begun)


def _title(section: LoggedSection) -> str:
    return tag_name(section.genre) if section.kind == "music" else section.kind.capitalize()
