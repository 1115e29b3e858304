"""Nearest neighbours of a song by distances between standardised feature forms.

Forms do not depend on level or key. Harmony has many columns of little information each and gets a lower
weight, which finds most clips of a song's own genre among the reference clips of other artists.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from genre_desktop.core.explanations import SimilarClip
from genre_desktop.ml.arrays import Floats
from genre_desktop.ml.explain.comparison_clips import ComparisonClips
from genre_desktop.ml.features import transforms
from genre_desktop.ml.features.schema import SIGNAL_NAMES

HARMONY = 0.4
"""Weight of a harmony column relative to the others; 0.2 to 0.6 are about equally good."""
TOP = 5
ALIKE = 0.5
"""Least likeness of the user's clips to be listed before reference clips."""
_PAIRS = 400
_TINY = 1e-12


@dataclass(frozen=True, eq=False)
class FeatureSpace:
    """Known clips as points ``(n, n_forms)`` whose distances measure dissimilarity.

    ``pairs`` are sorted distances of pairs of clips, the scale of :meth:`likeness`.
    """

    known: ComparisonClips
    center: Floats
    scale: Floats
    points: Floats
    pairs: Floats

    @classmethod
    def of(cls, known: ComparisonClips) -> FeatureSpace:
        """Build the space of known clips, at least two."""
        forms = _forms(known.X)
        low, center, high = np.quantile(forms, (0.25, 0.5, 0.75), axis=0)
        scale = (high - low) / 1.349 + _TINY
        points = _standardised(forms, center, scale)
        some = np.random.default_rng(0).permutation(len(points))[:_PAIRS]
        between = _distances(points[some], points[some])
        return cls(known, center, scale, points, np.sort(between[np.triu_indices(len(some), 1)]))

    def distances(self, row: Floats) -> Floats:
        """Return the distances ``(n,)`` of a song ``(n_features,)``."""
        point = _standardised(_forms(row[None]), self.center, self.scale)
        return np.asarray(_distances(point, self.points)[0])

    def likeness(self, distances: Floats) -> Floats:
        """Return the share of pairs that are farther apart, 0 to 1."""
        return np.asarray(1.0 - np.searchsorted(self.pairs, distances) / len(self.pairs))


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
    distances = space.distances(np.asarray(row, dtype=np.float64))
    likeness = space.likeness(distances)
    others = [
        index
        for index in np.argsort(distances, kind="stable")
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
