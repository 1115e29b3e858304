"""Reads files one after the other: what waits, what is being read, pause and cancel. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from genre_desktop.app.analysis.row_index import apply_analysis
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.core.errors import Problem
from genre_desktop.core.types import AnalyseRequest, Analysis, Answer
from genre_desktop.jobs.messages import Lane, Progress, RequestCancelled, RequestEvent, Result

OPERATION = "analyse"

AHEAD = 512
"""Requests the workers may hold: enough that they see a backlog, few enough to call back quickly."""


class WorkerClientProtocol(Protocol):
    """What the queue needs of :class:`genre_desktop.app.background.worker_client.WorkerClient`."""

    def ask(  # noqa: D102
        self, op: str, payload: Any, then: Callable[[RequestEvent], None], lane: Lane = "file"
    ) -> int: ...
    def cancel(self, ticket: int) -> None: ...  # noqa: D102


class AnalysisQueue:
    """The rows that wait and the rows being read.

    Parameters
    ----------
    client:
        Who reads.
    request:
        Makes the request for a row, at the moment it is handed over.
    changed:
        Called with a row whose state changed.
    finished:
        Called with a row and its analysis once it is DONE or FAILED, with None when it was cancelled.
    side_by_side:
        How many files are read at a time, as far as anybody knows: the first so many in flight
        are shown as being read.
    """

    def __init__(
        self,
        client: WorkerClientProtocol,
        request: Callable[[ResultRow], AnalyseRequest],
        changed: Callable[[ResultRow], None],
        finished: Callable[[ResultRow, Analysis | None], None],
        side_by_side: int = 1,
    ) -> None:
        self._client, self._request = client, request
        self._changed, self._finished = changed, finished
        self._side_by_side = side_by_side
        self._waiting: dict[int, ResultRow] = {}
        self._flying: dict[int, tuple[int, ResultRow]] = {}
        self.paused = False

    def __len__(self) -> int:
        return len(self._waiting) + len(self._flying)

    def add(self, rows: Iterable[ResultRow]) -> None:
        """Read these after the others."""
        for row in rows:
            self._set(row, State.WAITING)
            self._waiting[row.key] = row
        self._submit_pending()

    def pause(self) -> None:
        """Stop reading; what is being read right now starts afresh later."""
        self.paused = True
        flying, self._flying = self._flying, {}
        for ticket, row in flying.values():
            self._client.cancel(ticket)
            self._set(row, State.WAITING)
        self._waiting = {row.key: row for _, row in flying.values()} | self._waiting

    def resume(self) -> None:
        """Go on."""
        self.paused = False
        self._submit_pending()

    def cancel(self, rows: Iterable[ResultRow] | None = None) -> list[ResultRow]:
        """Give up these rows, or all; returns those that were still open."""
        opened = [row for _, row in self._flying.values()] + list(self._waiting.values())
        wanted = None if rows is None else {row.key for row in rows} if opened else set()
        given_up = [row for row in opened if wanted is None or row.key in wanted]
        for row in given_up:
            self._waiting.pop(row.key, None)
            ticket, _ = self._flying.pop(row.key, (None, row))
            if ticket is not None:
                self._client.cancel(ticket)
            self._set(row, State.CANCELLED)
        if wanted is None:
            self.paused = False
        self._submit_pending()
        return given_up

    def _submit_pending(self) -> None:
        while self._waiting and not self.paused and len(self._flying) < AHEAD:
            row = self._waiting.pop(next(iter(self._waiting)))
            self._submit(row)
        for _, (_, row) in zip(range(self._side_by_side), self._flying.values(), strict=False):
            self._set(row, State.WORKING)

    def _submit(self, row: ResultRow) -> None:
        ticket = 0

        def then(event: RequestEvent) -> None:
            if self._flying.get(row.key, (None,))[0] == ticket:  # else: called back meanwhile
                self._on_result(row, event)

        ticket = self._client.ask(OPERATION, self._request(row), then)
        self._flying[row.key] = (ticket, row)

    def _on_result(self, row: ResultRow, event: RequestEvent) -> None:
        if isinstance(event, Progress):
            row.fraction = event.fraction
            self._changed(row)
            return
        del self._flying[row.key]
        if isinstance(event, RequestCancelled):
            self._set(row, State.CANCELLED)
            self._finished(row, None)
        else:
            analysis = event.value if isinstance(event, Result) else _failed(row, event.problem)
            apply_analysis(row, analysis)
            self._changed(row)
            self._finished(row, analysis)
        self._submit_pending()

    def _set(self, row: ResultRow, state: State) -> None:
        if row.state is not state:
            row.state, row.fraction = state, None
            row.problem = None
            self._changed(row)


def _failed(row: ResultRow, problem: Problem) -> Analysis:
    return Analysis(Answer(str(row.path), error=problem))
