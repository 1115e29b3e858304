"""The rows of the results table, their index by path, and how they are filtered and sorted. No Qt objects."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from operator import itemgetter
from pathlib import Path

from genre_desktop.app.i18n.genre_names import kind_name
from genre_desktop.app.i18n.tag_names import sort_key, tags_called, tags_found
from genre_desktop.audio.file_discovery import Found, Unreadable
from genre_desktop.core.errors import Problem
from genre_desktop.core.types import Analysis, Answer, Kind, TagScore


class State(StrEnum):
    """The state of a file."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    """Not analysed when the previous session ended."""


UNSURE = 0.5
"""An answer with less confidence needs review."""


@dataclass(eq=False)
class ResultRow:
    """One file in the list.

    Attributes
    ----------
    key:
        Number of the row in this session.
    answer:
        Set when ``state`` is DONE.
    problem:
        Set when ``state`` is FAILED.
    fraction:
        How much of the file is analysed, 0 to 1, or None if unknown.
    label:
        The user's correction or confirmation; empty for none, None before it was looked up.
    prediction_id:
        The answer's number in the store; None when it is not stored.
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
        """The name of the file."""
        return self.path.name or str(self.path)

    @cached_property
    def _searchable(self) -> str:
        return str(self.path).casefold()

    @property
    def brief(self) -> Answer | None:
        """At least the columns of the answer that the list shows; cheaper than ``answer`` for a stored row."""
        return self.answer

    @property
    def clip_hash(self) -> str:
        """Hash of the audio; empty without an answer."""
        return brief.clip_hash if (brief := self.brief) else ""

    @property
    def genre(self) -> str:
        """The user's genre, else the model's; empty without either."""
        return self.label or (brief.genre if (brief := self.brief) else "")

    @property
    def kind(self) -> Kind:
        """What the file contains; a recording that the user gave a genre is music."""
        return "music" if self.label or (brief := self.brief) is None else brief.kind

    @property
    def genre_or_kind(self) -> str:
        """The genre, or ``speech``, ``noise`` or ``silence`` in its place; empty without an answer."""
        return self.genre if self.kind == "music" else self.kind

    @property
    def corrected(self) -> bool:
        """True when the user's genre differs from the model's."""
        return bool(self.label) and (brief := self.brief) is not None and self.label != brief.genre

    @property
    def confidence(self) -> float | None:
        """0 to 1, or None without a genre from the model."""
        return brief.confidence if (brief := self.brief) and brief.has_genre else None

    @property
    def runner_up(self) -> str:
        """The second most likely genre, or empty."""
        return brief.top[1].genre if (brief := self.brief) and len(brief.top) > 1 else ""

    @property
    def tags(self) -> tuple[TagScore, ...]:
        """The listener tags, highest first."""
        return brief.tags if (brief := self.brief) else ()

    @property
    def duration_s(self) -> float | None:
        """Duration of the audio in seconds, or None."""
        return brief.duration_s if (brief := self.brief) else None

    @property
    def model(self) -> str:
        """Alias and version of the model that answered."""
        model = brief.model if (brief := self.brief) else None
        return f"{model.alias} v{model.version}" if model else ""

    @property
    def doubtful(self) -> bool:
        """Answered, not confirmed or corrected, and unsure, unusual, of another style, or with a warning."""
        brief = self.brief
        if brief is None or not brief.has_genre or self.state is not State.DONE or self.label:
            return False
        return brief.confidence < UNSURE or brief.unusual or bool(brief.style or brief.warnings)

    def enter(self, state: State) -> bool:
        """Change the state and reset progress and problem; return False when it is the same state."""
        if self.state is state:
            return False
        self.state, self.fraction, self.problem = state, None, None
        return True

    def apply_analysis(self, analysis: Analysis) -> None:
        """Set the answer, or the problem if the analysis failed."""
        answer = analysis.answer
        self.fraction, self.label, self.prediction_id = None, None, analysis.prediction_id
        self.problem = answer.error
        self.answer = replace(answer, features=None) if answer.error is None else None
        self.state = State.DONE if answer.error is None else State.FAILED

    def matches(self, words: Sequence[tuple[str, frozenset[str]]]) -> bool:
        """Return whether each word (case-folded) occurs in the path, a genre, kind or the problem, or a tag here."""
        text = f"{self._searchable}\n{self.genre}\n{self.runner_up}"
        if self.kind != "music":
            text += f"\n{self.kind}\n{kind_name(self.kind)}".casefold()
        if self.problem:
            text += f"\n{self.problem.title}".casefold()
        return all(word in text or self.has_tag(tags) for word, tags in words)

    def has_tag(self, tags: frozenset[str]) -> bool:
        """Return whether the song has one of these tags."""
        return any(score.tag in tags for score in self.tags)


@dataclass
class IndexUpdate:
    """The effect of found files: new rows, rows to analyse, existing rows that changed, and a row to show."""

    added: list[ResultRow] = field(default_factory=list)
    to_read: list[ResultRow] = field(default_factory=list)
    changed: list[ResultRow] = field(default_factory=list)
    shown: ResultRow | None = None


class RowIndex:
    """Rows by path; a file has one row however often it is opened."""

    def __init__(self) -> None:
        self._keys = itertools.count(1)
        self._by_path: dict[Path, ResultRow] = {}

    def add(self, found: Iterable[Found]) -> IndexUpdate:
        """Add a row for each new file, and analyse those again that have no answer."""
        result = IndexUpdate()
        for item in found:
            path = item.path if isinstance(item, Unreadable) else item
            row = self._by_path.get(path)
            if row is None:
                row = self._by_path[path] = ResultRow(next(self._keys), path)
                result.added.append(row)
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

    def add_interrupted(self, path: Path) -> list[ResultRow]:
        """Add an INTERRUPTED row for a file; return an empty list if it has a row already."""
        return self.restore([ResultRow(next(self._keys), path, State.INTERRUPTED)])

    def row_of(self, path: Path) -> ResultRow | None:
        """Return the row of a file, or None."""
        return self._by_path.get(path)

    @property
    def rows(self) -> list[ResultRow]:
        """Every row, in no particular order."""
        return list(self._by_path.values())

    def restore(self, rows: Iterable[ResultRow]) -> list[ResultRow]:
        """Add existing rows and return them, except those whose file has another row by now."""
        return [row for row in rows if self._by_path.setdefault(row.path, row) is row]

    def remove(self, rows: Iterable[ResultRow]) -> None:
        """Remove rows."""
        for row in rows:
            self._by_path.pop(row.path, None)


_ORDER = {state: place for place, state in enumerate(State)}

SORT_KEYS: dict[str, Callable[[ResultRow], object]] = {
    "file": lambda row: row.name.casefold(),
    "genre": lambda row: row.genre_or_kind,
    "confidence": lambda row: row.confidence,
    "runner_up": lambda row: row.runner_up,
    "duration": lambda row: row.duration_s,
    "model": lambda row: row.model,
    "status": lambda row: _ORDER[row.state],
    "tags": lambda row: sort_key(row.tags),
    "style": lambda row: sort_key(row.tags, "style"),
    "mood": lambda row: sort_key(row.tags, "mood"),
    "era": lambda row: sort_key(row.tags, "era"),
    "voice": lambda row: sort_key(row.tags, "voice"),
}
"""Sort key of each column; rows without a value (None or empty) always come last."""

_MISSING = (None, "", ())


@dataclass(frozen=True)
class ResultsFilter:
    """Search words, filters and sort order of the results table.

    ``tag`` is the word of a tag, as :func:`.filter_words` returns it. ``doubtful`` shows only answers that
    need review (:attr:`ResultRow.doubtful`). ``sort`` is a key of :data:`SORT_KEYS`, or empty for the order
    in which files were added. Make another one when the user's words for tags change.
    """

    search: str = ""
    genre: str = ""
    tag: str = ""
    states: frozenset[State] = field(default_factory=lambda: frozenset(State))
    doubtful: bool = False
    sort: str = ""
    descending: bool = False

    @cached_property
    def _words(self) -> tuple[tuple[str, frozenset[str]], ...]:
        return tuple((word, tags_found(word)) for word in self.search.casefold().split())

    @cached_property
    def _tags(self) -> frozenset[str]:
        return tags_called(self.tag)

    @cached_property
    def _shows_all(self) -> bool:
        return not (self._words or self.genre or self.tag or self.doubtful) and self.states == frozenset(
            State
        )

    def shows(self, row: ResultRow) -> bool:
        """Return whether the row passes the search and the filters."""
        if row.state not in self.states or (self.genre and row.genre_or_kind != self.genre):
            return False
        if self.tag and not row.has_tag(self._tags):
            return False
        return (row.doubtful or not self.doubtful) and (not self._words or row.matches(self._words))

    def pick(self, rows: Iterable[ResultRow]) -> list[ResultRow]:
        """Return the rows that pass, in their given order."""
        return list(rows) if self._shows_all else [row for row in rows if self.shows(row)]

    def arrange(self, rows: Iterable[ResultRow]) -> list[ResultRow]:
        """Return the rows to show in sort order; the sort is stable."""
        shown = self.pick(rows)
        if not self.sort:
            return shown[::-1] if self.descending else shown
        key = SORT_KEYS[self.sort]
        keyed = [(key(row), row) for row in shown]
        known = [pair for pair in keyed if pair[0] not in _MISSING]
        known.sort(key=itemgetter(0), reverse=self.descending)
        return [row for _, row in known] + [row for value, row in keyed if value in _MISSING]
