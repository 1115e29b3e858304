"""The user's clips that a champion was trained on: a sample of each genre, which is enough to compare a window with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from genre_desktop.core.labels import Spellings
from genre_desktop.core.store.corrections import Correction, Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import GENRES
from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.features.schema import NAMES, VERSIONS, widen

MOST = 2000
"""Clips in the sample, unless there are so many genres that each would have fewer than :data:`OF_GENRE`."""
OF_GENRE = 60
"""Clips of each genre that has so many; as many as a window has."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnClips:
    """The sample; one row for each clip.

    Attributes
    ----------
    X:
        ``(n, n_features)`` of the schema: the mean of a clip's windows; NaN where columns are missing.
    labels, confidence:
        ``(n,)`` genres, and the champion's held-out confidence.
    clips:
        ``(n,)`` number of clips that each row represents.
    """

    X: Floats
    labels: Labels
    confidence: Floats
    clips: Floats


def find(database: Database, confidence: Mapping[str, float]) -> OwnClips:
    """Return a sample of the clips in ``confidence`` that are in the library or corrected.

    The same sample as long as the clips are the same: they are taken evenly from the order of their hashes.
    """
    corrections = {_key(correction): correction for correction in Corrections(database).latest()}
    labels = Library(database).labels()
    labels |= {clip: correction.label for clip, correction in corrections.items()}
    by_genre = _by_genre({clip: label for clip, label in labels.items() if clip in confidence})
    most = max(OF_GENRE, MOST // max(len(by_genre), 1))
    rows: list[tuple[Floats, str, float, float]] = []
    for genre, clips in by_genre.items():
        places = np.linspace(0, len(clips) - 1, min(len(clips), most)).round().astype(int)
        chosen = [clips[place] for place in places]
        found = [(clip, row) for clip in chosen if (row := _row(database, clip, corrections)) is not None]
        rows += [(row, genre, confidence[clip], len(clips) / len(chosen)) for clip, row in found]
    X, genres, sure, represented = zip(*rows, strict=True) if rows else ((), (), (), ())
    return OwnClips(
        np.array(X, np.float64).reshape(len(X), len(NAMES)),
        np.array(genres, str),
        np.array(sure, np.float64),
        np.array(represented, np.float64),
    )


def _by_genre(labels: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the clips of each genre in the order of their hashes, each genre in one spelling."""
    spellings, found = Spellings(GENRES), defaultdict[str, list[str]](list)
    spelled = {clip: spellings.of(label) for clip, label in labels.items()}
    for clip in sorted(spelled):
        found[spelled[clip]].append(clip)
    return found


def _key(correction: Correction) -> str:
    return correction.clip_hash or f"prediction:{correction.prediction_id}"


def _row(database: Database, clip: str, corrections: Mapping[str, Correction]) -> Floats | None:
    """Return the pooled row of a clip in the library, else of a corrected answer."""
    known = Library(database).get(clip, VERSIONS)
    if known is not None:
        return np.asarray(widen(known.features).mean(axis=0))
    number = corrections[clip].prediction_id if clip in corrections else None
    found = None if number is None else PredictionLog(database).get(number)
    if found is None or found.features is None or found.feature_version not in VERSIONS:
        return None
    return np.asarray(widen(found.features))
