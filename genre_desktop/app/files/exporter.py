"""Save results as CSV, JSON or playlists, and plots as PNG, in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.core import playlist
from genre_desktop.core.errors import AppError
from genre_desktop.core.export import write_csv, write_json
from genre_desktop.core.paths import write_atomically
from genre_desktop.core.playlist import Playlist
from genre_desktop.core.types import Answer


class Exporter(QObject):
    """Write files in a thread, one at a time."""

    saved = Signal(object)  # Path
    failed = Signal(object)  # Problem
    playlists_saved = Signal(list)  # list[Path]

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)
        self._thread: threading.Thread | None = None

    def save(self, path: Path, rows: Sequence[ResultRow]) -> None:
        """Write answered and failed rows in their order, as JSON or CSV by the suffix of ``path``."""
        rows = list(rows)
        self._start(lambda: _write(path, answers_of(rows)))

    def save_playlists(self, folder: Path, lists: Sequence[Playlist]) -> None:
        """Write playlists to a folder."""
        self._start(lambda: playlist.write(folder, lists))

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


def _write(path: Path, answers: list[Answer]) -> Path:
    write = write_json if path.suffix.lower() == ".json" else write_csv
    write(path, answers)
    return path


def answers_of(rows: Sequence[ResultRow]) -> list[Answer]:
    """Return the answers of finished rows, failed ones included, as the command line exports them."""
    found = []
    for row in rows:
        if row.answer is not None:
            found.append(row.answer)
        elif row.problem is not None:
            found.append(Answer(str(row.path), error=row.problem))
    return found


def _write_picture(path: Path, picture: QImage) -> Path:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs require bytes, Qt requires str
    try:
        write_atomically(path, bytes(data.data()))
    except OSError as error:
        raise AppError("picture-not-saved", path=str(path), error=error.strerror or str(error)) from error
    return path
