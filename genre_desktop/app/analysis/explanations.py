"""Fetch the explanation of an answer and the most similar clips from the workers."""

from __future__ import annotations

from collections import OrderedDict
from typing import Literal

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.core.explanations import DetailsRequest
from genre_desktop.core.types import Answer
from genre_desktop.jobs import explain
from genre_desktop.jobs.messages import FINAL, Failure, RequestEvent, Result

Kind = Literal["why", "similar"]
CACHED = 64
_OPERATIONS: dict[Kind, str] = {"why": explain.EXPLAIN, "similar": explain.SIMILAR}


class ExplanationFetcher(QObject):
    """Fetch details of rows; explanations are cached, similar clips are fetched again each time."""

    came = Signal(str, object, object)  # kind, row, Explanation or tuple of SimilarClip
    failed = Signal(str, object, object)  # kind, row, Problem

    def __init__(self, client: WorkerClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._cache: OrderedDict[tuple[Kind, int], tuple[Answer, object]] = OrderedDict()
        self._requested: dict[Kind, Answer] = {}
        self._next: dict[Kind, ResultRow] = {}

    def get(self, kind: Kind, row: ResultRow) -> object | None:
        """Return the cached details of the row's current answer, or None."""
        answer, found = self._cache.get((kind, row.key), (None, None))
        return found if answer is row.answer else None

    def ask(self, kind: Kind, row: ResultRow) -> None:
        """Request details, ahead of waiting files; of several requests meanwhile only the last is sent.

        Nothing is cancelled: the first explanation imports a library, which no worker can interrupt, and a
        worker that does not stop is terminated.
        """
        answer = row.answer
        self._next.pop(kind, None)
        if answer is None or answer.model is None or (kind == "why" and self.get(kind, row) is not None):
            return
        if kind in self._requested:
            if self._requested[kind] is not answer:
                self._next[kind] = row
            return
        request = DetailsRequest(
            str(row.path),
            answer.genre,
            answer.model.version,
            answer.clip_hash,
            answer.feature_version,
            answer.features,
            row.prediction_id,
        )
        self._requested[kind] = answer
        self._client.ask(
            _OPERATIONS[kind], request, lambda event: self._arrived(kind, row, answer, event), lane="live"
        )

    def _arrived(self, kind: Kind, row: ResultRow, answer: Answer, event: RequestEvent) -> None:
        if not isinstance(event, FINAL):
            return
        del self._requested[kind]
        if answer is row.answer:  # else the row was analysed again meanwhile
            self._report(kind, row, answer, event)
        following = self._next.pop(kind, None)
        if following is not None:
            self.ask(kind, following)

    def _report(self, kind: Kind, row: ResultRow, answer: Answer, event: RequestEvent) -> None:
        if isinstance(event, Result):
            self._cache[kind, row.key] = (answer, event.value)
            while len(self._cache) > CACHED:
                self._cache.popitem(last=False)
            self.came.emit(kind, row, event.value)
        elif isinstance(event, Failure):
            self.failed.emit(kind, row, event.problem)
