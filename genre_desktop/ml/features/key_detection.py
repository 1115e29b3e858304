"""Key of a song from the pitch classes of its bass, middle and treble, and of its spectral peaks.

Each of the four is correlated with a profile of each of the 24 keys. The profiles are those that Á. Faraldo et al. fitted
to electronic and popular music ("Key estimation in electronic dance music", 2016; ``bgate`` in Essentia), adapted to
synthesised music with a penalty on the difference (``tools/train_tempo_and_key.py``); so the bass says more of the
tonic, and the other parts of the mode. The idea of profiles is C. Krumhansl's ("Cognitive foundations of musical
pitch", 1990). Both transforms follow the song's tuning.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.music.keys import KEYS, Key
from genre_desktop.core.paths import shipped
from genre_desktop.ml.features.dsp.filter_banks import Float64

PARTS = 4
"""Bass, middle, treble and peaks."""
LEAST_PROBABILITY = 0.25
"""Probability below which a key is not clear."""
LEAST_CONTRAST = 0.12
"""Least spread of the pitch classes of bass or middle over their mean: drums alone have less."""

_OCTAVES = (slice(5, 7), slice(3, 5), slice(1, 3))
"""Octaves of the constant-Q transform, the highest first: C1 to C3, C3 to C5, C5 to C7."""
_A = 9


def pitch_classes(octaves: NDArray[np.floating], peaks: NDArray[np.floating], tuning: float) -> Float64:
    """Return the strength of the twelve pitch classes from C in one window, ``(4, 12)``: each row's mean is 1.

    Parameters
    ----------
    octaves:
        ``(7, 36)``: mean magnitude of the constant-Q transform, highest octave first, from C.
    peaks:
        ``(2, n)``: distance from 27.5 Hz in octaves, and magnitude.
    tuning:
        Deviation from A4 = 440 Hz in semitones.
    """
    classes = np.roll(octaves, 1, axis=1).reshape(len(octaves), 12, 3).sum(axis=2)
    rows = [classes[part].sum(axis=0) for part in _OCTAVES]
    nearest = np.rint(12 * peaks[0] - tuning).astype(int) + _A
    rows.append(np.bincount(nearest % 12, weights=np.sqrt(peaks[1]), minlength=12))
    found = np.stack(rows).astype(np.float64)
    return np.asarray(found / np.maximum(found.mean(axis=1, keepdims=True), 1e-12))


def key(classes: Float64) -> Key | None:
    """Return the key of a song; None where it is not clear.

    Parameters
    ----------
    classes:
        ``(4, 12)``: the mean of its windows' :func:`pitch_classes`.
    """
    if classes[:2].std(axis=1).max() < LEAST_CONTRAST:
        return None
    chances = probabilities(classes)
    best = int(np.argmax(chances))
    return KEYS[best] if chances[best] >= LEAST_PROBABILITY else None


def probabilities(classes: Float64) -> Float64:
    """Return the probability of each of :data:`~genre_desktop.core.music.keys.KEYS`, ``(24,)``."""
    profiles, minor = _profiles()
    turned = rotations(classes)
    scores = np.concatenate([turned @ profiles[0], turned @ profiles[1] + minor])
    chances = np.exp(scores - scores.max())
    return np.asarray(chances / chances.sum())


def rotations(classes: Float64) -> Float64:
    """Return standardised pitch classes as seen from each tonic, ``(12, 48)``."""
    centred = classes - classes.mean(axis=1, keepdims=True)
    unit = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    return np.stack([np.roll(unit, -tonic, axis=1).ravel() for tonic in range(12)])


@cache
def _profiles() -> tuple[Float64, float]:
    """Return the profiles of major and minor, ``(2, 48)``, and the constant of minor."""
    with shipped("data", "tempo_and_key.npz").open("rb") as file, np.load(file, allow_pickle=False) as stored:
        return stored["key_profiles"], float(stored["key_minor"])
