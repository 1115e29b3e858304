"""The rows of the results table and their index by path. No Qt objects."""

from __future__ import annotations

import itertools
import logging
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from genre_desktop.audio.file_discovery import Found, Unreadable
from genre_desktop.core.errors import Problem
from genre_desktop.core.types import Analysis, Answer, Kind, SongTags, TagScore

if TYPE_CHECKING:
    from genre_desktop.core.store.results_list import StoredResult

ReadAnswer = Callable[["StoredResult"], Answer | None]

log = logging.getLogger(__name__)


class State(StrEnum):
    """The state of a file."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    """Not analysed when the previous session ended."""


_NO_TAGS = SongTags()

UNSURE = 0.5
"""An answer with less confidence needs review."""


class ResultRow:
    """One file in the list. Small, because there may be a hundred thousand.

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

    __slots__ = (
        "_answer", "_listed", "_read", "fraction", "key", "label", "location", "prediction_id", "problem", "state",
    )  # fmt: skip

    def __init__(
        self,
        key: int,
        path: Path | str,
        state: State = State.WAITING,
        answer: Answer | None = None,
        problem: Problem | None = None,
        fraction: float | None = None,
        label: str | None = None,
        prediction_id: int | None = None,
    ) -> None:
        self.key, self.state, self._answer, self.problem = key, state, answer, problem
        self.location = str(path)
        """The path as text."""
        self.fraction, self.label, self.prediction_id = fraction, label, prediction_id
        self._listed: StoredResult | None = None
        self._read: ReadAnswer | None = None

    @property
    def path(self) -> Path:
        """The path of the file."""
        return Path(self.location)

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.location.rpartition(os.sep)[2] or self.location

    def keep_stored(self, listed: StoredResult, read: ReadAnswer) -> None:
        """Keep only what the list shows of the answer; ``read`` returns the rest from the store."""
        self._answer, self._listed, self._read = None, listed, read

    @property
    def is_stored(self) -> bool:
        """Whether the answer is in the store, and read from it on demand."""
        return self._listed is not None

    @property
    def packed(self) -> bytes:
        """The stored copy of the answer; empty where there is none, and once there is a new answer."""
        return b"" if self._listed is None else self._listed.packed

    @property
    def unread(self) -> bool:
        """Whether :attr:`answer` would read the answer with ``prediction_id`` from the store."""
        return (
            self._answer is None
            and self._listed is not None
            and not self._listed.packed
            and self.prediction_id is not None
        )

    @property
    def answer(self) -> Answer | None:
        """The full answer; only the listed columns where it was stored and is deleted or damaged."""
        if self._answer is None and self._listed is not None and self._read is not None:
            try:
                self._answer = self._read(self._listed) or self._listed.brief
            except (ValueError, KeyError, TypeError, zlib.error, sqlite3.Error):
                log.warning("the answer for %s cannot be used", self.location, exc_info=True)
                self._answer = self._listed.brief
        return self._answer

    @answer.setter
    def answer(self, answer: Answer | None) -> None:
        self._answer, self._listed, self._read = answer, None, None

    @property
    def brief(self) -> Answer | None:
        """At least the columns of the answer that the list shows, without reading the store."""
        return self._answer if self._answer is not None or self._listed is None else self._listed.brief

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
        """The model's confidence in the shown genre, 0 to 1; None without a genre, and for a corrected one."""
        brief = None if self.corrected else self.brief
        return brief.confidence if brief is not None and brief.has_genre else None

    @property
    def runner_up(self) -> str:
        """The second most likely genre, or empty."""
        return brief.top[1].genre if (brief := self.brief) and len(brief.top) > 1 else ""

    @property
    def tags(self) -> tuple[TagScore, ...]:
        """The listener tags, highest first."""
        return brief.tags if (brief := self.brief) else ()

    @property
    def bpm(self) -> float | None:
        """Beats per minute, or None."""
        return brief.bpm if (brief := self.brief) else None

    @property
    def music_key(self) -> str:
        """The :attr:`.Key.name`, or empty."""
        return brief.key if (brief := self.brief) else ""

    @property
    def song(self) -> SongTags:
        """What the tags of the file say."""
        return brief.song if (brief := self.brief) else _NO_TAGS

    def set_file_genre(self, genre: str) -> bool:
        """Set the genre in the file, which was written; return False where nothing changes."""
        brief = self.brief
        if brief is None or brief.song.genre == genre:
            return False
        song = replace(brief.song, genre=genre)
        if self._answer is not None:
            self._answer = replace(self._answer, song=song)
        if self._listed is not None:
            self._listed = self._listed.with_song(song)
        return True

    @property
    def duration_s(self) -> float | None:
        """Duration of the audio in seconds, or None."""
        return brief.duration_s if (brief := self.brief) else None

    @property
    def model(self) -> str:
        """Alias and version of the model that answered."""
        model = brief.model if (brief := self.brief) else None
        return f"{model.alias} v{model.version}" if model else ""

    def answered_by_another(self, version: str) -> bool:
        """Return whether another version named the genre, and the user has neither confirmed nor corrected it."""
        model = brief.model if (brief := self.brief) else None
        return model is not None and model.version != version and not self.label

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
        self._by_path: dict[str, ResultRow] = {}

    def add(self, found: Iterable[Found]) -> IndexUpdate:
        """Add a row for each new file, and analyse those again that have no answer."""
        result = IndexUpdate()
        for item in found:
            path = item.path if isinstance(item, Unreadable) else item
            row = self._by_path.get(str(path))
            if row is None:
                row = ResultRow(next(self._keys), path)
                self._by_path[row.location] = row
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
        return self._by_path.get(str(path))

    @property
    def rows(self) -> list[ResultRow]:
        """Every row, in no particular order."""
        return list(self._by_path.values())

    def restore(self, rows: Iterable[ResultRow]) -> list[ResultRow]:
        """Add existing rows and return them, except those whose file has another row by now."""
        return [row for row in rows if self._by_path.setdefault(row.location, row) is row]

    def remove(self, rows: Iterable[ResultRow]) -> None:
        """Remove rows."""
        for row in rows:
            self._by_path.pop(row.location, None)
