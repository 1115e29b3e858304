"""The decoder processes of this process: one that is kept, and others while several files are read at once."""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from genre_desktop.audio.sandbox.protection import Protection
from genre_desktop.core.errors import AppError, no_cancel

if sys.platform == "linux":
    from genre_desktop.audio.sandbox.process import DecoderProcess, DiedError

log = logging.getLogger(__name__)

_lock = threading.Lock()
_idle: list[DecoderProcess] = []
_mode = "auto"
_sealed = True
_owner = os.getpid()


def use(mode: str) -> None:
    """Set how files are read in this process from now on: the value of the setting ``decoder.sandbox``."""
    global _mode
    _mode = mode
    if mode == "off":
        close()


def active() -> bool:
    """Whether files are read in a decoder process."""
    return _mode == "auto" and sys.platform == "linux"


def prepare() -> None:
    """Start the decoder process in the background, so that the first file does not wait for it."""
    if not active():
        return
    with _lock:
        _forget_inherited()
        if not _idle:
            with contextlib.suppress(OSError):  # reported with the first file
                _idle.append(DecoderProcess(_sealed))


def close() -> None:
    """End the processes that are idle."""
    with _lock:
        _forget_inherited()
        ended, _idle[:] = list(_idle), []
    for process in ended:
        process.end()


def expected() -> Protection:
    """Return what a decoder process can give up here, without starting one."""
    if not active():
        return Protection()
    from genre_desktop.audio.sandbox import landlock, seccomp

    return Protection(landlock.abi(), seccomp.available()) if _sealed else Protection()


def protection(cancelled: Callable[[], bool] = no_cancel) -> Protection:
    """Return what the decoder process has given up, starting it if need be.

    Raises
    ------
    AppError
        ``decoder-missing``.
    """
    if not active():
        return Protection()
    with lease(cancelled) as process:
        return process.wait_ready(cancelled)


@contextmanager
def lease(cancelled: Callable[[], bool] = no_cancel) -> Iterator[DecoderProcess]:
    """Have a decoder process for one file; it is kept for the next one if it survives.

    Raises
    ------
    AppError
        ``decoder-missing``.
    Cancelled
        ``cancelled()`` was true.
    """
    process = _take(cancelled)
    try:
        yield process
    finally:
        kept = process.usable
        if kept:
            with _lock:
                kept = active() and not _idle
                if kept:
                    _idle.append(process)
        if not kept:
            process.end()


def _take(cancelled: Callable[[], bool]) -> DecoderProcess:
    global _sealed
    for attempt in range(4):
        process = _next()
        try:
            process.wait_ready(cancelled)
        except DiedError:
            if attempt == 1:  # twice: this system does not let it live
                log.warning("The decoder process does not start with all protection; it gets limits only")
                _sealed = False
            continue
        except BaseException:
            process.end()
            raise
        return process
    raise AppError("decoder-missing")


def _next() -> DecoderProcess:
    with _lock:
        _forget_inherited()
        while _idle:
            process = _idle.pop()
            if process.usable:
                return process
            process.end()
        sealed = _sealed
    try:
        return DecoderProcess(sealed)
    except OSError as error:
        raise AppError("decoder-missing") from error


def _forget_inherited() -> None:
    """After a fork the processes belong to the parent."""
    global _owner
    if _owner != os.getpid():
        _owner = os.getpid()
        _idle.clear()


atexit.register(close)
