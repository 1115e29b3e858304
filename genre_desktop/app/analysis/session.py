"""One sitting: the files that were opened, their answers, and how far the reading is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from genre_desktop.app.analysis.analysis_queue import AnalysisQueue
from genre_desktop.app.analysis.checkpoints import CheckpointWriter
from genre_desktop.app.analysis.file_search import FileSearch, FoundFiles
from genre_desktop.app.analysis.list_persistence import ListPersistence
from genre_desktop.app.analysis.progress import Progress, ProgressCounter
from genre_desktop.app.analysis.row_index import RowIndex
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.analysis.spectrogram_cache import SpectrogramCache
from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.core.errors import Problem
from genre_desktop.core.paths import Home
from genre_desktop.core.types import AnalyseRequest, Analysis, Mode

WITH_PICTURE = 4
"""So many files opened together bring their spectrograms along; of larger piles only what is looked at."""

SHOW_PROGRESS_MS = 100


class AnalysisSession(QObject):
    """Opens paths, keeps the rows, reports what changes.

    Parameters
    ----------
    client:
        Who reads the files.
    mode:
        How much of a song to read, asked anew for each file.
    workers:
        How many files are read side by side.
    home:
        Where answers of folders are kept while they are read; None keeps nothing.
    remembers:
        Whether the list is kept there for the next start, asked anew at each write; None for a window
        whose list is nobody's concern.
    """

    rows_added = Signal(object)
    rows_removed = Signal(object)
    """A list of :class:`ResultRow` each; Qt would copy thousands of them there and back if it knew that."""

    row_changed = Signal(object)
    progressed = Signal(object)
    """A :class:`Progress`, a few times a second while something happens."""

    noticed = Signal(object)
    """A :class:`Problem` that belongs to no row."""

    opened = Signal(object)
    """The first row of what was just opened, new or known, so that it can be shown."""

    restored = Signal()
    """The list is as it was left."""

    interrupted = Signal(list)
    """The :class:`~.batch_checkpoints.InterruptedBatch` folders of earlier sittings; see also :attr:`AnalysisSession.unread`."""

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
        self._mode = mode
        self._piles = RowIndex(CheckpointWriter(home, mode))
        self._tally = ProgressCounter()
        self._queue = AnalysisQueue(client, self._request, self.row_changed.emit, self._finished, workers)
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)
        self._finder = FileSearch(self._bridge, self._piles.keeper.iter_files)
        self._searches: dict[int, int] = {}
        self._quiet: set[int] = set()
        self._watched: ResultRow | None = None
        self._restoring = False
        self._held: list[FoundFiles] = []
        self._memory = self._remember(remembers) if home is not None and remembers is not None else None
        self._ticker = QTimer(self, interval=SHOW_PROGRESS_MS, singleShot=True)
        self._ticker.timeout.connect(self._emit_progress)

    # opening

    def open_paths(self, paths: Iterable[Path], *, quietly: bool = False) -> None:
        """Read files and everything in folders; rows come as they are found.

        ``quietly`` for what nobody asked for just now: ``opened`` does not follow, nor a word about nothing.
        """
        self._begin()
        search = self._finder.search(Path(path).absolute() for path in paths)
        self._searches[search] = 0
        if quietly:
            self._quiet.add(search)
        self._emit_progress()

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
        self._piles.keeper.interrupted(self._bridge)

    def reanalyse(self, rows: Iterable[ResultRow]) -> None:
        """Read these once more."""
        rows = [row for row in rows if row.state not in (State.WAITING, State.WORKING)]
        self.pictures.forget(rows)
        self._begin()
        self._read(rows)

    def remove(self, rows: Iterable[ResultRow]) -> None:
        """Take rows off the list, read or not; the files stay where they are."""
        rows = list(rows)
        self._cancel_rows(rows)
        self._piles.remove(rows)
        self.pictures.forget(rows)
        if self._memory is not None:
            self._memory.drop(rows)
        self.rows_removed.emit(rows)

    def reinsert(self, rows: Iterable[ResultRow], unread: Iterable[ResultRow] = ()) -> None:
        """Undo :meth:`remove`; ``unread`` are read now. A file that was opened again keeps its new row."""
        back = self._piles.put_back(rows)
        self._persist_rows(back)
        self.rows_added.emit(back)
        self._begin()
        here = set(back)
        self._read([row for row in unread if row in here])

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
        return bool(self._searches) or len(self._queue) > 0

    def pause(self) -> None:
        """Stop reading for now."""
        self._queue.pause()
        self._emit_progress()

    def resume(self) -> None:
        """Go on reading."""
        self._tally.restart_clock()
        self._queue.resume()
        self._emit_progress()

    def cancel(self) -> None:
        """Stop looking and reading; what was answered stays."""
        self._finder.stop()
        self._held = [replace(handful, found=()) for handful in self._held]
        self._cancel_rows(None)
        self._piles.interrupt()

    def set_current(self, row: ResultRow | None) -> None:
        """The person looks at this row: see to it that its spectrogram comes."""
        self._watched = row
        if row is not None and row.state is State.DONE and self.pictures.get(row) is None:
            self.pictures.ask(row)

    def close(self) -> None:
        """Stop everything; nothing is reported any more."""
        self._bridge.close()
        self._finder.close()
        self._ticker.stop()
        if self._memory is not None:
            self._memory.close()
        self._piles.keeper.stop()

    def snapshot(self) -> Progress:
        """How far the reading is."""
        return self._tally.snapshot(searching=bool(self._searches), paused=self._queue.paused)

    # what happens below

    def _arrived(self, event: object) -> None:
        if isinstance(event, FoundFiles):
            self._held.append(event)
            self._admit_found_files()
        elif isinstance(event, list) and (event or self.unread):  # of folders
            self.interrupted.emit(event)

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
        return self._memory.may_hold(item.path for item in handful.found)

    def _found(self, handful: FoundFiles) -> None:
        first = self._searches[handful.search] == 0
        self._searches[handful.search] += len(handful.found)
        sorted_out = self._piles.take(handful)
        self._persist_rows(sorted_out.fresh)
        if sorted_out.fresh:
            self.rows_added.emit(sorted_out.fresh)
        for row in sorted_out.settled:
            self.row_changed.emit(row)
        self._tally.take(sorted_out.answered)
        self._read(sorted_out.to_read)
        if first and sorted_out.shown is not None and handful.search not in self._quiet:
            self.opened.emit(sorted_out.shown)
        if handful.last:
            self._search_over(handful.search)

    def _search_over(self, search: int) -> None:
        if self._searches.pop(search) == 0 and search not in self._quiet:
            self.noticed.emit(_nothing_found())
        self._quiet.discard(search)
        self._piles.complete(search)
        self._emit_progress()

    def _remember(self, wanted: Callable[[], bool]) -> ListPersistence:
        memory = ListPersistence(self._piles.keeper, wanted, self)
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

    def _begin(self) -> None:
        """Work that begins while nothing else goes on is counted from zero."""
        if not self.busy:
            self._tally.reset()

    def _read(self, rows: list[ResultRow]) -> None:
        if not rows:
            return
        self._tally.add(len(rows))
        self._queue.add(rows)
        self._tick()

    def _cancel_rows(self, rows: Iterable[ResultRow] | None) -> None:
        self._tally.drop(len(self._queue.cancel(rows)))
        self._emit_progress()

    def _request(self, row: ResultRow) -> AnalyseRequest:
        few = self._tally.found <= WITH_PICTURE
        return AnalyseRequest(
            str(row.path),
            mode=self._mode(),
            spectrogram=few or row is self._watched,
            source="file" if few else "batch",
        )

    def _finished(self, row: ResultRow, analysis: Analysis | None) -> None:
        self._tally.finish(problem=row.problem is not None)
        if analysis is not None:
            self._piles.answered(row, analysis)
        if analysis is not None and analysis.spectrogram is not None:
            self.pictures.keep(row, analysis.spectrogram)
        elif row is self._watched:
            self.set_current(row)
        self._tick()

    def _tick(self) -> None:
        if not self._ticker.isActive():
            self._ticker.start()

    def _emit_progress(self) -> None:
        self._piles.keeper.flush()
        self.progressed.emit(self.snapshot())


def _nothing_found() -> Problem:
    return Problem("no-audio-found/opened")
