"""Fit how the beat is chosen among metrical levels, and the profiles of keys.

``GENRE_DESKTOP_PEERS=FOLDER python -m tools.train_tempo_and_key`` writes ``data/tempo_and_key.npz``. Both are fitted to
synthesised music with the seeds :data:`SEEDS`. Which of two octaves is the beat is a matter of convention in real music:
for that, the clips of GTZAN in the shared data take part with the tempo that Essentia finds.
``benchmarks/tempo_and_key.py`` measures on other seeds and other recordings.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # noqa: TID253
from threadpoolctl import threadpool_limits

from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.music.keys import KEYS
from genre_desktop.core.paths import shipped
from genre_desktop.core.serialization import write_arrays
from genre_desktop.ml.data.gtzan_tables import shared_folder  # noqa: TID253
from genre_desktop.ml.features import key_detection, tempo  # noqa: TID253
from genre_desktop.ml.features.extractor import Extractor  # noqa: TID253
from genre_desktop.ml.features.schema import FEATURES, SAMPLE_RATE  # noqa: TID253
from genre_desktop.ml.features.song_music import MusicalMeasures  # noqa: TID253
from tools import essentia_reference
from tools.synthetic_songs import click, song

Floats = NDArray[np.float64]

SEEDS = range(0, 960)
BEAT_PENALTY, KEY_PENALTY = 0.0001, 0.01
RECORDED_WEIGHT = 0.3
"""Weight of a clip over that of a synthesised song; with 0.3 of 0, 0.3, 1, 3 and 10, and the penalty above of 0.0001 to
0.003, most tempi of both were right in five-fold cross-validation (972 of 985 and 234 of 296; without clips 968 and 194)."""
TOLERANCE = 0.03
"""Difference within which a candidate is the tempo."""
START = 6.0
"""Steepness of the published profiles as the fit begins."""
COLUMNS = tuple(f.name for f in FEATURES if f.group in ("chroma cqt", "rhythm"))
"""Columns of the extractor from whose intermediate results tempo and key are measured."""
CLICKS = tuple(range(60, 185, 5))

_BGATE = (
    (1.00, 0.00, 0.42, 0.00, 0.53, 0.37, 0.00, 0.77, 0.00, 0.38, 0.21, 0.30),
    (1.00, 0.00, 0.36, 0.39, 0.00, 0.38, 0.00, 0.74, 0.27, 0.00, 0.42, 0.23),
)
"""Profiles of major and minor (Faraldo et al. 2016), from the tonic."""


@dataclass(frozen=True)
class Example:
    """One song: what is measured of it, its tempo, and the index of its key; None for a metronome."""

    measures: MusicalMeasures
    bpm: float
    key: int | None
    weight: float = 1.0


def measure(samples: NDArray[np.float32]) -> MusicalMeasures:
    """Measure one window."""
    extractor = Extractor(COLUMNS)
    extractor.extract(samples)
    return extractor.musical()


def example(seed: int) -> Example:
    """Synthesise and measure one song."""
    with threadpool_limits(1):
        made = song(seed)
        return Example(measure(made.samples), made.bpm, KEYS.index(made.key))


def metronome(bpm: int) -> Example:
    """Measure a metronome without accents."""
    return Example(measure(click(bpm)), bpm, None)


def clip(path: Path) -> Example:
    """Measure a clip; its tempo is Essentia's."""
    with threadpool_limits(1):
        samples = read(path).samples
        tempo_found, _ = essentia_reference.tempo_and_key(path, 0.0, len(samples) / SAMPLE_RATE)
        return Example(measure(samples), tempo_found, None, RECORDED_WEIGHT)


def fit_beats(examples: Iterable[Example]) -> dict[str, Floats]:
    """Fit the ranking of the candidates of each song by its conditional likelihood."""
    sets: list[tuple[Floats, int, float]] = []
    for one in examples:
        beats = tempo.candidates(one.measures.pulse)
        right = [i for i, beat in enumerate(beats) if abs(beat / one.bpm - 1) < TOLERANCE]
        if right:
            descriptors = np.stack([tempo.describe(one.measures.pulse, beat) for beat in beats])
            sets.append((descriptors, right[0], one.weight))
    everything = np.vstack([descriptors for descriptors, *_ in sets])
    mean, scale = everything.mean(axis=0), everything.std(axis=0) + 1e-9
    all_weights = sum(weight for *_, weight in sets)
    ready = [
        ((descriptors - mean) / scale, right, weight / all_weights) for descriptors, right, weight in sets
    ]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = 0.0, np.zeros_like(weights)
        for descriptors, right, weight in ready:
            chances = _softmax(descriptors @ weights)
            total -= weight * np.log(chances[right] + 1e-12)
            chances[right] -= 1
            slope += descriptors.T @ (weight * chances)
        penalty = BEAT_PENALTY * weights
        return total + penalty @ weights, slope + 2 * penalty

    return {"beat_mean": mean, "beat_scale": scale, "beat_weights": _minimum(loss, np.zeros(len(mean)))}


def fit_profiles(examples: Iterable[Example]) -> dict[str, Floats]:
    """Fit the profiles by likelihood with a penalty on their difference from the published ones."""
    known = [one for one in examples if one.key is not None]
    turned = np.stack([key_detection.rotations(one.measures.pitch_classes) for one in known])
    keys = np.array([one.key for one in known])
    unit = [np.subtract(profile, np.mean(profile)) for profile in _BGATE]
    start = np.stack(
        [np.tile(p / np.linalg.norm(p), key_detection.PARTS) * START / key_detection.PARTS for p in unit]
    )

    def loss(values: Floats) -> tuple[float, Floats]:
        profiles = values[:-1].reshape(start.shape)
        chances = _softmax(np.hstack([turned @ profiles[0], turned @ profiles[1] + values[-1]]))
        rows = np.arange(len(keys))
        total = -np.log(chances[rows, keys] + 1e-12).mean()
        chances[rows, keys] -= 1
        chances /= len(keys)
        slope = np.stack([np.einsum("nt,ntf->f", chances[:, i : i + 12], turned) for i in (0, 12)])
        away = profiles - start
        slope += 2 * KEY_PENALTY * away
        return total + KEY_PENALTY * np.square(away).sum(), np.append(slope, chances[:, 12:].sum())

    found = _minimum(loss, np.append(start, 0.0))
    return {"key_profiles": found[:-1].reshape(start.shape), "key_minor": found[-1:].reshape(())}


def _softmax(scores: Floats) -> Floats:
    chances = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(chances / chances.sum(axis=-1, keepdims=True))


def _minimum(loss: Callable[[Floats], tuple[float, Floats]], start: Floats) -> Floats:
    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return found


def clips() -> list[Path]:
    """Return the clips of GTZAN; raises where the shared data is absent."""
    data = shared_folder()
    return sorted(path for part in ("gtzan_mini", "gtzan_more") for path in (data / part).glob("*/*.*"))


def examples() -> list[Example]:
    """Measure all songs, metronomes and clips."""
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        made = [*pool.map(example, SEEDS, chunksize=8), *pool.map(metronome, CLICKS)]
        return [*made, *pool.map(clip, clips(), chunksize=4)]


def main() -> None:
    """Measure, fit and write."""
    made = examples()
    write_arrays(shipped("data", "tempo_and_key.npz"), fit_beats(made) | fit_profiles(made))


if __name__ == "__main__":
    main()
