"""Search words, filters and sort order of the results table. No Qt objects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from genre_desktop.app.analysis.group_row import Grouping
from genre_desktop.app.analysis.rows import State
from genre_desktop.app.i18n.tag_names import tags_called, tags_found

if TYPE_CHECKING:
    from genre_desktop.app.analysis.row_columns import Positions, RowColumns

_TEMPO = re.compile(r"(\d{1,3})(?:[-–](\d{1,3}))?bpm")
"""A search word such as ``120bpm`` or ``118-124bpm``."""


@dataclass(frozen=True)
class ResultsFilter:
    """Search words, filters and sort order of the results table.

    ``tag`` is the word of a tag, as :func:`.filter_words` returns it. ``doubtful`` shows only answers that
    need review (:attr:`.ResultRow.doubtful`). ``sort`` is one of :data:`.SORTED_BY`, or empty for the order
    in which files were added. ``ranks`` overrides it: the places of rows by their keys; others come last.
    ``group`` puts the rows of each folder or album below a heading, but not when there are ``ranks``.
    Make another one when the user's words for tags change.
    """

    search: str = ""
    genre: str = ""
    tag: str = ""
    states: frozenset[State] = field(default_factory=lambda: frozenset(State))
    doubtful: bool = False
    sort: str = ""
    descending: bool = False
    ranks: Mapping[int, int] = field(default_factory=dict, compare=False)
    group: Grouping = "none"

    @property
    def passes_all(self) -> bool:
        """Whether every row passes the search and the filters."""
        limited = self.search.strip() or self.genre or self.tag or self.doubtful
        return not limited and len(self.states) == len(State)

    @cached_property
    def _words(self) -> tuple[tuple[str, frozenset[str]], ...]:
        return tuple((word, tags_found(word)) for word in self.search.casefold().split())

    def pick(self, columns: RowColumns) -> Positions:
        """Return the numbers of the rows that pass the search and the filters, in their order."""
        shown = columns.in_states(self.states)
        if self.genre:
            shown &= columns.of_genre(self.genre)
        if self.tag:
            shown &= columns.having_tags(tags_called(self.tag))
        if self.doubtful:
            shown &= columns.doubtful()
        for word, tags in self._words:
            found = columns.containing(word, shown) | columns.having_tags(tags)
            if tempo := _TEMPO.fullmatch(word):
                found |= columns.in_tempo(float(tempo[1]), float(tempo[2] or tempo[1]))
            shown &= found
        return columns.where(shown)

    @property
    def grouping(self) -> Grouping:
        """What the shown rows are grouped by."""
        return "none" if self.ranks else self.group

    def arrange(self, columns: RowColumns) -> Positions:
        """Return the numbers of the rows to show in sort order, with headings as :meth:`.RowColumns.grouped`."""
        shown = self._sorted(columns)
        return shown if self.grouping == "none" else columns.grouped(shown, self.grouping)

    def _sorted(self, columns: RowColumns) -> Positions:
        """Return the numbers of the rows to show in sort order; the sort is stable."""
        shown = self.pick(columns)
        if self.ranks:
            return columns.ranked(shown, self.ranks)
        if self.sort:
            return columns.sorted(shown, self.sort, self.descending)
        return shown[::-1] if self.descending else shown
