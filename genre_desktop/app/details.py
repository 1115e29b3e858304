"""Asks the workers about the song in front: why its genre, and what sounds like it."""

from __future__ import annotations

from collections import OrderedDict
from typing import Literal

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.client import Client
from genre_desktop.app.results import Row
from genre_desktop.core.details import DetailsRequest
from genre_desktop.jobs import details
from genre_desktop.jobs.protocol import FINAL, Failure, RequestEvent, Result

Kind = Literal["why", "similar"]
KEPT = 64
_OPERATIONS: dict[Kind, str] = {"why": details.EXPLAIN, "similar": details.SIMILAR}


class Details(QObject):
    """Answers by row; reasons stay as they are, similar clips are asked for anew each time."""

    came = Signal(str, object, object)
    """``why`` or ``similar``, the row, and an :class:`Explanation` or a tuple of :class:`Neighbour`."""

    failed = Signal(str, object, object)
    """``why`` or ``similar``, the row, and the :class:`Problem`."""

    def __init__(self, client: Client, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._kept: OrderedDict[tuple[Kind, int, int], object] = OrderedDict()
        self._asked: dict[Kind, tuple[int, int]] = {}

    def get(self, kind: Kind, row: Row) -> object | None:
        """What is known already."""
        return self._kept.get(_key(kind, row))

    def ask(self, kind: Kind, row: Row) -> None:
        """Fetch it, before any file that waits; an earlier wish of this kind is dropped."""
        answer = row.answer
        if answer is None or answer.model is None or (kind == "why" and self.get(kind, row) is not None):
            return
        before = self._asked.get(kind)
        if before is not None:
            if before[0] == row.key:
                return
            self._client.cancel(before[1])
        request = DetailsRequest(
            str(row.path),
            answer.genre,
            answer.model.version,
            answer.clip_hash,
            answer.feature_version,
            answer.features,
            row.prediction_id,
        )
        key = _key(kind, row)
        ticket = self._client.ask(
            _OPERATIONS[kind], request, lambda event: self._arrived(kind, row, key, event), lane="live"
        )
        self._asked[kind] = (row.key, ticket)

    def _arrived(self, kind: Kind, row: Row, key: tuple[Kind, int, int], event: RequestEvent) -> None:
        if not isinstance(event, FINAL):
            return
        if self._asked.get(kind, (-1, -1))[0] == row.key:
            del self._asked[kind]
        if key != _key(kind, row):  # read afresh meanwhile
            return
        if isinstance(event, Result):
            self._kept[key] = event.value
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            self.came.emit(kind, row, event.value)
        elif isinstance(event, Failure):
            self.failed.emit(kind, row, event.problem)


def _key(kind: Kind, row: Row) -> tuple[Kind, int, int]:
    return kind, row.key, id(row.answer)
