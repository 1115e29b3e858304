"""One sitting: the files that were opened, their answers, and how far the reading is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from genre_desktop.app.bridge import Bridge
from genre_desktop.app.client import Client
from genre_desktop.app.finder import Finder, Handful
from genre_desktop.app.keeper import Keeper
from genre_desktop.app.pictures import Pictures
from genre_desktop.app.piles import Piles
from genre_desktop.app.progress import Snapshot, Tally
from genre_desktop.app.reading import ReadingQueue
from genre_desktop.app.results import Row, State
from genre_desktop.app.text import tr
from genre_desktop.core.errors import Problem
from genre_desktop.core.paths import Home
from genre_desktop.core.requests import AnalyseRequest, Analysis, Mode
from genre_desktop.core.store.batches import Unfinished

WITH_PICTURE = 4
"""So many files opened together bring their spectrograms along; of larger piles only what is looked at."""

SHOW_PROGRESS_MS = 100


class Session(QObject):
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
    """

    rows_added = Signal(list)
    rows_removed = Signal(list)
    row_changed = Signal(object)
    progressed = Signal(object)
    """A :class:`Snapshot`, a few times a second while something happens."""

    noticed = Signal(object)
    """A :class:`Problem` that belongs to no row."""

    opened = Signal(object)
    """The first row of what was just opened, new or known, so that it can be shown."""

    interrupted = Signal(list)
    """The :class:`Unfinished` folders of earlier sittings."""

    def __init__(
        self,
        client: Client,
        mode: Callable[[], Mode] = lambda: "song",
        workers: int = 1,
        home: Home | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.pictures = Pictures(client, self)
        self._mode = mode
        self._piles = Piles(Keeper(home, mode))
        self._tally = Tally()
        self._queue = ReadingQueue(client, self._request, self.row_changed.emit, self._finished, workers)
        self._bridge = Bridge(self)
        self._bridge.arrived.connect(self._arrived)
        self._finder = Finder(self._bridge, self._piles.keeper.look_through)
        self._searches: dict[int, int] = {}
        self._quiet: set[int] = set()
        self._watched: Row | None = None
        self._ticker = QTimer(self, interval=SHOW_PROGRESS_MS, singleShot=True)
        self._ticker.timeout.connect(self._tell)

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
        self._tell()

    def look_for_interrupted(self) -> None:
        """``interrupted`` follows if a folder was not finished last time."""
        self._piles.keeper.interrupted(self._bridge)

    def again(self, rows: Iterable[Row]) -> None:
        """Read these once more."""
        rows = [row for row in rows if row.state not in (State.WAITING, State.WORKING)]
        for row in rows:
            self.pictures.forget(row)
        self._begin()
        self._read(rows)

    def remove(self, rows: Iterable[Row]) -> None:
        """Take rows off the list, read or not; the files stay where they are."""
        rows = list(rows)
        self._give_up(rows)
        for row in rows:
            self._piles.remove(row)
            self.pictures.forget(row)
        self.rows_removed.emit(rows)

    def put_back(self, rows: Iterable[Row], unread: Iterable[Row] = ()) -> None:
        """Undo :meth:`remove`; ``unread`` are read now. A file that was opened again keeps its new row."""
        back = self._piles.put_back(rows)
        self.rows_added.emit(back)
        self._begin()
        here = set(back)
        self._read([row for row in unread if row in here])

    def row_of(self, path: Path) -> Row | None:
        """The row of a file, if it is in the list."""
        return self._piles.row_of(path)

    # steering

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
        self._tell()

    def resume(self) -> None:
        """Go on reading."""
        self._tally.restart_clock()
        self._queue.resume()
        self._tell()

    def cancel(self) -> None:
        """Stop looking and reading; what was answered stays."""
        self._finder.stop()
        self._give_up(None)
        self._piles.interrupt()

    def look_at(self, row: Row | None) -> None:
        """The person looks at this row: see to it that its spectrogram comes."""
        self._watched = row
        if row is not None and row.state is State.DONE and self.pictures.get(row) is None:
            self.pictures.ask(row)

    def close(self) -> None:
        """Stop everything; nothing is reported any more."""
        self._bridge.close()
        self._finder.close()
        self._ticker.stop()
        self._piles.keeper.stop()

    def snapshot(self) -> Snapshot:
        """How far the reading is."""
        return self._tally.snapshot(searching=bool(self._searches), paused=self._queue.paused)

    # what happens below

    def _arrived(self, event: object) -> None:
        if isinstance(event, Handful):
            self._found(event)
        elif isinstance(event, list) and event and isinstance(event[0], Unfinished):
            self.interrupted.emit(event)

    def _found(self, handful: Handful) -> None:
        first = self._searches[handful.search] == 0
        self._searches[handful.search] += len(handful.found)
        sorted_out = self._piles.take(handful)
        if sorted_out.fresh:
            self.rows_added.emit(sorted_out.fresh)
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
        self._tell()

    def _begin(self) -> None:
        """Work that begins while nothing else goes on is counted from zero."""
        if not self.busy:
            self._tally.reset()

    def _read(self, rows: list[Row]) -> None:
        if not rows:
            return
        self._tally.add(len(rows))
        self._queue.add(rows)
        self._tick()

    def _give_up(self, rows: Iterable[Row] | None) -> None:
        self._tally.drop(len(self._queue.cancel(rows)))
        self._tell()

    def _request(self, row: Row) -> AnalyseRequest:
        few = self._tally.found <= WITH_PICTURE
        return AnalyseRequest(
            str(row.path),
            mode=self._mode(),
            spectrogram=few or row is self._watched,
            source="file" if few else "batch",
        )

    def _finished(self, row: Row, analysis: Analysis | None) -> None:
        self._tally.finish(problem=row.problem is not None)
        if analysis is not None:
            self._piles.answered(row, analysis)
        if analysis is not None and analysis.spectrogram is not None:
            self.pictures.keep(row, analysis.spectrogram)
        elif row is self._watched:
            self.look_at(row)
        self._tick()

    def _tick(self) -> None:
        if not self._ticker.isActive():
            self._ticker.start()

    def _tell(self) -> None:
        self._piles.keeper.flush()
        self.progressed.emit(self.snapshot())


def _nothing_found() -> Problem:
    return Problem(
        "no-audio-found",
        tr("Nothing to read there"),
        tr("No audio or video files were found in what you opened."),
        tr("Open a folder with music, or drop a file itself: named files are always tried."),
    )
