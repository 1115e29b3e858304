"""What a process sets up before it imports anything heavy."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAPS = """
import sys, threading
from genre_desktop import environment

if sys.argv[1] == "small":
    environment.keep_memory_small()
together = threading.Barrier(8)

def work():
    together.wait()
    kept = [bytearray(100_000) for _ in range(20)]
    together.wait()

threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
ranges = (line.split(maxsplit=5) for line in open("/proc/self/maps"))
heaps = [each for each in ranges if len(each) == 5 and int(each[0].partition("-")[0], 16) % (64 << 20) == 0]
print(sum(each[1].startswith("rw") for each in heaps))
"""
"""Prints how many heaps of glibc there are besides the first: each begins at a multiple of 64 MiB."""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc has a heap for each thread")
def test_threads_share_heaps() -> None:
    def heaps(how: str) -> int:
        command = [sys.executable, "-c", HEAPS, how]
        return int(subprocess.run(command, capture_output=True, text=True, check=True, timeout=100).stdout)

    assert heaps("small") <= 1
    assert heaps("as it comes") > 1
