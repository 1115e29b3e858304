"""A native thread that runs in circles is put to sleep, in a process of its own since it never wakes again."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from genre_desktop.audio.devices import portaudio_hang

CIRCLES = """
import hashlib, os, threading, time
from pathlib import Path
from genre_desktop.audio.devices import portaudio_hang
work = lambda: hashlib.pbkdf2_hmac("sha256", b"", b"", 2**31 - 1)  # hours, without the interpreter
thread = threading.Thread(target=work, daemon=True)
thread.start()
task = Path(f"/proc/self/task/{thread.native_id}")
halted = portaudio_hang.suspend_thread(thread.native_id)
print(halted, portaudio_hang.suspend_thread(thread.native_id), (task / "stat").read_text().rpartition(")")[2].split()[0], flush=True)
os._exit(0)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="PortAudio's ALSA back end is Linux's")
def test_a_thread_in_circles_is_put_to_sleep_once() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CIRCLES], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout.split() == ["True", "False", "S"], done.stderr


def test_a_thread_that_waits_is_left_alone() -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    assert thread.native_id is not None
    assert not portaudio_hang.suspend_thread(thread.native_id)
    over.set()
    thread.join()


def test_nobody_is_halted_without_a_number() -> None:
    assert not portaudio_hang.suspend_thread(0)
