"""The drift references of the current champion: the shipped sketches and its training clips from the library."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Clip
from genre_desktop.ml.arrays import Floats
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.drift import own_clips
from genre_desktop.ml.drift import reference as references
from genre_desktop.ml.drift.own_clips import OwnClips
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
    table = _table()
    signal, encoder = references.load(), references.of_encoder(table) if table else None
    try:
        held_out = held_out_predictions.decode(models.get(version))
    except AppError:
        return ChampionReference(version, signal, encoder)
    confidence = {clip: float(values.max()) for clip, values in held_out.items()}
    own = own_clips.find(database, confidence)
    return ChampionReference(
        version,
        _with_own(signal, own).with_confidence(_by_genre(confidence, table)),
        _with_own(encoder, own) if encoder is not None else None,
    )


def _table() -> list[Clip]:
    try:
        return reference_dataset.load()
    except AppError:  # the signal features are also checked without the table
        return []


def _with_own(reference: Reference, own: OwnClips) -> Reference:
    """Add the user's clips that this champion was trained on."""
    if not len(own.labels):
        return reference
    columns = reference.columns_among(NAMES)
    return reference.with_own(own.X[:, columns], own.labels, own.confidence, own.clips)


def _by_genre(confidence: dict[str, float], table: Sequence[Clip]) -> dict[str, Floats]:
    """Return the champion's held-out confidence on clips of the sketch, by genre."""
    labels = {clip.content_hash: clip.label for clip in table}
    found: dict[str, list[float]] = defaultdict(list)
    for clip, value in confidence.items():
        match = _TRACK.fullmatch(clip)
        genre = match[1] if match else labels.get(clip)
        if genre is not None:
            found[genre].append(value)
    return {genre: np.array(values) for genre, values in found.items()}
