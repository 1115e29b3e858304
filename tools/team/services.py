"""Server processes that end with this one: started, waited for, stopped with everything that they started."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

START_TIMEOUT_S = 180.0
STOP_TIMEOUT_S = 10.0
_PR_SET_PDEATHSIG = 1


class ServiceUnavailableError(RuntimeError):
    """A server is not installed, or did not start; the message ends with what it logged."""


class Service:
    """A server process.

    ``ready`` is asked until it returns true; ``user`` is a system user and needs root. ``stop_signal`` asks the
    process to end, and after ten seconds it is killed.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        log: Path,
        *,
        ready: Callable[[], bool],
        environment: Mapping[str, str] | None = None,
        user: str | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        self.name, self.command, self.log = name, [str(word) for word in command], log
        self._ready, self._environment, self._user = ready, dict(environment or {}), user
        self._stop_signal = stop_signal
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers.

        Raises
        ------
        ServiceUnavailableError
            It ended, or did not answer within ``START_TIMEOUT_S``.
        """
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=os.environ | self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.log.parent,
                user=self._user,
                group=self._user,
                extra_groups=None if self._user is None else [],
                start_new_session=True,  # Ctrl-C is for this process, which ends its servers in order
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise ServiceUnavailableError(f"{self.name} did not start: {self.last_words()}")
            time.sleep(0.1)

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """End it and its children; does nothing when it does not run."""
        if self.process is None:
            return
        family = _family(self.process.pid)
        with suppress(ProcessLookupError):
            self.process.send_signal(self._stop_signal)
        _, alive = psutil.wait_procs(family, STOP_TIMEOUT_S)
        for process in alive:
            with suppress(psutil.Error):
                process.kill()
        self.process.wait()
        self.process = None

    def kill(self) -> None:
        """End it and its children without warning, as a power cut does."""
        if self.process is None:
            return
        for process in _family(self.process.pid):
            with suppress(psutil.Error):
                process.kill()
        self.process.wait()
        self.process = None

    def last_words(self, lines: int = 5) -> str:
        """Return the end of its log."""
        with suppress(OSError):
            return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-lines:])
        return "it has no log"


def free_port() -> int:
    """Return a TCP port of the loopback address that is free now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def accepts(port: int) -> bool:
    """Whether something listens on this port of the loopback address."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _family(pid: int) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    return []


# Loaded before any fork: between fork and exec a child may not import.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _end_with_parent() -> None:
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
