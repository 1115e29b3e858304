"""The rows of the results table with their places in it; imports NumPy, so not before the window is painted."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from genre_desktop.app.analysis.results_filter import ResultsFilter
from genre_desktop.app.analysis.row_columns import Positions, RowColumns
from genre_desktop.app.analysis.rows import ResultRow


class ArrangedRows:
    """All rows in the order of their keys, and which of them are shown at which place.

    Attributes
    ----------
    shown:
        Numbers of the rows in the order of the table.
    """

    def __init__(self) -> None:
        self.columns = RowColumns()
        self.show(np.empty(0, np.intp))

    def show(self, shown: Positions) -> None:
        """Set the rows to show, in their order."""
        self.shown = shown
        self._places = np.full(len(self.columns), -1)  # of all rows; -1: hidden
        self._places[shown] = np.arange(len(shown))

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

    def is_shown(self, wanted: Positions) -> bool:
        """Return whether just these rows are shown, in this order."""
        return np.array_equal(wanted, self.shown)

    def has_same_rows(self, wanted: Positions) -> bool:
        """Return whether just these rows are shown, in any order."""
        return len(wanted) == len(self.shown) and bool((self._places[wanted] >= 0).all())

    def row_at(self, place: int) -> ResultRow:
        """Return the row at a place in the table."""
        return self.columns.rows[int(self.shown[place])]

    def rows(self) -> list[ResultRow]:
        """Return the shown rows in the order of the table."""
        return [self.columns.rows[position] for position in self.shown.tolist()]

    def place_of(self, row: ResultRow) -> int | None:
        """Return the place of a row in the table, or None if it is hidden."""
        position = self.columns.position(row)
        return None if position is None or self._places[position] < 0 else int(self._places[position])

    def moved(self, places: list[int], wanted: Positions) -> list[int]:
        """Show the same rows in another order; return where those at some places went."""
        rows = self.shown[places]
        self.show(wanted)
        return list(self._places[rows].tolist())

    def _keep(self, positions: Positions) -> None:
        """Keep only these rows, in this order; the table shows what it showed of them."""
        numbers = np.full(len(self.columns), -1)
        numbers[positions] = np.arange(len(positions))
        self.columns.keep(positions)
        shown = numbers[self.shown]
        self.show(shown[shown >= 0])
