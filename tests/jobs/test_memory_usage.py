import os
import subprocess
import sys

import psutil

from genre_desktop.jobs.memory_usage import resident_bytes

MIB = 2**20


def test_this_process_uses_memory():
    assert resident_bytes() > 10 * MIB


def test_children_are_counted_and_processes_that_are_gone_are_not():
    child = subprocess.Popen(
        [sys.executable, "-c", "print(flush=True); input()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert child.stdout.readline()  # Python is loaded
        own = psutil.Process().memory_info().rss
        assert resident_bytes() > own + MIB
        assert resident_bytes(child.pid) > MIB
    finally:
        child.communicate(b"\n")
    assert resident_bytes(child.pid) == 0


def test_a_child_that_ends_meanwhile_does_not_disturb(monkeypatch):
    class Gone:
        def memory_info(self):
            raise psutil.NoSuchProcess(1)

    monkeypatch.setattr(psutil.Process, "children", lambda self, recursive: [Gone()])
    assert 0 < resident_bytes(os.getpid()) < 2 * psutil.Process().memory_info().rss
