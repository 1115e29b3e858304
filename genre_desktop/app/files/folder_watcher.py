"""Watched folders: a thread scans them, the session analyses new files, the store has those handled."""

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
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.tag_history import TagWrites
from genre_desktop.core.store.watched_files import SeenFile, WatchedFiles
from genre_desktop.jobs.batch.checkpoint import TRANSIENT_CODES
from genre_desktop.jobs.messages import FINAL, RequestEvent, Result
from genre_desktop.jobs.operations import CONTENT_HASHES

log = logging.getLogger(__name__)

INTERVAL_S = 2.0
"""Seconds from one scan to the next."""

REST = 50.0
"""Pause after a scan, in durations of the scan, so that large folders take at most 2 % of the time."""

FOLDERS = "watched-folders"
"""Key under which the store has the folders whose first contents are recorded."""


class _FolderScans:
    """The scanners of all watched folders; used in the watcher's thread only."""

    def __init__(self, home: Home, emit: Callable[[object], None], stopping: Callable[[], bool]) -> None:
        self._database = Database(home.store)
        self._files, self._values = WatchedFiles(self._database), KeyValueStore(self._database)
        self._tags = TagWrites(self._database)
        self._emit, self._stopping = emit, stopping
        self._scanners: dict[str, FolderScanner] = {}
        self._missing: set[str] = set()

    def set_folders(self, folders: Sequence[str]) -> None:
        """Scan these folders only, and delete the records of others."""
        for root in [root for root in self._scanners if root not in folders]:
            del self._scanners[root]
        recorded = set(self._values.get(FOLDERS, []))
        for root in recorded - set(folders):
            self._files.forget(self._files.under(root))
        self._values.set(FOLDERS, sorted(recorded & set(folders)))
        for root in folders:
            if root not in self._scanners:
                self._scanners[root] = FolderScanner(Path(root), self._files.under(root))
        self._missing &= set(folders)

    def scan(self) -> None:
        """Scan every folder once and emit what changed."""
        for root, scanner in self._scanners.items():
            is_recorded = root in self._values.get(FOLDERS, [])
            result = scanner.scan(time.monotonic(), time.time(), self._stopping, settle=is_recorded)
            self._emit_existence(root, result.exists)
            if not result.exists:
                continue
            if not is_recorded:
                self._record_contents(root, scanner, result.fresh)
                continue
            if result.moved:
                self._files.forget([old for old, _ in result.moved])
                self._files.keep({new: scanner.known[new] for _, new in result.moved})
            fresh = [one for one in result.fresh if not self._tagged_by_us(scanner, one)]
            if fresh:
                self._emit(fresh)

    def mark_seen(self, path: str, known: SeenFile) -> None:
        """Record a file that was analysed or needs no analysis."""
        self._files.keep({path: known})
        for scanner in self._scanners.values():
            if Path(path).is_relative_to(scanner.root):
                scanner.mark_seen(path, known)

    def close(self) -> None:
        """Close the store."""
        self._database.close()

    def _record_contents(self, root: str, scanner: FolderScanner, files: list[ChangedFile]) -> None:
        """Record the files that a folder has when watching begins; they are not new."""
        known = {one.path: SeenFile(one.stamp) for one in files}
        self._files.keep(known)
        for path, one in known.items():
            scanner.mark_seen(path, one)
        self._values.set(FOLDERS, sorted({*self._values.get(FOLDERS, []), root}))

    def _tagged_by_us(self, scanner: FolderScanner, one: ChangedFile) -> bool:
        """Return whether this program wrote the file's tags; its audio is then the same as before."""
        if one.before is None or not self._tags.is_ours(one.path, one.stamp):
            return False
        known = SeenFile(one.stamp, one.before.clip_hash)
        self._files.keep({one.path: known})
        scanner.mark_seen(one.path, known)
        return True

    def _emit_existence(self, root: str, exists: bool) -> None:
        if exists == (root not in self._missing):
            return
        (self._missing.discard if exists else self._missing.add)(root)
        self._emit((root, exists))


class FolderWatcher(QObject):
    """Analyse new files in the watched folders, each once, also after a restart.

    ``session`` analyses them; ``client`` hashes changed files, to recognize those whose audio is the same.
    """

    found = Signal(int)  # number of files now being analysed
    vanished = Signal(str)  # a watched folder is missing; it is still scanned
    returned = Signal(str)  # a missing folder exists again
    failed = Signal(object)  # the Problem because of which nothing is watched

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
        self._calls: queue.SimpleQueue[Callable[[_FolderScans], None]] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._waiting: dict[Path, str] = {}
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)
        session.row_changed.connect(self._row_changed)

    @property
    def folders(self) -> tuple[str, ...]:
        """The watched folders."""
        return self._folders

    def set_folders(self, folders: Iterable[str]) -> None:
        """Watch these folders only."""
        wanted = tuple(dict.fromkeys(os.path.abspath(folder) for folder in folders if folder))  # noqa: PTH100
        if wanted == self._folders:
            return
        self._folders = wanted
        self._calls.put(lambda scans: scans.set_folders(wanted))
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="folder-watch", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stop watching and wait for the thread."""
        self._bridge.close()
        self._stopping.set()
        self._calls.put(lambda _scans: None)
        if self._thread is not None:
            self._thread.join(5.0)  # a network drive that hangs must not block quitting
            self._thread = None

    def _run(self) -> None:
        """Scan until closed; this and :meth:`_run_calls` run in the thread."""
        try:
            scans = _FolderScans(self._home, self._bridge, self._stopping.is_set)
        except Exception as error:
            log.warning("folders cannot be watched", exc_info=True)
            self._bridge(problem_of(error))
            return
        wait_s = 0.05  # set_folders is queued already
        while not self._stopping.is_set():
            self._run_calls(scans, wait_s)
            began = time.monotonic()
            try:
                scans.scan()
            except Cancelled:
                break
            except Exception:  # a disk being removed, a busy store: the next scan retries
                log.warning("looking at the watched folders failed", exc_info=True)
            wait_s = max(self._interval_s, REST * (time.monotonic() - began))
        scans.close()

    def _run_calls(self, scans: _FolderScans, wait_s: float) -> None:
        by = time.monotonic() + wait_s
        while not self._stopping.is_set() and (left := by - time.monotonic()) >= 0:
            try:
                work = self._calls.get(timeout=max(0.001, left))
            except queue.Empty:
                return
            try:
                work(scans)
            except Exception:
                log.warning("a note about a watched file was lost", exc_info=True)

    def _arrived(self, event: object) -> None:
        if isinstance(event, Problem):
            self.failed.emit(event)
        elif isinstance(event, tuple):
            root, exists = event
            (self.returned if exists else self.vanished).emit(root)
        elif isinstance(event, list):
            self._files_changed(event)

    def _files_changed(self, fresh: list[ChangedFile]) -> None:
        self._waiting.update((Path(one.path), one.stamp) for one in fresh)
        changed = [one for one in fresh if one.before is not None and one.before.clip_hash]
        if changed:
            paths = [one.path for one in changed]
            self._client.ask(CONTENT_HASHES, paths, partial(self._compared, changed))
        self._analyse([Path(one.path) for one in fresh if one not in changed])

    def _compared(self, changed: list[ChangedFile], event: RequestEvent) -> None:
        """Record files of which only the tags changed; analyse those with other audio."""
        if not isinstance(event, FINAL):
            return
        hashes = event.value if isinstance(event, Result) else [""] * len(changed)
        others = []
        for one, clip_hash in zip(changed, hashes, strict=True):
            path = Path(one.path)
            row = self._session.row_of(path)
            answered = row.clip_hash if row is not None else ""
            if clip_hash and one.before is not None and clip_hash in (one.before.clip_hash, answered):
                self._record(path, clip_hash)
            else:
                others.append(path)
        self._analyse(others, again=True)

    def _analyse(self, paths: list[Path], *, again: bool = False) -> None:
        """Analyse files that are not in the list or were interrupted, and the others too if ``again``."""
        rows = [row for path in paths if (row := self._session.row_of(path)) is not None]
        rows = [row for row in rows if row.state is not State.INTERRUPTED]
        listed = {row.path for row in rows}
        new = [path for path in paths if path not in listed]
        if again and rows:
            self._session.reanalyse(rows)
        elif rows:
            for row in rows:  # the user opened them: they are analysed already, or in the queue
                self._row_changed(row)
        if new:
            self._session.open_paths(new, quietly=True)
        if new or (again and rows):
            self.found.emit(len(new) + (len(rows) if again else 0))

    def _row_changed(self, row: ResultRow) -> None:
        if row.path not in self._waiting or row.state not in (State.DONE, State.FAILED):
            return
        if row.problem is None or row.problem.code not in TRANSIENT_CODES:
            self._record(row.path, row.clip_hash)

    def _record(self, path: Path, clip_hash: str) -> None:
        stamp = self._waiting.pop(path, "")
        if stamp:
            self._calls.put(lambda scans: scans.mark_seen(str(path), SeenFile(stamp, clip_hash)))
