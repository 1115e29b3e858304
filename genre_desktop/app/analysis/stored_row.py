"""A row of last time: the list shows it from what little was read of it. No Qt."""

from __future__ import annotations

import logging
import zlib
from functools import cached_property
from pathlib import Path

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.core.store.results_list import StoredResult, unpack
from genre_desktop.core.types import Answer

log = logging.getLogger(__name__)


class StoredRow(ResultRow):
    """Its answer is unpacked when somebody wants more of it than the list shows.

    Unpacking thousands would take seconds, in which the window's thread would get no turn. Once the file
    is read again this is a row like any other.
    """

    def __init__(self, key: int, listed: StoredResult) -> None:
        super().__init__(
            key, Path(listed.path), State.DONE, label=listed.label, prediction_id=listed.prediction_id
        )
        self._listed = listed
        del self.__dict__["answer"]  # so that the property below is asked until there is a new answer

    @cached_property
    def answer(self) -> Answer | None:  # type: ignore[override]  # found in the instance once it is set
        """The whole answer; where it cannot be understood, what the list shows of it."""
        try:
            return unpack(self._listed.packed).answer
        except (ValueError, KeyError, TypeError, zlib.error):
            log.warning("the answer for %s cannot be used", self.path, exc_info=True)
            return self._listed.brief

    @property
    def brief(self) -> Answer | None:
        """As :attr:`ResultRow.brief`, nothing unpacked."""
        brief: Answer | None = self.__dict__.get("answer", self._listed.brief)
        return brief

    @property
    def packed(self) -> bytes:
        """The answer as it was read; empty when there is a new one."""
        return b"" if "answer" in self.__dict__ else self._listed.packed
