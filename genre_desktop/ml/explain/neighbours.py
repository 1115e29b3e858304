"""Which known clips sound like a song: distances between standardised feature forms.

Forms, because they see neither the level nor the key. Harmony is many columns that say little each, so it
counts less: among the reference's clips, other artists only, that finds most clips of a song's own genre.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.explanations import SimilarClip
from genre_desktop.ml.explain.comparison_clips import ComparisonClips
from genre_desktop.ml.features import transforms

Array = NDArray[np.float64]

HARMONY = 0.4
"""Weight of a harmony column beside 1 for the others; 0.2 to 0.6 are about as good."""
TOP = 5
ALIKE = 0.5
"""Own clips that are less alike than this share of all pairs are not shown before better reference clips."""
_PAIRS = 400
_TINY = 1e-12


@dataclass(frozen=True, eq=False)
class FeatureSpace:
    """Known clips where distance means unlikeness.

    Attributes
    ----------
    points:
        ``(n, n_forms)``.
    pairs:
        Distances of pairs of different clips, ascending: the measure of what is alike.
    """

    known: ComparisonClips
    center: Array
    scale: Array
    points: Array
    pairs: Array

    @classmethod
    def of(cls, known: ComparisonClips) -> FeatureSpace:
        """From known clips; at least two."""
        forms = transforms.transform_rows(known.X)
        low, center, high = np.quantile(forms, (0.25, 0.5, 0.75), axis=0)
        scale = (high - low) / 1.349 + _TINY
        points = _standardised(forms, center, scale)
        some = np.random.default_rng(0).permutation(len(points))[:_PAIRS]
        between = _distances(points[some], points[some])
        return cls(known, center, scale, points, np.sort(between[np.triu_indices(len(some), 1)]))

    def distances(self, row: Array) -> Array:
        """``(n,)`` from a song ``(n_features,)``."""
        point = _standardised(transforms.transform_rows(row[None]), self.center, self.scale)
        return np.asarray(_distances(point, self.points)[0])

    def likeness(self, distances: Array) -> Array:
        """Share of pairs that are farther apart, 0 to 1."""
        return np.asarray(1.0 - np.searchsorted(self.pairs, distances) / len(self.pairs))


def find(
    space: FeatureSpace, row: Array, clip_hash: str = "", path: str = "", group: str = ""
) -> list[SimilarClip]:
    """The :data:`TOP` clips most like a song: the person's first, each artist once where possible.

    Parameters
    ----------
    row:
        ``(n_features,)``.
    clip_hash, path:
        Of the song itself, which is left out.
    group:
        Its artist as the library writes it; clips of the same artist come last.
    """
    known = space.known
    distances = space.distances(np.asarray(row, dtype=np.float64))
    likeness = space.likeness(distances)
    others = [
        place
        for place in np.argsort(distances, kind="stable")
        if known.hashes[place] != clip_hash and known.paths[place] != path
    ]
    artists = {group}
    first: list[int] = []
    later: list[int] = []
    for place in others:
        (later if known.groups[place] in artists else first).append(int(place))
        artists.add(known.groups[place])
    ranked = first + later
    own = [place for place in ranked if known.own[place] and likeness[place] >= ALIKE][:TOP]
    found = own + [place for place in ranked if place not in own][: TOP - len(own)]
    return [
        SimilarClip(known.paths[i], str(known.labels[i]), bool(known.own[i]), float(likeness[i]))
        for i in found
    ]


def _standardised(forms: Array, center: Array, scale: Array) -> Array:
    # arcsinh is linear near 0 and a logarithm far out: one wild value must not decide
    return np.asarray(np.arcsinh((forms - center) / scale) * _weights(forms.shape[1]))


def _weights(n_forms: int) -> Array:
    names = transforms.names()
    harmony = ["|F" in name or "bispectrum" in name or name.startswith("tonnetz") for name in names]
    return np.where(np.array(harmony[:n_forms]), HARMONY, 1.0)


def _distances(one: Array, other: Array) -> Array:
    squares = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1) - 2.0 * one @ other.T
    return np.asarray(np.sqrt(np.maximum(squares, 0.0)))
