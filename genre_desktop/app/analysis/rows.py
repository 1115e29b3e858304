"""The rows of the results table: what is known about each file, and in which order to show it. No Qt."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from operator import itemgetter
from pathlib import Path

from genre_desktop.audio.file_discovery import Found, Unreadable
from genre_desktop.core.errors import Problem
from genre_desktop.core.types import Analysis, Answer


class State(StrEnum):
    """Where a file stands."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    """It was not read when the program ended, and comes from there."""


UNSURE = 0.5
"""An answer with less confidence is worth a look."""


@dataclass(eq=False)
class ResultRow:
    """One file in the list.

    Attributes
    ----------
    key:
        Number of the row for as long as the program runs.
    answer:
        Set when ``state`` is DONE.
    problem:
        Set when ``state`` is FAILED.
    fraction:
        How much of the file is read, 0 to 1, while somebody knows.
    label:
        What the person says it is; empty when they said nothing, None before anybody looked.
    prediction_id:
        The answer's number in the store; None when it is not remembered there.
    """

    key: int
    path: Path
    state: State = State.WAITING
    answer: Answer | None = None
    problem: Problem | None = None
    fraction: float | None = None
    label: str | None = None
    prediction_id: int | None = None

    @cached_property
    def name(self) -> str:
        """The file's name as people see it."""
        return self.path.name or str(self.path)

    @cached_property
    def _haystack(self) -> str:
        return str(self.path).casefold()

    @property
    def brief(self) -> Answer | None:
        """Of the answer at least what the list shows; for thousands of rows rather than ``answer``."""
        return self.answer

    @property
    def clip_hash(self) -> str:
        """Of the sound, or nothing without an answer."""
        return brief.clip_hash if (brief := self.brief) else ""

    @property
    def genre(self) -> str:
        """The genre, the person's word before the model's, or nothing yet."""
        return self.label or (brief.genre if (brief := self.brief) else "")

    @property
    def corrected(self) -> bool:
        """True when the person says another genre than the model."""
        return bool(self.label) and (brief := self.brief) is not None and self.label != brief.genre

    @property
    def confidence(self) -> float | None:
        """0 to 1, or None without an answer."""
        return brief.confidence if (brief := self.brief) else None

    @property
    def runner_up(self) -> str:
        """The second most likely genre, or nothing."""
        return brief.top[1].genre if (brief := self.brief) and len(brief.top) > 1 else ""

    @property
    def duration_s(self) -> float | None:
        """Length of the sound in seconds, where known."""
        return brief.duration_s if (brief := self.brief) else None

    @property
    def model(self) -> str:
        """Which model answered: its alias and version."""
        model = brief.model if (brief := self.brief) else None
        return f"{model.alias} v{model.version}" if model else ""

    @property
    def doubtful(self) -> bool:
        """Answered, not judged by the person yet, and unsure, unusual or with a warning."""
        brief = self.brief
        if brief is None or self.state is not State.DONE or self.label:
            return False
        return brief.confidence < UNSURE or brief.unusual or bool(brief.warnings)

    def enter(self, state: State) -> bool:
        """Change the state and forget how far the last one was; True when it is another one."""
        if self.state is state:
            return False
        self.state, self.fraction, self.problem = state, None, None
        return True

    def apply_analysis(self, analysis: Analysis) -> None:
        """Take over an answer, or the reason why there is none."""
        answer = analysis.answer
        self.fraction, self.label, self.prediction_id = None, None, analysis.prediction_id
        self.problem = answer.error
        self.answer = replace(answer, features=None) if answer.error is None else None
        self.state = State.DONE if answer.error is None else State.FAILED

    def holds(self, words: Sequence[str]) -> bool:
        """True when each of ``words`` (case-folded) occurs in the path, a genre or the problem."""
        text = f"{self._haystack}\n{self.genre}\n{self.runner_up}"
        if self.problem:
            text += f"\n{self.problem.title}".casefold()
        return all(word in text for word in words)


@dataclass
class Sorted:
    """What found files mean: new rows, rows to read, known rows that are other than before, a row to show."""

    fresh: list[ResultRow] = field(default_factory=list)
    to_read: list[ResultRow] = field(default_factory=list)
    changed: list[ResultRow] = field(default_factory=list)
    shown: ResultRow | None = None


class Piles:
    """Rows by path; a file has one row however often it is opened."""

    def __init__(self) -> None:
        self._keys = itertools.count(1)
        self._by_path: dict[Path, ResultRow] = {}

    def take(self, found: Iterable[Found]) -> Sorted:
        """Give every file its row."""
        result = Sorted()
        for item in found:
            path = item.path if isinstance(item, Unreadable) else item
            row = self._by_path.get(path)
            if row is None:
                row = self._by_path[path] = ResultRow(next(self._keys), path)
                result.fresh.append(row)
            elif row.state in (State.FAILED, State.CANCELLED, State.INTERRUPTED):
                result.changed.append(row)
            else:
                result.shown = result.shown or row
                continue
            if isinstance(item, Unreadable):
                row.state, row.problem = State.FAILED, item.problem
            else:
                result.to_read.append(row)
            result.shown = result.shown or row
        return result

    def put_off(self, path: Path) -> list[ResultRow]:
        """Give a file a row that the next start offers to read; none where it has a row already."""
        return self.put_back([ResultRow(next(self._keys), path, State.INTERRUPTED)])

    def row_of(self, path: Path) -> ResultRow | None:
        """The row of a file, if it is in the list."""
        return self._by_path.get(path)

    @property
    def rows(self) -> list[ResultRow]:
        """Every row in the list, in no order that matters."""
        return list(self._by_path.values())

    def put_back(self, rows: Iterable[ResultRow]) -> list[ResultRow]:
        """Rows that were in the list are again, but for files that got another row since."""
        return [row for row in rows if self._by_path.setdefault(row.path, row) is row]

    def remove(self, rows: Iterable[ResultRow]) -> None:
        """The rows are off the list."""
        for row in rows:
            self._by_path.pop(row.path, None)


_ORDER = {state: place for place, state in enumerate(State)}

SORT_KEYS: dict[str, Callable[[ResultRow], object]] = {
    "file": lambda row: row.name.casefold(),
    "genre": lambda row: row.genre,
    "confidence": lambda row: row.confidence,
    "runner_up": lambda row: row.runner_up,
    "duration": lambda row: row.duration_s,
    "model": lambda row: row.model,
    "status": lambda row: _ORDER[row.state],
}
"""What each column is sorted by; rows without a value (None or empty text) always come last."""


@dataclass(frozen=True)
class ResultsFilter:
    """What the person wants to see: the search words, filters and the order.

    ``doubtful`` shows only answers that are worth a look (:attr:`ResultRow.doubtful`). ``sort`` is a key of :data:`SORT_KEYS`, or empty for the order in which files came.
    """

    search: str = ""
    genre: str = ""
    states: frozenset[State] = field(default_factory=lambda: frozenset(State))
    doubtful: bool = False
    sort: str = ""
    descending: bool = False

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return tuple(self.search.casefold().split())

    @cached_property
    def _shows_all(self) -> bool:
        return not (self._words or self.genre or self.doubtful) and self.states == frozenset(State)

    def shows(self, row: ResultRow) -> bool:
        """True when the row passes the search and the filters."""
        if row.state not in self.states or (self.genre and row.genre != self.genre):
            return False
        if self.doubtful and not row.doubtful:
            return False
        return not self._words or row.holds(self._words)

    def pick(self, rows: Iterable[ResultRow]) -> list[ResultRow]:
        """Those that pass, in the order they come."""
        return list(rows) if self._shows_all else [row for row in rows if self.shows(row)]

    def arrange(self, rows: Iterable[ResultRow]) -> list[ResultRow]:
        """The rows to show, in order; stable, so equal rows stay in the order they came."""
        shown = self.pick(rows)
        if not self.sort:
            return shown[::-1] if self.descending else shown
        key = SORT_KEYS[self.sort]
        keyed = [(key(row), row) for row in shown]
        known = [pair for pair in keyed if pair[0] not in (None, "")]
        known.sort(key=itemgetter(0), reverse=self.descending)
        return [row for _, row in known] + [row for value, row in keyed if value in (None, "")]
