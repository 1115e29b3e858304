"""A row restored from the stored list, whose full answer is read on demand. No Qt."""

from __future__ import annotations

import logging
import sqlite3
import zlib
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.core.store.results_list import StoredResult
from genre_desktop.core.types import Analysis, Answer

log = logging.getLogger(__name__)


class StoredRow(ResultRow):
    """A row that calls ``read`` for its full answer when more of it is needed than the list shows.

    Reading thousands of answers at once would block the window for seconds. Once the file is analysed again,
    this is a row like any other.
    """

    def __init__(self, key: int, listed: StoredResult, read: Callable[[StoredResult], Answer | None]) -> None:
        super().__init__(
            key, Path(listed.path), State.DONE, label=listed.label, prediction_id=listed.prediction_id
        )
        self._listed, self._read = listed, read
        self.packed = listed.packed
        """The stored copy of the answer; empty once there is a new one."""
        del self.__dict__["answer"]  # so that the property below applies until there is a new answer

    @cached_property
    def answer(self) -> Answer | None:  # type: ignore[override]  # found in the instance once it is set
        """The full answer; only the listed columns where it is deleted or damaged."""
        try:
            return self._read(self._listed) or self._listed.brief
        except (ValueError, KeyError, TypeError, zlib.error, sqlite3.Error):
            log.warning("the answer for %s cannot be used", self.path, exc_info=True)
            return self._listed.brief

    @property
    def brief(self) -> Answer | None:
        """As :attr:`ResultRow.brief`, without reading the store."""
        brief: Answer | None = self.__dict__.get("answer", self._listed.brief)
        return brief

    def apply_analysis(self, analysis: Analysis) -> None:
        """Set the answer as :meth:`ResultRow.apply_analysis` does, and discard the stored copy."""
        super().apply_analysis(analysis)
        self.packed = b""
