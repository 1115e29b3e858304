"""Features of a 30 s clip beside plain librosa, a common recipe and other extractors; one thread.

``python -m benchmarks.features``. The peers come with the dependency group ``peers``; they may also lie in a
folder that ``GENRE_DESKTOP_PEERS`` names (``pip install --target``), and are left out where absent.
"""

from __future__ import annotations

import importlib
import os
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from types import ModuleType

import numpy as np
import scipy.fft
import soundfile
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from benchmarks.report import Row, as_markdown, median_seconds
from genre_desktop.audio.capture.live_windows import GRID
from genre_desktop.audio.decoding.decoder import read
from genre_desktop.ml.data.gtzan_tables import shared_folder
from genre_desktop.ml.features import schema
from genre_desktop.ml.features.extractor import Extractor
from tools import librosa_reference
from tools.synthetic_audio import music

TITLE = "Features of a 30 s clip"
RATE = schema.SAMPLE_RATE
RUNS = 9
LIVE_S = (3, 10)
LIVE_ANSWERS = 20  # seconds of them
Samples = NDArray[np.float32]
Work = Callable[[], object]
Peer = tuple[str, Work | None, str]


def measure() -> list[Row]:
    """Run all measurements; ratios of peers are their time over that of the 57 features."""
    if folder := os.environ.get("GENRE_DESKTOP_PEERS"):
        sys.path.append(folder)  # last, so that what is installed here wins
    with tempfile.TemporaryDirectory() as folder, threadpool_limits(1):
        path, what = clip(Path(folder))
        samples = read(path).samples
        rows = list(_ours(path, samples))
        published = Extractor(schema.PUBLISHED_57)
        for name, work, target in _peers(path, samples):
            if work is None:
                rows.append(Row(name, float("nan"), "ms", target=target, note="not installed"))
            else:
                taken, ratio = _beside(work, lambda: published.extract(samples), runs=3)
                rows.append(Row(name, taken * 1000, "ms", ratio, target))
        rows.append(Row("clip", len(samples) / RATE, "s", note=what))
    return rows


def clip(folder: Path) -> tuple[Path, str]:
    """A 30 s file to measure with, and what it is; a synthetic one is written to ``folder``."""
    recording = shared_folder() / "gtzan_mini" / "rock" / "rock.00004.flac"
    if recording.is_file():
        return recording, "a recording of the shared data"
    path = folder / "clip.flac"
    soundfile.write(path, music(30.0, RATE), RATE)
    return path, "synthetic: the shared data is absent"


def _beside(work: Work, other: Work, runs: int = RUNS) -> tuple[float, float]:
    """Median seconds of ``work``, and median ratio to ``other`` of runs that follow one another."""
    work()
    other()
    taken = [(_seconds(work), _seconds(other)) for _ in range(runs)]
    return statistics.median(a for a, _ in taken), statistics.median(a / b for a, b in taken)


def _seconds(work: Work) -> float:
    return median_seconds(work, runs=1, warm_up=0)


def _ours(path: Path, samples: Samples) -> Iterator[Row]:
    published, everything = Extractor(schema.PUBLISHED_57), Extractor()
    first = median_seconds(lambda: published.extract(samples), RUNS)
    yield Row("the 57 features", first * 1000, "ms")
    whole, ratio = _beside(lambda: everything.extract(samples), lambda: published.extract(samples))
    yield Row("the whole contract", whole * 1000, "ms", ratio, "≤ 2", "over the 57")
    lower_bound = median_seconds(lambda: _decode_and_rfft(path), RUNS)
    yield Row("lower bound: decoding and one rfft of every frame", lower_bound * 1000, "ms")
    both, ratio = _beside(lambda: published.extract(read(path).samples), lambda: _decode_and_rfft(path))
    yield Row("decoding and the 57 features", both * 1000, "ms", ratio, "≤ 8", "over the lower bound")
    for seconds in LIVE_S:
        window = samples[: seconds * RATE]
        live = median_seconds(lambda window=window: everything.extract(window), RUNS)
        yield Row(f"the whole contract of a {seconds} s window", live * 1000, "ms")
    yield from _live_answers(samples)


def _live_answers(samples: Samples) -> Iterator[Row]:
    """Windows of 10 s, one every 0.5 s, cut as live mode cuts them: measured alone, and one after the other."""
    extractor, length = Extractor(), 10 * RATE
    stream = np.resize(samples, (10 + LIVE_ANSWERS) * RATE)
    taken = []
    for number in range(2 * LIVE_ANSWERS):
        position = number * RATE // 2 // GRID * GRID
        window = stream[position : position + length]
        alone = _seconds(partial(extractor.extract, window))
        taken.append((_seconds(partial(extractor.extract, window, position)), alone))
    following, alone = (statistics.median(column) for column in zip(*taken[1:], strict=True))
    ratio = statistics.median(a / b for a, b in taken[1:])
    yield Row("one live answer's features, 10 s measured alone", alone * 1000, "ms")
    name = "one live answer's features, 10 s that begin 0.5 s after the last"
    yield Row(name, following * 1000, "ms", ratio, "≤ 0.7", "over measured alone")


def _decode_and_rfft(path: Path) -> None:
    """What no extractor can do without: decode, and transform each frame, here in float32 alone."""
    frames = np.lib.stride_tricks.sliding_window_view(np.pad(read(path).samples, 1024), 2048)[::512]
    window = np.hanning(2049)[:-1].astype(np.float32)
    for start in range(0, len(frames), 32):
        scipy.fft.rfft(frames[start : start + 32] * window, overwrite_x=True)


def _peers(path: Path, samples: Samples) -> Iterator[Peer]:
    yield "librosa called plainly, the 57", lambda: librosa_reference.published_57(samples), "≥ 15"
    yield "recipe of nine containers, each feature on its own", lambda: _nine_containers(samples), "≥ 25"
    smile = _optional("opensmile")
    extract = None
    if smile:
        processor = smile.Smile(smile.FeatureSet.ComParE_2016, smile.FeatureLevel.Functionals)
        extract = lambda: processor.process_signal(samples, RATE)  # noqa: E731
    yield "openSMILE ComParE_2016", extract, "≥ 5"
    yield "Essentia MusicExtractor", _essentia(path), "≥ 20"


def _nine_containers(samples: Samples) -> None:
    """The recipe of a published stack of containers: every call starts from the samples."""
    import librosa

    librosa.feature.mfcc(y=samples, sr=RATE, n_mfcc=13)
    librosa.beat.beat_track(y=samples, sr=RATE)
    librosa.effects.harmonic(samples)
    librosa.effects.percussive(samples)
    librosa.feature.spectral_bandwidth(y=samples, sr=RATE)
    librosa.feature.spectral_rolloff(y=samples, sr=RATE)
    librosa.feature.rms(y=samples)


def _essentia(path: Path) -> Work | None:
    standard = _optional("essentia.standard")
    if standard is None:
        return None
    importlib.import_module("essentia").log.infoActive = False
    extractor = standard.MusicExtractor()  # at 44.1 kHz: it takes no rate under 32 kHz
    return lambda: extractor(str(path))


def _optional(name: str) -> ModuleType | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(name)
    except ImportError:
        return None


def costs(samples: Samples, runs: int = 25) -> dict[str, float]:
    """Milliseconds of the processor that each group alone takes on top of the shared transform.

    The least of several runs, taken in turn: what else the machine does would drown a small difference.
    """
    extractors = {group: Extractor(names) for group, names in groups().items()}
    extractors[""] = Extractor(())
    least = dict.fromkeys(extractors, np.inf)
    for _ in range(runs):
        for group, extractor in extractors.items():
            started = time.thread_time()
            extractor.extract(samples)
            least[group] = min(least[group], time.thread_time() - started)
    return {group: (least[group] - least[""]) * 1000 for group in groups()}


def groups() -> dict[str, set[str]]:
    """Columns of each group of the contract; the two that share the constant-Q transform together."""
    pitch = ("chroma cqt", "tonnetz")
    found: dict[str, set[str]] = {}
    for group, features in groupby(schema.FEATURES, lambda f: f.group):
        found.setdefault(group, set()).update(f.name for f in features)
    return {**found, " + ".join(pitch): set().union(*(found[g] for g in pitch))}


def main() -> None:
    print(as_markdown(TITLE, measure()))


if __name__ == "__main__":
    main()
