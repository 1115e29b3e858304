"""The sound of songs as unit vectors: the music encoder's embedding, as stored with each answer.

The cosine between two embeddings is what :mod:`.neighbours` was measured with.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.store.predictions import FeatureRow, PredictionLog
from genre_desktop.ml.features.schema import EMBEDDING_NAMES, VERSIONS, has_encoding, widen

Vectors = NDArray[np.float32]
"""``(n, n_embedding)``."""

AT_ONCE = 500
"""Answers read from the store at a time: 1.6 MB."""
_TINY = 1e-12


@dataclass(frozen=True, eq=False)
class SoundVectors:
    """Songs that have a vector.

    Attributes
    ----------
    places:
        Position of each song among those requested, ascending.
    recordings:
        A number for each song, equal for copies of one recording.
    vectors:
        Of unit length.
    """

    places: NDArray[np.intp]
    recordings: NDArray[np.intp]
    vectors: Vectors

    def __len__(self) -> int:
        return len(self.places)


def load(
    log: PredictionLog, ids: Sequence[int], progress: Callable[[float], None] = lambda _share: None
) -> SoundVectors:
    """Read the vectors of answers by their ids; those without are left out.

    ``progress`` is called with 0 to 1 between blocks. Memory: 0.8 kB for each song.
    """
    vectors = np.zeros((len(ids), len(EMBEDDING_NAMES)), np.float32)
    found = np.zeros(len(ids), bool)
    recordings = np.zeros(len(ids), np.intp)
    numbers: dict[str, int] = {}
    for start in range(0, len(ids), AT_ONCE):
        progress(start / len(ids))
        block = ids[start : start + AT_ONCE]
        places = {number: start + offset for offset, number in enumerate(block)}
        for row in log.feature_rows(block, VERSIONS):
            vector = _direction(row)
            if vector is not None:
                place = places[row.id]
                found[place], vectors[place] = True, vector
                recordings[place] = numbers.setdefault(row.clip_hash or f"answer {row.id}", len(numbers))
    kept = np.flatnonzero(found)
    if len(kept) < len(ids):
        recordings, vectors = recordings[kept], vectors[kept]
    return SoundVectors(kept, recordings, vectors)


def nearest(songs: SoundVectors, seeds: Sequence[int], n: int) -> list[int]:
    """Return the places of the ``n`` songs most like some, most similar first; each recording once.

    ``seeds`` are indices into ``songs``; of several, the mean of their vectors is compared. They and their
    copies are left out.
    """
    target = songs.vectors[list(seeds)].mean(axis=0)
    order = np.argsort(-(songs.vectors @ target), kind="stable")
    seen = set(songs.recordings[list(seeds)].tolist())
    found: list[int] = []
    for index in order.tolist():
        if len(found) == n:
            break
        recording = int(songs.recordings[index])
        if recording not in seen:
            seen.add(recording)
            found.append(int(songs.places[index]))
    return found


def _direction(row: FeatureRow) -> NDArray[np.float64] | None:
    features = widen(row.features)
    vector = features[-len(EMBEDDING_NAMES) :]
    length = float(np.linalg.norm(vector))
    return vector / length if has_encoding(features) and length > _TINY else None
