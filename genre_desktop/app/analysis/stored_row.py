"""A row restored from the stored list, whose full answer is read on demand. No Qt."""

from __future__ import annotations

import logging
import sqlite3
import zlib
from collections.abc import Callable

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.core.store.results_list import StoredResult
from genre_desktop.core.types import Answer

log = logging.getLogger(__name__)


class StoredRow(ResultRow):
    """A row that calls ``read`` for its full answer when more of it is needed than the list shows.

    Reading thousands of answers at once would block the window for seconds. Once the file is analysed again,
    this is a row like any other.
    """

    __slots__ = ("_listed", "_read", "_replaced")

    def __init__(self, key: int, listed: StoredResult, read: Callable[[StoredResult], Answer | None]) -> None:
        super().__init__(key, listed.path, State.DONE, label=listed.label, prediction_id=listed.prediction_id)
        self._listed, self._read = listed, read
        self._replaced = False  # by a new answer or problem

    @property
    def packed(self) -> bytes:
        """The stored copy of the answer; empty once there is a new one."""
        return b"" if self._replaced else self._listed.packed

    @property
    def unread(self) -> bool:
        """Whether :attr:`answer` would read the answer with ``prediction_id`` from the store."""
        return (
            self._answer is None
            and not self._replaced
            and not self._listed.packed
            and self.prediction_id is not None
        )

    @property
    def answer(self) -> Answer | None:
        """The full answer; only the listed columns where it is deleted or damaged."""
        if self._answer is None and not self._replaced:
            try:
                self._answer = self._read(self._listed) or self._listed.brief
            except (ValueError, KeyError, TypeError, zlib.error, sqlite3.Error):
                log.warning("the answer for %s cannot be used", self.path, exc_info=True)
                self._answer = self._listed.brief
        return self._answer

    @answer.setter
    def answer(self, answer: Answer | None) -> None:
        self._answer, self._replaced = answer, True

    @property
    def brief(self) -> Answer | None:
        """As :attr:`ResultRow.brief`, without reading the store."""
        return self._answer if self._answer is not None or self._replaced else self._listed.brief
