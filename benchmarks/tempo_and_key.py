"""Tempo and key: on synthesised music where both are known, and beside Essentia's and librosa's on real songs.

    GENRE_DESKTOP_PACKAGES=FOLDER GENRE_DESKTOP_PEERS=build/peers python -m benchmarks tempo_and_key

The synthesised songs have other seeds than those that :mod:`tools.train_tempo_and_key` learns from. The real songs are
the 42 of ``real_world`` of the shared data and 58 of the soundtracks in the packages' folder, which
:mod:`tools.sound_material` describes (also ``fretsonfire-songs-sectoid``); of each, the middle half minute, as an excerpt is. Nothing was
fitted to them; which octave the beat is was fitted to Essentia's tempo of other music, clips of GTZAN. Essentia's own answers are no truth, so its share of equal answers is given for both.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from benchmarks.report import Row
from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.music.keys import KEYS
from genre_desktop.ml.data.gtzan_tables import shared_folder
from genre_desktop.ml.features import windowing
from genre_desktop.ml.features.encoder.encoder import Encoder
from genre_desktop.ml.features.extractor import Extractor
from genre_desktop.ml.features.schema import SAMPLE_RATE
from genre_desktop.ml.features.song_music import SongMusic
from genre_desktop.ml.features.window_extractor import WindowExtractor
from genre_desktop.ml.registry.encoder_store import shipped_file
from tools import essentia_reference
from tools.synthetic_songs import song

TITLE = "Tempo and key"
SEEDS = range(100_000, 100_240)
MIDDLE_S = 30
SYNTHESISED, REAL = 0.02, 0.04
"""Tolerance of a tempo; 4 % is that of F. Gouyon et al., "An experimental comparison of audio tempo induction
algorithms", 2006."""
SONGS = 100

Samples = NDArray[np.float32]
Found = tuple[float | None, int | None]
"""Tempo, and index of the key in :data:`KEYS`."""

# C. Krumhansl, "Cognitive foundations of musical pitch", 1990: profiles of major and minor.
_KRUMHANSL = (
    (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88),
    (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17),
)


@dataclass(frozen=True)
class Comparison:
    """What the three found in one song."""

    ours: Found
    librosa: Found
    essentia: Found


def measure() -> list[Row]:
    """Run all measurements, in processes of their own: libraries of the peers stay out of this one."""
    songs = real_songs()
    with tempfile.TemporaryDirectory() as cache:
        os.environ["NUMBA_CACHE_DIR"] = cache  # one that other versions or processes left can end the process
        with _processes() as pool:
            rows = list(_synthesised(pool.map(_one_synthesised, SEEDS, chunksize=8)))
            found = list(pool.map(_ours_and_librosas, songs, chunksize=2))
        with _processes() as pool:  # Essentia and numba in one process can end it
            peers = list(pool.map(_essentias, songs, chunksize=2))
    compared = [Comparison(*both, peer) for both, peer in zip(found, peers, strict=True)]
    return [*rows, *_beside_essentia(compared), *_cost(songs[0])]


def _processes() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(os.cpu_count(), get_context("spawn"))


def ours(samples: Samples) -> Found:
    """Analyse as the program does, without the encoder, which neither needs."""
    music, extractor = SongMusic(), _SignalOnly()
    for row in windowing.rows([samples], "song", extractor):
        music.add(extractor.extractor.musical(), row.length_s)
    key = music.key()
    return music.tempo(), None if key is None else KEYS.index(key)


class _SignalOnly:
    """Features of signal processing alone."""

    def __init__(self) -> None:
        self.extractor = Extractor()

    def extract(self, samples: Samples, start: int, whole: bool, shift: int, /) -> NDArray[np.float64]:
        return self.extractor.extract(samples, None if whole else start)


def _one_synthesised(seed: int) -> tuple[float, int, Found]:
    with threadpool_limits(1):
        made = song(seed)
        return made.bpm, KEYS.index(made.key), ours(made.samples)


def _synthesised(found: Iterable[tuple[float, int, Found]]) -> Iterator[Row]:
    done = list(found)
    tempi = Counter(tempo_relation(answer[0], bpm, SYNTHESISED) for bpm, _, answer in done)
    keys = Counter(key_relation(answer[1], key) for _, key, answer in done)
    errors = [
        abs(answer[0] - bpm)
        for bpm, _, answer in done
        if tempo_relation(answer[0], bpm, SYNTHESISED) == "equal" and answer[0]
    ]
    n = len(done)
    yield Row(
        "synthesised: tempo right within 2 %",
        100 * tempi["equal"] / n,
        "%",
        target="≥ 98 %",
        note=_others(tempi, n),
    )
    yield Row("synthesised: median error of a right tempo", float(np.median(errors)), "beats a minute")
    yield Row("synthesised: key right", 100 * keys["equal"] / n, "%", target="≥ 95 %", note=_others(keys, n))


def _others(counts: Counter[str], n: int) -> str:
    rest = ", ".join(
        f"{name} {100 * count / n:.1f} %" for name, count in counts.most_common() if name != "equal"
    )
    return f"n = {n}" + (f"; {rest}" if rest else "")


def tempo_relation(found: float | None, true: float | None, tolerance: float) -> str:
    """Return ``equal``, ``an octave away`` (2, 3, 1/2 or 1/3), ``other``, or ``none`` where no tempo was found."""
    if found is None or true is None:
        return "none"
    near = lambda factor: abs(found / (true * factor) - 1) <= tolerance  # noqa: E731
    return "equal" if near(1) else "an octave away" if any(map(near, (2, 3, 1 / 2, 1 / 3))) else "other"


def key_relation(found: int | None, true: int | None) -> str:
    """Return ``equal``, ``a fifth away``, ``relative``, ``parallel``, ``other`` or ``none``."""
    if found is None or true is None:
        return "none"
    (minor, tonic), (true_minor, true_tonic) = divmod(found, 12), divmod(true, 12)
    steps = (tonic - true_tonic) % 12
    if minor == true_minor:
        return {0: "equal", 5: "a fifth away", 7: "a fifth away"}.get(steps, "other")
    return "parallel" if steps == 0 else "relative" if steps == (3 if true_minor else 9) else "other"


def real_songs() -> list[Path]:
    """Return the hundred songs; raises where the shared data or the packages are absent."""
    games = Path(os.environ["GENRE_DESKTOP_PACKAGES"]) / "usr" / "share" / "games"
    first = sorted((shared_folder() / "real_world").rglob("*.ogg"))
    first += [
        path for path in sorted((games / "supertuxkart/data/music").glob("*.ogg")) if "_f" not in path.stem
    ]
    first += sorted((games / "warzone2100/music/albums/aftermath_soundtrack").glob("*.opus"))
    first += sorted((games / "fretsonfire").rglob("song.ogg"))
    orchestral = sorted((games / "wesnoth").rglob("*.ogg"))
    rest = SONGS - len(first)
    chosen = [orchestral[round(i * (len(orchestral) - 1) / (rest - 1))] for i in range(rest)]
    return [*first, *chosen]


def _middle(path: Path) -> tuple[Samples, float]:
    """Return the middle of a song, and its start in seconds."""
    samples = read(path).samples
    start = max(0, (len(samples) - MIDDLE_S * SAMPLE_RATE) // 2)
    return samples[start : start + MIDDLE_S * SAMPLE_RATE], start / SAMPLE_RATE


def _essentias(path: Path) -> Found:
    _, start_s = _middle(path)
    return essentia_reference.tempo_and_key(path, start_s, MIDDLE_S)


def _ours_and_librosas(path: Path) -> tuple[Found, Found]:
    with threadpool_limits(1):
        samples, _ = _middle(path)
        return ours(samples), _librosa(samples)


def _librosa(samples: Samples) -> Found:
    import librosa

    tempo = float(np.ravel(librosa.beat.beat_track(y=samples, sr=SAMPLE_RATE)[0])[0])
    chroma = librosa.feature.chroma_cqt(y=samples, sr=SAMPLE_RATE).mean(axis=1)
    fits = [
        np.corrcoef(np.roll(profile, tonic), chroma)[0, 1] for profile in _KRUMHANSL for tonic in range(12)
    ]
    return tempo or None, int(np.argmax(fits))


def _beside_essentia(found: Sequence[Comparison]) -> Iterator[Row]:
    n = len(found)
    for who, answer in (("ours", lambda one: one.ours), ("librosa's beat_track", lambda one: one.librosa)):
        tempi = Counter(tempo_relation(answer(one)[0], one.essentia[0], REAL) for one in found)
        yield Row(
            f"real songs: {who}, tempo equal to Essentia's within 4 %",
            100 * tempi["equal"] / n,
            "%",
            note=_others(tempi, n),
        )
    for who, answer in (
        ("ours", lambda one: one.ours),
        ("librosa's chroma and Krumhansl's profiles", lambda one: one.librosa),
    ):
        keys = Counter(key_relation(answer(one)[1], one.essentia[1]) for one in found)
        yield Row(
            f"real songs: {who}, key equal to Essentia's", 100 * keys["equal"] / n, "%", note=_others(keys, n)
        )


def _cost(path: Path) -> Iterator[Row]:
    """Processor time of both beside that of the whole analysis of the same windows; least of several runs."""
    samples, encoder = read(path).samples, Encoder.load(shipped_file())
    extractor = WindowExtractor(lambda: encoder)

    def both() -> None:
        music = SongMusic()
        music.add(extractor.musical(), 30.0)
        music.tempo()
        music.key()

    with threadpool_limits(1):
        whole = _processor_s(lambda: list(windowing.rows([samples], "song", extractor)))
        added = _processor_s(both)
    yield Row(
        "processor time of both for a clip of 30 s",
        1000 * added,
        "ms",
        added / whole,
        note="over its features",
    )


def _processor_s(work: Callable[[], object], runs: int = 7) -> float:
    taken = []
    for _ in range(runs):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return min(taken)
