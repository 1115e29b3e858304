"""A map has what sounds alike together, for lists of any length."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.ml.explain import sound_map


def clusters(n: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors of four kinds of songs, and the kind of each."""
    rng = np.random.default_rng(seed)
    kinds = rng.integers(0, 4, n)
    vectors = np.random.default_rng(1).normal(size=(4, 200))[kinds] + 0.6 * rng.normal(size=(n, 200))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), kinds


def agreement(points: np.ndarray, kinds: np.ndarray) -> float:
    """Share of the ten nearest points that are of a point's own kind."""
    distances = np.linalg.norm(points[:, None] - points[None], axis=2)
    near = np.argsort(distances, axis=1)[:, 1:11]
    return float(np.mean(kinds[near] == kinds[:, None]))


def test_songs_of_a_kind_are_together_and_placed_songs_too() -> None:
    vectors, kinds = clusters(600)
    shares: list[float] = []
    points = sound_map.arrange(vectors, shares.append, landmarks=200)
    assert points.shape == (600, 2)
    assert points.dtype == np.float32
    assert np.abs(points).max() == pytest.approx(1.0, abs=1e-5)
    assert agreement(points, kinds) > 0.95
    assert shares == sorted(shares)
    assert shares[-1] < 1


def test_the_same_list_has_the_same_map() -> None:
    vectors, _ = clusters(60)
    np.testing.assert_array_equal(sound_map.arrange(vectors), sound_map.arrange(vectors))


@pytest.mark.parametrize("n", [1, 2, 3, 5, 10, 11])
def test_short_lists(n: int) -> None:
    points = sound_map.arrange(clusters(n)[0])
    assert points.shape == (n, 2)
    assert np.isfinite(points).all()
    assert np.abs(points).max() <= 1.0 + 1e-5


def test_songs_that_all_sound_the_same() -> None:
    points = sound_map.arrange(np.repeat(clusters(1)[0], 50, axis=0))
    assert np.isfinite(points).all()
