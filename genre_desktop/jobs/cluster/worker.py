"""Workers of a cluster on this computer: ``dask worker`` with the right environment, kept running.

A Dask worker ends when its scheduler goes away. :func:`run` waits for the scheduler, starts the workers, and
starts them again whenever they have ended, until it is stopped.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import IO, Protocol

from genre_desktop import environment
from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.paths import HOME_VARIABLE, Home
from genre_desktop.jobs.cluster import launch, reachability
from genre_desktop.jobs.cluster.address import VARIABLE, ClusterOptions
from genre_desktop.jobs.cluster.contract import resource
from genre_desktop.jobs.cluster.security import check_installed

PRELOAD = "genre_desktop.jobs.cluster.preload"
NO_PROFILE = {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}
"""Variable that switches off Dask's sampling of the stack of each worker, a hundred times a second."""

FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 60.0
LOOK_S = 0.5
STABLE_S = 60.0
"""After running for this long, workers that end are started again without a longer wait."""
DEATH_TIMEOUT_S = 60
"""Seconds in which workers must have found the scheduler after their start."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """Workers to run on this computer.

    Attributes
    ----------
    cluster:
        The scheduler for which they work.
    processes:
        Number of worker processes, with one thread each.
    host:
        Address of this computer under which the scheduler and other workers reach it; empty for the one through
        which the scheduler is reached.
    """

    cluster: ClusterOptions
    processes: int
    host: str = ""


class Stop:
    """The request to stop, which a signal makes."""

    def __init__(self) -> None:
        self.signal = 0
        self._made = threading.Event()

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Let Ctrl-C and SIGTERM make it; a Ctrl-C that is ignored, as in the background, stays so."""
        handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        caught = [number for number, handler in handlers.items() if handler != signal.SIG_IGN]
        for number in caught:
            signal.signal(number, self._received)
        try:
            yield
        finally:
            for number in caught:
                signal.signal(number, handlers[number])

    def wait(self, seconds: float) -> None:
        """Wait until it is made, for at most ``seconds``."""
        end = time.monotonic() + seconds
        while not self.signal and (left := end - time.monotonic()) > 0:
            self._made.wait(min(left, LOOK_S))  # on Windows, Ctrl-C is only handled between waits

    def _received(self, number: int, frame: FrameType | None) -> None:
        self.signal = number
        self._made.set()


class Listener(Protocol):
    """Receives what the user should know."""

    def started(self) -> None:
        """Note that the workers were started."""

    def failed(self, problem: Problem) -> None:
        """Note why there are none for now: each reason once, until they have run again."""


def run(home: Home, options: WorkerOptions, listener: Listener) -> None:
    """Work for a cluster until Ctrl-C or SIGTERM; in the main thread.

    ``home`` is where the workers keep their models, logs and temporary files.

    Raises
    ------
    AppError
        Dask is not installed, or the address or a certificate cannot be used.
    KeyboardInterrupt
        Ctrl-C ended it; the workers have ended.
    """
    check_installed()
    if options.cluster.local_workers:
        raise AppError("cluster-address", address=options.cluster.address)
    options.cluster.check()
    stop = Stop()
    with stop.on_signals():
        _keep_running(home, options, stop, listener)
    if stop.signal == signal.SIGINT:
        raise KeyboardInterrupt


def _keep_running(home: Home, options: WorkerOptions, stop: Stop, listener: Listener) -> None:
    wait_s = FIRST_WAIT_S
    reported: Problem | None = None
    while not stop.signal:
        began = time.monotonic()
        try:
            own = reachability.reach(options.cluster)
            if reported is None or reported.code == "cluster-unreachable":
                listener.started()
            problem = _run_once(home, options, own, stop)
        except AppError as error:
            problem = error.problem
        if time.monotonic() - began >= STABLE_S:
            wait_s, reported = FIRST_WAIT_S, None
        if not stop.signal and problem != reported:
            listener.failed(problem)
            reported = problem
        stop.wait(wait_s)
        wait_s = min(wait_s * 2, LONGEST_WAIT_S)


def _run_once(home: Home, options: WorkerOptions, own: str, stop: Stop) -> Problem:
    """Run the workers until they end or are stopped, and describe the end."""
    process = subprocess.Popen(  # noqa: S603  # this program's own module
        command(home, options, own),
        env=variables(home, options.cluster),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="backslashreplace",
        start_new_session=True,  # Ctrl-C is for this process, which ends the workers
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    reader = threading.Thread(target=_log_lines, args=(process.stdout,), name="cluster-log", daemon=True)
    reader.start()
    try:
        while not stop.signal and process.poll() is None:
            stop.wait(LOOK_S)
    finally:
        _end(process)
        reader.join()
    return Problem("cluster-workers-ended", address=options.cluster.uri)


def command(home: Home, options: WorkerOptions, own: str) -> list[str]:
    """Return the command of the workers; ``own`` is the address of this computer that the scheduler sees.

    Workers listen on that address only: by default Dask listens on all of them, whoever may come.
    """
    temporary = home.root / "cache" / "cluster"
    temporary.mkdir(parents=True, exist_ok=True)
    tls = (options.cluster.ca_file, options.cluster.certificate, options.cluster.key)
    names = ("--tls-ca-file", "--tls-cert", "--tls-key")
    files = [part for pair in zip(names, tls, strict=True) if pair[1] for part in pair]
    return [
        sys.executable, "-m", launch.__name__, options.cluster.uri,
        "--nworkers", str(options.processes), "--nthreads", "1", "--nanny",
        "--host", options.host or own,
        "--no-dashboard", "--dashboard-address", "127.0.0.1:0",
        "--resources", f"{resource()}=1",
        "--preload", PRELOAD,
        "--local-directory", str(temporary),
        "--death-timeout", str(DEATH_TIMEOUT_S),
        *(files if options.cluster.encrypted else ()),
    ]  # fmt: skip


def variables(home: Home, cluster: ClusterOptions) -> dict[str, str]:
    """Return the environment of the workers: one thread for each numerical library, and no telemetry.

    Dask's nanny hands it on to the processes that it starts.
    """
    found = {name: value for name, value in os.environ.items() if name != VARIABLE}
    found |= environment.variables(home.numba_cache, threads=1)
    found |= NO_PROFILE
    found[HOME_VARIABLE] = str(home.root)
    found["PYTHONUNBUFFERED"] = "1"
    found["DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION"] = str(cluster.encrypted)
    return found


def _log_lines(output: IO[str]) -> None:
    with output:
        for line in output:
            log.info("%s", line.rstrip())


def _end(process: subprocess.Popen[str]) -> None:
    """End the workers: closing their standard input asks for it; what is left after a while is killed."""
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()
    with suppress(subprocess.TimeoutExpired):
        process.wait(launch.LEAVE_S + LOOK_S)
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):  # the usual case: the whole group has ended
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
