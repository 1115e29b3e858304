"""A path of songs from one to another: an even chain of small steps in the space of sound vectors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.explain.sound_vectors import SoundVectors, Vectors

MOST = 100
"""Longest path; the search takes memory by the square of it."""
_PER_STEP, _FEWEST = 20, 600
"""Songs considered for each step, and at least for a whole path."""


def find(songs: SoundVectors, first: int, last: int, n: int) -> list[int]:
    """Return the places of at most ``n`` songs, from ``first`` to ``last`` (indices into ``songs``), none twice.

    Of the songs close to the straight line between both vectors, it is the chain of ``n`` that leads on at
    every step with the least sum of squared steps, so that no step is large. It is shorter where the list
    has fewer recordings.
    """
    candidates, progress = _candidates(songs, first, last, n)
    chain = np.r_[first, candidates[np.argsort(progress, kind="stable")], last]
    found = _smoothest(songs.vectors[chain], min(n, len(chain)))
    return [int(songs.places[index]) for index in chain[found]]


def _candidates(
    songs: SoundVectors, first: int, last: int, n: int
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return songs near the line, spread evenly along it, and how far along it each is."""
    start, end = songs.vectors[first], songs.vectors[last]
    line = end - start
    squared = max(float(line @ line), 1e-12)
    along = np.asarray(songs.vectors @ line - start @ line, np.float64) / squared
    # |song - point of the line nearest to it|², by products only: no copy of all vectors
    to_start = 2.0 - 2.0 * (songs.vectors @ start)
    beside = np.asarray(to_start, np.float64) - along**2 * squared
    order = np.argsort(beside + squared * _outside(along) ** 2, kind="stable")
    order = _one_of_each_recording(order, songs.recordings, (first, last))
    steps = np.clip((along[order] * (n - 1)).astype(np.intp), 0, n - 2)
    rank = _rank_within(steps)
    chosen = order[rank < max(_PER_STEP, _FEWEST // (n - 1))]
    if len(chosen) < n - 2:  # bunched: some steps have hardly a song
        chosen = order[np.argsort(rank, kind="stable")[: n - 2]]
    return chosen, along[chosen]


def _outside(along: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far before the start or after the end songs are."""
    return np.asarray(np.maximum(-along, 0.0) + np.maximum(along - 1.0, 0.0))


def _one_of_each_recording(
    order: NDArray[np.intp], recordings: NDArray[np.intp], ends: tuple[int, int]
) -> NDArray[np.intp]:
    """Return the order without the ends, their copies, and all but the first copy of any recording."""
    _, first = np.unique(recordings[order], return_index=True)
    kept = order[np.sort(first)]
    return np.asarray(kept[~np.isin(recordings[kept], recordings[list(ends)])])


def _rank_within(groups: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return for each entry how many of its group come before it."""
    order = np.argsort(groups, kind="stable")
    sizes = np.bincount(groups)
    rank = np.empty(len(groups), np.intp)
    rank[order] = np.arange(len(groups)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return rank


def _smoothest(chain: Vectors, n: int) -> list[int]:
    """Return ``n`` increasing indices, the first and the last among them, with the least sum of squared steps."""
    steps = np.maximum(2.0 - 2.0 * (chain @ chain.T), 0.0)
    steps[np.tril_indices(len(chain))] = np.inf
    cost, every = np.full(len(chain), np.inf, np.float32), np.arange(len(chain))
    cost[0] = 0.0
    before: list[NDArray[np.intp]] = []
    for _ in range(n - 1):
        through = cost[:, None] + steps
        before.append(through.argmin(axis=0))
        cost = through[before[-1], every]
    found = [len(chain) - 1]
    for previous in reversed(before):
        found.append(int(previous[found[-1]]))
    return found[::-1]
