"""The one way to read the program's own files, whatever became of them meanwhile.

Only regular files are read, so that a pipe cannot block and a device cannot fill the memory; size and depth are limited.
"""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 64
"""Levels of lists and objects in a document; the program's own have fewer than ten."""


class UnreadableFile(ValueError):  # noqa: N818  # its text is the end of a sentence
    """A file is there, and may be read, but is not what the program wrote."""


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the contents of a regular file of at most ``limit`` bytes.

    Raises
    ------
    UnreadableFile
        It is something else, or larger.
    OSError
        It is absent or may not be read.
    """
    _check(path.stat(), limit)  # before opening: that alone may have effects on a device
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        _check(os.fstat(descriptor), limit)
        blocks, left = [], limit + 1
        while left and (block := os.read(descriptor, min(left, MAX_BYTES))):
            blocks.append(block)
            left -= len(block)
    finally:
        os.close(descriptor)
    if not left:
        raise UnreadableFile(f"it is larger than {limit} bytes")
    return b"".join(blocks)


def read_json(path: Path, limit: int = MAX_BYTES) -> Any:
    """Return the JSON document of a file, with or without a byte-order mark; errors as :func:`read_bytes`."""
    return parse_json(read_bytes(path, limit))


def parse_json(text: str | bytes) -> Any:
    """Return a JSON document of at most :data:`MAX_DEPTH` levels; :class:`UnreadableFile` for anything else."""
    try:
        document = json.loads(text)
    except RecursionError:
        raise UnreadableFile("it is nested too deeply") from None
    except (ValueError, TypeError) as error:
        raise UnreadableFile(f"it is not JSON: {error}") from error
    if not _is_shallow(document):
        raise UnreadableFile("it is nested too deeply")
    return document


def _check(status: os.stat_result, limit: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile("it is not a regular file")
    if status.st_size > limit:
        raise UnreadableFile(f"it is larger than {limit} bytes")


def _is_shallow(document: Any) -> bool:
    level = [document]
    for _ in range(MAX_DEPTH + 1):
        level = [
            child
            for each in level
            if isinstance(each, dict | list)
            for child in (each.values() if isinstance(each, dict) else each)
            if isinstance(child, dict | list)
        ]
        if not level:
            return True
    return False
