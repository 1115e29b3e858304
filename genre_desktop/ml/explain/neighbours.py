"""Nearest neighbours of a song: by the music encoder's embedding, else by feature forms.

The angle between embeddings finds clips of a song's own genre and of other artists most often. Clips that
were measured without the encoder are compared by standardised feature forms, which do not depend on level or
key; there harmony has many columns of little information each and gets a lower weight. Both distances are
ranked on one scale, the share of pairs of clips that are farther apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.explanations import SimilarClip
from genre_desktop.ml.arrays import Floats
from genre_desktop.ml.explain.comparison_clips import ComparisonClips
from genre_desktop.ml.features import transforms
from genre_desktop.ml.features.schema import EMBEDDING_NAMES, SIGNAL_NAMES, has_encoding

HARMONY = 0.4
"""Weight of a harmony form relative to the others; 0.2 to 0.6 are about equally good."""
TOP = 5
ALIKE = 0.5
"""Least likeness of the user's clips to be listed before reference clips."""
_PAIRS = 400
_TINY = 1e-12


@dataclass(frozen=True, eq=False)
class Metric:
    """Points ``(n, n_dimensions)`` whose distances measure dissimilarity, and sorted distances of pairs."""

    points: Floats
    pairs: Floats

    @classmethod
    def of(cls, points: Floats) -> Metric:
        """Measure pairs of at most :data:`_PAIRS` of the points."""
        some = np.random.default_rng(0).permutation(len(points))[:_PAIRS]
        between = _distances(points[some], points[some])
        return cls(points, np.sort(between[np.triu_indices(len(some), 1)]))

    def compare(self, point: Floats) -> tuple[Floats, Floats]:
        """Return distances ``(n,)`` of a point, and for each the share of pairs that are farther apart."""
        distances = _distances(point[None], self.points)[0]
        farther = 1.0 - np.searchsorted(self.pairs, distances) / max(len(self.pairs), 1)
        return distances, np.asarray(farther)


@dataclass(frozen=True, eq=False)
class FeatureSpace:
    """Known clips, and what measures their distance to a song.

    Attributes
    ----------
    center, scale:
        ``(n_forms,)`` median and robust spread of the feature forms.
    forms:
        All clips, by feature forms.
    encoded:
        ``(n,)`` whether a clip has an embedding.
    embeddings:
        Those that have, as vectors of unit length.
    """

    known: ComparisonClips
    center: Floats
    scale: Floats
    forms: Metric
    encoded: NDArray[np.bool_]
    embeddings: Metric

    @classmethod
    def of(cls, known: ComparisonClips) -> FeatureSpace:
        """Build the space of known clips, at least two."""
        forms = _forms(known.X)
        low, center, high = np.quantile(forms, (0.25, 0.5, 0.75), axis=0)
        scale = (high - low) / 1.349 + _TINY
        encoded = has_encoding(known.X)
        return cls(
            known,
            center,
            scale,
            Metric.of(_standardised(forms, center, scale)),
            encoded,
            Metric.of(_directions(known.X[encoded])),
        )

    def compare(self, row: Floats) -> tuple[Floats, Floats]:
        """Return distances ``(n,)`` of a song ``(n_features,)``, and likeness: the share of pairs farther apart."""
        distances, likeness = self.forms.compare(_standardised(_forms(row[None]), self.center, self.scale)[0])
        if has_encoding(row):
            distances[self.encoded], likeness[self.encoded] = self.embeddings.compare(
                _directions(row[None])[0]
            )
        return distances, likeness


def find(
    space: FeatureSpace, row: Floats, clip_hash: str = "", path: str = "", group: str = ""
) -> list[SimilarClip]:
    """Return the :data:`TOP` clips most like a song: the user's first, each artist once where possible.

    Parameters
    ----------
    row:
        ``(n_features,)``.
    clip_hash, path:
        Of the song itself, which is excluded.
    group:
        Its group in the library; clips of the same artist come last.
    """
    known = space.known
    distances, likeness = space.compare(np.asarray(row, dtype=np.float64))
    others = [
        index
        for index in np.lexsort((distances, -likeness))
        if known.hashes[index] != clip_hash and known.paths[index] != path
    ]
    artists = {group}
    first: list[int] = []
    later: list[int] = []
    for index in others:
        (later if known.groups[index] in artists else first).append(int(index))
        artists.add(known.groups[index])
    ranked = first + later
    own = [index for index in ranked if known.own[index] and likeness[index] >= ALIKE][:TOP]
    found = own + [index for index in ranked if index not in own][: TOP - len(own)]
    return [
        SimilarClip(known.paths[i], str(known.labels[i]), bool(known.own[i]), float(likeness[i]))
        for i in found
    ]


def _forms(X: Floats) -> Floats:
    return transforms.transform_rows(X[:, : len(SIGNAL_NAMES)])


def _directions(X: Floats) -> Floats:
    embedding = X[:, -len(EMBEDDING_NAMES) :]
    return np.asarray(embedding / (np.linalg.norm(embedding, axis=1, keepdims=True) + _TINY))


def _standardised(forms: Floats, center: Floats, scale: Floats) -> Floats:
    # arcsinh is linear near 0 and logarithmic far out: an outlier must not decide
    return np.asarray(np.arcsinh((forms - center) / scale) * _weights(forms.shape[1]))


def _weights(n_forms: int) -> Floats:
    names = transforms.names()
    harmony = ["|F" in name or "bispectrum" in name or name.startswith("tonnetz") for name in names]
    return np.where(np.array(harmony[:n_forms]), HARMONY, 1.0)


def _distances(one: Floats, other: Floats) -> Floats:
    squares = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1) - 2.0 * one @ other.T
    return np.asarray(np.sqrt(np.maximum(squares, 0.0)))
