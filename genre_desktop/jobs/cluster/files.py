"""How a file reaches a worker: by its path where the worker sees the same file, otherwise by its bytes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from genre_desktop.core.errors import AppError

CHUNK = 4 * 2**20
"""Bytes of a file that are sent at a time."""


@dataclass(frozen=True, slots=True)
class FileStamp:
    """Size in bytes and modification time in ns; files with the same path and stamp count as the same."""

    size: int
    modified: int

    @classmethod
    def of(cls, path: str) -> FileStamp | None:
        """Return a file's stamp, or None for one that is not there."""
        try:
            status = Path(path).stat()
        except OSError:
            return None
        return cls(status.st_size, status.st_mtime_ns)


def chunks(path: str, limit_mb: int) -> Iterator[bytes]:
    """Yield the bytes of a file.

    Raises
    ------
    AppError
        ``cluster-file-too-large``, before anything is read.
    OSError
        The file cannot be read.
    """
    with Path(path).open("rb") as file:
        size = Path(path).stat().st_size
        if size > limit_mb * 2**20:
            raise AppError(
                "cluster-file-too-large", name=Path(path).name, size_mb=round(size / 2**20), limit_mb=limit_mb
            )
        while data := file.read(CHUNK):
            yield data


@contextmanager
def copied(parts: Sequence[bytes], name: str) -> Iterator[str]:
    """Write bytes to a temporary file called ``name``, which is deleted on exit."""
    with tempfile.TemporaryDirectory(prefix="genre-desktop-") as folder:
        path = Path(folder) / name
        with path.open("wb") as file:
            file.writelines(parts)
        yield str(path)
