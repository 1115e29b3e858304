"""A decoder process that does what a file asks for, as if the file had taken it over; only tests start it.

A file of this kind begins with ``PAYLOAD`` and a word, and for ``answer`` the bytes to send.
"""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import time
import traceback
from pathlib import Path

import numpy as np

from genre_desktop.audio.decoding.container import Reader
from genre_desktop.audio.sandbox import child

_libc = ctypes.CDLL(None)


def _allocate() -> None:
    np.ones(125_000_000)


def _print_traceback() -> None:
    try:
        raise MemoryError
    except MemoryError:
        traceback.print_exc()
        raise


PAYLOADS = {
    "socket": lambda: socket.socket(),
    "connect": lambda: socket.create_connection(("127.0.0.1", 9)),
    "file": lambda: os.open("/etc/passwd", os.O_RDONLY),
    "write-file": lambda: os.open("/tmp/from-the-decoder", os.O_WRONLY | os.O_CREAT),
    "list": lambda: list(Path("/").iterdir()),
    "program": lambda: subprocess.run(["/bin/true"], check=False),
    "fork": os.fork,
    "thread": lambda: __import__("_thread").start_new_thread(time.sleep, (9,)),
    "kill": lambda: os.kill(os.getppid(), 9),
    "trace": lambda: _libc.ptrace(16, os.getppid(), 0, 0),
    "unlink": lambda: Path("/tmp/from-the-decoder").unlink(),
    "executable-memory": lambda: _libc.mmap(0, 4096, 7, 0x22, -1, 0),
    "raise-limit": lambda: _libc.prlimit(0, 9, 0, 0),
    "allocate": _allocate,
    "stall": lambda: time.sleep(60),
    "crash": lambda: ctypes.string_at(0),
    "exit": lambda: os._exit(3),
    "error": lambda: 1 // 0,
    "traceback": lambda: _print_traceback(),
}


class Taken(child.DecoderTask):
    """Does what the file says."""

    def open(self, descriptor: int, name: str) -> Reader:
        head = os.pread(descriptor, 70_000, 0)
        if head.startswith(b"PAYLOAD answer "):
            self._connection.send(head[len(b"PAYLOAD answer ") :])
            time.sleep(60)
        elif head.startswith(b"PAYLOAD blocks "):
            self._send({"info": INFO})
            self._wait_for_blocks()
            self._memory.view(np.float32)[:10] = np.nan
            self._connection.send(head[len(b"PAYLOAD blocks ") :])
            time.sleep(60)
        elif head.startswith(b"PAYLOAD "):
            PAYLOADS[head.decode().split()[1]]()
        return super().open(descriptor, name)


INFO = {
    "container": "wav", "codec": "pcm_s16le", "sample_rate": 8000, "channels": 1, "duration_s": 1.0, "has_video": False,
    "title": "", "artist": "", "album": "",
}  # fmt: skip

if __name__ == "__main__":
    child.main(sys.argv[2:], Taken)
