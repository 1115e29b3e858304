"""Record one operation, and start again from disks as a loss of power may have left them."""

from __future__ import annotations

import contextlib
import importlib
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.faults import runner
from tools.faults.checks import sounds_of
from tools.faults.operation import Operation, close_parts
from tools.power_loss import checks, loss, recorder
from tools.power_loss.disk import NOT_KEPT, Disk, tree
from tools.power_loss.recorder import Kind, Record

MAINTAINED = 20
"""One of so many starts with a registry also does the maintenance."""
DRAWS = 5
"""Draws of a loss at one moment until it makes a state that there was not yet."""
MOST_S = 600
"""Seconds after which an operation or a start counts as hung; a busy computer takes long to make a registry."""
_IMPORTED = frozenset({"genre_desktop", "mlflow", "mutagen", "numpy", "sqlalchemy", "sqlite3", "soundfile"})


@dataclass(frozen=True, slots=True)
class State:
    """A rebuilt disk: after which record the power was lost, and what is wrong."""

    after: int
    findings: tuple[str, ...]


class Replay:
    """The recording of one operation below ``folder``."""

    def __init__(self, operation: Operation, folder: Path) -> None:
        self._operation, self._root, self._log = operation, folder / "run", folder / "log"
        shutil.rmtree(folder, ignore_errors=True)
        code, said = runner._in_child(lambda say: self._prepare())
        if code:
            raise RuntimeError(f"it cannot be prepared: {code} {said}")
        self._sounds = sounds_of(self._root)
        self._disk = Disk(self._root)
        code, said = runner._in_child(lambda say: self._act())
        if code:
            raise RuntimeError(f"it fails: {code} {said}")
        self.records = list(recorder.read(self._log))

    def states(self, count: int, seed: int = 0) -> Iterator[State]:
        """Yield at most that many different ones, in the order of their moments.

        At last, the recording is compared with the real folder; an incomplete one raises ``RuntimeError``.
        """
        whole = {path.relative_to(self._root): _content(path) for path in self._root.rglob("*")}
        applied, seen, number = 0, set[tuple[bytes, int]](), 0
        reported: list[tuple[str, Any]] = []
        for attempt, after in enumerate(sorted(_moments(self.records, count))):
            for record in self.records[applied:after]:
                self._disk.apply(record)
                if record.kind == Kind.MARK:
                    reported.append(record.remark)
            applied = after
            for draw in range(DRAWS):
                rng = random.Random(f"{seed} {attempt} {draw}")
                left = loss.survivors(self._disk, loss.draw(rng), rng)
                state = loss.digest(left), len(reported)
                if state not in seen:
                    seen.add(state)
                    loss.rebuild(self._root, left)
                    found = tuple(self._start(reported, maintained=not number % MAINTAINED))
                    number += 1
                    yield State(after, found)
                    break
        for record in self.records[applied:]:
            self._disk.apply(record)
        _compare(self._disk, whole)

    def _prepare(self) -> None:
        signal.alarm(MOST_S)
        self._operation.prepare(self._root)
        close_parts()

    def _act(self) -> None:
        signal.alarm(MOST_S)
        recorder.start(self._root, self._log)
        self._operation.act(self._root, recorder.mark)
        close_parts()

    def _start(self, reported: list[tuple[str, Any]], *, maintained: bool) -> Iterable[str]:
        def start(say: Callable[[str, Any], None]) -> None:
            signal.alarm(MOST_S)
            found = checks.next_start(
                self._root, self._operation, reported, self._sounds, maintained=maintained
            )
            say("findings", found)
            say("modules", list(sys.modules))

        code, said = runner._in_child(start)
        if code or not said:
            yield f"the next start failed: {said or code}"
        for what, texts in said:
            if what == "findings":
                yield from texts
            else:
                _import(texts)


def _import(names: list[str]) -> None:
    """Import what a start needed, so that the next one does not have to."""
    for name in names:
        if name not in sys.modules and name.partition(".")[0] in _IMPORTED:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)


def _moments(records: list[Record], count: int) -> list[int]:
    """Return after how many records the power is lost: most of them evenly, others when something was just reported."""
    marks = [n for n, record in enumerate(records, 1) if record.kind == Kind.MARK] or [len(records)]
    reports = count // 5
    even = [1 + n * len(records) // (count - reports) for n in range(count - reports)]
    return even + [marks[n * len(marks) // reports] for n in range(reports)]


def _content(path: Path) -> bytes | None:
    return None if path.is_dir() else path.read_bytes()


def _compare(disk: Disk, whole: dict[Path, bytes | None]) -> None:
    """Raise if the recording is incomplete: replayed without any loss, it makes another folder."""
    for file in disk.files.values():
        file.sync()
    found = {
        Path(path): disk.files[number].synced if number in disk.files else None
        for path, number in tree(disk.names, disk.folders)
    }
    differ = {
        str(path)
        for path in found.keys() | whole.keys()
        if found.get(path, b"-") != whole.get(path, b"-") and not path.name.endswith(NOT_KEPT)
    }
    if differ:
        raise RuntimeError(f"the recording lacks changes of {sorted(differ)}")
