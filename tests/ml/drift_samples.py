"""Music that exists only as numbers: genres with means of their own, features tied to each other."""

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
    """Rows ``(n, n_features)`` and their genres: four hidden qualities, on which genres differ, make them up."""
    ties = np.random.default_rng(7).standard_normal((4, n_features))
    hidden = rng.standard_normal((len(genres), 4))
    hidden[:, 0] += 2.0 * np.array([GENRES.index(genre) for genre in genres])
    return hidden @ ties + 0.3 * rng.standard_normal((len(genres), n_features)), np.array(genres)


def mixed(rng: np.random.Generator, n: int) -> list[str]:
    """Genres as they come."""
    return rng.choice(GENRES, n).tolist()


def answers(labels: Sequence[str], rng: np.random.Generator, right: float = 0.7) -> NDArray[np.float64]:
    """Probabilities of a model that is right so often, and as sure as it should be."""
    rest = (1 - right) / (len(GENRES) - 1)
    probabilities = np.full((len(labels), len(GENRES)), rest)
    for row, label in zip(probabilities, labels, strict=True):
        truth = GENRES.index(label)
        said = truth if rng.random() < right else (truth + rng.integers(1, 3)) % 3
        row[said] = right
    return probabilities


def clips(X: NDArray[Any], labels: Sequence[str], rng: np.random.Generator) -> DriftWindow:
    """A window of answered clips."""
    return DriftWindow(X, GENRES, answers(labels, rng), np.full(len(X), np.nan))
