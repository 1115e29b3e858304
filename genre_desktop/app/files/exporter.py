"""Save results as CSV, JSON or playlists, the live log, and plots as PNG, in the background."""

from __future__ import annotations

import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.core import playlist
from genre_desktop.core.errors import AppError, raise_if_full
from genre_desktop.core.export import Result, write_csv, write_json, write_text
from genre_desktop.core.listening.cue_sheet import CueSheet
from genre_desktop.core.listening.section import LoggedSection
from genre_desktop.core.listening.table import table
from genre_desktop.core.paths import write_atomically
from genre_desktop.core.playlist import Playlist
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import Answer

CHUNK = 200
"""Stored answers read at a time."""


class Exporter(QObject):
    """Write files in a thread, one at a time; ``database`` returns the store, which has the answers of restored rows."""

    saved = Signal(object)  # Path
    failed = Signal(object)  # Problem
    playlists_saved = Signal(list)  # list[Path]

    def __init__(self, database: Callable[[], Database], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)
        self._thread: threading.Thread | None = None

    def save(self, path: Path, rows: Sequence[ResultRow]) -> None:
        """Write answered and failed rows in their order, as JSON or CSV by the suffix of ``path``."""
        rows = list(rows)
        whole = path.suffix.lower() == ".json"
        write = write_json if whole else write_csv

        def work() -> Path:
            write(path, results_of(rows, self._database, whole=whole))
            return path

        self._start(work)

    def save_playlists(self, folder: Path, lists: Sequence[Playlist]) -> None:
        """Write playlists to a folder."""
        self._start(lambda: playlist.write(folder, lists))

    def save_live_table(self, path: Path, sections: Sequence[LoggedSection]) -> None:
        """Write the live log as CSV."""
        sections = list(sections)
        self._start(lambda: write_text(path, table(sections), "utf-8-sig"))

    def save_cue_sheet(self, path: Path, sheet: CueSheet) -> None:
        """Write a cue sheet."""
        self._start(lambda: write_text(path, [sheet.text()]))

    def save_picture(self, path: Path, picture: QImage) -> None:
        """Write a picture as PNG."""
        self._start(lambda: _write_picture(path, picture))

    def close(self) -> None:
        """Wait for the file being written."""
        if self._thread is not None:
            self._thread.join()

    def _start(self, work: Callable[[], Path | list[Path]]) -> None:
        self.close()
        self._thread = threading.Thread(target=self._run, args=(work,), name="export")
        self._thread.start()

    def _run(self, work: Callable[[], Path | list[Path]]) -> None:
        try:
            self._bridge(work())
        except AppError as error:
            self._bridge(error.problem)

    def _arrived(self, outcome: object) -> None:
        if isinstance(outcome, list):
            self.playlists_saved.emit(outcome)
        else:
            (self.saved if isinstance(outcome, Path) else self.failed).emit(outcome)


def results_of(
    rows: Sequence[ResultRow], database: Callable[[], Database], *, whole: bool = True
) -> Iterator[Result]:
    """Yield finished rows, failed ones included, with the genres that the list shows.

    Answers that are read from the store for this are not kept. ``whole``: see :meth:`.PredictionLog.answers`.
    """
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        stored = _stored_answers(chunk, database, whole)
        for row in chunk:
            answer = stored.get(row.prediction_id or 0) or row.answer
            if answer is not None:
                if answer.song != row.song:  # the file's tags were written since
                    answer = replace(answer, song=row.song)
                yield Result(answer, row.label or "")
            elif row.problem is not None:
                yield Result(Answer(row.location, error=row.problem))


def _stored_answers(
    rows: Sequence[ResultRow], database: Callable[[], Database], whole: bool
) -> dict[int, Answer]:
    paths = {row.prediction_id: row.location for row in rows if row.unread and row.prediction_id is not None}
    try:
        return PredictionLog(database()).answers(paths, whole=whole) if paths else {}
    except (AppError, ValueError, KeyError, TypeError, zlib.error, sqlite3.Error):
        return {}  # one is damaged: each row reads its own


def _write_picture(path: Path, picture: QImage) -> Path:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs require bytes, Qt requires str
    try:
        write_atomically(path, bytes(data.data()))
    except OSError as error:
        raise_if_full(error, path)
        raise AppError("picture-not-saved", path=str(path), error=error.strerror or str(error)) from error
    return path
