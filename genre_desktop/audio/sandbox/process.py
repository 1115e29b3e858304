"""A decoder process as its owner sees it."""

from __future__ import annotations

import contextlib
import fcntl
import mmap
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from genre_desktop.audio.sandbox import protocol
from genre_desktop.audio.sandbox.protection import Protection
from genre_desktop.core.errors import Cancelled, no_cancel

START_S = 60.0
"""Time limit for the start, which takes some tenths of a second."""
STALLED_S = 30.0
"""Time limit without any progress."""
CLOSE_S = 1.0
"""Time limit for giving up a file."""

_LOOK_EVERY_S = 0.05
_KEPT = (
    "HOME", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH",
    "PYTHONPYCACHEPREFIX", "PYTHONUTF8",
)  # fmt: skip
"""Variables that a decoder process is given; others may be secret."""
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "MALLOC_ARENA_MAX")


Reason = Literal["crashed", "forbidden", "stalled", "answer"]


class DiedError(Exception):
    """The decoder process ended, or was ended; ``how`` is a signal or an exit code."""

    def __init__(self, reason: Reason, how: str = "") -> None:
        super().__init__(reason)
        self.reason, self.how = reason, how


def command() -> list[str]:
    """Return how a decoder process is started."""
    if getattr(sys, "frozen", False):
        return [sys.executable, protocol.ARGUMENT]
    return [sys.executable, "-P", "-m", "genre_desktop.audio.sandbox.child", protocol.ARGUMENT]


class DecoderProcess:
    """Starts a decoder process without waiting for it.

    Parameters
    ----------
    sealed:
        False for limits only, where the whole protection made it end.
    """

    def __init__(self, sealed: bool = True) -> None:
        self.protection: Protection | None = None
        self._connection, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        shared = os.memfd_create("decoded", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            os.ftruncate(shared, protocol.MEMORY_BYTES)
            # Otherwise the decoder could make it smaller, which would end this process at the next access.
            fcntl.fcntl(
                shared, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
            )
            self.memory = mmap.mmap(shared, protocol.MEMORY_BYTES, prot=mmap.PROT_READ)
            self._process = subprocess.Popen(  # noqa: S603  # our own executable
                [*command(), str(theirs.fileno()), str(shared), str(int(sealed))],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(), shared),
                env=_environment(),
                start_new_session=True,  # Ctrl-C is for its owner
            )
        except OSError:
            self._connection.close()
            raise
        finally:
            theirs.close()
            os.close(shared)
        self._poll = select.poll()
        self._poll.register(self._connection, select.POLLIN)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def usable(self) -> bool:
        """Whether it is still there."""
        return self._connection.fileno() >= 0 and self._process.poll() is None

    def wait_ready(self, cancelled: Callable[[], bool] = no_cancel) -> Protection:
        """Wait until it has closed the door, and return what it has given up.

        Raises
        ------
        DiedError
            It ended before.
        """
        if self.protection is None:
            document = self.receive(cancelled, START_S)
            try:
                protocol.one_of(document, "hello")
                hello = protocol.record(document["hello"], "landlock", "seccomp")
                self.protection = Protection(
                    protocol.whole(hello["landlock"], 0, 99), protocol.flag(hello["seccomp"])
                )
            except protocol.MalformedError as error:
                raise self.end("answer") from error
        return self.protection

    def send(self, message: dict[str, Any], descriptor: int | None = None) -> None:
        """Send a message, the first about a file with its descriptor; a process that has ended gets none."""
        data = protocol.encode(message)
        with contextlib.suppress(OSError):  # which is reported when receiving
            if descriptor is None:
                self._connection.send(data)
            else:
                socket.send_fds(self._connection, [data], [descriptor])

    def receive(
        self, cancelled: Callable[[], bool] = no_cancel, limit_s: float | None = None
    ) -> dict[str, Any]:
        """Return the next message.

        Raises
        ------
        DiedError
            The process ended, sent something malformed, or nothing for ``limit_s`` (:data:`STALLED_S`).
        Cancelled
            ``cancelled()`` was true.
        """
        limit_s = STALLED_S if limit_s is None else limit_s
        until = time.monotonic() + limit_s
        while True:
            if cancelled():
                raise Cancelled
            if self._poll.poll(_LOOK_EVERY_S * 1000):
                break
            if time.monotonic() > until:
                raise self.end("stalled")
        try:
            data = self._connection.recv(protocol.LARGEST + 1)
        except OSError:
            data = b""
        if not data:
            raise self._died()
        try:
            return protocol.decode(data)
        except protocol.MalformedError as error:
            raise self.end("answer") from error

    def abandon(self) -> bool:
        """Give up the current file; return whether the process can read another one."""
        if not self.usable:
            return False
        self.send({"close": True})
        until = time.monotonic() + CLOSE_S
        with contextlib.suppress(DiedError):
            while (left_s := until - time.monotonic()) > 0:
                if "closed" in self.receive(limit_s=left_s):
                    return True
        self.end("stalled")
        return False

    def end(self, reason: Reason = "crashed") -> DiedError:
        """End the process; return the error to raise for it. Safe to call twice."""
        self._process.kill()
        self._reap()
        return DiedError(reason)

    def _died(self) -> DiedError:
        with contextlib.suppress(subprocess.TimeoutExpired):  # its socket is closed a moment before it ends
            self._process.wait(CLOSE_S)
        code = self._process.returncode
        self._process.kill()
        self._reap()
        if code == -signal.SIGSYS:
            return DiedError("forbidden")
        if code == -signal.SIGALRM:
            return DiedError("stalled")
        return DiedError("crashed", _how(code))

    def _reap(self) -> None:
        self._connection.close()
        with contextlib.suppress(subprocess.TimeoutExpired):  # it waits for a disk; Popen collects it later
            self._process.wait(CLOSE_S)


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    if not getattr(sys, "frozen", False):
        package = str(Path(__file__).parents[3])
        kept["PYTHONPATH"] = os.pathsep.join(filter(None, (package, kept.get("PYTHONPATH", ""))))
    return {**kept, **dict.fromkeys(_ONE_THREAD, "1")}
