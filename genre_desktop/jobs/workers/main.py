"""Entry point of an inference worker: warms up, then executes one request at a time until it is stopped.

Imports only light modules: the environment must be set before NumPy is loaded.
"""

from __future__ import annotations

import importlib
import logging
import os
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genre_desktop.core.errors import Cancelled, Problem, problem_of
from genre_desktop.jobs.messages import Failure, Ready, Request, RequestCancelled, Result
from genre_desktop.jobs.workers import child_setup
from genre_desktop.jobs.workers.channel import Channel, ParentLog, ProgressReporter

if TYPE_CHECKING:
    from genre_desktop.jobs.context import ProcessResources, TaskContext

Operation = Callable[["TaskContext", Any], Any]

log = logging.getLogger(__name__)


def main(connection: Connection, home_root: str, home_existed: bool, warm: str | None) -> None:
    """Run a worker process; ``warm`` is the operation that warms it up, or None."""
    started = time.monotonic()
    child_setup.set_up(home_root, Path(home_root) / "logs" / "worker.log", existed=home_existed)
    channel = Channel(connection)
    root = logging.getLogger()
    root.addHandler(ParentLog(channel))
    root.setLevel(logging.INFO)

    from genre_desktop.core.paths import Home
    from genre_desktop.jobs.context import ProcessResources

    parts = ProcessResources(Home(Path(home_root)))
    problem = _warm(parts, warm)
    channel.send(Ready(os.getpid(), time.monotonic() - started, problem))
    while (request := channel.receive()) is not None:
        event = _execute(parts, channel, request)
        try:
            channel.send(event)
        except Exception as error:
            log.exception("%s returned what cannot be pickled", request.op)
            channel.send(Failure(request.id, problem_of(error)))
        channel.discard_cancellation(request.id)
    parts.close()


def find(op: str) -> Operation:
    """Return the function of an operation: ``package.module:function``, or a name in :mod:`.operations`."""
    module, _, name = op.rpartition(":")
    if module:
        found: Operation = getattr(importlib.import_module(module), name)
    else:
        from genre_desktop.jobs import operations

        found = getattr(operations, name)
    return found


def _warm(parts: ProcessResources, op: str | None) -> Problem | None:
    from genre_desktop.jobs.context import TaskContext

    if op is None:
        return None
    try:
        find(op)(TaskContext(parts), None)
    except Exception as error:  # each request reports its own problem
        log.warning("The worker could not warm up", exc_info=True)
        return problem_of(error)
    return None


def _execute(
    parts: ProcessResources, channel: Channel, request: Request
) -> Result | Failure | RequestCancelled:
    from genre_desktop.jobs.context import TaskContext

    reporter = ProgressReporter(channel, request.id)
    context = TaskContext(parts, reporter.cancelled, reporter.progress, log.info)
    try:
        return Result(request.id, find(request.op)(context, request.payload))
    except Cancelled:
        return RequestCancelled(request.id)
    except MemoryError:
        raise  # the process may be damaged; the pool starts another
    except Exception as error:
        problem = problem_of(error)
        unexpected = problem.code == "unexpected"
        level = logging.ERROR if unexpected else logging.INFO
        log.log(level, "%s: %s", request.op, problem, exc_info=unexpected)
        return Failure(request.id, problem)
