"""What an operation is, and the parts of a home that the process of an operation keeps open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.jobs.context import ProcessResources

Report = Callable[[str, Any], None]
"""Says that something is done, as the program would to the user."""
_open: dict[Path, ProcessResources] = {}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation on ``root / "home"`` and ``root / "music"``.

    ``kept(root, reported)`` returns what is missing of what was reported as done; ``registry`` whether the registry
    takes part, so that the next start cleans it up. ``serving`` are the versions that may be champion and fallback
    afterwards, any if it is empty; ``repeated`` is the code of the problem with which a second attempt may end,
    because the first one had done it all.
    """

    prepare: Callable[[Path], None]
    act: Callable[[Path, Report], None]
    kept: Callable[[Path, list[tuple[str, Any]]], Iterable[str]]
    registry: bool = False
    serving: tuple[tuple[str, str], ...] = ()
    repeated: str = ""


def home(root: Path) -> Home:
    """Return the home of a run."""
    return Home(root / "home")


def parts(root: Path) -> ProcessResources:
    """Return what this process keeps open of a home, as window and jobs do: it must work again after a fault."""
    if root not in _open:
        _open[root] = ProcessResources(home(root))
    return _open[root]


def store(root: Path) -> Database:
    """Return the store of a home, which this process keeps open."""
    return parts(root).database


def close_parts() -> None:
    """Close what this process keeps open."""
    while _open:
        _open.popitem()[1].close()


def raise_first(problems: list[dict[str, Any]]) -> None:
    """Raise the first problem that an operation lists, as the user reads it."""
    for found in problems:
        if "code" in found:
            raise AppError(Problem.from_document(found))
        raise AppError(Problem("skipped/verbatim", title="skipped", reason=str(found["reason"]), hint=""))
