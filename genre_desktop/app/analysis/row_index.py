"""The rows of all searches: which file has which row, and which rows belong to which folder. No Qt."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from genre_desktop.app.analysis.checkpoints import CheckpointWriter, FoundFile
from genre_desktop.app.analysis.file_search import FoundFiles
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.audio.file_discovery import Unreadable
from genre_desktop.core.types import Analysis


@dataclass
class IndexedFiles:
    """What a handful of files means: new rows, rows to read, rows answered already, a row to show.

    ``settled`` are rows that were in the list before and have an answer or a problem now, unread.
    """

    fresh: list[ResultRow] = field(default_factory=list)
    to_read: list[ResultRow] = field(default_factory=list)
    settled: list[ResultRow] = field(default_factory=list)
    answered: int = 0
    shown: ResultRow | None = None


@dataclass
class _Pile:
    """One search: rows still open, their marks, and whether everything was found."""

    marks: dict[int, str] = field(default_factory=dict)
    found_all: bool = False


class RowIndex:
    """Rows by path; a file has one row however often it is opened.

    Parameters
    ----------
    keeper:
        Is told of every answer, and when a folder is finished.
    """

    def __init__(self, keeper: CheckpointWriter) -> None:
        self.keeper = keeper
        self._keys = itertools.count(1)
        self._by_path: dict[Path, ResultRow] = {}
        self._piles: dict[int, _Pile] = {}
        self._search_of: dict[int, int] = {}

    def take(self, handful: FoundFiles) -> IndexedFiles:
        """Give every file its row."""
        pile = self._piles.setdefault(handful.search, _Pile())
        result = IndexedFiles()
        for item in handful.found:
            row = self._by_path.get(item.path)
            if row is None:
                row = ResultRow(next(self._keys), item.path)
                self._by_path[item.path] = row
                result.fresh.append(row)
                self._begin(row, item, pile, handful.search, result)
            elif row.state in (State.FAILED, State.CANCELLED, State.INTERRUPTED):
                self._begin(row, item, pile, handful.search, result)
                if row.key not in pile.marks:
                    result.settled.append(row)
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

    def answered(self, row: ResultRow, analysis: Analysis) -> None:
        """A row was read: keep its answer, and see whether its folder is finished."""
        search = self._search_of.pop(row.key, None)
        if search is not None and search in self._piles:
            self.keeper.add(search, row.path, self._piles[search].marks.pop(row.key, ""), analysis)
            self._close_if_done(search)

    def remove(self, rows: Iterable[ResultRow]) -> None:
        """The rows are off the list, and their folders do not wait for them."""
        for row in rows:
            self._by_path.pop(row.path, None)
            if self._search_of and (search := self._search_of.pop(row.key, None)) in self._piles:
                self._piles[search].marks.pop(row.key, None)
                self._close_if_done(search)

    def complete(self, search: int) -> None:
        """Everything of this search was found."""
        if search in self._piles:
            self._piles[search].found_all = True
            self._close_if_done(search)

    def interrupt(self) -> None:
        """Nothing more will be read: what is unfinished can be gone on with another time."""
        for search in list(self._piles):
            self.keeper.close(search, finished=False)
        self._piles.clear()
        self._search_of.clear()

    def _begin(
        self, row: ResultRow, item: FoundFile | Unreadable, pile: _Pile, search: int, result: IndexedFiles
    ) -> None:
        if isinstance(item, Unreadable):
            row.state, row.problem = State.FAILED, item.problem
        elif item.kept is not None:
            apply_analysis(row, item.kept)
            result.answered += 1
        else:
            pile.marks[row.key] = item.mark
            self._search_of[row.key] = search
            result.to_read.append(row)

    def _close_if_done(self, search: int) -> None:
        pile = self._piles[search]
        if pile.found_all and not pile.marks:
            del self._piles[search]
            self.keeper.close(search, finished=True)


def apply_analysis(row: ResultRow, analysis: Analysis) -> None:
    """Put an analysis into its row."""
    answer = analysis.answer
    row.fraction, row.label, row.prediction_id = None, None, analysis.prediction_id
    row.problem = answer.error
    row.answer = replace(answer, features=None) if answer.error is None else None
    row.state = State.DONE if answer.error is None else State.FAILED
