"""Progress of an import, and its final report on every file."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import Message, joined, message
from genre_desktop.core.store.library import Change
from genre_desktop.ml.task_context import JobContext

_REPORT_INTERVAL_S = 0.2
"""Least time between two progress reports."""


@dataclass
class Report:
    """Result of an import: counts, and a reason for every skipped file."""

    done: Counter[str] = field(default_factory=Counter)
    genres: Counter[str] = field(default_factory=Counter)
    skipped: list[dict[str, str]] = field(default_factory=list)
    relabelled: list[dict[str, str]] = field(default_factory=list)
    warnings: list[dict[str, str]] = field(default_factory=list)

    def add(self, path: str, label: str, change: Change) -> None:
        """Count a clip by its change to the library."""
        if change.kind == "duplicate":
            self.skip(path, _duplicate(label, change))
            return
        self.done[change.kind] += 1
        self.genres[label] += 1
        if change.kind == "relabelled":
            self.relabelled.append({"path": path, "from": change.before, "to": label})

    def skip(self, path: str, reason: Message) -> None:
        """Record a file that is not imported, with the reason."""
        self.skipped.append({"path": path, "reason": reason})

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the ``import`` command; ``added`` counts clips with new audio."""
        return {
            "added": self.done["added"] + self.done["replaced"],
            "moved": self.done["moved"],
            "unchanged": self.done["unchanged"] + self.done["remeasured"],
            "relabelled": self.relabelled,
            "skipped": sorted(self.skipped, key=lambda entry: entry["path"]),
            "warnings": self.warnings,
            "genres": dict(sorted(self.genres.items())),
        }


class ImportProgress:
    """Reports progress and rate of an import.

    Attributes
    ----------
    total:
        How many items there are.
    searching:
        Whether there may be more.
    """

    def __init__(
        self, context: JobContext, total: int = 0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.total, self.searching = total, False
        self._context, self._clock = context, clock
        self._began = self._reported = clock()
        self._n = 0

    def advance(self, path: str) -> None:
        """Count one finished item and report progress."""
        self._n += 1
        now = self._clock()
        if now - self._reported < _REPORT_INTERVAL_S and self._more:
            return
        self._reported = now
        self._context.progress(None if self.searching else self._n / self.total, self._text(now, path))

    @property
    def _more(self) -> bool:
        return self.searching or self._n < self.total

    def _text(self, now: float, path: str) -> Message:
        rate = self._n / max(now - self._began, 1e-9)
        name = os.path.basename(path)  # noqa: PTH119  # a table's row is no path
        if self.searching:
            return message(
                "{done} of {total} or more · {rate:.1f} per second · {name}",
                done=self._n,
                total=self.total,
                rate=rate,
                name=name,
            )
        return message(
            "{done} of {total} · {rate:.1f} per second · {name}",
            done=self._n,
            total=self.total,
            rate=rate,
            name=name,
        )


def reason_of(problem: Problem) -> Message:
    """Return why a file is left out."""
    return joined((problem.title, problem.reason), ": ")


def _duplicate(label: str, change: Change) -> Message:
    if label == change.label:
        return message(
            "It is the same recording as {before}, which is already in the library.", before=change.before
        )
    return message(
        "It is the same recording as {before}, which is in the library as {label}. A recording has one "
        "genre: remove the copy in the wrong folder.",
        before=change.before,
        label=change.label,
    )
