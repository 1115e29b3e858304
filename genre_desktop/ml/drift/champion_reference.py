"""The reference of the champion that serves now: the shipped sketch and, if it was trained here, its own rows."""

from __future__ import annotations

import re
from collections import defaultdict

import numpy as np

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.ml.arrays import Floats
from genre_desktop.ml.data import reference_dataset, training_data
from genre_desktop.ml.data.dataset import TrainingRows
from genre_desktop.ml.drift.reference import Reference, load
from genre_desktop.ml.evaluation import held_out_predictions
from genre_desktop.ml.inference.model_cache import ModelCache
from genre_desktop.ml.registry.alias_snapshot import SnapshotVersion

_TRACK = re.compile(r"([a-z]+)\.\d{5}")
"""A published track: what a starter model calls its training clips."""


def find(home: Home, database: Database) -> tuple[SnapshotVersion, Reference]:
    """The champion, and what it learned from.

    A champion whose files are broken is compared with the shipped sketch: the watch knows of
    its fault by other ways, and the music can be judged all the same.

    Raises
    ------
    AppError
        ``no-reference``, ``model-unknown``.
    """
    shelf = ModelCache(home)
    version = shelf.find("champion")
    reference = load()
    try:
        held_out = held_out_predictions.decode(shelf.get(version))
    except AppError:
        return version, reference
    confidence = {clip: float(values.max()) for clip, values in held_out.items()}
    rows = training_data.gather(database).rows
    reference = _with_own(reference, rows, confidence)
    return version, reference.with_confidence(_by_genre(confidence))


def _with_own(reference: Reference, rows: TrainingRows, confidence: dict[str, float]) -> Reference:
    """The person's clips that this champion learned from, one pooled row each."""
    clips = [clip for clip in dict.fromkeys(rows.clips.tolist()) if clip in confidence]
    if not clips:
        return reference
    where = [np.flatnonzero(rows.clips == clip) for clip in clips]
    return reference.with_own(
        np.stack([rows.X[index].mean(axis=0) for index in where]),
        np.array([rows.y[index[0]] for index in where], dtype=str),
        np.array([confidence[clip] for clip in clips]),
    )


def _by_genre(confidence: dict[str, float]) -> dict[str, Floats]:
    """How sure the champion was of clips like the sketch's, before it had seen them."""
    labels = _shipped_labels()
    found: dict[str, list[float]] = defaultdict(list)
    for clip, value in confidence.items():
        match = _TRACK.fullmatch(clip)
        genre = match[1] if match else labels.get(clip)
        if genre is not None:
            found[genre].append(value)
    return {genre: np.array(values) for genre, values in found.items()}


def _shipped_labels() -> dict[str, str]:
    try:
        return {clip.content_hash: clip.label for clip in reference_dataset.load()}
    except AppError:  # without the table nothing is known of those clips; drift does not depend on it
        return {}
