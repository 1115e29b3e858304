from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.jobs.process_lock import Lock

_HOLD = """
import sys, time
from pathlib import Path
from genre_desktop.core.paths import Home
from genre_desktop.jobs.process_lock import Lock
lock = Lock(Home(Path(sys.argv[1])), "batch")
print(lock.acquire(), flush=True)
time.sleep(3600)
"""


def test_one_holder_at_a_time(tmp_path: Path) -> None:
    first, second = Lock(Home(tmp_path), "batch"), Lock(Home(tmp_path), "batch")
    assert first.acquire()
    assert first.is_taken()
    assert second.is_taken()
    assert not second.acquire(within_s=0.05)
    assert Lock(Home(tmp_path), "other").acquire()
    first.release()
    first.release()
    assert not second.is_taken()
    assert second.acquire()
    second.release()


def test_a_lock_taken_in_one_thread_is_held_and_released_in_another(tmp_path: Path) -> None:
    lock = Lock(Home(tmp_path), "schedule")
    thread = threading.Thread(target=lock.acquire)
    thread.start()
    thread.join()
    assert lock.is_taken()
    lock.release()
    assert not Lock(Home(tmp_path), "schedule").is_taken()


def test_a_killed_process_leaves_no_lock_behind(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", _HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    with holder:
        assert holder.stdout.readline() == "True\n"
        lock = Lock(Home(tmp_path), "batch")
        assert lock.is_taken()
        holder.kill()
    assert lock.acquire(within_s=10)
    lock.release()


def test_a_lock_that_cannot_be_opened_is_reported(tmp_path: Path) -> None:
    (tmp_path / "locks").write_text("a file in its place", "utf-8")
    with pytest.raises(AppError) as caught:
        Lock(Home(tmp_path), "job").acquire()
    assert caught.value.problem.code == "lock-failed"
