"""The job that compares two versions of the model on the same clips."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from genre_desktop.core.errors import AppError
from genre_desktop.core.labels import Spellings, label_of
from genre_desktop.core.messages import message
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Clip
from genre_desktop.core.types import ItemResult
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.data.dataset import REFERENCE, TrainingRows, per_clip
from genre_desktop.ml.data.folder_import import labelled_clip
from genre_desktop.ml.data.import_item import MEASURE, ImportItem
from genre_desktop.ml.data.import_report import ImportProgress
from genre_desktop.ml.data.training_data import gather
from genre_desktop.ml.evaluation import held_out_predictions, model_comparison
from genre_desktop.ml.evaluation.model_comparison import ModelPredictions
from genre_desktop.ml.inference.model_cache import ModelCache
from genre_desktop.ml.models import bundle
from genre_desktop.ml.models.ensemble import Model
from genre_desktop.ml.task_context import JobContext, check_cancelled
from genre_desktop.ml.tasks.evaluate import audio_files, worker_count
from genre_desktop.ml.tasks.import_library import has_encoder

MINIMUM_OWN = 30
"""With fewer clips of the user, models are compared on the reference clips too."""


def run(context: JobContext, params: dict[str, Any]) -> dict[str, Any]:
    """Evaluate two versions on the same clips.

    Clips that a model was trained on get its held-out predictions (:mod:`.held_out_predictions`).

    Parameters
    ----------
    params:
        ``versions``, the older and the newer one; optionally ``folder`` with one subfolder per genre, by default
        the library and the corrections, together with the reference where there are fewer than :data:`MINIMUM_OWN`;
        ``mode`` and ``workers`` for a folder.

    Returns
    -------
    dict
        As :func:`.model_comparison.compare`; ``sentence``, ``versions``, ``clips`` (``library``, ``reference`` or ``folder``),
        ``own``, how many of them are not of the reference; ``folder``, ``skipped``, and ``biased``, the versions without held-out predictions.

    Raises
    ------
    AppError
        ``nothing-to-compare``, ``nothing-to-evaluate``, ``model-unknown``, and as :func:`.bundle.load` and
        :meth:`.JobContext.map_files`.
    Cancelled
        The user cancelled.
    """
    versions = [str(version) for version in params["versions"]]
    context.progress(None, message("Loading the models"))
    cache = ModelCache(context.home)
    found = [cache.find(version) for version in versions]
    models = [bundle.load(version.path(context.home), version.digest) for version in found]
    skipped: list[dict[str, Any]] = []
    if params.get("folder"):
        clips, rows = "folder", _rows_of_folder(context, params, models, skipped)
    else:
        clips, rows = _rows_of_library(context)
    old, new = (_predict(context, model, rows, i) for i, model in enumerate(models))
    check_cancelled(context)
    context.progress(0.9, message("Comparing"))
    result = model_comparison.compare(rows.y[rows.first], rows.groups[rows.first], old, new)
    text = model_comparison.sentence(result, *versions)
    context.log(str(text))
    return {
        **result,
        "sentence": text,
        "versions": versions,
        "clips": clips,
        "own": int((rows.sources[rows.first] != REFERENCE).sum()),
        "folder": str(params.get("folder", "")),
        "skipped": skipped,
        "biased": [
            version
            for version, model in zip(versions, models, strict=True)
            if not model.metadata.get(held_out_predictions.KEY)
        ],
    }


def _predict(context: JobContext, model: Model, rows: TrainingRows, number: int) -> ModelPredictions:
    check_cancelled(context)
    context.progress(0.5 + 0.2 * number, message("Evaluating {family}", family=model.family))
    proba = per_clip(rows, held_out_predictions.predict_held_out(model, rows))
    return ModelPredictions(proba, tuple(model.classes))


def _rows_of_library(context: JobContext) -> tuple[str, TrainingRows]:
    context.progress(0.1, message("Loading the clips"))
    with closing(Database(context.home.store)) as database:
        rows = gather(database, reference_dataset.load_if_intact(context.log)).rows
    if not len(rows):
        raise AppError("nothing-to-compare/models")
    own = np.flatnonzero(rows.sources != REFERENCE)
    mine = rows.at(own)
    if len(mine.first) >= MINIMUM_OWN and len(np.unique(mine.y)) > 1:
        return "library", mine
    return "reference", rows


def _rows_of_folder(
    context: JobContext, params: dict[str, Any], models: list[Model], skipped: list[dict[str, Any]]
) -> TrainingRows:
    """Measure the files of a folder; each recording counts once."""
    root = Path(params["folder"]).expanduser().absolute()
    context.progress(None, message("Searching {root} for audio files", root=str(root)))
    mode, encoded = params.get("mode", "song"), has_encoder(context)
    items = [ImportItem(str(path), mode, encoded) for path in audio_files(context, root, skipped)]
    spellings = Spellings(dict.fromkeys(genre for model in models for genre in model.classes))
    progress = ImportProgress(context, len(items))
    clips: dict[str, Clip] = {}
    with closing(context.map_files(MEASURE, items, worker_count(params))) as results:
        for done in results:
            try:
                clip = _clip(done, root, spellings)
            except AppError as error:
                skipped.append({"path": done.item.path, "reason": error.problem.message})
            else:
                clips.setdefault(clip.content_hash, clip)
            progress.advance(done.item.path)
    if not clips:
        raise AppError("nothing-to-evaluate", folder=str(root))
    return TrainingRows.of(clips.values())


def _clip(done: ItemResult[ImportItem], root: Path, spellings: Spellings) -> Clip:
    """Return a measured file with its label; ``AppError`` where it lacks either."""
    path, found = Path(done.item.path), done.value
    label = spellings.of(label_of(path, root))
    if done.problem is not None:
        raise AppError(done.problem)
    if not label:
        raise AppError("no-genre-folder")
    return labelled_clip(found, path, root, label)
