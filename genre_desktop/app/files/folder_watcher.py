"""Watched folders: a thread looks, the session reads what is new, the store remembers what was seen to."""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.analysis.session import AnalysisSession
from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.app.files.folder_scanner import ChangedFile, FolderScanner
from genre_desktop.core.errors import Cancelled, Problem, problem_of
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.key_value import KeyValueStore as Memory
from genre_desktop.core.store.tag_history import TagWrites
from genre_desktop.core.store.watched_files import SeenFile, WatchedFiles
from genre_desktop.jobs.batch.checkpoint import TRANSIENT_CODES
from genre_desktop.jobs.messages import FINAL, RequestEvent, Result
from genre_desktop.jobs.operations import CONTENT_HASHES

log = logging.getLogger(__name__)

INTERVAL_S = 2.0
"""Seconds from one look to the next."""

REST = 50.0
"""Looking may take one part in so many of the time, however large the folders."""

FOLDERS = "watched-folders"
"""Under which the store keeps the folders whose first contents were noted."""


class _Looker:
    """What the thread does; nothing here is called from another one."""

    def __init__(self, home: Home, tell: Callable[[object], None], stopping: Callable[[], bool]) -> None:
        self._database = Database(home.store)
        self._files, self._memory = WatchedFiles(self._database), Memory(self._database)
        self._tags = TagWrites(self._database)
        self._tell, self._stopping = tell, stopping
        self._eyes: dict[str, FolderScanner] = {}
        self._missing: set[str] = set()

    def set_folders(self, folders: Sequence[str]) -> None:
        """Watch these and no others; of others nothing is remembered."""
        for root in [root for root in self._eyes if root not in folders]:
            del self._eyes[root]
        noted = set(self._memory.get(FOLDERS, []))
        for root in noted - set(folders):
            self._files.forget(self._files.under(root))
        self._memory.set(FOLDERS, sorted(noted & set(folders)))
        for root in folders:
            if root not in self._eyes:
                self._eyes[root] = FolderScanner(Path(root), self._files.under(root))
        self._missing &= set(folders)

    def look(self) -> None:
        """Look once at every folder."""
        for root, eye in self._eyes.items():
            is_noted = root in self._memory.get(FOLDERS, [])
            found = eye.look(time.monotonic(), time.time(), self._stopping, settle=is_noted)
            self._tell_whether_there(root, found.there)
            if not found.there:
                continue
            if not is_noted:
                self._note_contents(root, eye, found.fresh)
                continue
            if found.moved:
                self._files.forget([old for old, _ in found.moved])
                self._files.keep({new: eye.known[new] for _, new in found.moved})
            fresh = [one for one in found.fresh if not self._written_by_us(eye, one)]
            if fresh:
                self._tell(fresh)

    def seen_to(self, path: str, known: SeenFile) -> None:
        """A file was read, or needs no reading."""
        self._files.keep({path: known})
        for eye in self._eyes.values():
            if Path(path).is_relative_to(eye.root):
                eye.seen_to(path, known)

    def close(self) -> None:
        """Close the store."""
        self._database.close()

    def _note_contents(self, root: str, eye: FolderScanner, there: list[ChangedFile]) -> None:
        """What lies in a folder when its watch begins is not new."""
        known = {one.path: SeenFile(one.stamp) for one in there}
        self._files.keep(known)
        for path, one in known.items():
            eye.seen_to(path, one)
        self._memory.set(FOLDERS, sorted({*self._memory.get(FOLDERS, []), root}))

    def _written_by_us(self, eye: FolderScanner, one: ChangedFile) -> bool:
        """A file whose tags this program wrote sounds as it did."""
        if one.before is None or not self._tags.is_ours(one.path, one.stamp):
            return False
        known = SeenFile(one.stamp, one.before.clip_hash)
        self._files.keep({one.path: known})
        eye.seen_to(one.path, known)
        return True

    def _tell_whether_there(self, root: str, there: bool) -> None:
        if there == (root not in self._missing):
            return
        (self._missing.discard if there else self._missing.add)(root)
        self._tell((root, there))


class FolderWatcher(QObject):
    """Reads what is new in the watched folders; nothing twice, also after a restart.

    Parameters
    ----------
    session:
        Who reads.
    client:
        Who tells whether a changed file sounds as before.
    interval_s:
        Seconds from one look to the next.
    """

    found = Signal(int)
    """So many new files are being read."""

    vanished = Signal(str)
    """A watched folder is not there; it is looked for."""

    returned = Signal(str)
    """It is there again."""

    failed = Signal(object)
    """The :class:`Problem` for which nothing is watched."""

    def __init__(
        self,
        home: Home,
        session: AnalysisSession,
        client: WorkerClient,
        parent: QObject | None = None,
        interval_s: float = INTERVAL_S,
    ) -> None:
        super().__init__(parent)
        self._home, self._session, self._client, self._interval_s = home, session, client, interval_s
        self._folders: tuple[str, ...] = ()
        self._mailbox: queue.SimpleQueue[Callable[[_Looker], None]] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._waiting: dict[Path, str] = {}
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)
        session.row_changed.connect(self._row_changed)

    @property
    def folders(self) -> tuple[str, ...]:
        """What is watched."""
        return self._folders

    def set_folders(self, folders: Iterable[str]) -> None:
        """Watch these and no others."""
        wanted = tuple(dict.fromkeys(os.path.abspath(folder) for folder in folders if folder))  # noqa: PTH100
        if wanted == self._folders:
            return
        self._folders = wanted
        self._mailbox.put(lambda looker: looker.set_folders(wanted))
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="folder-watch", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stop looking; waits for the thread."""
        self._bridge.close()
        self._stopping.set()
        self._mailbox.put(lambda _looker: None)
        if self._thread is not None:
            self._thread.join(5.0)  # a network drive that hangs must not hold up the end
            self._thread = None

    # in the thread

    def _run(self) -> None:
        try:
            looker = _Looker(self._home, self._bridge, self._stopping.is_set)
        except Exception as error:
            log.warning("folders cannot be watched", exc_info=True)
            self._bridge(problem_of(error))
            return
        wait_s = 0.05  # the folders are on their way
        while not self._stopping.is_set():
            self._take_mail(looker, wait_s)
            began = time.monotonic()
            try:
                looker.look()
            except Cancelled:
                break
            except Exception:  # a disk that is just going, a store that is busy: the next look will tell
                log.warning("looking at the watched folders failed", exc_info=True)
            wait_s = max(self._interval_s, REST * (time.monotonic() - began))
        looker.close()

    def _take_mail(self, looker: _Looker, wait_s: float) -> None:
        by = time.monotonic() + wait_s
        while not self._stopping.is_set() and (left := by - time.monotonic()) >= 0:
            try:
                work = self._mailbox.get(timeout=max(0.001, left))
            except queue.Empty:
                return
            try:
                work(looker)
            except Exception:
                log.warning("a note about a watched file was lost", exc_info=True)

    # in the window's thread

    def _arrived(self, what: object) -> None:
        if isinstance(what, Problem):
            self.failed.emit(what)
        elif isinstance(what, tuple):
            root, there = what
            (self.returned if there else self.vanished).emit(root)
        elif isinstance(what, list):
            self._take(what)

    def _take(self, fresh: list[ChangedFile]) -> None:
        self._waiting.update((Path(one.path), one.stamp) for one in fresh)
        changed = [one for one in fresh if one.before is not None and one.before.clip_hash]
        if changed:
            paths = [one.path for one in changed]
            self._client.ask(CONTENT_HASHES, paths, partial(self._compared, changed))
        self._read([Path(one.path) for one in fresh if one not in changed])

    def _compared(self, changed: list[ChangedFile], event: RequestEvent) -> None:
        """Of files with other tags only the new look is noted; another song is read."""
        if not isinstance(event, FINAL):
            return
        sounds = event.value if isinstance(event, Result) else [""] * len(changed)
        others = []
        for one, sound in zip(changed, sounds, strict=True):
            path = Path(one.path)
            row = self._session.row_of(path)
            answered = row.clip_hash if row is not None else ""
            if sound and one.before is not None and sound in (one.before.clip_hash, answered):
                self._note(path, sound)
            else:
                others.append(path)
        self._read(others, anew=True)

    def _read(self, paths: list[Path], *, anew: bool = False) -> None:
        """Read files that are not in the list, or never were read; of others, ``anew`` reads them once more."""
        rows = [row for path in paths if (row := self._session.row_of(path)) is not None]
        rows = [row for row in rows if row.state is not State.INTERRUPTED]
        listed = {row.path for row in rows}
        new = [path for path in paths if path not in listed]
        if anew and rows:
            self._session.reanalyse(rows)
        elif rows:
            for row in rows:  # the person opened them: read already, or just being read
                self._row_changed(row)
        if new:
            self._session.open_paths(new, quietly=True)
        if new or (anew and rows):
            self.found.emit(len(new) + (len(rows) if anew else 0))

    def _row_changed(self, row: ResultRow) -> None:
        if row.path not in self._waiting or row.state not in (State.DONE, State.FAILED):
            return
        if row.problem is None or row.problem.code not in TRANSIENT_CODES:
            self._note(row.path, row.clip_hash)

    def _note(self, path: Path, sound: str) -> None:
        stamp = self._waiting.pop(path, "")
        if stamp:
            self._mailbox.put(lambda looker: looker.seen_to(str(path), SeenFile(stamp, sound)))
