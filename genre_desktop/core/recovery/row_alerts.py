"""The alert about damaged rows that this process has met and left out."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import message
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.own_files.damaged_rows import left_out
from genre_desktop.core.store.alerts import AlertMessage
from genre_desktop.core.store.database import Database

_reported: dict[Path, dict[str, int]] = {}


def report(database: Database) -> None:
    """Raise the alert if rows were left out since the last call; nothing of the store is read for that."""
    counts = left_out(database.path)
    if counts == _reported.get(database.path, {}):
        return
    try:
        AlertService(database).raise_(notice(counts))
    except (AppError, sqlite3.Error):  # tried again at the next call
        return
    _reported[database.path] = counts


def notice(counts: dict[str, int]) -> AlertMessage:
    """Return the alert for numbers of damaged rows by table."""
    tables = ", ".join(f"{table} ({n})" for table, n in sorted(counts.items()))
    return AlertMessage(
        "rows-damaged",
        "warning",
        message("Some records of your library are damaged"),
        message("{n} records cannot be read: {tables}.", n=sum(counts.values()), tables=tables),
        message("They are ignored in lists, training and checks; they remain in the file."),
        message("Analyse or import those files again; see docs/library.md, “A damaged library”."),
    )
