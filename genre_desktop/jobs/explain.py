"""What a worker tells about one song when its details are looked at: the reasons, and what is like it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from genre_desktop.core.errors import AppError
from genre_desktop.core.explanations import DetailsRequest, Explanation, SimilarClip
from genre_desktop.core.types import AnalyseRequest, FloatArray
from genre_desktop.jobs import operations
from genre_desktop.jobs.context import TaskContext

if TYPE_CHECKING:
    from genre_desktop.ml.explain.comparison_clips import ComparisonClips
    from genre_desktop.ml.explain.neighbours import FeatureSpace

EXPLAIN = f"{__name__}:explain"
SIMILAR = f"{__name__}:similar"
"""How a worker is asked for them."""

log = logging.getLogger(__name__)
_spaces: dict[tuple[object, ...], FeatureSpace] = {}
"""The known clips of the last question in this process; a few megabytes, and a second to gather."""


def explain(context: TaskContext, request: DetailsRequest) -> Explanation:
    """Why the model that answered chose the genre.

    A song of several windows is explained as a whole, by the mean of its windows.

    Raises
    ------
    AppError
        ``model-unknown`` when that model is gone, ``feature-version``, or what is wrong with the file.
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
    else:  # a genre of the person's own
        known = _space(context).known
        usual = reasons.Baseline(known.X, known.labels, reasons.first_per_genre(known.X, known.labels))
    return reasons.explain(model, np.asarray(row, np.float64), request.genre, usual)


def similar(context: TaskContext, request: DetailsRequest) -> tuple[SimilarClip, ...]:
    """The clips of library and reference that are most like the song.

    Raises
    ------
    AppError
        What is wrong with the file, where its row is not known.
    """
    import numpy as np

    from genre_desktop.ml.explain import neighbours as nearest

    row, space = np.asarray(_row(context, request), np.float64), _space(context)
    group = _artist(request, space.known)
    return tuple(nearest.find(space, row, request.clip_hash, request.path, group))


def _row(context: TaskContext, request: DetailsRequest) -> FloatArray:
    """The song's features: as sent, as stored with the answer, or measured now."""
    from genre_desktop.core.store.predictions import PredictionLog
    from genre_desktop.ml.features.schema import FEATURE_VERSION

    if request.features is not None and request.feature_version == FEATURE_VERSION:
        return request.features
    if request.prediction_id is not None:
        kept = PredictionLog(context.parts.database).get(request.prediction_id)
        if kept is not None and kept.features is not None and kept.feature_version == FEATURE_VERSION:
            return kept.features
    answer = operations.measure(context, AnalyseRequest(request.path, model=request.model)).answer
    if answer.error is not None or answer.features is None:
        raise AppError(answer.error) if answer.error else _nothing()
    return answer.features


def _space(context: TaskContext) -> FeatureSpace:
    from genre_desktop.ml.explain import comparison_clips, neighbours

    database = context.parts.database
    stamp = (str(database.path), *comparison_clips.stamp(database))
    if stamp not in _spaces:
        found = comparison_clips.load_comparison_clips(database)
        if len(found.paths) < 2:
            raise _nothing()
        _spaces.clear()
        _spaces[stamp] = neighbours.FeatureSpace.of(found)
    return _spaces[stamp]


def _artist(request: DetailsRequest, known: ComparisonClips) -> str:
    """The song's group as the library has it, else by its tags; empty when neither knows."""
    if request.clip_hash in known.hashes:
        return known.groups[known.hashes.index(request.clip_hash)]
    from genre_desktop.audio.decoding.decoder import probe
    from genre_desktop.core.labels import group_key

    try:
        tags = probe(request.path)
    except AppError:  # moved or deleted since; what was measured is still good
        return ""
    path = Path(request.path)
    return group_key(path, path.parent, tags.artist, tags.album)


def _nothing() -> AppError:
    return AppError("nothing-to-compare")
