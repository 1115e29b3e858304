"""The inference worker: warms up, then answers one request after the other until told to leave.

Only light imports here: the process must set its environment before NumPy is loaded.
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


def main(connection: Connection, home_root: str, warm: str | None) -> None:
    """Run a worker process.

    Parameters
    ----------
    connection:
        Its end of the pipe.
    home_root:
        The user's data folder.
    warm:
        The operation that prepares the worker, or None.
    """
    started = time.monotonic()
    child_setup.set_up(home_root, Path(home_root) / "logs" / "worker.log")
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
        answer = _answer(parts, channel, request)
        try:
            channel.send(answer)
        except Exception as error:  # a value that does not pickle is a fault of its operation
            log.exception("%s returned what cannot be sent", request.op)
            channel.send(Failure(request.id, problem_of(error)))
        channel.forget(request.id)
    parts.close()


def find(op: str) -> Operation:
    """The function an operation name stands for.

    A plain name is looked up in :mod:`.operations`; ``package.module:function`` anywhere.
    """
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
    except Exception as error:  # a worker that cannot warm up still explains itself per request
        log.warning("The worker could not warm up", exc_info=True)
        return problem_of(error)
    return None


def _answer(
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
        raise  # the process is not to be trusted any more; the host starts another
    except Exception as error:
        problem = problem_of(error)
        log.log(
            logging.ERROR if problem.code == "unexpected" else logging.INFO,
            "%s: %s",
            request.op,
            problem,
            exc_info=problem.code == "unexpected",
        )
        return Failure(request.id, problem)
