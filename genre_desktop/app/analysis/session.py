"""The current analysis session: opened files, their results, and progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.analysis.analysis_queue import AnalysisQueue
from genre_desktop.app.analysis.file_search import FileSearch, FoundFiles
from genre_desktop.app.analysis.list_persistence import ListPersistence
from genre_desktop.app.analysis.rows import Piles, ResultRow, State
from genre_desktop.app.analysis.spectrogram_cache import SpectrogramCache
from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.audio.file_discovery import Unreadable
from genre_desktop.core.errors import Problem
from genre_desktop.core.paths import Home
from genre_desktop.core.types import Analysis, Mode
from genre_desktop.jobs.batch.queue import BatchProgress


class AnalysisSession(QObject):
    """Opens paths, keeps the rows, reports what changes.

    Parameters
    ----------
    client:
        Who reads the files.
    mode:
        How much of a song to read, asked for each file.
    workers:
        How many files are read side by side.
    home:
        Where the list is kept.
    remembers:
        Whether the list is kept for the next start, asked at each write; None for a window whose list
        never is.
    """

    rows_added = Signal(object)
    rows_removed = Signal(object)
    """A list of :class:`ResultRow` each; Qt would copy thousands of them there and back if it knew that."""

    row_changed = Signal(object)
    progressed = Signal(object)
    """A :class:`BatchProgress`, a few times a second while something happens."""

    noticed = Signal(object)
    """A :class:`Problem` that belongs to no row."""

    opened = Signal(object)
    """The first row of what was just opened, new or known, so that it can be shown."""

    restored = Signal()
    """The list is as it was left."""

    interrupted = Signal(list)
    """The folders that were not searched to their end last time; see also :attr:`AnalysisSession.unread`."""

    def __init__(
        self,
        client: WorkerClient,
        mode: Callable[[], Mode] = lambda: "song",
        workers: int = 1,
        home: Home | None = None,
        parent: QObject | None = None,
        *,
        remembers: Callable[[], bool] | None = None,
    ) -> None:
        super().__init__(parent)
        self.pictures = SpectrogramCache(client, self)
        self._piles = Piles()
        self._queue = AnalysisQueue(client, mode, workers, parent=self)
        self._queue.changed.connect(self.row_changed)
        self._queue.finished.connect(self._finished)
        self._queue.progressed.connect(self.progressed)
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)
        self._finder = FileSearch(self._bridge)
        self._searches: dict[int, int] = {}
        self._quiet: set[int] = set()
        self._restoring = False
        self._held: list[FoundFiles] = []
        self._memory = self._remember(home, remembers) if home is not None and remembers is not None else None

    # opening

    def open_paths(self, paths: Iterable[Path], *, quietly: bool = False) -> None:
        """Read files and everything in folders; rows come as they are found.

        ``quietly`` for what nobody asked for just now: ``opened`` does not follow, nor a word about nothing.
        """
        whole = [Path(path).absolute() for path in paths]
        search = self._finder.search(whole)
        self._searches[search] = 0
        if quietly:
            self._quiet.add(search)
        if self._memory is not None:
            self._memory.search_started(search, whole)
        self._queue.search_started()

    def add_unread(self, path: Path) -> None:
        """Put a file in the list at once, unread: the window is about to close, and the next one offers it."""
        self._persist_rows(self._piles.put_off(path))

    def restore(self) -> None:
        """Show the list as it was left: ``restored`` follows. Files of that list that are opened meanwhile wait."""
        if self._memory is None:
            self._all_back()
        else:
            self._restoring = True
            self._memory.bring_back()

    def remembering_changed(self) -> None:
        """The person wants the list remembered, or not any more."""
        if self._memory is not None:
            self._memory.wants_changed(self._piles.rows)

    @property
    def remembered(self) -> bool:
        """True when the next start will show this list."""
        return self._memory is not None and self._memory.wanted

    def look_for_interrupted(self) -> None:
        """``interrupted`` follows if a folder, or a file of the list, was not read to the end last time."""
        folders = [] if self._memory is None else list(map(Path, self._memory.unsearched))
        if folders or self.unread:
            self.interrupted.emit(folders)

    def reanalyse(self, rows: Iterable[ResultRow]) -> None:
        """Read these once more."""
        rows = [row for row in rows if row.state not in (State.WAITING, State.WORKING)]
        self.pictures.forget(rows)
        self._queue.add(rows)
        for row in rows:
            self.row_changed.emit(row)

    def remove(self, rows: Iterable[ResultRow]) -> None:
        """Take rows off the list, read or not; the files stay where they are."""
        rows = list(rows)
        self._queue.cancel(rows)
        self._piles.remove(rows)
        self.pictures.forget(rows)
        if self._memory is not None:
            self._memory.drop(rows)
        self.rows_removed.emit(rows)

    def reinsert(self, rows: Iterable[ResultRow], unread: Iterable[ResultRow] = ()) -> None:
        """Undo :meth:`remove`; ``unread`` are read now. A file that was opened again keeps its new row."""
        back = self._piles.put_back(rows)
        self._persist_rows(back)
        here = set(back)
        self._queue.add([row for row in unread if row in here])
        self.rows_added.emit(back)

    def row_of(self, path: Path) -> ResultRow | None:
        """The row of a file, if it is in the list."""
        return self._piles.row_of(path)

    @property
    def unread(self) -> list[ResultRow]:
        """Rows of last time that nobody has read, in their order."""
        rows = (row for row in self._piles.rows if row.state is State.INTERRUPTED)
        return sorted(rows, key=lambda row: row.key)

    # steering

    @property
    def restoring(self) -> bool:
        """True while rows of last time are still to come."""
        return self._restoring

    @property
    def paused(self) -> bool:
        """True between pause and resume."""
        return self._queue.paused

    @property
    def busy(self) -> bool:
        """True while something is looked for or read."""
        return self._queue.busy

    def pause(self) -> None:
        """Stop reading for now."""
        self._queue.pause()

    def resume(self) -> None:
        """Go on reading."""
        self._queue.resume()

    def cancel(self) -> None:
        """Stop looking and reading; what was answered stays."""
        self._finder.stop()
        self._held = [replace(handful, found=()) for handful in self._held]
        if self._memory is not None:
            self._memory.search_ended(*self._searches)
        self._queue.cancel()

    def set_current(self, row: ResultRow | None) -> None:
        """The person looks at this row: see to it that its spectrogram comes."""
        self._queue.shown = row
        if row is not None and row.state is State.DONE and self.pictures.get(row) is None:
            self.pictures.ask(row)

    def close(self) -> None:
        """Stop everything; nothing is reported any more."""
        self._bridge.close()
        self._finder.close()
        self._queue.close()
        if self._memory is not None:
            self._memory.close()

    def snapshot(self) -> BatchProgress:
        """How far the reading is."""
        return self._queue.progress()

    # what happens below

    def _arrived(self, handful: FoundFiles) -> None:
        self._held.append(handful)
        self._admit_found_files()

    def _admit_found_files(self) -> None:
        """Take what was found, but for what may have a row of last time that is not back yet, and what follows it."""
        held, self._held = self._held, []
        waiting: set[int] = set()
        for handful in held:
            if handful.search in waiting or self._awaited(handful):
                waiting.add(handful.search)
                self._held.append(handful)
            else:
                self._found(handful)

    def _awaited(self, handful: FoundFiles) -> bool:
        if self._memory is None or not self._restoring:
            return False
        return self._memory.may_hold(
            item.path if isinstance(item, Unreadable) else item for item in handful.found
        )

    def _found(self, handful: FoundFiles) -> None:
        first = self._searches[handful.search] == 0
        self._searches[handful.search] += len(handful.found)
        sorted_out = self._piles.take(handful.found)
        self._persist_rows(sorted_out.fresh)
        self._queue.add(sorted_out.to_read)  # the workers are asked before the list is drawn
        if sorted_out.fresh:
            self.rows_added.emit(sorted_out.fresh)
        for row in sorted_out.changed:
            self.row_changed.emit(row)
        if first and sorted_out.shown is not None and handful.search not in self._quiet:
            self.opened.emit(sorted_out.shown)
        if handful.last:
            self._search_over(handful.search)

    def _search_over(self, search: int) -> None:
        if self._searches.pop(search) == 0 and search not in self._quiet:
            self.noticed.emit(_nothing_found())
        self._quiet.discard(search)
        if self._memory is not None:
            self._memory.search_ended(search)
        self._queue.search_ended()

    def _remember(self, home: Home, wanted: Callable[[], bool]) -> ListPersistence:
        memory = ListPersistence(home, wanted, self)
        memory.came.connect(self._rows_restored)
        memory.over.connect(self._all_back)
        self.row_changed.connect(self._note_change)
        return memory

    def _rows_restored(self, rows: list[ResultRow]) -> None:
        self.rows_added.emit(self._piles.put_back(rows))
        self._admit_found_files()

    def _note_change(self, row: ResultRow) -> None:
        if self.row_of(row.path) is row:  # else it was taken off the list
            self._persist_rows([row])

    def _persist_rows(self, rows: list[ResultRow]) -> None:
        if self._memory is not None:
            self._memory.note(rows)

    def _all_back(self) -> None:
        self._restoring = False
        self.restored.emit()
        self._admit_found_files()
        self.look_for_interrupted()

    def _finished(self, row: ResultRow, analysis: Analysis | None) -> None:
        if analysis is not None and analysis.spectrogram is not None:
            self.pictures.keep(row, analysis.spectrogram)
        elif row is self._queue.shown:
            self.set_current(row)


def _nothing_found() -> Problem:
    return Problem("no-audio-found/opened")
