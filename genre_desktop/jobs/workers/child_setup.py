"""Set-up of child processes: redirect output, ignore Ctrl-C, prepare the environment."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from genre_desktop import environment
from genre_desktop.core.messages import Message, message
from genre_desktop.core.paths import Home, make_folder

if TYPE_CHECKING:
    from typing_extensions import Buffer

_KEEP_BYTES = 1_000_000


def set_up(
    home_root: str, output: Path, *, existed: bool = False, threads: int = 1, append: bool = True
) -> None:
    """Prepare a child process before anything heavy is imported.

    Parameters
    ----------
    output:
        File for standard output and error; the parent may be writing JSON to its own.
    existed:
        As of :meth:`.Home.use`; ``in_use`` of the parent's home.
    threads:
        Threads each numerical library may use.
    append:
        Keep the contents of ``output``, up to about a megabyte.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C
    Home(Path(home_root)).use(existed=existed)
    _redirect_output(output, append)
    environment.set_up(Path(home_root) / "cache" / "numba", threads)


class _Output(io.FileIO):
    """A file that takes everything: on a full disk what cannot be written is left out."""

    def write(self, data: Buffer, /) -> int:
        """Write ``data`` or leave it out."""
        try:
            return super().write(data) or 0
        except OSError:
            return memoryview(data).nbytes


def _redirect_output(output: Path, append: bool) -> None:
    try:
        make_folder(output.parent)
        keep = append and output.exists() and output.stat().st_size < _KEEP_BYTES
        file = io.BufferedWriter(_Output(output, "a" if keep else "w"))
        stream: TextIO = io.TextIOWrapper(
            file, encoding="utf-8", errors="backslashreplace", line_buffering=True
        )
    except OSError:
        stream = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # lives as long as the process
    for number in (1, 2):
        with contextlib.suppress(OSError):  # a windowed app has no such descriptor
            os.dup2(stream.fileno(), number)
    sys.stdout = sys.stderr = stream


@contextlib.contextmanager
def interrupts_blocked() -> Iterator[None]:
    """Block Ctrl-C while a child starts: it inherits the mask until it ignores the signal itself."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def describe_exit(code: int | None) -> Message:
    """Describe why a process ended: by a signal or with an exit code."""
    if code is None:
        return message("it did not end")
    if code < 0:
        with contextlib.suppress(ValueError):
            return message("it was ended by {name}", name=signal.Signals(-code).name)
    return message("it ended with exit code {code}", code=code)


def start_thread(name: str, target: object, *arguments: object) -> threading.Thread:
    """Start a daemon thread."""
    thread = threading.Thread(target=target, args=arguments, name=name, daemon=True)  # type: ignore[arg-type]
    thread.start()
    return thread
