"""A disk with a cache: what was synced, and what was written since and may be lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tools.power_loss.recorder import Kind, Record

PAGE = 4096
"""Bytes that the system writes back at once."""
NOT_KEPT = "-shm"
"""Ending of files that processes share as memory; SQLite makes them again."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a file since it was synced: ``data`` at ``offset``, or with None a new size of ``offset``."""

    offset: int
    data: bytes | None
    modified_ns: int

    def size(self, before: int) -> int:
        """Return the size of the file after the change."""
        return self.offset if self.data is None else max(before, self.offset + len(self.data))

    def pages(self, before: int) -> range:
        """Return the numbers of the pages that it changes in a file of ``before`` bytes."""
        start, end = self.offset, before if self.data is None else self.offset + len(self.data)
        return range(start // PAGE, -(-end // PAGE)) if end > start else range(0)

    def on(self, page: int, content: bytearray) -> None:
        """Make the change in the content of one page."""
        start, base = self.offset, page * PAGE
        if self.data is None:
            keep = max(0, start - base)
            content[keep:] = bytes(len(content) - keep)
            return
        first, last = max(start, base), min(start + len(self.data), base + PAGE)
        content[first - base : last - base] = self.data[first - start : last - start]


@dataclass(slots=True)
class File:
    """A file: its synced content, and the changes since."""

    synced: bytes = b""
    modified_ns: int = 0
    changes: list[Change] = field(default_factory=list)

    def sizes(self) -> list[int]:
        """Return the synced size and the one after each change."""
        found = [len(self.synced)]
        for change in self.changes:
            found.append(change.size(found[-1]))
        return found

    def changed_pages(self) -> dict[int, list[Change]]:
        """Return the changes of each page."""
        found: dict[int, list[Change]] = {}
        for change, before in zip(self.changes, self.sizes(), strict=False):
            for page in change.pages(before):
                found.setdefault(page, []).append(change)
        return found

    def content(self) -> bytes:
        """Return what a program reads, synced or not."""
        if not self.changes:
            return self.synced
        size = self.sizes()[-1]
        content = bytearray(self.synced.ljust(max([size, *self.sizes()]), b"\0"))
        for page, changes in self.changed_pages().items():
            part = bytearray(content[page * PAGE : (page + 1) * PAGE].ljust(PAGE, b"\0"))
            for change in changes:
                change.on(page, part)
            content[page * PAGE : (page + 1) * PAGE] = part
        return bytes(content[:size])

    def sync(self) -> None:
        """Write back everything."""
        if self.changes:
            self.synced, self.modified_ns = self.content(), self.changes[-1].modified_ns
            self.changes.clear()


Name = tuple[int, str]
"""A name in a folder, which is given by its number."""


@dataclass(slots=True)
class Naming:
    """A change of names: each now belongs to a file or folder (its number), or with None to nothing.

    ``journalled``: something was synced later, with which a journal writes all earlier names.
    """

    number: int
    names: dict[Name, int | None]
    journalled: bool = False


class Disk:
    """The files below a folder; numbers stand for files and folders, as inodes do."""

    def __init__(self, root: Path) -> None:
        self.files: dict[int, File] = {}
        self.folders: set[int] = {0}
        self.names: dict[Name, int | None] = {}
        self.durable: dict[Name, tuple[int, int | None]] = {}
        self.pending: list[Naming] = []
        self._root, self._count = root, 0
        self._inodes: dict[int, int] = {root.stat().st_ino: 0}
        for path in sorted(root.rglob("*")):
            self._scan(path)
        self.durable = {name: (0, number) for name, number in self.names.items()}

    def apply(self, record: Record) -> None:
        """Do what a record says."""
        number = self._inodes.get(record.inode, -1)
        match record.kind:
            case Kind.CREATE | Kind.MKDIR:
                number = self._new(record.inode, record.kind == Kind.MKDIR)
                self._rename({self._name(record.paths[0]): number})
            case Kind.LINK:
                self._rename({self._name(record.paths[0]): number})
            case Kind.UNLINK:
                self._rename({self._name(record.paths[0]): None})
            case Kind.RENAME:
                source, target = map(self._name, record.paths)
                self._rename({source: None, target: self.names[source]})
            case Kind.WRITE if number in self.files:
                change = Change(record.offset, record.data, record.modified_ns)
                self.files[number].changes.append(change)
            case Kind.RESIZE if number in self.files:
                self.files[number].changes.append(Change(record.offset, None, record.modified_ns))
            case Kind.SYNC:
                self._sync(number)

    def _scan(self, path: Path) -> None:
        status = path.lstat()
        number = self._inodes.get(status.st_ino) or self._new(status.st_ino, path.is_dir())
        if number in self.files:
            self.files[number] = File(path.read_bytes(), status.st_mtime_ns)
        self.names[self._name(str(path))] = number

    def _new(self, inode: int, is_folder: bool) -> int:
        self._count += 1
        self._inodes[inode] = self._count
        if is_folder:
            self.folders.add(self._count)
        else:
            self.files[self._count] = File()
        return self._count

    def _name(self, path: str) -> Name:
        *folders, last = Path(path).relative_to(self._root).parts
        number = 0
        for folder in folders:
            found = self.names[number, folder]
            if found is None:
                raise LookupError(f"{path} is in no folder")
            number = found
        return number, last

    def _rename(self, names: dict[Name, int | None]) -> None:
        self._count += 1
        self.names |= names
        self.pending.append(Naming(self._count, names))

    def _sync(self, number: int) -> None:
        if number in self.files:
            self.files[number].sync()
        for naming in self.pending:
            naming.journalled = True
        if number in self.folders:
            synced = [n for n in self.pending if any(folder == number for folder, _ in n.names)]
            self.pending = [n for n in self.pending if n not in synced]
            self.durable = with_names(self.durable, synced)


def with_names(
    names: dict[Name, tuple[int, int | None]], namings: list[Naming]
) -> dict[Name, tuple[int, int | None]]:
    """Return the names after changes in any order; of two for one name the later one counts."""
    found = dict(names)
    for naming in namings:
        for name, number in naming.names.items():
            if found.get(name, (0, None))[0] <= naming.number:
                found[name] = (naming.number, number)
    return found


def tree(names: dict[Name, int | None], folders: set[int]) -> Iterator[tuple[str, int]]:
    """Return relative path and number of everything that can be reached, folders before what is in them."""
    inside: dict[int, list[tuple[str, int]]] = {}
    for (folder, name), number in names.items():
        if number is not None:
            inside.setdefault(folder, []).append((name, number))
    waiting = [("", 0)]
    while waiting:
        path, folder = waiting.pop()
        for name, number in inside.get(folder, ()):
            below = f"{path}/{name}" if path else name
            yield below, number
            if number in folders:
                waiting.append((below, number))
