"""Asks the workers about the song in front: why its genre, and what sounds like it."""

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
KEPT = 64
_OPERATIONS: dict[Kind, str] = {"why": explain.EXPLAIN, "similar": explain.SIMILAR}


class ExplanationFetcher(QObject):
    """Answers by row; reasons stay as they are, similar clips are asked for anew each time."""

    came = Signal(str, object, object)
    """``why`` or ``similar``, the row, and an :class:`Explanation` or a tuple of :class:`Neighbour`."""

    failed = Signal(str, object, object)
    """``why`` or ``similar``, the row, and the :class:`Problem`."""

    def __init__(self, client: WorkerClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._kept: OrderedDict[tuple[Kind, int], tuple[Answer, object]] = OrderedDict()
        self._asked: dict[Kind, Answer] = {}
        self._next: dict[Kind, ResultRow] = {}

    def get(self, kind: Kind, row: ResultRow) -> object | None:
        """What is known already about the row's present answer."""
        answer, found = self._kept.get((kind, row.key), (None, None))
        return found if answer is row.answer else None

    def ask(self, kind: Kind, row: ResultRow) -> None:
        """Fetch it, before any file that waits; of wishes that come meanwhile only the last counts.

        Nothing is cancelled: the first reasons take a library's import, which no worker can break off, and
        a worker that does not stop is ended.
        """
        answer = row.answer
        self._next.pop(kind, None)
        if answer is None or answer.model is None or (kind == "why" and self.get(kind, row) is not None):
            return
        if kind in self._asked:
            if self._asked[kind] is not answer:
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
        self._asked[kind] = answer
        self._client.ask(
            _OPERATIONS[kind], request, lambda event: self._arrived(kind, row, answer, event), lane="live"
        )

    def _arrived(self, kind: Kind, row: ResultRow, answer: Answer, event: RequestEvent) -> None:
        if not isinstance(event, FINAL):
            return
        del self._asked[kind]
        if answer is row.answer:  # else it was read afresh meanwhile
            self._tell(kind, row, answer, event)
        wish = self._next.pop(kind, None)
        if wish is not None:
            self.ask(kind, wish)

    def _tell(self, kind: Kind, row: ResultRow, answer: Answer, event: RequestEvent) -> None:
        if isinstance(event, Result):
            self._kept[kind, row.key] = (answer, event.value)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            self.came.emit(kind, row, event.value)
        elif isinstance(event, Failure):
            self.failed.emit(kind, row, event.problem)
