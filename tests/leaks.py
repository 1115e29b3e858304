"""What a test leaves behind fails that test: threads, child processes, work in Qt's thread pool."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import suppress

import psutil

PATIENCE_S = 2.0
"""What is just saying its last word is no leak."""

HOUSEKEEPERS = ("resource_tracker", "resource_sharer", "forkserver", "pulseaudio")
"""Processes that Python itself keeps until the end, and the sound server that a module's tests share and restart."""

LIBRARY_THREADS = (
    "asyncio_",
    "ThreadPoolExecutor-mlflow",
    "MlflowAsync",
    "IOPubThread",
    "tqdm_monitor",
    "execnet",
)
"""Threads that libraries keep for good; they serve whoever comes next."""


def watch() -> Iterator[None]:
    """The body of a fixture: whatever runs at its end and did not at its beginning fails the test.

    Fixtures of modules and sessions are set up before it, so that what they run does not count.
    """
    threads, before = set(threading.enumerate()), set(children())
    yield
    left = [*_threads(threads), *_processes(before), *_pool()]
    assert not left, "this test left running: " + "; ".join(left)


def children() -> list[psutil.Process]:
    """Child processes of this one, at any depth, but for Python's own helpers."""
    return [child for child in psutil.Process().children(recursive=True) if not _is_housekeeper(child)]


def _threads(before: set[threading.Thread]) -> list[str]:
    found = []
    for thread in threading.enumerate():
        if thread not in before and not thread.name.startswith(LIBRARY_THREADS):
            thread.join(PATIENCE_S)
            if thread.is_alive():
                found.append(f"thread “{thread.name}” ({_what(thread)})")
    return found


def _processes(before: set[psutil.Process]) -> list[str]:
    fresh = [child for child in children() if child not in before]
    _, alive = psutil.wait_procs(fresh, timeout=PATIENCE_S if fresh else 0)
    found = [f"process {child.pid} ({_command(child)})" for child in alive if _runs(child)]
    for child in alive:  # the tests after this one are not to blame
        with suppress(psutil.Error):
            child.kill()
    return found


def _pool() -> list[str]:
    if "PySide6.QtCore" not in sys.modules:
        return []
    from PySide6.QtCore import QThreadPool

    pool = QThreadPool.globalInstance()
    return (
        [] if pool.waitForDone(int(PATIENCE_S * 1000)) else [f"{pool.activeThreadCount()} tasks of Qt’s pool"]
    )


def _what(thread: threading.Thread) -> str:
    frame = sys._current_frames().get(thread.ident or 0)
    return f"in {frame.f_code.co_qualname}" if frame is not None and sys.version_info >= (3, 11) else "?"


def _is_housekeeper(child: psutil.Process) -> bool:
    return any(word in _command(child) for word in HOUSEKEEPERS)


def _runs(child: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return child.is_running() and child.status() != psutil.STATUS_ZOMBIE
    return False


def _command(child: psutil.Process) -> str:
    with suppress(psutil.Error):
        return " ".join(child.cmdline()) or child.name()
    return "gone"
