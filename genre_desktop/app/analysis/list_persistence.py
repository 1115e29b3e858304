"""Remembers which files are in the list, as things happen, and restores them page by page."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.analysis.stored_row import StoredRow
from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.core.errors import Problem
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.results_list import ResultsListStore, StoredResult, pack, unpack
from genre_desktop.core.types import Analysis, Answer

log = logging.getLogger(__name__)

PAGE = 500
"""Rows brought back in one go: five milliseconds of the window's time."""

BREATH_MS = 10
"""The window paints a page before the next one is read: Python cannot do both at a time."""

WRITE_MS = 100
"""So much of what happened is lost when the program is killed, at most."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of last time, in their order; ``last`` when there are no more.

    ``paths`` comes with the first one: every file of last time; and so does ``unsearched``: the folders whose
    search was not over.
    """

    rows: list[ResultRow]
    last: bool
    paths: frozenset[str] | None = None
    unsearched: tuple[str, ...] = ()


class ListPersistence(QObject):
    """Everything slow happens in a thread of its own, which opens the store.

    Rows of last time get keys up to 0 and so stand before those of this run, which count from 1; in the store
    the numbers go on from where they ended.

    Parameters
    ----------
    home:
        Whose list it is.
    wanted:
        Whether the list is to be remembered, asked at each write.
    """

    came = Signal(object)
    """Rows of last time."""

    over = Signal()
    """Everything is back."""

    def __init__(self, home: Home, wanted: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home, self._wanted = home, wanted
        self._database: Database | None = None
        self._base: int | None = None
        self._paths: frozenset[str] | None = None
        self._changed: dict[int, ResultRow | None] = {}
        self._searches: dict[int, tuple[str, ...]] = {}
        self._written_searches: tuple[str, ...] = ()
        self.unsearched: tuple[str, ...] = ()
        """Folders of last time whose search was not over and was not begun again; known once the first rows came."""
        self._closed = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="list")
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)
        self._timer = QTimer(self, interval=WRITE_MS, singleShot=True)
        self._timer.timeout.connect(self.flush)

    # in the window's thread

    @property
    def wanted(self) -> bool:
        """Whether the list is to be remembered."""
        return self._wanted()

    def bring_back(self) -> None:
        """``came`` follows as often as needed, then ``over``; both at once where nothing is remembered."""
        if self.wanted:
            self._ask(None)
        else:
            self._later(self._forget)
            self.over.emit()

    def may_hold(self, paths: Iterable[Path]) -> bool:
        """Whether one of these may be in the list of last time; False is certain."""
        return self._paths is None or any(str(path) in self._paths for path in paths)

    def note(self, rows: Iterable[ResultRow]) -> None:
        """These are in the list, as they are now."""
        # One that is read once more stays what it was until there is a new answer.
        self._change(
            {
                row.key: row
                for row in rows
                if row.state is not State.WORKING and not (row.state is State.WAITING and row.brief)
            }
        )

    def drop(self, rows: Iterable[ResultRow]) -> None:
        """These are in the list no more."""
        self._change({row.key: None for row in rows})

    def search_started(self, search: int, paths: Iterable[Path]) -> None:
        """Should the program end now, the next start goes on with this search."""
        self._searches[search] = tuple(map(str, paths))
        self.unsearched = tuple(path for path in self.unsearched if path not in self._searches[search])
        self._start_timer()

    def search_ended(self, *searches: int) -> None:
        """Everything they found is in the list, or they were cancelled."""
        for search in searches:
            self._searches.pop(search, None)
        self._start_timer()

    def wants_changed(self, rows: Iterable[ResultRow]) -> None:
        """The person switched the memory on or off: write everything, or forget it."""
        if self.wanted:
            self.note(rows)
        else:
            self._changed.clear()
            self._later(self._forget)

    def flush(self) -> None:
        """Write what has come together."""
        changed, self._changed = self._changed, {}
        searches = tuple(chain(self.unsearched, *self._searches.values()))
        if self.wanted and (changed or searches != self._written_searches):
            self._written_searches = searches
            self._later(self._write, changed, searches)

    def close(self) -> None:
        """Write the rest; nothing is reported any more. Safe to repeat."""
        if self._closed:
            return
        self._bridge.close()
        self._timer.stop()
        self.flush()
        self._closed = True
        self._later(self._close_database)
        self._thread.shutdown(wait=True)

    def _change(self, changed: Mapping[int, ResultRow | None]) -> None:
        self._changed.update(changed)
        if self._changed:
            self._start_timer()

    def _start_timer(self) -> None:
        if not self._timer.isActive() and not self._closed:
            self._timer.start()

    def _ask(self, after: int | None) -> None:
        if not self._closed:
            self._later(self._load, after)

    def _arrived(self, page: Page) -> None:
        if page.paths is not None:
            self._paths = page.paths
            self.unsearched = self._written_searches = page.unsearched
        if page.rows:
            self.came.emit(page.rows)
        if page.last:
            self._paths = frozenset()
            self.over.emit()
        else:
            after = page.rows[-1].key
            QTimer.singleShot(BREATH_MS, self, lambda: self._ask(after))

    def _later(self, work: Callable[..., None], *arguments: object) -> None:
        """Do this in the list's thread, after what it was given before; what goes wrong is logged."""

        def careful() -> None:
            try:
                work(*arguments)
            except Exception:  # an answer on the screen is worth more than its record
                log.warning("remembering the list failed", exc_info=True)

        self._thread.submit(careful)

    # in the list's thread

    def _load(self, after: int | None) -> None:
        rows, last, paths = [], True, None
        unsearched: tuple[str, ...] = ()
        try:
            listing, base = self._open()
            if after is None:
                paths, unsearched = listing.paths(), listing.unsearched()
            found = listing.page(0 if after is None else base + after, PAGE)
            # Files that were opened meanwhile are written behind them.
            rows = [_row(listed, base, listing.answer) for listed in found if listed.id <= base]
            last = len(rows) < PAGE
        finally:  # files given at the start may wait for the last page
            self._bridge(Page(rows, last, paths, unsearched))

    def _write(self, changed: dict[int, ResultRow | None], searches: tuple[str, ...]) -> None:
        # A row may change while it is looked at here: then it is noted and written once more.
        listing, base = self._open()
        gone = [base + key for key, row in changed.items() if row is None]
        listing.change(gone, [_listed(row, base) for row in changed.values() if row is not None])
        listing.save_unsearched(path for path in searches if Path(path).is_dir())

    def _forget(self) -> None:
        self._open()[0].clear()

    def _open(self) -> tuple[ResultsListStore, int]:
        if self._database is None:
            self._database = Database(self._home.store)
        listing = ResultsListStore(self._database)
        if self._base is None:
            self._base = listing.last_id()
        return listing, self._base

    def _close_database(self) -> None:
        if self._database is not None:
            self._database.close()


def _listed(row: ResultRow, base: int) -> StoredResult:
    problem, brief = row.problem, row.brief
    packed = row.packed if isinstance(row, StoredRow) else b""
    if problem is not None:
        brief, packed = None, pack(Analysis(Answer(str(row.path), error=problem)))
    elif brief is not None and row.prediction_id is None and not packed:
        packed = pack(Analysis(brief))  # nothing else in the store has it
    return StoredResult(base + row.key, str(row.path), row.state.value, packed, brief, row.prediction_id)


def _row(listed: StoredResult, base: int, read: Callable[[StoredResult], Answer | None]) -> ResultRow:
    if listed.brief is not None:
        row: ResultRow = StoredRow(listed.id - base, listed, read)
    else:
        row = ResultRow(listed.id - base, Path(listed.path), State.INTERRUPTED)
        row.problem = _problem(listed.packed)
        row.state = State.INTERRUPTED if row.problem is None else State.FAILED
    if listed.state == State.CANCELLED:
        row.state = State.CANCELLED
    return row


def _problem(packed: bytes) -> Problem | None:
    try:
        return unpack(packed).answer.error if packed else None
    except (ValueError, KeyError, TypeError, zlib.error):
        log.warning("a problem in the list cannot be used", exc_info=True)
        return None
