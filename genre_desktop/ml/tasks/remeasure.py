"""The job that extracts features again of clips that an older version of the program measured.

Their old rows stay usable (:data:`.schema.VERSIONS`), so nothing depends on this job: it adds the columns that
the older version did not have. Clips whose file is gone or has changed keep their rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Clip, Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import Mode
from genre_desktop.ml.data.folder_import import ExtractedClip
from genre_desktop.ml.data.import_item import MEASURE, ImportItem
from genre_desktop.ml.data.import_report import ImportProgress
from genre_desktop.ml.features import schema
from genre_desktop.ml.features.schema import FEATURE_VERSION, VERSIONS
from genre_desktop.ml.features.windowing import SLACK_S, WINDOW_S
from genre_desktop.ml.task_context import JobContext
from genre_desktop.ml.tasks.import_library import has_encoder


@dataclass(frozen=True, slots=True)
class _Outdated:
    """A clip of the library (``clip``) or a corrected prediction (``prediction_id``) with an older row."""

    path: str
    content_hash: str
    mode: Mode = "song"
    clip: Clip | None = None
    prediction_id: int = 0


def run(context: JobContext, params: dict[str, Any]) -> dict[str, Any]:
    """Extract the features of clips and corrected songs again whose rows are of an older version.

    Returns
    -------
    dict
        ``measured`` and ``left``: how many were measured, and how many were not, because their file is gone,
        has changed or cannot be read.

    Raises
    ------
    Cancelled
        The user stopped it; what was measured so far stays.
    """
    with closing(Database(context.home.store)) as database:
        return _run(context, database)


def _run(context: JobContext, database: Database) -> dict[str, Any]:
    if not has_encoder(context):
        return {"measured": 0, "left": sum(1 for _ in _outdated(database))}
    waiting: dict[str, list[_Outdated]] = {}
    for one in _outdated(database):
        waiting.setdefault(one.path, []).append(one)
    items = [ImportItem(path, found[0].mode, encoded=True) for path, found in waiting.items()]
    progress, measured = ImportProgress(context, len(items)), 0
    with closing(context.map_files(MEASURE, items, workers=1)) as results:
        for done in results:
            if done.value is not None and schema.has_encoding(done.value.features).all():
                same = [one for one in waiting[done.item.path] if one.content_hash == done.value.clip_hash]
                _store(database, same, done.value)
                measured += bool(same)
            progress.advance(done.item.path)
    context.log(f"{measured} of {len(items)} files were measured again.")
    return {"measured": measured, "left": len(items) - measured}


def _outdated(database: Database) -> Iterator[_Outdated]:
    library = Library(database)
    for content_hash in library.outdated_files(FEATURE_VERSION):
        clip = library.get(content_hash, VERSIONS)
        if clip is not None and Path(clip.path).is_file():
            yield _Outdated(clip.path, clip.content_hash, _mode(clip), clip)
    log = PredictionLog(database)
    for prediction_id in Corrections(database).outdated(FEATURE_VERSION):
        found = log.get(prediction_id)
        if found is not None and Path(found.path).is_file():
            yield _Outdated(found.path, found.clip_hash, prediction_id=found.id)


def _mode(clip: Clip) -> Mode:
    """Return how the clip was measured: an excerpt is a single window of a longer song."""
    return "excerpt" if len(clip.starts) == 1 and clip.duration_s > WINDOW_S + SLACK_S else "song"


def _store(database: Database, outdated: Iterable[_Outdated], found: ExtractedClip) -> None:
    for one in outdated:
        if one.clip is not None:
            fresh = Clip(
                one.clip.content_hash, one.clip.path, one.clip.label, one.clip.group, one.clip.source,
                found.duration_s, found.starts, found.lengths, found.features,
            )  # fmt: skip
            Library(database).replace_windows(one.content_hash, fresh, FEATURE_VERSION)
        else:
            pooled = np.average(found.features, axis=0, weights=found.lengths)
            PredictionLog(database).replace_features(one.prediction_id, pooled, FEATURE_VERSION)
