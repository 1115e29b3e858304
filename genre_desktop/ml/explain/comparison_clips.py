"""Every clip that a song can be compared with: the person's own, and the shipped reference by name."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Clip, Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.data.dataset import REFERENCE
from genre_desktop.ml.features.schema import FEATURE_VERSION, NAMES

Array = NDArray[np.float64]
Labels = NDArray[np.str_]
log = logging.getLogger(__name__)
_GROUP = "file:"


@dataclass(frozen=True, eq=False)
class ComparisonClips:
    """Clips with one pooled row each; all arrays have one entry per clip.

    Attributes
    ----------
    X:
        ``(n, n_features)``, finite.
    labels, paths, groups, hashes:
        Genre, file (a name only for reference clips), artist or what stands for it, content hash.
    own:
        False for the reference.
    """

    X: Array
    labels: Labels
    paths: tuple[str, ...]
    groups: tuple[str, ...]
    hashes: tuple[str, ...]
    own: NDArray[np.bool_]


def load_comparison_clips(database: Database) -> ComparisonClips:
    """Library, corrected answers about music outside it, and the reference; each recording once.

    Rows with gaps (from tables) are left out, and the reference where it is missing or damaged.
    """
    return _known(_all(database))


def reference() -> ComparisonClips:
    """The reference alone; empty where it is missing or damaged."""
    return _known(_reference())


def _known(clips_: Iterable[Clip]) -> ComparisonClips:
    seen: set[str] = set()
    found = []
    for clip in clips_:
        row = _pooled(clip)
        if clip.content_hash not in seen and np.isfinite(row).all():
            seen.add(clip.content_hash)
            found.append((clip, row))
    clips = [clip for clip, _ in found]
    return ComparisonClips(
        X=np.vstack([np.zeros((0, len(NAMES))), *(row for _, row in found)]),
        labels=np.array([clip.label for clip in clips], dtype=str),
        paths=tuple(clip.path for clip in clips),
        groups=tuple(clip.group for clip in clips),
        hashes=tuple(clip.content_hash for clip in clips),
        own=np.array([clip.source != REFERENCE for clip in clips], dtype=bool),
    )


def stamp(database: Database) -> tuple[object, ...]:
    """Changes whenever :func:`load_comparison_clips` would find something else."""
    query = (
        "SELECT (SELECT count(*) FROM clips), (SELECT max(added) FROM clips), (SELECT max(id) FROM clips), "
        "(SELECT group_concat(label) FROM (SELECT label FROM clips ORDER BY id)), "
        "(SELECT count(*) FROM windows), (SELECT max(id) FROM corrections), "
        "(SELECT count(*) FROM corrections WHERE undone IS NULL)"
    )
    return tuple(database.connection.execute(query).fetchone())


def _all(database: Database) -> Iterator[Clip]:
    words = Corrections(database).latest()
    labels = {word.clip_hash: word.label for word in words if word.clip_hash}
    in_library = set()
    for clip in Library(database).clips(FEATURE_VERSION):
        in_library.add(clip.content_hash)
        yield _labelled(clip, labels.get(clip.content_hash, clip.label))
    answers = PredictionLog(database)
    for word in words:
        answer = None if word.prediction_id is None else answers.get(word.prediction_id)
        if answer is None or answer.features is None or answer.feature_version != FEATURE_VERSION:
            continue
        if word.clip_hash not in in_library:
            one = np.zeros(1)
            yield Clip(
                word.clip_hash or word.path, word.path, word.label, _GROUP + word.path, "correction",
                answer.duration_s, one, one + answer.duration_s, answer.features[None],
            )  # fmt: skip
    yield from _reference()


def _reference() -> Iterable[Clip]:
    try:
        return reference_dataset.load()
    except AppError as error:
        log.warning("Comparing goes on without the reference: %s", error)
        return ()


def _labelled(clip: Clip, label: str) -> Clip:
    return Clip(
        clip.content_hash, clip.path, label, clip.group, clip.source,
        clip.duration_s, clip.starts, clip.lengths, clip.features,
    )  # fmt: skip


def _pooled(clip: Clip) -> Array:
    weights = clip.lengths if clip.lengths.sum() > 0 else None  # rows of tables have no length
    return np.asarray(np.average(clip.features, axis=0, weights=weights))
