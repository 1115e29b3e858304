"""The rows of the results table with their places in it; imports NumPy, so not before the window is painted."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from genre_desktop.app.analysis.group_row import Grouping, GroupRow
from genre_desktop.app.analysis.results_filter import ResultsFilter
from genre_desktop.app.analysis.row_columns import Positions, RowColumns, Votes
from genre_desktop.app.analysis.rows import ResultRow


class ArrangedRows:
    """All rows in the order of their keys, and which of them are shown at which place.

    Attributes
    ----------
    shown:
        Numbers of the rows in the order of the table; ``-1 - number`` is the heading of a group.
    grouping:
        What they are grouped by.
    """

    def __init__(self) -> None:
        self.columns = RowColumns()
        self.grouping: Grouping = "none"
        self._groups: dict[int, GroupRow] = {}
        self._votes: Votes | None = None
        self.show(np.empty(0, np.intp))

    def show(self, shown: Positions, grouping: Grouping = "none") -> None:
        """Set the rows to show, in their order."""
        self.shown, self.grouping = shown, grouping
        self._places = np.full(len(self.columns), -1)  # of all rows; -1: hidden
        rows, headings = np.flatnonzero(shown >= 0), np.flatnonzero(shown < 0)
        self._places[shown[rows]] = rows
        self._headings = dict(zip((-1 - shown[headings]).tolist(), headings.tolist(), strict=True))
        self.count_again()

    def count_again(self) -> None:
        """Count the votes of the groups again when they are needed next."""
        self._groups.clear()
        self._votes = None

    @property
    def n_rows(self) -> int:
        """The number of shown rows, without headings."""
        return len(self.shown) - len(self._headings)

    def extend(self, rows: Iterable[ResultRow], view: ResultsFilter) -> Positions:
        """Add hidden rows; return those that pass the filters, to be shown."""
        before = len(self.columns)
        self.columns.extend(rows)
        new = np.arange(before, len(self.columns))
        self._places = np.append(self._places, np.full(len(new), -1))
        if view.passes_all:  # as while a list is restored: no look at the rows before
            return new
        fresh = view.pick(self.columns)
        return fresh[fresh >= before]

    def append_shown(self, positions: Positions) -> None:
        """Show rows after the others."""
        self._places[positions] = np.arange(len(self.shown), len(self.shown) + len(positions))
        self.shown = np.append(self.shown, positions)

    def put_in_order(self) -> None:
        """Put rows at the places of their keys that were added later: restored rows, or those of an undone removal."""
        order = self.columns.in_order()
        if order is not None:
            self._keep(order)

    def remove(self, rows: Iterable[ResultRow]) -> None:
        """Remove rows."""
        kept = np.ones(len(self.columns), bool)
        kept[[place for row in rows if (place := self.columns.position(row)) is not None]] = False
        self._keep(np.flatnonzero(kept))

    def is_shown(self, wanted: Positions, grouping: Grouping) -> bool:
        """Return whether just these rows are shown, in this order."""
        return grouping == self.grouping and np.array_equal(wanted, self.shown)

    def has_same_rows(self, wanted: Positions, grouping: Grouping) -> bool:
        """Return whether just these rows and headings are shown, in any order."""
        if grouping != self.grouping or len(wanted) != len(self.shown):
            return False
        headings = (-1 - wanted[wanted < 0]).tolist()
        return bool((self._places[wanted[wanted >= 0]] >= 0).all()) and all(
            number in self._headings for number in headings
        )

    def row_at(self, place: int) -> ResultRow:
        """Return the row or the heading at a place in the table."""
        position = int(self.shown[place])
        return self.columns.rows[position] if position >= 0 else self._group(-1 - position)

    def rows(self) -> list[ResultRow]:
        """Return the shown rows in the order of the table, without headings."""
        return [self.columns.rows[position] for position in self.shown[self.shown >= 0].tolist()]

    def members(self, places: list[int]) -> Positions:
        """Return the numbers of the rows at some places in the order of the table; a heading gives its shown rows."""
        wanted = np.zeros(len(self.shown), bool)
        wanted[places] = True
        rows = self.shown >= 0
        headings = -1 - self.shown[wanted & ~rows]
        if len(headings):
            numbers = self.columns.group_numbers(self.grouping)
            chosen = np.zeros(int(numbers.max()) + 1, bool)
            chosen[headings] = True
            wanted[rows] |= chosen[numbers[self.shown[rows]]]
        return np.asarray(self.shown[wanted & rows])

    def is_heading(self, places: list[int]) -> list[bool]:
        """Return which of some places have headings."""
        return list((self.shown[places] < 0).tolist())

    def place_of(self, row: ResultRow) -> int | None:
        """Return the place of a row or heading in the table, or None if it is hidden."""
        if isinstance(row, GroupRow):
            return self._headings.get(row.number) if row.by == self.grouping else None
        position = self.columns.position(row)
        return None if position is None or self._places[position] < 0 else int(self._places[position])

    def music(self) -> list[ResultRow]:
        """Return the rows that have a genre, shown or not."""
        columns = self.columns
        return [columns.rows[position] for position in columns.where(columns.music()).tolist()]

    def shown_genres(self, keys: Positions) -> tuple[Positions, list[str]]:
        """Return for rows by their keys the place of their genre in a list of names; -1 for those not shown."""
        positions, genres, names = self.columns.genre_numbers(keys)
        if not len(self.columns):
            return genres, names
        return np.where((positions >= 0) & (self._places[positions] >= 0), genres, -1), names

    def moved(self, places: list[int], wanted: Positions) -> list[int]:
        """Show the same rows in another order; return where those at some places went."""
        rows = self.shown[places].tolist()
        self.show(wanted, self.grouping)
        return [int(self._places[row]) if row >= 0 else self._headings[-1 - row] for row in rows]

    def _group(self, number: int) -> GroupRow:
        if self._votes is None:
            self._votes = self.columns.votes(self.grouping)
        if number not in self._groups:
            member = self.columns.rows[int(self.shown[self._headings[number] + 1])]
            self._groups[number] = self.columns.group_row(self.grouping, number, member, self._votes)
        return self._groups[number]

    def _keep(self, positions: Positions) -> None:
        """Keep only these rows, in this order; the table shows what it showed of them."""
        numbers = np.full(len(self.columns), -1)
        numbers[positions] = np.arange(len(positions))
        self.columns.keep(positions)
        headings = self.shown < 0
        shown = np.where(headings, self.shown, numbers[np.maximum(self.shown, 0)])
        self.show(shown[headings | (shown >= 0)], self.grouping)
