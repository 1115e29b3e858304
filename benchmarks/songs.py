"""Whole songs: what one costs, beside its windows measured alone, an older checkout and other extractors.

``python -m benchmarks songs``; processor time, one thread. ``GENRE_DESKTOP_SONGS`` names a folder with music;
ten songs of three to five minutes are taken, evenly over the sorted files. ``GENRE_DESKTOP_OLDER`` names a checkout
of an older version, which measures the same songs in turn. The peers come with the dependency group ``peers``, or lie
in a folder of their own that ``GENRE_DESKTOP_PEERS`` names (``pip install --target``).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import scipy.fft
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from benchmarks.report import Row
from genre_desktop.audio.decoding.decoder import Decoder, probe, read
from genre_desktop.core.errors import AppError
from genre_desktop.ml.features import windowing
from genre_desktop.ml.features.encoder.encoder import Encoder
from genre_desktop.ml.features.extractor import Extractor
from genre_desktop.ml.features.window_extractor import WindowExtractor
from genre_desktop.ml.registry.encoder_store import shipped_file

TITLE = "Whole songs"
SONGS = 10
LENGTH_S = (180.0, 300.0)
SUFFIXES = (".flac", ".mp3", ".ogg", ".opus", ".m4a", ".wav")
REPOSITORY = Path(__file__).parents[1]
ALONE = "each window alone"

_PROBE = """
import json, sys, time
from genre_desktop.ml.data import folder_import
from genre_desktop.ml.data.folder_import import ImportItem
from genre_desktop.ml.registry.encoder_store import shipped_file

try:
    from genre_desktop.audio.sandbox import pool
    pool.use("off")  # processor time is that of one process
except ImportError:  # a checkout before 0.2
    pass

def measure(mode, encoder):
    if "encoder" in ImportItem.__annotations__:  # a checkout before 0.2
        folder_import.measure(ImportItem(sys.argv[1], mode, encoder))
    else:
        folder_import.measure(ImportItem(sys.argv[1], mode), encoder)

def seconds(encoder):
    measure("excerpt", encoder)  # filter banks, the network
    started = time.process_time()
    measure("song", encoder)
    return time.process_time() - started

print(json.dumps([seconds(None), seconds(shipped_file())]))
"""
"""Measures one song with the import of a checkout: its signal columns, and all columns."""

_PEERS = {
    "bliss-audio, 23 features": """
from bliss_audio import Song
work = lambda path: Song(path)
""",
    "Essentia MusicExtractor": """
import essentia
essentia.log.infoActive = False
import essentia.standard
work = essentia.standard.MusicExtractor()
""",
    "openSMILE ComParE_2016": """
import opensmile
work = opensmile.Smile(opensmile.FeatureSet.ComParE_2016, opensmile.FeatureLevel.Functionals).process_file
""",
}
_TIMED = """
import json, os, sys, time, warnings
warnings.simplefilter("ignore")
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
try:
    exec(sys.argv[1])
except ImportError:
    sys.exit(3)
started = time.process_time()
work(sys.argv[2])
print(json.dumps(time.process_time() - started))
"""

Samples = NDArray[np.float32]
Extract = Callable[[Samples, int, bool, int], NDArray[np.float64]]


def measure() -> list[Row]:
    songs = find_songs()
    if not songs:
        return [Row("songs", 0, "", note="GENRE_DESKTOP_SONGS names no folder with songs of 3 to 5 min")]
    with threadpool_limits(1):
        rows = [*_own(songs), *_older(songs), *_peers(songs)]
    seconds = sum(length for _, length in songs)
    names = "; ".join(path.stem if path.stem != "song" else path.parent.name for path, _ in songs)
    return [*rows, Row("length of a song", seconds / len(songs), "s", note=f"{len(songs)} songs: {names}")]


def find_songs() -> list[tuple[Path, float]]:
    """Return songs and their lengths in seconds."""
    folder = os.environ.get("GENRE_DESKTOP_SONGS")
    found = []
    for path in sorted(Path(folder).rglob("*")) if folder else ():
        if path.suffix.lower() in SUFFIXES:
            try:
                seconds = probe(path).duration_s or 0.0
            except AppError:
                continue
            if LENGTH_S[0] <= seconds <= LENGTH_S[1]:
                found.append((path, seconds))
    places = np.linspace(0, len(found) - 1, min(SONGS, len(found))).round().astype(int)
    return [found[place] for place in places.tolist()]


class _Each:
    """What :func:`.windowing.rows` asks, answered by a function."""

    def __init__(self, extract: Extract) -> None:
        self.extract = extract


class _Alone(Extractor):
    """Measures every window as if it were a clip."""

    def extract(self, samples: Samples, position: int | None = None) -> NDArray[np.float64]:
        return super().extract(samples)


def _own(songs: list[tuple[Path, float]]) -> Iterator[Row]:
    """Measure the songs in this process, each in every way in turn."""
    shared, alone = Extractor(), _Alone()
    whole, whole_alone = (WindowExtractor(lambda: Encoder.load(shipped_file())) for _ in range(2))
    whole_alone._signal = alone
    ways: dict[str, Callable[[Path], object]] = {
        "bound": _decode_and_rfft,
        "decode": read,
        "signal": lambda path: _rows(
            path, lambda x, start, all_, _: shared.extract(x, None if all_ else start)
        ),
        "signal alone": lambda path: _rows(path, lambda x, *_: alone.extract(x)),
        "all": lambda path: _rows(path, whole.extract),
        "all alone": lambda path: _rows(path, whole_alone.extract),
    }
    for work in ways.values():
        work(songs[0][0])
    taken = {
        name: [_seconds(lambda work=work, path=path: work(path)) for path, _ in songs]
        for name, work in ways.items()
    }
    mean = {name: statistics.fmean(times) for name, times in taken.items()}
    ratio = {way: _ratio(taken[way], taken[f"{way} alone"]) for way in ("signal", "all")}
    yield Row("lower bound: decoding and one rfft of every frame", mean["bound"] * 1000, "ms")
    yield Row(
        "decoding alone",
        mean["decode"] * 1000,
        "ms",
        _ratio(taken["decode"], taken["bound"]),
        "",
        "over the bound",
    )
    for way, name in (("signal", "signal columns"), ("all", "all columns")):
        yield Row(f"a song, {name}, {ALONE}", mean[f"{way} alone"] * 1000, "ms")
        yield Row(f"a song, {name}", mean[way] * 1000, "ms", ratio[way], "", f"over {ALONE}")
        yield Row(
            f"a song, {name}, beside the bound", mean[way] * 1000, "ms", _ratio(taken[way], taken["bound"])
        )
    yield Row("songs a second and core, all columns", 1 / mean["all"], "songs/s")


def _rows(path: Path, extract: Extract) -> list[windowing.WindowRow]:
    with Decoder(path) as decoder:
        return list(windowing.rows(decoder.blocks(), "song", _Each(extract), decoder.info.duration_s))


def _decode_and_rfft(path: Path) -> None:
    """What no extractor can do without: decode, and transform each frame, here in float32 alone."""
    frames = np.lib.stride_tricks.sliding_window_view(np.pad(read(path).samples, 1024), 2048)[::512]
    window = np.hanning(2049)[:-1].astype(np.float32)
    for start in range(0, len(frames), 32):
        scipy.fft.rfft(frames[start : start + 32] * window, overwrite_x=True)


def _older(songs: list[tuple[Path, float]]) -> Iterator[Row]:
    """Measure the songs in processes of this and an older checkout, song by song in turn."""
    older = os.environ.get("GENRE_DESKTOP_OLDER")
    if not older:
        yield Row("an older checkout", float("nan"), "ms", note="GENRE_DESKTOP_OLDER names none")
        return
    pairs = [(_probed(Path(older), path), _probed(REPOSITORY, path)) for path, _ in songs]
    (old_signal, old_all), (signal, everything) = (
        [list(column) for column in zip(*runs, strict=True)] for runs in zip(*pairs, strict=True)
    )
    note = "over the older signal columns"
    yield Row("older checkout: signal columns", statistics.fmean(old_signal) * 1000, "ms")
    yield Row("older checkout: all columns", statistics.fmean(old_all) * 1000, "ms")
    yield Row(
        "signal columns", statistics.fmean(signal) * 1000, "ms", _ratio(signal, old_signal), "≤ 0.55", note
    )
    ratio = _ratio(everything, old_all)
    yield Row(
        "all columns", statistics.fmean(everything) * 1000, "ms", ratio, "", "over the older all columns"
    )
    ratio = _ratio(everything, old_signal)
    yield Row("all columns", statistics.fmean(everything) * 1000, "ms", ratio, "≤ 0.75", note)


def _probed(checkout: Path, song: Path) -> tuple[float, float]:
    signal, everything = json.loads(_python(["-c", _PROBE, str(song)], checkout, {}) or "[NaN, NaN]")
    return signal, everything


def _peers(songs: list[tuple[Path, float]]) -> Iterator[Row]:
    """Other extractors in processes of their own, each on one core."""
    folder = os.environ.get("GENRE_DESKTOP_PEERS")
    options, extra = (["-S"], {"PYTHONPATH": folder}) if folder else ([], {})
    for name, setup in _PEERS.items():
        taken = []
        for path, _ in songs:
            out = _python([*options, "-c", _TIMED, setup, str(path)], Path("/"), extra)
            if out is None:
                yield Row(name, float("nan"), "songs/s", note="not installed, or it failed")
                break
            taken.append(float(json.loads(out)))
        else:
            yield Row(name, 1 / statistics.fmean(taken), "songs/s", target="< ours")


def _python(arguments: list[str], folder: Path, extra: dict[str, str]) -> str | None:
    """Return the last line that Python prints in a folder, or None when it fails; one thread."""
    single = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, **single, **extra},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    return done.stdout.strip().splitlines()[-1] if done.returncode == 0 and done.stdout.strip() else None


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _ratio(times: list[float], others: list[float]) -> float:
    """Return the median ratio over the songs."""
    return statistics.median(a / b for a, b in zip(times, others, strict=True))
