"""The job that evaluates a model on a folder with one subfolder per genre."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from genre_desktop.audio.file_discovery import Unreadable, find_audio
from genre_desktop.core.messages import message
from genre_desktop.core.types import AnalyseRequest, Answer
from genre_desktop.ml.data.import_report import ImportProgress
from genre_desktop.ml.evaluation.labelled_answers import LabelledAnswers
from genre_desktop.ml.task_context import JobContext, check_cancelled

ANALYSE = "measure"
"""The operation of workers that classifies a file without recording the answer."""


def run(context: JobContext, params: dict[str, Any]) -> dict[str, Any]:
    """Evaluate a model on a folder with one subfolder per genre.

    Parameters
    ----------
    params:
        ``folder``; optionally ``model`` (as in :class:`.AnalyseRequest`), ``mode`` and ``workers``.

    Returns
    -------
    dict
        As :meth:`.LabelledAnswers.to_dict`, and ``folder``.

    Raises
    ------
    AppError
        ``nothing-to-evaluate``, and as :meth:`.JobContext.map_files`.
    Cancelled
        The user cancelled.
    """
    root = Path(params["folder"]).expanduser().absolute()
    labelled = LabelledAnswers(root)
    context.progress(None, message("Searching {root} for audio files", root=str(root)))
    model, mode = params.get("model", "champion"), params.get("mode", "song")
    items = [AnalyseRequest(str(path), model, mode) for path in audio_files(context, root, labelled.skipped)]
    progress = ImportProgress(context, len(items))
    with closing(context.map_files(ANALYSE, items, worker_count(params))) as results:
        for done in results:
            path = done.item.path
            found = done.value.answer if done.value is not None else Answer(path, error=done.problem)
            labelled.add(path, found)
            progress.advance(path)
    result = labelled.to_dict(labelled.evaluate())
    context.log(
        f"{root}: {result['n']} clips, accuracy {result['accuracy']:.3f}, G-Mean {result['gmean']:.3f}."
    )
    return {**result, "folder": str(root)}


def audio_files(context: JobContext, root: Path, skipped: list[dict[str, Any]]) -> Iterator[Path]:
    """Yield the audio files below a folder; add those that cannot be read to ``skipped``."""
    for found in find_audio([root], recursive=True, report_hidden=True, cancelled=context.cancelled):
        check_cancelled(context)
        if isinstance(found, Unreadable):
            skipped.append({"path": str(found.path), "reason": found.problem.message})
        else:
            yield found


def worker_count(params: dict[str, Any]) -> int:
    """Return the number of processes that ``params`` asks for, at most one per core."""
    cores = os.cpu_count() or 1
    return max(min(int(params.get("workers") or cores), cores), 1)
