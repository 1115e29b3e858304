"""Sync folders: a file is found after a loss of power only if the folder with its name was synced too."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

_UNSUPPORTED = {errno.EINVAL, errno.EBADF, errno.EACCES, errno.EPERM, errno.ENOTSUP}
"""What file systems answer that cannot sync a folder, such as some of the network."""


def sync_folder(folder: Path) -> None:
    """Write the names in a folder to the disk; without effect on Windows, which has no call for it.

    Raises
    ------
    OSError
        The disk fails or is full.
    """
    if sys.platform == "win32":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except PermissionError:  # names may be added to a folder that may not be read
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
    finally:
        os.close(descriptor)


def create_folder(folder: Path, mode: int = 0o777) -> None:
    """Create a folder and those above it that are missing, and write the new names to the disk."""
    missing = [path for path in (folder, *folder.parents) if not path.is_dir()]
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    for path in missing:
        sync_folder(path.parent)


def sync_tree(folder: Path, below: Path) -> None:
    """Write everything in a folder to the disk, and its name: in ``folder``, and up to ``below``, which has it."""
    for inner, _, files in os.walk(folder):
        for name in files:
            sync_file(Path(inner, name))
        sync_folder(Path(inner))
    for outer in folder.parents:
        sync_folder(outer)
        if outer == below:
            return


def sync_file(path: Path) -> None:
    """Write the content of a file to the disk."""
    # Windows syncs only what may be written; a read-only file there is one that was not written just now.
    with contextlib.suppress(PermissionError):
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
