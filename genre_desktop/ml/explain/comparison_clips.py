"""The clips that a song is compared with: the user's own and the shipped reference."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Clip, Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.data.dataset import REFERENCE
from genre_desktop.ml.features.schema import NAMES, SIGNAL_NAMES, VERSIONS, widen

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class ComparisonClips:
    """Clips with one pooled row each; all arrays have one entry per clip.

    Attributes
    ----------
    X:
        ``(n, n_features)``; NaN only where the encoder's columns are missing.
    labels, paths, groups, hashes:
        Genre, file (name only for reference clips), artist or substitute, content hash.
    own:
        False for the reference.
    """

    X: Floats
    labels: Labels
    paths: tuple[str, ...]
    groups: tuple[str, ...]
    hashes: tuple[str, ...]
    own: NDArray[np.bool_]


def load_comparison_clips(database: Database) -> ComparisonClips:
    """Load library, corrected predictions outside it, and reference; each recording once.

    Rows with missing values (from tables) are left out, and a missing or damaged reference.
    """
    return _pooled_clips(_all(database))


def reference() -> ComparisonClips:
    """Load the reference only; empty where it is missing or damaged."""
    return _pooled_clips(_reference())


def _pooled_clips(candidates: Iterable[Clip]) -> ComparisonClips:
    found: dict[str, tuple[Clip, Floats]] = {}
    for clip in candidates:
        row = _pooled(clip)
        if clip.content_hash not in found and np.isfinite(row[: len(SIGNAL_NAMES)]).all():
            found[clip.content_hash] = clip, row
    clips = [clip for clip, _ in found.values()]
    return ComparisonClips(
        X=np.vstack([np.zeros((0, len(NAMES))), *(row for _, row in found.values())]),
        labels=np.array([clip.label for clip in clips], dtype=str),
        paths=tuple(clip.path for clip in clips),
        groups=tuple(clip.group for clip in clips),
        hashes=tuple(found),
        own=np.array([clip.source != REFERENCE for clip in clips], dtype=bool),
    )


def stamp(database: Database) -> tuple[object, ...]:
    """Return a key that changes with the result of :func:`load_comparison_clips`."""
    query = (
        "SELECT (SELECT count(*) FROM clips), (SELECT max(added) FROM clips), (SELECT max(id) FROM clips), "
        "(SELECT group_concat(label) FROM (SELECT label FROM clips ORDER BY id)), "
        "(SELECT count(*) FROM windows), (SELECT max(id) FROM corrections), "
        "(SELECT count(*) FROM corrections WHERE undone IS NULL)"
    )
    return tuple(database.connection.execute(query).fetchone())


def _all(database: Database) -> Iterator[Clip]:
    corrections = Corrections(database).latest()
    labels = {one.clip_hash: one.label for one in corrections if one.clip_hash}
    in_library = set()
    for clip in Library(database).clips(VERSIONS):
        in_library.add(clip.content_hash)
        yield replace(clip, label=labels.get(clip.content_hash, clip.label))
    predictions = PredictionLog(database)
    for one in corrections:
        found = None if one.prediction_id is None else predictions.get(one.prediction_id)
        if found is None or found.features is None or found.feature_version not in VERSIONS:
            continue
        if one.clip_hash not in in_library:
            start, group = np.zeros(1), f"file:{one.path}"
            yield Clip(
                one.clip_hash or one.path, one.path, one.label, group, "correction",
                found.duration_s, start, start + found.duration_s, found.features[None],
            )  # fmt: skip
    yield from _reference()


def _reference() -> Iterable[Clip]:
    try:
        return reference_dataset.load()
    except AppError as error:
        log.warning("Comparing continues without the reference: %s", error)
        return ()


def _pooled(clip: Clip) -> Floats:
    weights = clip.lengths if clip.lengths.sum() > 0 else None  # rows of tables have no length
    return widen(np.average(clip.features, axis=0, weights=weights))
