"""M3U8 playlists, one for each genre, with titles, lengths and paths relative to the playlist."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from genre_desktop.core.disk.sync import sync_file, sync_folder
from genre_desktop.core.errors import AppError, raise_if_full
from genre_desktop.core.quoting.controls import printable
from genre_desktop.core.quoting.file_names import file_names
from genre_desktop.core.tag_rules import TaggableSong, tag_name

SUFFIX = ".m3u8"

_UNLISTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What a line of a playlist cannot contain: control characters, line breaks of any kind, undecodable bytes."""

_PLAIN_START = re.compile(r"/|\.\.?/|[^\W_][^:/]*(/|$)")
"""Paths that no player mistakes for a comment, an option or an address such as ``http:/``."""


@dataclass(frozen=True, slots=True)
class Playlist:
    """The songs of a genre, or of another title, and the name of its file."""

    genre: str
    file: str
    songs: tuple[TaggableSong, ...]


@dataclass(frozen=True, slots=True)
class PlaylistPlan:
    """Playlists to write, longest first.

    ``unsure`` and ``unnameable`` count excluded songs: below the confidence, or with a path that a
    playlist cannot contain (undecodable, or with a control character).
    """

    lists: tuple[Playlist, ...]
    unsure: int
    unnameable: int


def plan(songs: Iterable[TaggableSong], minimum: float) -> PlaylistPlan:
    """Group songs into playlists; ``minimum`` (0 to 1) as in :meth:`.tag_rules.TaggableSong.sure`."""
    by_genre: dict[str, list[TaggableSong]] = {}
    unsure = unnameable = 0
    for song in songs:
        if not song.sure(minimum):
            unsure += 1
        elif _UNLISTABLE.search(song.path):
            unnameable += 1
        else:
            by_genre.setdefault(tag_name(song.genre), []).append(song)
    names = file_names(by_genre, SUFFIX)
    order = sorted(by_genre, key=lambda genre: (-len(by_genre[genre]), genre))
    lists = tuple(Playlist(genre, names[genre], tuple(by_genre[genre])) for genre in order)
    return PlaylistPlan(lists, unsure, unnameable)


def of_songs(title: str, file: str, songs: Iterable[TaggableSong]) -> Playlist:
    """Return one playlist of songs in their order, without those whose path it cannot contain."""
    return Playlist(title, file, tuple(song for song in songs if not _UNLISTABLE.search(song.path)))


def write(folder: Path, lists: Sequence[Playlist]) -> list[Path]:
    """Write playlists into ``folder``, which is created if it is missing, replacing each existing file atomically.

    Raises
    ------
    AppError
        ``export-failed``; the playlists before the failure are written.
    """
    written = []
    for playlist in lists:
        path = folder / playlist.file
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Not write_atomically, whose files only their owner may read.
            part = path.with_name(f".{path.name}.part")
            part.write_text(text(folder, playlist), "utf-8", newline="\n")
            sync_file(part)
            part.replace(path)
            sync_folder(folder)
        except OSError as error:
            raise_if_full(error, path)
            raise AppError(
                "export-failed/playlists", path=str(path), error=error.strerror or str(error)
            ) from error
        written.append(path)
    return written


def common_folder(songs: Sequence[TaggableSong]) -> str:
    """Return the deepest folder that all songs are in or below; empty where that is a whole disk, or none."""
    try:
        found = os.path.commonpath([song.path.rpartition(os.sep)[0] or os.sep for song in songs])
    except ValueError:
        return ""
    return "" if Path(found) == Path(found).parent else found


def text(folder: Path, playlist: Playlist) -> str:
    """Return the content of a playlist in ``folder``."""
    lines = ["#EXTM3U", f"#PLAYLIST:{printable(playlist.genre)}"]
    for song in playlist.songs:
        seconds = -1 if song.duration_s is None else round(song.duration_s)
        lines += [f"#EXTINF:{seconds},{printable(Path(song.path).stem)}", relative(song.path, folder)]
    return "\n".join(lines) + "\n"


def relative(path: str, folder: Path) -> str:
    """Return ``path`` relative to ``folder``, with forward slashes; absolute if it is on another drive.

    It begins with ``./`` where it could be mistaken for something other than a path.
    """
    try:
        found = Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path
    return found if _PLAIN_START.match(found) else f"./{found}"
