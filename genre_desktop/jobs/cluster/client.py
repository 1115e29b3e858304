"""Connection to a Dask cluster that does lost work again: after a worker, the scheduler or the network was away.

One thread owns all state; other threads queue actions for it. Each task is submitted to one worker that is free, so
that a worker that dies had one task, and a file that ends its workers costs nothing but its own tries. Dask's own
repetition would give the task to a worker that has another one already, and blame both for its end.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
import uuid
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from genre_desktop.core.errors import AppError, Problem, problem_of
from genre_desktop.jobs.cluster import contract, local, security, tasks
from genre_desktop.jobs.cluster.address import ClusterOptions
from genre_desktop.jobs.executor import ExecutorLoad

if TYPE_CHECKING:
    from distributed import Client, Future, LocalCluster

log = logging.getLogger(__name__)

TRIES = 3
"""Workers that one task may end before it is given up."""

_CONNECT_S = 10.0
_WORKERS_S = 60.0
"""Seconds to wait for the first worker; starting one takes up to 10 s."""

_UNFIT_S = 3.0
"""Seconds to wait for a worker that fits beside others that do not."""

_AWAY_S = 600.0
"""Seconds without the scheduler, or without any worker, after which the open tasks are given up."""

_RECONNECT_EVERY_S = 1.0
_COUNT_EVERY_S = 5.0
_POLL_S = 0.5
_FETCH_S = 5.0
_CLOSE_S = 5.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a task returned, or the problem that prevented it."""

    value: Any = None
    problem: Problem | None = None


OnDone = Callable[[Outcome], None]


@dataclass(eq=False)
class Shared:
    """A value that many tasks need; it is sent once, and again after it was lost."""

    value: Any
    future: Future | None = field(default=None, repr=False)


@dataclass(eq=False, slots=True)
class _Job:
    id: int
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    on_done: OnDone
    shared: Shared | None
    parts: Callable[[], Iterable[bytes]] | None
    key: str = ""
    worker: str = ""
    future: Future | None = None
    deaths: int = 0


class ClusterClient:
    """Runs functions on the workers of a cluster that have the same program as this computer.

    Parameters
    ----------
    options:
        Where the cluster is; checked first.
    home_root:
        Where the workers of ``local:N`` keep the models.
    after_group:
        Called in the client's thread after a group of tasks ended, for example to store them together.

    Raises
    ------
    AppError
        As :meth:`.ClusterOptions.check`; ``cluster-missing``; ``cluster-unreachable``; or, when no worker fits, ``cluster-no-workers``,
        ``cluster-other-version``, ``cluster-other-features``, ``cluster-other-libraries``.
    """

    def __init__(
        self, options: ClusterOptions, home_root: str, after_group: Callable[[], None] = lambda: None
    ) -> None:
        security.check_installed()
        options.check()
        self._options, self._after_group = options, after_group
        self._actions: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._name = f"genre-{uuid.uuid4().hex[:8]}"
        self._waiting: OrderedDict[int, _Job] = OrderedDict()
        self._running: dict[str, _Job] = {}
        self._ended: list[_Job] = []
        self._to_cancel: list[str] = []
        self._lost = self._repeated = 0
        self._threads_of: dict[str, int] = {}  # by address of the workers that fit
        self._seen: dict[str, Any] = {}
        self._direct = True
        self._counted = self._present = 0.0
        self._on = True
        self._cluster: LocalCluster | None = None
        self._client: Client | None = None
        try:
            if options.local_workers:
                self._cluster = local.start(options.local_workers, home_root)
            self._client = self._connect()
            self._wait_for_workers()
        except BaseException:
            self._close()
            raise
        self._thread = threading.Thread(target=self._run, name="cluster", daemon=True)
        self._thread.start()

    def submit(
        self,
        number: int,
        function: Callable[..., Any],
        *arguments: Any,
        on_done: OnDone,
        shared: Shared | None = None,
        parts: Callable[[], Iterable[bytes]] | None = None,
        first: bool = False,
    ) -> None:
        """Queue ``function(*arguments)``; ``on_done`` is called once, in the client's thread, unless it is cancelled.

        Parameters
        ----------
        number:
            For cancelling it; of no other open task.
        function:
            Of a module, so that the workers find it; it may run twice. An argument that is a
            :class:`.tasks.FileTask` receives the key of the task.
        shared:
            Its value is the next argument.
        parts:
            Returns bytes that are sent ahead; the list of them is the last argument.
        first:
            Before the tasks that wait.
        """
        job = _Job(number, function, arguments, on_done, shared, parts)
        self._actions.put(partial(self._add, job, first))

    def cancel(self, number: int) -> None:
        """Cancel a task; nothing follows unless it just ended."""
        self._actions.put(partial(self._cancel, number))

    def put_model(self, digest: str, files: dict[str, bytes]) -> None:
        """Put the files of a bundle on the scheduler; call it in ``on_done``."""
        if self._client is not None:
            with self._errors_mean_away():
                self._client.set_metadata([tasks.MODELS, digest], files)

    def load(self) -> ExecutorLoad:
        """Return how many workers fit, and what was lost and done again."""
        return ExecutorLoad(len(self._threads_of), self._lost, self._repeated)

    @property
    def threads(self) -> int:
        """How many tasks the workers that fit run at a time."""
        return sum(self._threads_of.values())

    def stop(self) -> None:
        """Cancel what is open, and disconnect. Safe to repeat."""
        self._actions.put(partial(setattr, self, "_on", False))
        if threading.current_thread() is not self._thread:
            self._thread.join(3 * _CLOSE_S)

    # The methods below run in the client's thread.

    def _run(self) -> None:
        while self._on:
            try:
                self._turn_once()
            except Exception:
                log.exception("The connection to the cluster is made again after an error")
                self._disconnect()
        self._close()

    def _turn_once(self) -> None:
        with contextlib.suppress(queue.Empty):
            self._actions.get(timeout=_POLL_S)()
            while not self._actions.empty():
                self._actions.get_nowait()()
        if self._client is not None and self._client.status != "running":
            self._disconnect()
        if self._client is None:
            self._reconnect()
        self._fill()  # workers go on while results are fetched and recorded
        self._collect()
        self._count()
        self._send_cancellations()
        self._fill()

    def _add(self, job: _Job, first: bool) -> None:
        self._waiting[job.id] = job
        self._waiting.move_to_end(job.id, last=not first)

    def _cancel(self, number: int) -> None:
        if self._waiting.pop(number, None) is not None:
            return
        job = next((job for job in self._running.values() if job.id == number), None)
        if job is not None:
            del self._running[job.key]
            self._to_cancel.append(job.key)
            _release(job)

    def _send_cancellations(self) -> None:
        keys, self._to_cancel = self._to_cancel, []
        if keys and self._client is not None:
            with self._errors_mean_away():
                self._client.run(tasks.cancel, keys, workers=list(self._threads_of), on_error="ignore")

    def _fill(self) -> None:
        while self._client is not None and self._waiting and (worker := self._free_worker()):
            _, job = self._waiting.popitem(last=False)
            job.worker, job.key = worker, f"{self._name}-{job.id}-{uuid.uuid4().hex[:8]}"
            self._running[job.key] = job  # before anything can fail: a new connection starts it again
            try:
                self._start(job, self._client)
            except (AppError, OSError) as error:
                if self._is_away(error):
                    self._disconnect()
                    return
                del self._running[job.key]
                job.on_done(Outcome(problem=problem_of(error)))
                self._after_group()

    def _free_worker(self) -> str:
        """Return a worker with a free thread; empty where there is none."""
        busy = Counter(job.worker for job in self._running.values())
        return next((address for address, threads in self._threads_of.items() if busy[address] < threads), "")

    def _start(self, job: _Job, client: Client) -> None:
        arguments = [_with_key(argument, job.key) for argument in job.arguments]
        if job.shared is not None:
            arguments.append(self._sent(job.shared, client))
        if job.parts is not None:
            arguments.append([self._scatter(part, client, [job.worker]) for part in job.parts()])
        job.future = client.submit(
            job.function,
            *arguments,
            key=job.key,
            pure=False,
            workers=[job.worker],
            resources={contract.resource(): 1},
        )
        job.future.add_done_callback(lambda future: self._actions.put(partial(self._done, job, future)))

    def _sent(self, shared: Shared, client: Client) -> Future:
        if shared.future is None or shared.future.status != "finished":
            shared.future = self._scatter(shared.value, client)
        return shared.future

    def _scatter(self, value: Any, client: Client, workers: list[str] | None = None) -> Future:
        """Send a value to a worker; through the scheduler where workers are not reachable from here."""
        workers = workers or list(self._threads_of)
        if self._direct:
            try:
                return client.scatter(value, workers=workers, hash=False, direct=True, timeout=_CONNECT_S)
            except (OSError, TimeoutError):
                log.info("The workers cannot be reached from here; files go through the scheduler")
                self._direct = False
        return client.scatter(value, workers=workers, hash=False, direct=False, timeout=_CONNECT_S)

    def _done(self, job: _Job, future: Future) -> None:
        if job.future is future and job.key in self._running:
            del self._running[job.key]
            self._ended.append(job)

    def _collect(self) -> None:
        """Report the tasks that ended, and queue the lost ones again."""
        ended, self._ended = self._ended, []
        if not ended:
            return
        for job, outcome in zip(ended, self._outcomes(ended), strict=True):
            if outcome is None:
                self._again(job)
                continue
            _release(job)
            job.on_done(outcome)
        self._after_group()

    def _outcomes(self, jobs: list[_Job]) -> Iterator[Outcome | None]:
        """Yield what the tasks returned; None for lost ones."""
        finished = {job.key: job.future for job in jobs if job.future and job.future.status == "finished"}
        values: dict[str, Any] = {}
        if finished and self._client is not None:
            try:
                values = dict(
                    zip(finished, self._fetched(list(finished.values()), self._client), strict=True)
                )
            except Exception as error:  # a worker or the scheduler went away with the results
                log.info("Results were lost: %s", error)
        for job in jobs:
            if job.key in values:
                yield Outcome(values[job.key])
            elif job.future is not None and job.future.status == "error":
                yield _failure(job.future)
            else:
                yield None

    def _fetched(self, futures: list[Future], client: Client) -> list[Any]:
        """Return results, at the latest after some seconds.

        Without a limit Dask waits for results that went with their worker until they are computed again, and a
        file that ends its workers would end one after the other meanwhile.
        """
        found: list[Any] = client.sync(client._gather, futures, callback_timeout=_FETCH_S)
        return found

    def _again(self, job: _Job) -> None:
        self._repeated += 1
        _release(job)
        self._waiting[job.id] = job
        self._waiting.move_to_end(job.id, last=False)

    def _worker_left(self, address: str, keys: Collection[str], expected: bool) -> None:
        """Queue again what a worker took with it: the tasks ``keys``, and results that were not fetched."""
        self._counted = 0.0
        if self._threads_of.pop(address, 0) and not expected:
            self._lost += 1
        ended = [job for job in self._ended if job.worker == address and _status(job) != "error"]
        for job in ended:
            self._ended.remove(job)
            self._again(job)
        for job in [
            job for job in self._running.values() if job.worker == address and _status(job) != "error"
        ]:
            del self._running[job.key]
            job.deaths += job.key in keys and not expected
            if job.deaths < TRIES:
                self._again(job)
                continue
            _release(job)
            job.on_done(Outcome(problem=_killed()))
            self._after_group()

    # -- connection ------------------------------------------------------------------------------

    def _connect(self) -> Client:
        client = security.connect(self._options, _CONNECT_S, self._name, self._cluster)
        client.subscribe_topic("all", self._on_event)
        return client

    def _on_event(self, event: tuple[float, Any]) -> None:
        found = event[1] if isinstance(event[1], dict) else {}
        if found.get("action") == "remove-worker":
            self._actions.put(
                partial(
                    self._worker_left,
                    str(found.get("worker")),
                    tuple(found.get("processing-tasks", ())),
                    bool(found.get("expected")),
                )
            )
        elif found.get("action") == "add-worker":
            self._actions.put(partial(setattr, self, "_counted", 0.0))

    def _wait_for_workers(self) -> None:
        started = time.monotonic()
        while not self._threads_of:
            self._counted = 0.0
            self._count()
            if self._threads_of or self._client is None:
                return
            late = time.monotonic() - started
            unfit = self._unfit()
            if unfit and late > _UNFIT_S:
                raise AppError(unfit[0])
            if late > _WORKERS_S:
                raise AppError("cluster-no-workers", address=self._options.address)
            time.sleep(0.1)

    def _count(self) -> None:
        """Find the workers that fit, at least every few seconds."""
        now = time.monotonic()
        if self._client is None or now - self._counted < _COUNT_EVERY_S:
            return
        with self._errors_mean_away():
            found = self._client.sync(
                self._client.scheduler.identity, n_workers=-1, callback_timeout=_CONNECT_S
            )
            name = contract.resource()
            fit = {a: w for a, w in found["workers"].items() if name in w.get("resources", {})}
            self._seen = found["workers"]
            for gone in {job.worker for job in self._running.values()} - set(fit):
                self._worker_left(gone, list(self._running), expected=False)
            self._threads_of = {address: int(worker["nthreads"]) for address, worker in fit.items()}
            self._counted = now
            if fit:
                self._present = now
        self._give_up_late()

    def _unfit(self) -> list[Problem]:
        """Return why workers that are there get no work."""
        names = [name for worker in self._seen.values() for name in worker.get("resources", {})]
        theirs = [found for name in names if (found := contract.parse(name)) is not None]
        mine = contract.contract()
        return [problem for found in theirs if (problem := contract.mismatch(mine, found)) is not None]

    def _disconnect(self) -> None:
        """Let go of a scheduler that went away; every task is done again."""
        log.warning("The cluster went away")
        client, self._client = self._client, None
        for job in (*self._running.values(), *self._ended):
            self._again(job)
        self._running.clear()
        self._ended.clear()
        self._threads_of = {}
        _close_quietly(client)

    def _reconnect(self) -> None:
        try:
            self._client = self._connect()
        except AppError:
            self._give_up_late()
            time.sleep(_RECONNECT_EVERY_S)
        else:
            self._counted = 0.0
            log.info("The cluster is back")

    def _give_up_late(self) -> None:
        """Fail what is open once the cluster was away for too long."""
        if time.monotonic() - self._present < _AWAY_S:
            return
        jobs = [*self._running.values(), *self._waiting.values()]
        self._running.clear()
        self._waiting.clear()
        for job in jobs:
            _release(job)
            job.on_done(Outcome(problem=Problem("cluster-lost", address=self._options.address)))
        self._after_group()

    @contextlib.contextmanager
    def _errors_mean_away(self) -> Iterator[None]:
        try:
            yield
        except (OSError, TimeoutError) as error:
            log.info("The cluster does not answer: %s", error)

    def _is_away(self, error: Exception) -> bool:
        from distributed.comm.core import CommClosedError

        return self._client is None or self._client.status != "running" or isinstance(error, CommClosedError)

    def _close(self) -> None:
        if self._client is not None:
            with contextlib.suppress(Exception):  # it may be closed already
                if self._running and self._cluster is None:
                    self._client.run(tasks.cancel, list(self._running), on_error="ignore")
                self._client.unsubscribe_topic("all")  # else the scheduler would write to a closed connection
        for job in self._running.values():  # while what waits for them is still there
            _release(job)
        self._waiting.clear()
        self._running.clear()
        _close_quietly(self._client)
        _close_quietly(self._cluster)
        self._client = self._cluster = None


def _with_key(argument: Any, key: str) -> Any:
    return replace(argument, key=key) if isinstance(argument, tasks.FileTask) else argument


def _status(job: _Job) -> str:
    return "" if job.future is None else str(job.future.status)


def _release(job: _Job) -> None:
    future, job.future = job.future, None
    if future is not None:
        with contextlib.suppress(Exception):
            if future.done():
                future.release()
            else:
                future.cancel()


def _failure(future: Future) -> Outcome:
    from distributed import KilledWorker

    error = future.exception(timeout=_CONNECT_S)
    if isinstance(error, KilledWorker):
        return Outcome(problem=_killed())
    log.error("A task failed on the cluster", exc_info=error)
    return Outcome(problem=problem_of(error if isinstance(error, Exception) else RuntimeError(str(error))))


def _killed() -> Problem:
    return Problem("worker-died/cluster", n=TRIES)


def _close_quietly(thing: Any) -> None:
    if thing is not None:
        with contextlib.suppress(Exception):
            thing.close(timeout=_CLOSE_S)
