"""What a loss of power leaves of a disk: each block as it was at some moment since the last sync."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

from tools.power_loss.disk import NOT_KEPT, PAGE, Disk, File, Name, tree, with_names

SECTOR = 512
"""Bytes that a disk writes whole."""


@dataclass(frozen=True, slots=True)
class Loss:
    """How much is lost: shares of unsynced pages, sizes and names that had reached the disk; 0 is none of them.

    ``journal``: names survive in order, as a journal writes them, at least those before any later sync. Without,
    any of those whose folder was not synced may be missing. ``torn``: share of pages that are mixed sector by sector.
    """

    pages: float
    sizes: float
    names: float
    torn: float
    journal: bool


def draw(rng: random.Random) -> Loss:
    """Draw a kind of loss; of pages, sizes and names each, all and none are among them."""
    shares = (0.0, 0.2, 0.5, 0.8, 1.0)
    torn = rng.choice((0.0, 0.2, 1.0))
    return Loss(rng.choice(shares), rng.choice(shares), rng.choice(shares), torn, rng.random() < 0.5)


Survivors = dict[str, tuple[bytes, int] | None]
"""Content and modification time in nanoseconds of each file by its relative path; None for a folder."""


def survivors(disk: Disk, loss: Loss, rng: random.Random) -> Survivors:
    """Return what is left of the disk; folders come before what is in them."""
    found: Survivors = {}
    for path, number in tree(_names(disk, loss, rng), disk.folders):
        if not path.endswith(NOT_KEPT):
            found[path] = None if number in disk.folders else _content(disk.files[number], loss, rng)
    return found


def rebuild(root: Path, found: Survivors) -> None:
    """Replace the folder ``root`` by what is left."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    for relative, file in found.items():
        path = root / relative
        if file is None:
            path.mkdir()
        else:
            path.write_bytes(file[0])
            os.utime(path, ns=(file[1], file[1]))


def digest(found: Survivors) -> bytes:
    """Return a hash of names and contents."""
    whole = hashlib.sha1(usedforsecurity=False)
    for path, file in sorted(found.items()):
        whole.update(path.encode("utf-8", "surrogateescape") + (b"\0" if file is None else b"\1"))
        whole.update(b"" if file is None else b"%d:" % len(file[0]) + file[0])
    return whole.digest()


def _names(disk: Disk, loss: Loss, rng: random.Random) -> dict[Name, int | None]:
    if loss.journal:
        sure = sum(naming.journalled for naming in disk.pending)
        rest = len(disk.pending) - sure
        more = rest if rng.random() < loss.names else rng.randint(0, rest) if loss.names else 0
        kept = disk.pending[: sure + more]
    else:
        kept = [naming for naming in disk.pending if rng.random() < loss.names]
    return {name: number for name, (_, number) in with_names(disk.durable, kept).items()}


def _content(file: File, loss: Loss, rng: random.Random) -> tuple[bytes, int]:
    if not file.changes:
        return file.synced, file.modified_ns
    sizes = file.sizes()
    at = len(sizes) - 1 if rng.random() < loss.sizes else rng.randrange(len(sizes)) if loss.sizes else 0
    size = sizes[at]
    content = bytearray(file.synced.ljust(max(sizes), b"\0"))
    for page, changes in file.changed_pages().items():
        start = page * PAGE
        if start >= size:
            continue
        page_now = bytearray(content[start : start + PAGE].ljust(PAGE, b"\0"))
        versions = [bytes(page_now)]
        for change in changes:
            change.on(page, page_now)
            versions.append(bytes(page_now))
        content[start : start + PAGE] = _page(versions, loss, rng)
    return bytes(content[:size]), file.changes[at - 1].modified_ns if at else file.modified_ns


def _page(versions: list[bytes], loss: Loss, rng: random.Random) -> bytes:
    def any_version() -> bytes:
        if rng.random() < loss.pages:
            return versions[-1]
        return versions[0] if not loss.pages else rng.choice(versions[:-1])

    if rng.random() >= loss.torn:
        return any_version()
    return b"".join(any_version()[at : at + SECTOR] for at in range(0, PAGE, SECTOR))
