"""Training rows: windows of clips with labels and artists, and their folds."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from genre_desktop.core.errors import AppError
from genre_desktop.core.store.library import Clip
from genre_desktop.ml.arrays import Floats, Labels, softmax
from genre_desktop.ml.data.pseudonyms import PREFIX
from genre_desktop.ml.features.schema import FEATURE_VERSION, NAMES, SIGNAL_NAMES, widen

Index = NDArray[np.intp]

MINIMUM_CLIPS = 8
CORRECTION = "correction"
REFERENCE = "reference"
TEAM = "team"
CORRECTED = (CORRECTION, TEAM)
"""Sources whose label a user gave after an answer: on this desktop, or on another one of the team."""
PUBLISHED = "gtzan:"
"""Prefix of the content hash of a track of the published tables."""
_BLOCK = 1024
"""Rows that there is room for at first."""


@dataclass(frozen=True, eq=False)
class TrainingRows:
    """Windows of labelled clips; all arrays have one entry per window.

    Attributes
    ----------
    X:
        ``(n, n_features)`` float64 in contract order; NaN where a table lacked a column.
    y, groups:
        Labels (any text) and artists.
    clips:
        Content hash, or another unique identifier, of the clip that a window belongs to.
    names:
        Published track such as ``blues.00042``, by which a starter model identifies its training
        clips. All other music has the team's pseudonym if this desktop has a team, else an empty
        name, whatever its file names.
    sources:
        ``audio``, ``table``, ``correction``, ``team`` or ``reference``.
    """

    X: Floats
    y: Labels
    groups: Labels
    clips: Labels
    names: Labels
    sources: Labels

    @classmethod
    def of(cls, clips: Iterable[Clip], tracks: Mapping[str, str] | None = None) -> TrainingRows:
        """Return the library's clips as rows, without clips that have no windows.

        ``tracks`` names published tracks by content hash, in addition to the rows of the reference
        and of published tables.
        """
        X, counts = np.empty((_BLOCK, len(NAMES))), []
        texts: list[tuple[str, ...]] = []
        n = 0
        for clip in clips:  # which may come one by one: there need not be memory for all of them twice
            if not len(clip.features):
                continue
            counts.append(len(clip.features))
            if n + counts[-1] > len(X):
                X.resize((2 * len(X) + counts[-1], len(NAMES)), refcheck=False)
            X[n : n + counts[-1]] = widen(clip.features)
            n += counts[-1]
            name = (tracks or {}).get(clip.content_hash) or track_of(clip)
            texts.append((clip.label, clip.group, clip.content_hash, name, clip.source))
        X.resize((n, len(NAMES)), refcheck=False)
        columns = zip(*texts, strict=True) if texts else ((),) * 5
        return cls(X, *(np.repeat(np.array(column, dtype=str), counts) for column in columns))

    def __len__(self) -> int:
        return len(self.y)

    def at(self, index: Index) -> TrainingRows:
        """Return some of the rows."""
        return TrainingRows(*(values[index] for values in vars(self).values()))

    @property
    def first(self) -> Index:
        """``(n_clips,)``: row number of each clip's first window, in order of appearance."""
        return np.sort(np.unique(self.clips, return_index=True)[1])

    @property
    def keys(self) -> Labels:
        """``(n_clips,)``: what a model remembers each training clip by, in the order of ``first``.

        The team's pseudonym if there is one, so that a shared model is recognised on every desktop
        and holds no content hash; else the content hash.
        """
        clips, names = self.clips[self.first], self.names[self.first]
        return np.where(np.char.startswith(names, PREFIX), names, clips)

    @property
    def columns(self) -> tuple[str, ...]:
        """Schema columns to train on: without those of the encoder if no row has them."""
        encoded = np.isfinite(self.X[:, len(SIGNAL_NAMES) :]).any()
        return NAMES if encoded else SIGNAL_NAMES

    @property
    def fold_groups(self) -> Labels:
        """``(n,)`` groups for folds: artists, but single clips where a label has one artist only.

        Otherwise a label that the user has just added from one album would be unknown in every fold
        that it is tested in, and look as if it could not be learned.
        """
        groups = self.groups.astype(object)
        for label in np.unique(self.y):
            own = self.y == label
            if len(np.unique(self.groups[own])) == 1:
                groups[own] = [f"clip:{clip}" for clip in self.clips[own].tolist()]
        return np.asarray(groups, dtype=str)

    def digest(self) -> str:
        """Return the SHA-256 of all training inputs and the feature version; 64 hex digits."""
        found = hashlib.sha256(FEATURE_VERSION.encode())
        found.update(np.ascontiguousarray(self.X, dtype="<f8").data)
        for texts in (self.y, self.groups, self.clips, self.sources):
            found.update("\0".join(texts.tolist()).encode())
        return found.hexdigest()

    def check(self) -> None:
        """Check that a model can be trained on the rows.

        Raises
        ------
        AppError
            ``too-few-clips``, ``one-genre``, ``one-group`` or ``feature-version``.
        """
        if self.X.shape != (len(self.y), len(NAMES)):
            raise AppError("feature-version/library", columns=self.X.shape[-1], known=len(NAMES))
        clips = len(self.first)
        if clips < MINIMUM_CLIPS:
            raise AppError("too-few-clips/training", clips=clips, minimum=MINIMUM_CLIPS)
        if len(np.unique(self.y)) < 2:
            raise AppError("one-genre", genre=str(self.y[0]))
        if len(np.unique(self.groups)) < 2:
            raise AppError("one-group", group=repr(self.groups[0]))


def track_of(clip: Clip) -> str:
    """Return the published track of a row of the reference or of a published table; else empty.

    Names of a user's own files are not reliable: ``blues.00042.wav`` may be anything.
    """
    if clip.source == REFERENCE:
        return PurePath(clip.path).stem
    return clip.content_hash.removeprefix(PUBLISHED) if clip.content_hash.startswith(PUBLISHED) else ""


def importance(rows: TrainingRows) -> Floats:
    """Return weights ``(n_clips,)``, equal in total for the reference and for the user's own clips."""
    return halves(rows.sources[rows.first] == REFERENCE)


def halves(reference: Labels) -> Floats:
    """Return weights ``(n,)``, one half in total for the reference clips and the others; 1 without both."""
    reference = reference.astype(bool)
    weights = np.ones(len(reference))
    if reference.any() and not reference.all():
        weights[reference] = 0.5 / reference.sum()
        weights[~reference] = 0.5 / (~reference).sum()
    return weights


def per_clip(rows: TrainingRows, proba: Floats) -> Floats:
    """Pool the windows' probabilities ``(n, k)`` into one row per clip ``(n_clips, k)``, as serving does.

    The mean of logarithms over a clip's windows, in the order of ``rows.first``.
    """
    order = {clip: i for i, clip in enumerate(rows.clips[rows.first].tolist())}
    index = np.array([order[clip] for clip in rows.clips.tolist()])
    return softmax(clip_means(np.log(proba + 1e-9), index))


def clip_means(values: Floats, clip: Index) -> Floats:
    """Average windows ``(n, k)`` over the clips ``(n,)``, numbered from 0, that they belong to."""
    sums = np.zeros((int(clip.max()) + 1, values.shape[1]))
    np.add.at(sums, clip, values)
    return np.asarray(sums / np.bincount(clip)[:, None])


def grouped_folds(y: Labels, groups: Labels, n_splits: int = 5, seed: int = 0) -> list[tuple[Index, Index]]:
    """Return folds ``(train, held_out)`` of row numbers, stratified by genre as far as groups allow.

    Every row is held out exactly once. There are no more folds than groups. A genre with all its
    rows in one group is unknown to the model of that fold, so these rows count as missed, as those
    of another such artist would.

    Parameters
    ----------
    y, groups:
        ``(n,)`` labels and artists.

    Raises
    ------
    ValueError
        Fewer than two groups.
    """
    n_groups = len(np.unique(groups))
    if n_groups < 2:
        raise ValueError("rows of at least two artists are needed to hold any out")
    largest = int(np.unique(y, return_counts=True)[1].max())
    splitter = StratifiedGroupKFold(max(2, min(n_splits, n_groups, largest)), shuffle=True, random_state=seed)
    with warnings.catch_warnings():
        # A genre with fewer clips than folds is expected here.
        warnings.filterwarnings("ignore", "The least populated class", UserWarning)
        return [(a, b) for a, b in splitter.split(np.zeros((len(y), 1)), y, groups) if len(a) and len(b)]
