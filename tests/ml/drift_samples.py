"""Synthetic feature rows: genres with different means, correlated features."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.drift.detector import DriftWindow

GENRES = ("jazz", "metal", "pop")
N_FEATURES = 12
NAMES = tuple(f"feature_{i}" for i in range(N_FEATURES))


def music(
    rng: np.random.Generator, genres: Sequence[str], n_features: int = N_FEATURES
) -> tuple[NDArray[np.float64], NDArray[np.str_]]:
    """Return rows ``(n, n_features)`` and their genres, made of four latent factors on which genres differ."""
    ties = np.random.default_rng(7).standard_normal((4, n_features))
    hidden = rng.standard_normal((len(genres), 4))
    hidden[:, 0] += 2.0 * np.array([GENRES.index(genre) for genre in genres])
    return hidden @ ties + 0.3 * rng.standard_normal((len(genres), n_features)), np.array(genres)


def mixed(rng: np.random.Generator, n: int) -> list[str]:
    """Return random genres."""
    return rng.choice(GENRES, n).tolist()


def answers(labels: Sequence[str], rng: np.random.Generator, right: float = 0.7) -> NDArray[np.float64]:
    """Return the probabilities of a calibrated model with accuracy ``right``."""
    rest = (1 - right) / (len(GENRES) - 1)
    probabilities = np.full((len(labels), len(GENRES)), rest)
    for row, label in zip(probabilities, labels, strict=True):
        truth = GENRES.index(label)
        predicted = truth if rng.random() < right else (truth + rng.integers(1, 3)) % 3
        row[predicted] = right
    return probabilities


def clips(X: NDArray[Any], labels: Sequence[str], rng: np.random.Generator) -> DriftWindow:
    """Return a window of classified clips."""
    return DriftWindow(X, GENRES, answers(labels, rng), np.full(len(X), np.nan), NAMES)
