"""Spectrograms of the rows people look at: asked for when needed, the last few dozen kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.core.errors import Problem
from genre_desktop.core.types import Spectrogram
from genre_desktop.jobs.messages import Failure, RequestCancelled, RequestEvent, Result
from genre_desktop.jobs.operations import SPECTROGRAM

KEPT = 24
"""Pictures kept; one is 1 to 2 MB."""


class SpectrogramCache(QObject):
    """Pictures by row."""

    came = Signal(object, object)
    """A row and its :class:`Spectrogram`, asked for or not."""

    failed = Signal(object, object)
    """A row and the :class:`Problem` that kept its picture from being drawn."""

    def __init__(self, client: WorkerClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._kept: OrderedDict[int, Spectrogram] = OrderedDict()
        self._asked: tuple[int, int] | None = None

    def get(self, row: ResultRow) -> Spectrogram | None:
        """The picture if it is here."""
        picture = self._kept.get(row.key)
        if picture is not None:
            self._kept.move_to_end(row.key)
        return picture

    def keep(self, row: ResultRow, picture: Spectrogram) -> None:
        """Take a picture that came with an answer."""
        self._kept[row.key] = picture
        self._kept.move_to_end(row.key)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.came.emit(row, picture)

    def ask(self, row: ResultRow) -> None:
        """Fetch a picture, before any file that waits; an earlier wish is dropped."""
        if self._asked is not None:
            if self._asked[0] == row.key:
                return
            self._client.cancel(self._asked[1])
        ticket = self._client.ask(
            SPECTROGRAM, str(row.path), lambda event: self._arrived(row, event), lane="live"
        )
        self._asked = (row.key, ticket)

    def forget(self, rows: Iterable[ResultRow]) -> None:
        """The rows were taken off the list, or are read afresh."""
        for key in self._kept.keys() & {row.key for row in rows}:
            del self._kept[key]

    def _arrived(self, row: ResultRow, event: RequestEvent) -> None:
        if not isinstance(event, Result | Failure | RequestCancelled):
            return
        if self._asked is not None and self._asked[0] == row.key:
            self._asked = None
        if isinstance(event, Result) and isinstance(event.value, Spectrogram):
            self.keep(row, event.value)
        elif isinstance(event, Failure):
            problem: Problem = event.problem
            self.failed.emit(row, problem)
