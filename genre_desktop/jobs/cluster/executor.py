"""The executor on a cluster: files are measured by its workers, and answers recorded here."""

from __future__ import annotations

import itertools
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from typing import Any, Self

from genre_desktop.core.errors import AppError, problem_of
from genre_desktop.core.paths import Home
from genre_desktop.core.types import AnalyseRequest, Analysis
from genre_desktop.jobs import operations
from genre_desktop.jobs.cluster import files, tasks
from genre_desktop.jobs.cluster.address import ClusterOptions
from genre_desktop.jobs.cluster.client import ClusterClient, Outcome
from genre_desktop.jobs.cluster.files import FileStamp
from genre_desktop.jobs.cluster.models import ModelSource
from genre_desktop.jobs.cluster.tasks import FileTask, Reply
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.executor import ExecutorLoad, OnRequest
from genre_desktop.jobs.messages import Failure, Lane, RequestCancelled, RequestEvent, Result

_Recorder = Callable[[TaskContext, Analysis, AnalyseRequest], Analysis]
_WITHOUT_RECORD = {"analyse": "measure"}
"""What workers run in place of an operation that records its answer."""

_MOST_FOLDERS = 10_000
"""Folders that are remembered as not seen by workers, however many an archive has."""


class ClusterExecutor:
    """Runs operations on files on the workers of a cluster; see :class:`.executor.Executor`.

    Raises
    ------
    AppError
        As :class:`.ClusterClient`.
    """

    def __init__(self, home: Home, options: ClusterOptions) -> None:
        self._resources = ProcessResources(home)
        self._context = TaskContext(self._resources)
        self._models = ModelSource(home, self._resources.database)
        self._limit_mb = options.upload_mb
        self._invisible: set[str] = set()
        """Folders whose files no worker saw so far."""
        self._ids = itertools.count(1)
        self._open: dict[int, _Request] = {}
        self._lock = threading.Lock()
        self._replies: list[tuple[_Request, Reply]] = []
        self._client = ClusterClient(options, str(home.root), self._record)

    def submit(
        self, op: str, payload: Any = None, lane: Lane = "file", on_event: OnRequest | None = None
    ) -> int:
        """Queue an operation on a file, a dataclass with a ``path``; see :meth:`.executor.Executor.submit`."""
        number = next(self._ids)
        request = _Request(number, op, payload, on_event or _ignore, lane)
        with self._lock:
            self._open[number] = request
        self._send(request, upload=_folder(payload) in self._invisible)
        return number

    def cancel(self, request_id: int) -> None:
        """Cancel a request; ``RequestCancelled`` follows at once, and its worker stops at its next block."""
        self._client.cancel(request_id)
        self._end(request_id, RequestCancelled(request_id))

    def load(self) -> ExecutorLoad:
        """Return the workers that fit, and what was lost and done again."""
        return self._client.load()

    def stop(self) -> None:
        """Disconnect; open requests get no further event."""
        with self._lock:
            self._open.clear()
        self._client.stop()
        self._resources.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def _send(self, request: _Request, *, upload: bool) -> None:
        payload = request.payload
        try:
            served = self._models.served(payload.model) if isinstance(payload, AnalyseRequest) else None
        except AppError as error:
            self._end(request.number, Failure(request.number, error.problem))
            return
        op = _WITHOUT_RECORD.get(request.op, request.op)
        self._client.submit(
            request.number,
            tasks.run,
            FileTask("", op, payload, FileStamp.of(payload.path), served),
            on_done=partial(self._done, request),
            parts=partial(files.chunks, payload.path, self._limit_mb) if upload else None,
            first=request.lane == "live",
        )

    # The methods below run in the client's thread.

    def _done(self, request: _Request, outcome: Outcome) -> None:
        """Send what the worker needs, or keep its reply until the group is recorded."""
        reply = outcome.value if outcome.problem is None else Reply(problem=outcome.problem)
        for event in reply.events:
            self._models.report(event)
        if reply.needs == "bytes":
            if len(self._invisible) >= _MOST_FOLDERS:
                self._invisible.clear()  # each folder is asked for again, with its next file
            self._invisible.add(_folder(request.payload))
            self._send(request, upload=True)
        elif reply.needs == "model":
            self._deliver(request, reply.digest)
        else:
            self._replies.append((request, reply))

    def _deliver(self, request: _Request, digest: str) -> None:
        try:
            self._client.put_model(digest, self._models.files(digest))
        except (AppError, OSError) as error:
            self._end(request.number, Failure(request.number, problem_of(error)))
        else:
            self._send(request, upload=_folder(request.payload) in self._invisible)

    def _record(self) -> None:
        """Record the answers of a group in one transaction, and report them."""
        replies, self._replies = self._replies, []
        if not replies:
            return
        try:
            with self._resources.database.transaction():
                events = [self._event(*pair, operations.store) for pair in replies]
        except (AppError, OSError, sqlite3.Error):  # one by one: each answer says whether it was recorded
            events = [self._event(*pair, operations.record) for pair in replies]
        for event in events:
            self._end(event.id, event)

    def _event(self, request: _Request, reply: Reply, record: _Recorder) -> Result | Failure:
        if reply.problem is not None:
            return Failure(request.number, reply.problem)
        value = reply.value
        if request.op in _WITHOUT_RECORD and isinstance(value, Analysis):
            value = record(self._context, value, request.payload)
        return Result(request.number, value)

    def _end(self, number: int, event: RequestEvent) -> None:
        with self._lock:
            request = self._open.pop(number, None)
        if request is not None:
            request.on_event(event)


@dataclass(frozen=True, slots=True)
class _Request:
    number: int
    op: str
    payload: Any
    on_event: OnRequest
    lane: Lane


def _folder(payload: Any) -> str:
    return str(PurePath(payload.path).parent)


def _ignore(event: RequestEvent) -> None:
    """Do nothing."""
