"""What every child process does first: own its output, ignore Ctrl-C, prepare the environment."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from genre_desktop import environment
from genre_desktop.core.messages import Message, message

_KEEP_BYTES = 1_000_000


def set_up(home_root: str, output: Path, *, threads: int = 1, append: bool = True) -> None:
    """Prepare a child process before anything heavy is imported.

    Parameters
    ----------
    home_root:
        The user's data folder.
    output:
        File for whatever native libraries or crash handlers print; standard output belongs to
        the parent alone, which may be writing JSON to it.
    threads:
        Threads each numerical library may use.
    append:
        Keep what is in ``output``, up to about a megabyte.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _own_output(output, append)
    environment.set_up(Path(home_root) / "cache" / "numba", threads)


def _own_output(output: Path, append: bool) -> None:
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        keep = append and output.exists() and output.stat().st_size < _KEEP_BYTES
        stream = output.open("a" if keep else "w", encoding="utf-8", errors="backslashreplace", buffering=1)
    except OSError:
        stream = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # lives as long as the process
    for number in (1, 2):
        with contextlib.suppress(OSError):  # a windowed app has no such descriptor
            os.dup2(stream.fileno(), number)
    sys.stdout = sys.stderr = stream


@contextlib.contextmanager
def interrupts_blocked() -> Iterator[None]:
    """Start a child inside this: it inherits the mask, so that Ctrl-C cannot hit it half-started."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def describe_exit(code: int | None) -> Message:
    """Why a process ended: its signal's name or its exit code."""
    if code is None:
        return message("it did not end")
    if code < 0:
        with contextlib.suppress(ValueError):
            return message("it was ended by {name}", name=signal.Signals(-code).name)
    return message("it left with exit code {code}", code=code)


def start_thread(name: str, target: object, *arguments: object) -> threading.Thread:
    """A started daemon thread with a name that shows in logs."""
    thread = threading.Thread(target=target, args=arguments, name=name, daemon=True)  # type: ignore[arg-type]
    thread.start()
    return thread
