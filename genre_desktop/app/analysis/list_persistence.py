"""Store the list of files as it changes, and restore it page by page at the next start."""

from __future__ import annotations

import gc
import logging
import zlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from genre_desktop.app.analysis.rows import ReadAnswer, ResultRow, State
from genre_desktop.app.analysis.stored_row import StoredRow
from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.core.errors import Problem, concerns_home
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.results_list import ResultsListStore, StoredResult, brief_of, pack, unpack
from genre_desktop.core.types import Analysis, Answer

log = logging.getLogger(__name__)

PAGE = 500
"""Rows restored at a time, in about 5 ms of the window's thread."""

FIRST_PAGE = 100
"""Rows of the first page, which is shown before the paths of all are read."""

PAUSE_MS = 10
"""Pause between pages in which the window can paint; reading the next page holds the interpreter lock."""

WRITE_MS = 100
"""Delay of a write, and so the most that is lost when the program is killed."""

AGAIN_MS = 3000
"""Delay of a write for which there was no space."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of the previous session in their order; ``last`` when there are no more.

    ``after`` is the key after which the next page begins; None while that is not to be asked for. After the first
    rows comes a page without rows, which has ``paths``, every file of that session, and ``unsearched``, the folders
    whose search did not finish.
    """

    rows: list[ResultRow]
    last: bool
    after: int | None = None
    paths: frozenset[str] | None = None
    unsearched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """Rows whose answers are stored, with what the list shows of each; ``read`` returns a whole answer."""

    rows: list[tuple[ResultRow, StoredResult]]
    read: ReadAnswer


@dataclass(frozen=True, slots=True)
class NotWritten:
    """Changes for which there was no space; they are written later."""

    changed: dict[int, ResultRow | None]


class ListPersistence(QObject):
    """Write and read the stored list in a thread of its own, which opens the store.

    Restored rows get keys up to 0 and so precede those of this session, which count from 1; in the store the
    numbers continue.

    Parameters
    ----------
    enabled:
        Whether the list is stored, evaluated at each write.
    """

    rows_loaded = Signal(object)  # list[ResultRow]; empty once it is known what may still be restored
    finished = Signal()  # every row is restored

    def __init__(self, home: Home, enabled: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home, self._enabled = home, enabled
        self._database: Database | None = None
        self._base: int | None = None
        self._paths: frozenset[str] | None = None
        self._changed: dict[int, ResultRow | None] = {}
        self._searches: dict[int, tuple[str, ...]] = {}
        self._written_searches: tuple[str, ...] = ()
        self.unsearched: tuple[str, ...] = ()
        """Folders whose search the previous session did not finish and this one did not start; set by the second page."""
        self._closed = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="list")
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)
        self._timer = QTimer(self, interval=WRITE_MS, singleShot=True)
        self._timer.timeout.connect(self.flush)

    @property
    def enabled(self) -> bool:
        """True if the list is stored."""
        return self._enabled()

    def restore(self) -> None:
        """Emit ``rows_loaded`` for each page, then ``finished``; at once when the list is not stored."""
        if self.enabled:
            self._request_page(None)
        else:
            self._submit(self._clear)
            self.finished.emit()

    def may_contain(self, paths: Iterable[Path]) -> bool:
        """Return whether one of these may still be restored; False is certain."""
        return self._paths is None or any(str(path) in self._paths for path in paths)

    def save(self, rows: Iterable[ResultRow]) -> None:
        """Store new or changed rows."""
        # A row that is analysed once more keeps its stored answer until there is a new one.
        self._change(
            {
                row.key: row
                for row in rows
                if row.state is not State.WORKING and not (row.state is State.WAITING and row.brief)
            }
        )

    def remove(self, rows: Iterable[ResultRow]) -> None:
        """Delete rows from the stored list."""
        self._change({row.key: None for row in rows})

    def search_started(self, search: int, paths: Iterable[Path]) -> None:
        """Store that a search runs, so that the next session can offer to continue it."""
        self._searches[search] = tuple(map(str, paths))
        self.unsearched = tuple(path for path in self.unsearched if path not in self._searches[search])
        self._start_timer()

    def search_ended(self, *searches: int) -> None:
        """Store that searches finished or were cancelled."""
        for search in searches:
            self._searches.pop(search, None)
        self._start_timer()

    def enabled_changed(self, rows: Iterable[ResultRow]) -> None:
        """Store the whole list, or delete it, after the setting changed."""
        if self.enabled:
            self.save(rows)
        else:
            self._changed.clear()
            self._submit(self._clear)

    def flush(self) -> None:
        """Write pending changes."""
        changed, self._changed = self._changed, {}
        searches = tuple(chain(self.unsearched, *self._searches.values()))
        if self.enabled and (changed or searches != self._written_searches):
            self._written_searches = searches
            self._submit(self._write, changed, searches)

    def close(self) -> None:
        """Write pending changes and close the store; no signal follows. Safe to repeat."""
        if self._closed:
            return
        self._bridge.close()
        self._timer.stop()
        self.flush()
        self._closed = True
        self._submit(self._close_database)
        self._thread.shutdown(wait=True)

    def _change(self, changed: Mapping[int, ResultRow | None]) -> None:
        self._changed.update(changed)
        if self._changed:
            self._start_timer()

    def _start_timer(self, delay_ms: int = WRITE_MS) -> None:
        if not self._timer.isActive() and not self._closed:
            self._timer.start(delay_ms)

    def _request_page(self, after: int | None) -> None:
        if not self._closed:
            self._submit(self._load, after)

    def _arrived(self, event: Page | Written | NotWritten) -> None:
        if isinstance(event, Page):
            self._page_arrived(event)
            return
        if isinstance(event, NotWritten):
            self._changed = event.changed | self._changed
            self._written_searches = ()
            self._start_timer(AGAIN_MS)
            return
        for row, listed in event.rows:  # a fourth of the memory, if it did not change meanwhile
            same = row.prediction_id == listed.prediction_id and row.song == (listed.brief or Answer("")).song
            if row.state is State.DONE and same and not row.is_stored:
                row.keep_stored(listed, event.read)

    def _page_arrived(self, page: Page) -> None:
        if page.paths is not None:
            self._paths = page.paths
            self.unsearched = self._written_searches = page.unsearched
        if page.rows or page.paths is not None:
            self.rows_loaded.emit(page.rows)
            gc.freeze()  # else each collection searches all rows so far
        if page.last:
            self._paths = frozenset()
            self.finished.emit()
        elif page.after is not None:
            QTimer.singleShot(PAUSE_MS, self, lambda: self._request_page(page.after))

    def _submit(self, work: Callable[..., None], *arguments: object) -> None:
        """Run ``work`` in the list's thread, in order; errors are logged."""

        def run() -> None:
            try:
                work(*arguments)
            except Exception as error:  # the list can be used without being stored
                known = concerns_home(error)  # the window has an alert about it
                log.log(
                    logging.INFO if known else logging.WARNING,
                    "remembering the list failed",
                    exc_info=not known,
                )

        self._thread.submit(run)

    # The methods below run in the list's thread.

    def _load(self, after: int | None) -> None:
        page = Page([], True)
        size = PAGE if after is not None else min(FIRST_PAGE, PAGE)
        try:
            listing, base = self._open()
            found = listing.page(0 if after is None else base + after, size)
            # Rows after the base belong to files that were opened meanwhile.
            read = listing.answer  # one object for all rows
            rows = [_row(listed, base, read) for listed in found if listed.id <= base]
            last = len(rows) < size
            page = Page(rows, last, None if last else rows[-1].key)
            if after is None:
                from genre_desktop.app.analysis import arranged_rows  # noqa: F401  # not in the window's thread

                self._bridge(Page(rows, False))
                page = replace(page, rows=[], paths=listing.paths(), unsearched=listing.unsearched())
        finally:  # files opened at the start may be deferred until the last page
            self._bridge(page)

    def _write(self, changed: dict[int, ResultRow | None], searches: tuple[str, ...]) -> None:
        # A row that changes during this is saved and written once more.
        try:
            self._write_now(changed, searches)
        except Exception as error:
            if concerns_home(error):
                self._bridge(NotWritten(changed))
            raise

    def _write_now(self, changed: dict[int, ResultRow | None], searches: tuple[str, ...]) -> None:
        listing, base = self._open()
        gone = [base + key for key, row in changed.items() if row is None]
        rows = [(row, _listed(row, base)) for row in changed.values() if row is not None]
        listing.change(gone, [listed for _, listed in rows])
        self._bridge(Written([pair for pair in map(_without_answer, rows) if pair], listing.answer))
        listing.save_unsearched(path for path in searches if Path(path).is_dir())

    def _clear(self) -> None:
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
    packed = row.packed
    if problem is not None:
        brief, packed = None, pack(Analysis(Answer(row.location, error=problem)))
    elif brief is not None and row.prediction_id is None and not packed:
        packed = pack(Analysis(brief))  # the store has it nowhere else
    return StoredResult(base + row.key, row.location, row.state.value, packed, brief, row.prediction_id)


def _without_answer(pair: tuple[ResultRow, StoredResult]) -> tuple[ResultRow, StoredResult] | None:
    """Return the row with what it shows of its answer, if that is among the predictions."""
    row, listed = pair
    if listed.prediction_id is None or listed.brief is None:
        return None
    brief = brief_of(listed.brief)
    return row, StoredResult(listed.id, row.location, listed.state, b"", brief, listed.prediction_id)


def _row(listed: StoredResult, base: int, read: ReadAnswer) -> ResultRow:
    if listed.has_answer:
        row: ResultRow = StoredRow(listed.id - base, listed, read)
    else:
        row = ResultRow(listed.id - base, listed.path, State.INTERRUPTED)
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
