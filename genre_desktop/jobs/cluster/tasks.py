"""What runs on a worker of the cluster: the same operations as in a local worker process."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import PurePath
from typing import Any, Literal

from genre_desktop.core.errors import Cancelled, Problem, problem_of
from genre_desktop.core.monitoring.serving_state import Event
from genre_desktop.core.paths import Home
from genre_desktop.core.types import Analysis
from genre_desktop.jobs.cluster import files
from genre_desktop.jobs.cluster.files import FileStamp
from genre_desktop.jobs.cluster.models import (
    DeliveredModels,
    FaultCollector,
    Files,
    ModelNeeded,
    ServedModels,
)
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.operations import with_display_path
from genre_desktop.jobs.workers.main import find
from genre_desktop.jobs.workers.process import WorkerLimits
from genre_desktop.ml.inference.predictor import Predictor

log = logging.getLogger(__name__)

MODELS = "genre-desktop-models"
"""Key of the scheduler's metadata below which bundles lie, by digest."""


@dataclass(frozen=True, slots=True)
class FileTask:
    """An operation on one file.

    Attributes
    ----------
    key:
        Name of the task on the cluster, for cancelling it.
    payload:
        A dataclass with a ``path``.
    stamp:
        The file as the desktop sees it; None if it does not.
    served:
        The models that may answer; None for an operation without a model.
    """

    key: str
    op: str
    payload: Any
    stamp: FileStamp | None
    served: ServedModels | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """The result of a task, its problem, or what the desktop must send first (a model by its ``digest``)."""

    value: Any = None
    problem: Problem | None = None
    needs: Literal["", "bytes", "model"] = ""
    digest: str = ""
    events: tuple[Event, ...] = ()


def run(task: FileTask, parts: Sequence[bytes] | None = None) -> Reply:
    """Run an operation on the file that both sides see, or on its bytes."""
    with _at_work:
        resources = _resources()
        try:
            if task.served is not None:
                resources.use(task.served)
        except ModelNeeded as needed:
            return Reply(needs="model", digest=needed.digest)
        if parts is None and FileStamp.of(task.payload.path) != task.stamp:
            return Reply(needs="bytes")
        _life.begin(task.key)
        try:
            return replace(_execute(task, parts, resources), events=resources.monitor.take())
        finally:
            _life.end()


def cancel(keys: Sequence[str]) -> None:
    """Cancel tasks if they run here; called beside them."""
    _life.cancelled.update(keys)


def warm() -> None:
    """Build the filter banks and load the encoder before the first file comes."""
    with _at_work:
        _resources().predictor.extractor.warm()


def _execute(task: FileTask, parts: Sequence[bytes] | None, resources: WorkerResources) -> Reply:
    path = task.payload.path
    context = TaskContext(resources, cancelled=lambda: _life.is_cancelled(task.key))
    try:
        with ExitStack() as stack:
            payload = task.payload
            if parts is not None:
                payload = replace(payload, path=stack.enter_context(files.copied(parts, PurePath(path).name)))
            return Reply(_under(path, find(task.op)(context, payload)))
    except Cancelled:
        return Reply()  # nothing waits for it any more
    except MemoryError:
        raise
    except Exception as error:
        return Reply(problem=problem_of(error))


def _under(path: str, value: Any) -> Any:
    """Return the value under the path that the desktop knows."""
    if isinstance(value, Analysis):
        return with_display_path(value, path)
    return value


class WorkerResources(ProcessResources):
    """The resources of a worker: a predictor with the models that the desktop sent, no store."""

    def __init__(self, home: Home, fetch: Callable[[str], Files | None]) -> None:
        super().__init__(home)
        self.monitor = FaultCollector()
        self._models = DeliveredModels(home, fetch)

    @cached_property
    def predictor(self) -> Predictor:
        """The predictor with the delivered models."""
        predictor = Predictor(self.home, self.monitor)
        predictor.models = self._models
        return predictor

    def use(self, served: ServedModels) -> None:
        """Serve these models; raises as :meth:`.DeliveredModels.use`."""
        self._models.use(served)
        self.monitor.state = served.state


class _SignsOfLife:
    """Ends a worker whose task gives no sign of life, as the local pool does; the cluster replaces it."""

    def __init__(self) -> None:
        self.cancelled: set[str] = set()
        self._since: float | None = None

    def begin(self, key: str) -> None:
        self._since = time.monotonic()
        self.cancelled.discard(key)

    def end(self) -> None:
        self._since = None
        self.cancelled.clear()

    def is_cancelled(self, key: str) -> bool:
        self._since = time.monotonic()
        return key in self.cancelled

    def watch(self) -> None:
        limit = WorkerLimits().stuck_s
        while True:
            time.sleep(1.0)
            since = self._since
            if since is not None and time.monotonic() - since > limit:
                log.error("A task gave no sign of life for %.0f s; this worker ends", limit)
                os._exit(1)


_at_work = threading.Lock()
_life = _SignsOfLife()


def watch() -> None:
    """Start watching the tasks of this worker."""
    threading.Thread(target=_life.watch, name="signs-of-life", daemon=True).start()


@cache
def _resources() -> WorkerResources:
    return WorkerResources(Home.locate(), _from_scheduler)


def _from_scheduler(digest: str) -> Files | None:
    from distributed import get_worker
    from distributed.utils import sync

    worker = get_worker()
    found: Files | None = sync(
        worker.loop, worker.scheduler.get_metadata, keys=[MODELS, digest], default=None
    )
    return found
