"""A row of last time: the list shows it from what little was read of it. No Qt."""

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
    """Its answer is read when more of it is wanted than the list shows.

    Reading thousands would take seconds, in which the window's thread would get no turn. Once the file
    is analysed again this is a row like any other.

    Parameters
    ----------
    listed:
        What the store has.
    read:
        Reads the whole answer.
    """

    def __init__(self, key: int, listed: StoredResult, read: Callable[[StoredResult], Answer | None]) -> None:
        super().__init__(
            key, Path(listed.path), State.DONE, label=listed.label, prediction_id=listed.prediction_id
        )
        self._listed, self._read = listed, read
        self.packed = listed.packed
        """The row's own copy of the answer; empty when there is a new one."""
        del self.__dict__["answer"]  # so that the property below is asked until there is a new answer

    @cached_property
    def answer(self) -> Answer | None:  # type: ignore[override]  # found in the instance once it is set
        """The whole answer; where there is no more or it is damaged, what the list shows of it."""
        try:
            return self._read(self._listed) or self._listed.brief
        except (ValueError, KeyError, TypeError, zlib.error, sqlite3.Error):
            log.warning("the answer for %s cannot be used", self.path, exc_info=True)
            return self._listed.brief

    @property
    def brief(self) -> Answer | None:
        """As :attr:`ResultRow.brief`, nothing read."""
        brief: Answer | None = self.__dict__.get("answer", self._listed.brief)
        return brief

    def apply_analysis(self, analysis: Analysis) -> None:
        """As :meth:`ResultRow.apply_analysis`."""
        super().apply_analysis(analysis)
        self.packed = b""
