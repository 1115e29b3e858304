"""Spectrograms of selected rows: requested when needed, the most recent ones cached."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.core.types import Spectrogram
from genre_desktop.jobs.messages import Failure, RequestEvent, Result
from genre_desktop.jobs.operations import SPECTROGRAM

CACHED = 24
"""Spectrograms cached; one takes 1 to 2 MB."""


class SpectrogramCache(QObject):
    """Spectrograms by row."""

    came = Signal(object, object)  # row, Spectrogram, whether requested or not
    failed = Signal(object, object)  # row, Problem

    def __init__(self, client: WorkerClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._cache: OrderedDict[int, Spectrogram] = OrderedDict()
        self._requested: tuple[int, int] | None = None

    def get(self, row: ResultRow) -> Spectrogram | None:
        """Return the cached spectrogram, or None."""
        picture = self._cache.get(row.key)
        if picture is not None:
            self._cache.move_to_end(row.key)
        return picture

    def store(self, row: ResultRow, picture: Spectrogram) -> None:
        """Cache a spectrogram and emit it."""
        self._cache[row.key] = picture
        self._cache.move_to_end(row.key)
        while len(self._cache) > CACHED:
            self._cache.popitem(last=False)
        self.came.emit(row, picture)

    def request(self, row: ResultRow) -> None:
        """Request a spectrogram ahead of waiting files; an earlier request is cancelled."""
        if self._requested is not None:
            if self._requested[0] == row.key:
                return
            self._client.cancel(self._requested[1])
        ticket = self._client.ask(
            SPECTROGRAM, str(row.path), lambda event: self._arrived(row, event), lane="live"
        )
        self._requested = (row.key, ticket)

    def discard(self, rows: Iterable[ResultRow]) -> None:
        """Discard the spectrograms of rows that were removed or are analysed again."""
        keys = {row.key for row in rows}
        for key in self._cache.keys() & keys:
            del self._cache[key]
        if self._requested is not None and self._requested[0] in keys:
            ticket, self._requested = self._requested[1], None
            self._client.cancel(ticket)

    def _arrived(self, row: ResultRow, event: RequestEvent) -> None:
        if not isinstance(event, Result | Failure):  # only requests that no longer count are cancelled
            return
        if self._requested is not None and self._requested[0] == row.key:
            self._requested = None
        if isinstance(event, Result) and isinstance(event.value, Spectrogram):
            self.store(row, event.value)
        elif isinstance(event, Failure):
            self.failed.emit(row, event.problem)
