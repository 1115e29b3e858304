"""A map of songs: two coordinates each, so that songs that sound alike are near each other.

t-SNE (van der Maaten & Hinton 2008) of all songs would take hours for a large list. It arranges
:data:`LANDMARKS` of them, and each other song is placed among the landmarks most like it. A benchmark
(``python -m benchmarks by_sound``) measures what that loses.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE
from sklearn.neighbors import NearestNeighbors
from threadpoolctl import threadpool_limits

from genre_desktop.ml.explain.sound_vectors import Vectors

LANDMARKS = 2000
COMPONENTS = 50
"""Principal components that are compared; of the reference's 200 columns they hold 93 % of the variance."""
NEIGHBOURS = 5
"""Landmarks between which a song is placed."""
PERPLEXITY = 30.0
_FEWEST = 10
"""Fewer songs are arranged by their principal components."""
AT_ONCE = 5000
"""Songs placed at a time, for 80 MB of distances."""


def arrange(
    vectors: Vectors, progress: Callable[[float], None] = lambda _share: None, landmarks: int = LANDMARKS
) -> Vectors:
    """Return coordinates ``(n, 2)`` from -1 to 1 for vectors ``(n, n_embedding)``; equal ones for equal input.

    ``progress`` is called with 0 to 1 between the steps.
    """
    n = len(vectors)
    if n < 3:
        return np.stack([np.linspace(-0.5, 0.5, n), np.zeros(n)], axis=1).astype(np.float32)
    points = PCA(min(COMPONENTS, n - 1), svd_solver="covariance_eigh").fit_transform(vectors)
    if n < _FEWEST:
        return _scaled(points[:, :2])
    progress(0.05)
    chosen = np.sort(np.random.default_rng(0).permutation(n)[:landmarks])
    fixed = _tsne(points[chosen])
    progress(0.7)
    if n == len(chosen):
        return _scaled(fixed)
    return _scaled(_place(points, chosen, fixed, progress))


def _tsne(points: Vectors) -> Vectors:
    perplexity = min(PERPLEXITY, (len(points) - 1) / 3)
    # Its threads wait for each other at every step: with two on a busy computer of two cores it takes many times as long.
    with threadpool_limits(1):
        found = TSNE(init="pca", perplexity=perplexity, random_state=0).fit_transform(points)
    return np.asarray(found, np.float32)


def _place(points: Vectors, chosen: np.ndarray, fixed: Vectors, progress: Callable[[float], None]) -> Vectors:
    """Return the landmarks' coordinates, and for the other songs a mean of them, weighted by similarity."""
    near = NearestNeighbors(n_neighbors=min(NEIGHBOURS, len(chosen))).fit(points[chosen])
    placed = np.empty((len(points), 2), np.float32)
    for start in range(0, len(points), AT_ONCE):
        progress(0.7 + 0.3 * start / len(points))
        distances, places = near.kneighbors(points[start : start + AT_ONCE])
        # The second nearest is the unit: a song next to a landmark lies next to it.
        weights = np.exp(-((distances / (distances[:, 1:2] + 1e-9)) ** 2))
        weights /= weights.sum(axis=1, keepdims=True)
        placed[start : start + AT_ONCE] = (weights[..., None] * fixed[places]).sum(axis=1)
    placed[chosen] = fixed
    return placed


def _scaled(points: Vectors) -> Vectors:
    """Fit coordinates into -1 to 1, with their proportions."""
    if points.shape[1] < 2:
        points = np.c_[points, np.zeros(len(points))]
    low, high = points.min(axis=0), points.max(axis=0)
    span = max(float((high - low).max()), 1e-9)
    return np.asarray((points - (low + high) / 2) * (2 / span), np.float32)
