import os
import subprocess
import sys

import psutil

from genre_desktop.jobs import memory_usage


def test_this_process_uses_memory():
    used = memory_usage.used()
    assert used.own > 10
    assert used.processes >= 1


def test_children_are_counted_and_processes_that_are_gone_are_not():
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        with_child = memory_usage.used()
        assert with_child.processes >= 2
        assert with_child.children > 1
        assert memory_usage.used(child.pid).own > 1
    finally:
        child.communicate(b"\n")
    assert memory_usage.used(child.pid) == memory_usage.Memory(0.0, 0.0, 0)


def test_a_child_that_ends_meanwhile_does_not_disturb(monkeypatch):
    class Gone:
        def memory_info(self):
            raise psutil.NoSuchProcess(1)

    monkeypatch.setattr(psutil.Process, "children", lambda self, recursive: [Gone()])
    assert memory_usage.used(os.getpid()).children == 0
