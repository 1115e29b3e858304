"""A job process that is started ahead: it has loaded its libraries and waits for a job."""

from __future__ import annotations

import atexit
import contextlib
import importlib
import logging
import multiprocessing
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from genre_desktop import environment
from genre_desktop.core.paths import Home
from genre_desktop.jobs import pipe
from genre_desktop.jobs.runner import main
from genre_desktop.jobs.workers import child_setup

log = logging.getLogger(__name__)


class SpareProcess:
    """Starts a process that calls ``prepare``, a ``module:function`` of the home, and then waits for :meth:`run`."""

    def __init__(self, home: Home, prepare: str) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, child_end = context.Pipe()
        # Not a daemon: those may have no children. It ends with its parent all the same: the pipe is closed.
        self.process = context.Process(
            target=wait,
            args=(child_end, str(home.root), home.in_use, prepare),
            name="genre-desktop-spare",
            daemon=False,
        )
        with child_setup.interrupts_blocked():
            self.process.start()
        child_end.close()
        atexit.register(self.close)  # else multiprocessing would wait for it when the app ends

    @property
    def ready(self) -> bool:
        """Whether it is prepared and waits."""
        with contextlib.suppress(OSError, EOFError):
            return self.process.is_alive() and self.connection.poll()
        return False

    def run(self, arguments: tuple[Any, ...]) -> None:
        """Run a job with the arguments of :func:`.main.main` after the connection; its messages follow on the pipe.

        Call it once it is :attr:`ready`; the caller owns process and connection from then on.

        Raises
        ------
        OSError, EOFError
            The process has ended, or wrote something else.
        """
        pipe.receive(self.connection)
        pipe.send(self.connection, arguments)
        atexit.unregister(self.close)

    def close(self) -> None:
        """End the process."""
        atexit.unregister(self.close)
        self.process.kill()
        self.process.join(5.0)
        self.connection.close()


def wait(connection: Connection, home_root: str, home_existed: bool, prepare: str) -> None:
    """Prepare this process, wait for the arguments of a job, and run it; end when the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C
    home = Home(Path(home_root)).use(existed=home_existed)
    environment.set_up(home.numba_cache)
    try:
        from genre_desktop.jobs import executors, file_map  # noqa: F401  # which every job imports

        module, _, function = prepare.rpartition(":")
        getattr(importlib.import_module(module), function)(home)
    except Exception:  # the job will say what is wrong
        log.info("the spare process could not be prepared", exc_info=True)
    with contextlib.suppress(OSError, EOFError):
        pipe.send(connection, None)
        arguments = pipe.receive(connection)
        main.main(connection, *arguments)
