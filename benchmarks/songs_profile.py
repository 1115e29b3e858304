"""Where the processor time of a whole song and of an excerpt of 30 s goes, by stage.

``python -m benchmarks songs_profile``, one thread; the songs are those of :mod:`benchmarks.songs`. The profiler itself costs
some of the time, most of it in decoding, which calls Python for every packet.
"""

from __future__ import annotations

import cProfile
import pstats
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from threadpoolctl import threadpool_limits

from benchmarks.report import Row, as_markdown
from benchmarks.songs import find_songs
from genre_desktop.core.types import Mode
from genre_desktop.ml.data.folder_import import measure as measure_file
from genre_desktop.ml.data.import_item import ImportItem
from genre_desktop.ml.registry.encoder_store import shipped_file

TITLE = "Where the time of a song goes"
REST = "the rest: statistics, tonnetz, passing on"
STAGES = {
    ("decoder.py", "_resampled"): "decoding, mixing, resampling",
    ("window_extractor.py", "_result"): "encoder, with its log-mel",
    ("cqt.py", "chroma_cqt"): "constant-Q",
    ("stft.py", "spectrum"): "transforms and measures of single frames",
    ("hpss.py", "separate"): "harmonic and percussive parts, with medians",
    ("chroma.py", "__init__"): "peaks for the tuning",
    ("chroma.py", "chroma"): "chroma",
    ("stft.py", "remove_dc"): "frames at the ends",
    ("rhythm.py", "onset_strengths"): "onsets",
    ("rhythm.py", "tempo"): "tempo",
    ("sound_kind.py", "classify_window"): "kind of sound",
}
"""File and function, with all that it calls, and the name of the stage; none calls another."""


def measure() -> list[Row]:
    songs = [path for path, _ in find_songs()]
    if not songs:
        return [Row("songs", 0, "", note="GENRE_DESKTOP_SONGS names no folder with songs of 3 to 5 min")]
    with threadpool_limits(1):
        return [*_rows(songs, "song"), *_rows(songs, "excerpt")]


def _rows(songs: list[Path], mode: Mode) -> Iterator[Row]:
    _extract(songs[0], mode)  # filter banks, the network
    profiler = cProfile.Profile(time.process_time)
    profiler.enable()
    for path in songs:
        _extract(path, mode)
    profiler.disable()
    found = stages(pstats.Stats(profiler))
    total = sum(found.values())
    yield Row(f"{mode}: all", 1000 * total / len(songs), "ms", 1.0)
    for stage, seconds in found.most_common():
        yield Row(f"{mode}: {stage}", 1000 * seconds / len(songs), "ms", seconds / total)


def _extract(path: Path, mode: Mode) -> None:
    measure_file(ImportItem(str(path), mode), shipped_file())


def stages(profile: pstats.Stats) -> Counter[str]:
    """Seconds of each stage."""
    found: Counter[str] = Counter()
    for (file, _line, function), (_calls, _primitive, _own, seconds, _callers) in profile.stats.items():  # type: ignore[attr-defined]
        if function == "_extract":
            found[REST] += seconds
        elif stage := STAGES.get((Path(file).name, function)):
            found[stage] += seconds
    found[REST] -= sum(seconds for stage, seconds in found.items() if stage != REST)
    return found


if __name__ == "__main__":
    print(as_markdown(TITLE, measure()))
