"""The current analysis session: opened files, their results, and progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.analysis.analysis_queue import AnalysisQueue
from genre_desktop.app.analysis.file_search import FileSearch, FoundFiles
from genre_desktop.app.analysis.list_persistence import ListPersistence
from genre_desktop.app.analysis.rows import ResultRow, RowIndex, State
from genre_desktop.app.analysis.spectrogram_cache import SpectrogramCache
from genre_desktop.app.background.signal_bridge import PacedBridge
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.audio.file_discovery import Unreadable
from genre_desktop.core.errors import Problem
from genre_desktop.core.paths import Home
from genre_desktop.core.types import Analysis, Mode
from genre_desktop.jobs.batch.queue import BatchProgress

AT_ONCE = 50
"""Up to so many files opened together are analysed before those that wait already."""


class AnalysisSession(QObject):
    """Open files and folders, hold their rows and emit what changes.

    Parameters
    ----------
    mode:
        How much of a song to analyse, evaluated for each file.
    workers:
        Number of files analysed in parallel.
    home:
        Folder of the store with the list.
    remembers:
        Whether the list is stored, evaluated at each write; None for a window that never stores it.
    """

    rows_added = Signal(object)  # list[ResultRow]; declared as object, or Qt would copy thousands of rows
    rows_removed = Signal(object)  # list[ResultRow]
    row_changed = Signal(object)  # ResultRow
    progressed = Signal(object)  # BatchProgress, a few times a second while files are analysed
    noticed = Signal(object)  # a Problem of no particular row
    opened = Signal(object)  # the first row of the files just opened, new or not
    restored = Signal()  # every row of the previous session is back
    interrupted = Signal(list)  # folders whose search did not finish last time; see also :attr:`unread`

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
        self._index = RowIndex()
        self._queue = AnalysisQueue(client, mode, workers, parent=self)
        self._queue.changed.connect(self.row_changed)
        self._queue.finished.connect(self._finished)
        self._queue.progressed.connect(self.progressed)
        self._bridge = PacedBridge(self)
        self._bridge.arrived.connect(self._arrived)
        self._search = FileSearch(self._bridge)
        self._found_by: dict[int, int] = {}  # running searches and how many files each has found
        self._named: dict[int, dict[Path, ResultRow | None]] = {}
        """The files that running searches were given, which are analysed first, with their rows once found."""
        self._quiet: set[int] = set()
        self._cancelled: set[int] = set()
        self._restoring = False
        self._deferred: list[FoundFiles] = []
        self._storage: ListPersistence | None = None
        if home is not None and remembers is not None:
            self._storage = ListPersistence(home, remembers, self)
            self._storage.rows_loaded.connect(self._rows_restored)
            self._storage.finished.connect(self._finish_restoring)
            self.row_changed.connect(self._persist_change)

    def open_paths(self, paths: Iterable[Path], *, quietly: bool = False) -> None:
        """Analyse files and everything in folders; rows are added as files are found.

        ``quietly`` suppresses ``opened`` and the problem of a search without result.
        """
        absolute = [Path(path).absolute() for path in paths]
        search = self._search.search(absolute)
        self._found_by[search] = 0
        if len(absolute) <= AT_ONCE:
            self._named[search] = dict.fromkeys(absolute)
        if quietly:
            self._quiet.add(search)
        if self._storage is not None:
            self._storage.search_started(search, absolute)
        self._queue.search_started()

    def add_unread(self, path: Path) -> None:
        """Add a file as interrupted, for the next session to analyse; the window is about to close."""
        self._persist_rows(self._index.add_interrupted(path))

    def restore(self) -> None:
        """Restore the previous list; ``restored`` follows. Files of that list opened meanwhile are deferred."""
        if self._storage is None:
            self._finish_restoring()
        else:
            self._restoring = True
            self._storage.restore()

    def remembering_changed(self) -> None:
        """Store or delete the list, after the user changed the setting."""
        if self._storage is not None:
            self._storage.enabled_changed(self._index.rows)

    @property
    def remembered(self) -> bool:
        """True when the next session will restore this list."""
        return self._storage is not None and self._storage.enabled

    def look_for_interrupted(self) -> None:
        """Emit ``interrupted`` if the previous session left a folder unsearched or a file unread."""
        folders = [] if self._storage is None else list(map(Path, self._storage.unsearched))
        if folders or self.unread:
            self.interrupted.emit(folders)

    def reanalyse(self, rows: Iterable[ResultRow]) -> None:
        """Analyse rows once more."""
        rows = [row for row in rows if row.state not in (State.WAITING, State.WORKING)]
        self.pictures.discard(rows)
        self._queue.add(rows)
        for row in rows:
            self.row_changed.emit(row)

    def outdated(self, champion: str) -> list[ResultRow]:
        """Return the rows that another version than ``champion`` answered, except those with the user's label."""
        return [
            row for row in self._index.rows if row.state is State.DONE and row.answered_by_another(champion)
        ]

    def answer_again(self, rows: Iterable[ResultRow]) -> None:
        """Have the model in use answer rows, from stored features where they suffice; spectrograms stay."""
        rows = list(rows)
        self._queue.add(rows, from_stored=True)
        for row in rows:
            self.row_changed.emit(row)

    def remove(self, rows: Iterable[ResultRow]) -> None:
        """Remove rows from the list, cancelling those not analysed yet; the files are not touched."""
        rows = list(rows)
        self._queue.cancel(rows)
        self._index.remove(rows)
        self.pictures.discard(rows)
        if self._storage is not None:
            self._storage.remove(rows)
        self.rows_removed.emit(rows)

    def reinsert(self, rows: Iterable[ResultRow], unread: Iterable[ResultRow] = ()) -> None:
        """Undo :meth:`remove` and analyse ``unread``. A file that was opened again keeps its new row."""
        restored = self._index.restore(rows)
        self._persist_rows(restored)
        present = set(restored)
        self._queue.add([row for row in unread if row in present])
        self.rows_added.emit(restored)

    def row_of(self, path: Path) -> ResultRow | None:
        """Return the row of a file in the list, or None."""
        return self._index.row_of(path)

    def set_file_genres(self, genres: Mapping[Path, str]) -> None:
        """Show the genres that files have in their tags by now; those that are not in the list are left out."""
        for path, genre in genres.items():
            row = self.row_of(path)
            if row is not None and row.set_file_genre(genre):
                self.row_changed.emit(row)

    @property
    def unread(self) -> list[ResultRow]:
        """Rows of the previous session that are not analysed, in their order."""
        rows = (row for row in self._index.rows if row.state is State.INTERRUPTED)
        return sorted(rows, key=lambda row: row.key)

    @property
    def restoring(self) -> bool:
        """True while rows of the previous session are still being loaded."""
        return self._restoring

    @property
    def paused(self) -> bool:
        """True between pause and resume."""
        return self._queue.paused

    @property
    def busy(self) -> bool:
        """True while files are searched or analysed."""
        return self._queue.busy

    def pause(self) -> None:
        """Pause the analysis."""
        self._queue.pause()

    def resume(self) -> None:
        """Resume the analysis."""
        self._queue.resume()

    def cancel(self) -> None:
        """Cancel searches and waiting files; results stay."""
        self._search.stop()
        self._cancelled.update(self._found_by)
        if self._storage is not None:
            self._storage.search_ended(*self._found_by)
        self._queue.cancel()

    def set_current(self, row: ResultRow | None) -> None:
        """Set the selected row: if it waits it is analysed next; its spectrogram is requested if it is missing."""
        self._queue.shown = row
        if row is not None and row.state is State.WAITING:
            self._queue.prioritise([row])
        if row is not None and row.state is State.DONE and self.pictures.get(row) is None:
            self.pictures.request(row)

    def close(self) -> None:
        """Stop searches, analysis and storage; no signal follows."""
        self._bridge.close()
        self._search.close()
        self._queue.close()
        if self._storage is not None:
            self._storage.close()

    def snapshot(self) -> BatchProgress:
        """Return the progress of the analysis."""
        return self._queue.progress()

    def _arrived(self, chunk: FoundFiles) -> None:
        self._deferred.append(chunk)
        self._admit_found_files()
        self._search.taken(chunk)

    def _admit_found_files(self) -> None:
        """Add found files; defer those whose row may still be restored, and all later ones of their search."""
        chunks, self._deferred = self._deferred, []
        waiting: set[int] = set()
        for found in chunks:
            chunk = replace(found, found=()) if found.search in self._cancelled else found
            if chunk.search in waiting or self._may_be_restored(chunk):
                waiting.add(chunk.search)
                self._deferred.append(chunk)
            else:
                self._admit(chunk)

    def _may_be_restored(self, chunk: FoundFiles) -> bool:
        if self._storage is None or not self._restoring:
            return False
        return self._storage.may_contain(
            item.path if isinstance(item, Unreadable) else item for item in chunk.found
        )

    def _admit(self, chunk: FoundFiles) -> None:
        first = self._found_by[chunk.search] == 0
        self._found_by[chunk.search] += len(chunk.found)
        update = self._index.add(chunk.found)
        self._persist_rows(update.added)
        self._queue.add(update.to_read)  # before the list is drawn: the workers can start meanwhile
        named = self._named.get(chunk.search, {})
        found = {row.path: row for row in update.to_read if row.path in named}
        if found:  # after those of earlier chunks
            named.update(found)
            self._queue.prioritise(filter(None, named.values()))
        if update.added:
            self.rows_added.emit(update.added)
        for row in update.changed:
            self.row_changed.emit(row)
        if first and update.shown is not None and chunk.search not in self._quiet:
            self.opened.emit(update.shown)
        if chunk.last:
            self._finish_search(chunk.search)

    def _finish_search(self, search: int) -> None:
        self._named.pop(search, None)
        if self._found_by.pop(search) == 0 and search not in self._quiet | self._cancelled:
            self.noticed.emit(Problem("no-audio-found/opened"))
        self._quiet.discard(search)
        self._cancelled.discard(search)
        if self._storage is not None:
            self._storage.search_ended(search)
        self._queue.search_ended()

    def _rows_restored(self, rows: list[ResultRow]) -> None:
        if rows:
            self.rows_added.emit(self._index.restore(rows))
        self._admit_found_files()

    def _persist_change(self, row: ResultRow) -> None:
        if self.row_of(row.path) is row:  # else it was removed from the list
            self._persist_rows([row])

    def _persist_rows(self, rows: list[ResultRow]) -> None:
        if self._storage is not None:
            self._storage.save(rows)

    def _finish_restoring(self) -> None:
        self._restoring = False
        self.restored.emit()
        self._admit_found_files()
        self.look_for_interrupted()

    def _finished(self, row: ResultRow, analysis: Analysis | None) -> None:
        if analysis is not None and analysis.spectrogram is not None:
            self.pictures.store(row, analysis.spectrogram)
        elif row is self._queue.shown:
            self.set_current(row)
