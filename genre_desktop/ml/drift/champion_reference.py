"""The drift references of the current champion: the shipped sketches and its training clips from the library."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.ml.arrays import Floats
from genre_desktop.ml.data import reference_dataset, training_data
from genre_desktop.ml.data.dataset import TrainingRows
from genre_desktop.ml.drift import reference as references
from genre_desktop.ml.drift.reference import Reference
from genre_desktop.ml.evaluation import held_out_predictions
from genre_desktop.ml.features.schema import NAMES
from genre_desktop.ml.inference.model_cache import ModelCache
from genre_desktop.ml.registry.alias_snapshot import SnapshotVersion

_TRACK = re.compile(r"([a-z]+)\.\d{5}")
"""A published track, the key of a starter model's training clips."""


@dataclass(frozen=True, slots=True, eq=False)
class ChampionReference:
    """The champion, and the references of the signal features and of the encoder's (None: there are none)."""

    version: SnapshotVersion
    signal: Reference
    encoder: Reference | None


def find(home: Home, database: Database) -> ChampionReference:
    """Return the champion with its references.

    Those of a champion with broken files, which monitoring reports elsewhere, are the shipped sketches.

    Raises
    ------
    AppError
        ``no-reference``, ``model-unknown``.
    """
    models = ModelCache(home)
    version = models.find("champion")
    signal, encoder = references.load(), _encoder()
    try:
        held_out = held_out_predictions.decode(models.get(version))
    except AppError:
        return ChampionReference(version, signal, encoder)
    confidence = {clip: float(values.max()) for clip, values in held_out.items()}
    rows = training_data.gather(database).rows
    return ChampionReference(
        version,
        _with_own(signal, rows, confidence).with_confidence(_by_genre(confidence)),
        _with_own(encoder, rows, confidence) if encoder is not None else None,
    )


def _encoder() -> Reference | None:
    try:
        return references.of_encoder()
    except AppError:  # the signal features are also checked without the table
        return None


def _with_own(reference: Reference, rows: TrainingRows, confidence: dict[str, float]) -> Reference:
    """Add the user's clips that this champion was trained on, one pooled row each."""
    clips = [clip for clip in dict.fromkeys(rows.clips.tolist()) if clip in confidence]
    if not clips:
        return reference
    where = [np.flatnonzero(rows.clips == clip) for clip in clips]
    pooled = np.stack([rows.X[index].mean(axis=0) for index in where])
    return reference.with_own(
        pooled[:, reference.columns_among(NAMES)],
        np.array([rows.y[index[0]] for index in where], dtype=str),
        np.array([confidence[clip] for clip in clips]),
    )


def _by_genre(confidence: dict[str, float]) -> dict[str, Floats]:
    """Return the champion's held-out confidence on clips of the sketch, by genre."""
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
    except AppError:  # drift checks also work without the table
        return {}
