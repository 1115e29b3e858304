"""The import job of the ``import`` command and the window's Import action."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Any

from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Library
from genre_desktop.ml.data.folder_import import import_folder, import_table
from genre_desktop.ml.data.import_report import Report
from genre_desktop.ml.features.encoder.identity import DIGEST
from genre_desktop.ml.registry import encoder_store
from genre_desktop.ml.task_context import JobContext

TABLES = frozenset({".csv", ".tsv", ".txt"})


def run(context: JobContext, params: dict[str, Any]) -> dict[str, Any]:
    """Import a labelled folder or a feature table.

    Parameters
    ----------
    params:
        ``path``; optionally ``mode`` (``"song"``: features of all of each file, ``"excerpt"``: of 30 s
        from its middle) and ``workers`` (processes, at most one per core).

    Returns
    -------
    dict
        ``added, moved, unchanged, relabelled, skipped, warnings, genres``.

    Raises
    ------
    AppError
        As :func:`.folder_import.import_folder` and :func:`.folder_import.import_table`.
    """
    path = Path(params["path"]).expanduser().absolute()
    with closing(Database(context.home.store)) as database:
        try:
            report = _import(path, Library(database), context, params)
        except Cancelled:
            context.log("Cancelled. The files measured so far are in the library; import again to resume.")
            raise
    result = report.to_dict()
    context.log(f"{path}: {result['added']} added, {len(result['skipped'])} skipped.")
    return result


def _import(path: Path, library: Library, context: JobContext, params: dict[str, Any]) -> Report:
    if path.suffix.lower() in TABLES and not path.is_dir():
        return import_table(path, library, context)
    cores = os.cpu_count() or 1
    workers = max(min(int(params.get("workers") or cores), cores), 1)
    mode, encoded = params.get("mode", "song"), has_encoder(context)
    return import_folder(path, library, context, mode=mode, workers=workers, encoded=encoded)


def has_encoder(context: JobContext) -> bool:
    """Return whether there is an encoder; without it, clips are measured without the encoder's columns."""
    try:
        encoder_store.find(context.home, DIGEST)
    except AppError as error:
        context.log(f"{error.problem.title}: {error.problem.reason}")
        return False
    return True
