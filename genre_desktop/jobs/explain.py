"""Worker operations for the details of a song: the reasons for its genre, and similar clips."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from genre_desktop.core.errors import AppError
from genre_desktop.core.explanations import DetailsRequest, Explanation, SimilarClip
from genre_desktop.core.types import AnalyseRequest
from genre_desktop.jobs import operations
from genre_desktop.jobs.context import TaskContext

if TYPE_CHECKING:
    from genre_desktop.core.types import FloatArray
    from genre_desktop.ml.explain.comparison_clips import ComparisonClips
    from genre_desktop.ml.explain.neighbours import FeatureSpace

EXPLAIN = f"{__name__}:explain"
SIMILAR = f"{__name__}:similar"
"""Names of the operations."""

log = logging.getLogger(__name__)
_spaces: dict[tuple[object, ...], FeatureSpace] = {}
"""Feature space of the last request, by stamp; a few megabytes that take a second to load."""


def explain(context: TaskContext, request: DetailsRequest) -> Explanation:
    """Return why the model chose the genre, for a song of several windows by their mean.

    Raises
    ------
    AppError
        ``model-unknown`` when that model was deleted, ``feature-version``, or the file's problem.
    """
    import numpy as np

    from genre_desktop.ml.drift import reference
    from genre_desktop.ml.explain import comparison_clips as clips
    from genre_desktop.ml.explain import reasons
    from genre_desktop.ml.features import schema

    shelf = context.parts.predictor.models
    model = shelf.get(shelf.find(request.model))
    schema.check_version(model.feature_version)
    row = _row(context, request)
    sketch = reference.load()
    if request.genre in set(sketch.labels.tolist()):
        tracks = clips.reference()
        usual = reasons.Baseline(sketch.raw, sketch.labels, reasons.first_per_genre(tracks.X, tracks.labels))
    else:  # a genre that the user added
        known = _space(context).known
        usual = reasons.Baseline(known.X, known.labels, reasons.first_per_genre(known.X, known.labels))
    return reasons.explain(model, np.asarray(row, np.float64), request.genre, usual)


def similar(context: TaskContext, request: DetailsRequest) -> tuple[SimilarClip, ...]:
    """Return the most similar clips of library and reference.

    Raises
    ------
    AppError
        ``nothing-to-compare``, or the file's problem if its features have to be extracted.
    """
    import numpy as np

    from genre_desktop.ml.explain import neighbours

    row, space = np.asarray(_row(context, request), np.float64), _space(context)
    group = _artist(request, space.known)
    return tuple(neighbours.find(space, row, request.clip_hash, request.path, group))


def _row(context: TaskContext, request: DetailsRequest) -> FloatArray:
    """Return the song's features: as sent, as stored with the prediction, or extracted now."""
    from genre_desktop.core.store.predictions import PredictionLog
    from genre_desktop.ml.features.schema import VERSIONS, widen

    if request.features is not None and request.feature_version in VERSIONS:
        return widen(request.features)
    if request.prediction_id is not None:
        stored = PredictionLog(context.parts.database).get(request.prediction_id)
        if stored is not None and stored.features is not None and stored.feature_version in VERSIONS:
            return widen(stored.features)
    answer = operations.measure(context, AnalyseRequest(request.path, model=request.model)).answer
    if answer.error is not None or answer.features is None:
        raise AppError(answer.error or "nothing-to-compare")
    return answer.features


def _space(context: TaskContext) -> FeatureSpace:
    from genre_desktop.ml.explain import comparison_clips, neighbours

    database = context.parts.database
    stamp = (str(database.path), *comparison_clips.stamp(database))
    if stamp not in _spaces:
        clips = comparison_clips.load_comparison_clips(database)
        if len(clips.paths) < 2:
            raise AppError("nothing-to-compare")
        _spaces.clear()
        _spaces[stamp] = neighbours.FeatureSpace.of(clips)
    return _spaces[stamp]


def _artist(request: DetailsRequest, known: ComparisonClips) -> str:
    """Return the song's group from the library, else from its tags; empty if it is in neither."""
    if request.clip_hash in known.hashes:
        return known.groups[known.hashes.index(request.clip_hash)]
    from genre_desktop.audio.sandbox.client import probe
    from genre_desktop.core.labels import group_key

    try:
        tags = probe(request.path)
    except AppError:  # moved or deleted since; its features are still valid
        return ""
    path = Path(request.path)
    return group_key(path, path.parent, tags.artist, tags.album)
