"""Compile and preload ``recorder.c``, start it in the process of an operation, and read its log."""

from __future__ import annotations

import ctypes
import json
import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("recorder.c")
VARIABLE = "POWER_LOSS_RECORDER"
_HEAD = struct.Struct("=IIQQQq")


class Kind(IntEnum):
    """Kinds of records, as in ``recorder.c``."""

    CREATE = 1
    WRITE = 2
    RESIZE = 3
    SYNC = 4
    RENAME = 5
    UNLINK = 6
    MKDIR = 7
    LINK = 8
    MARK = 9


@dataclass(frozen=True, slots=True)
class Record:
    """One call, or one remark.

    ``offset`` is where data was written, for the other kinds the file's size after the call; ``modified_ns``
    its modification time in nanoseconds since 1970; ``remark`` what was reported as done.
    """

    kind: Kind
    paths: tuple[str, ...]
    inode: int
    offset: int
    modified_ns: int
    data: bytes

    @property
    def remark(self) -> tuple[str, Any]:
        """What was reported as done, and its value."""
        what, value = json.loads(self.data)
        return what, value


def read(log: Path) -> Iterator[Record]:
    """Return the records of a log in order."""
    raw, at = log.read_bytes(), 0
    while at < len(raw):
        kind, paths_size, inode, offset, data_size, modified_ns = _HEAD.unpack_from(raw, at)
        paths_at = at + _HEAD.size
        data_at = paths_at + paths_size
        at = data_at + data_size
        paths = tuple(os.fsdecode(path) for path in raw[paths_at:data_at].split(b"\0")[:-1])
        yield Record(Kind(kind), paths, inode, offset, modified_ns, raw[data_at:at])


def start(below: Path, log: Path) -> None:
    """Record from now on what this process changes below a folder."""
    library = ctypes.CDLL(os.environ[VARIABLE])
    if library.record_start(os.fsencode(below), os.fsencode(log)) < 0:
        raise OSError(f"{log} cannot be written")


def mark(what: str, value: Any) -> None:
    """Record that something was reported as done."""
    ctypes.CDLL(os.environ[VARIABLE]).record_mark(json.dumps([what, value]).encode())


def is_loaded() -> bool:
    """Return whether this process has the library preloaded."""
    return VARIABLE in os.environ


def run_preloaded(module: str, arguments: list[str], call: Callable[..., int] = subprocess.call) -> int:
    """Run a module of ours in a process that has the library; return its exit code."""
    with tempfile.TemporaryDirectory(prefix="recorder-") as folder:
        target = Path(folder) / "recorder.so"
        command = ["cc", "-shared", "-fPIC", "-O2", "-o", str(target), str(SOURCE), "-ldl", "-lpthread"]
        subprocess.run(command, check=True)
        environment = os.environ | {"LD_PRELOAD": str(target), VARIABLE: str(target)}
        return call([sys.executable, "-m", module, *arguments], env=environment)
