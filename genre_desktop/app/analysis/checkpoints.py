"""Keeps what reading a folder has finished, in the background, so that it goes on after a crash. No Qt."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from genre_desktop.audio.file_discovery import Found, Unreadable, find_audio
from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.core.store.batch_checkpoints import BatchRequest, BatchRow, InterruptedBatch, stamp
from genre_desktop.core.store.database import Database
from genre_desktop.core.types import Analysis, Mode
from genre_desktop.jobs.batch.checkpoint import BatchCheckpoint, interrupted

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that was found.

    Attributes
    ----------
    mark:
        What the file was at that moment (size and time); empty for one that is not kept.
    kept:
        Its answer from an interrupted run.
    """

    path: Path
    mark: str = ""
    kept: Analysis | None = None


class CheckpointWriter:
    """Ledgers of the folders being read, by the number of their search.

    Everything slow happens in the finder's threads or in one thread of the keeper's own.

    Parameters
    ----------
    home:
        Where answers are kept; None keeps nothing.
    mode:
        How much of a song is read.
    """

    def __init__(self, home: Home | None, mode: Callable[[], Mode]) -> None:
        self._home, self._mode = home, mode
        self._database: Database | None = None
        self._opening = threading.Lock()
        self._ledgers: dict[int, BatchCheckpoint] = {}
        self._rows: dict[int, list[BatchRow]] = {}
        self._stopped = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="keeper")

    # in the finder's threads

    def iter_files(
        self, search: int, paths: list[Path], stopping: Callable[[], bool]
    ) -> Iterator[FoundFile | Unreadable]:
        """What there is in files and folders; of folders also what was answered before."""
        ledger = self._ledger(paths) if any(path.is_dir() for path in paths) else None
        if ledger is not None:
            self._ledgers[search] = ledger
        for found in find_audio(paths, True, stopping):
            yield _sight(found, ledger)

    def _ledger(self, paths: list[Path]) -> BatchCheckpoint | None:
        if self._home is None:
            return None
        request = BatchRequest(tuple(map(str, paths)), recursive=True, mode=self._mode())
        try:
            return BatchCheckpoint(self._home, self.store(), request, resume=True)
        except (AppError, OSError):
            log.warning("answers cannot be kept for another time", exc_info=True)
            return None

    def store(self) -> Database:
        """The store, opened at first use; not for the window's thread. ``AppError`` when it cannot be."""
        if self._home is None:
            raise ValueError("nothing is kept without a home")
        with self._opening:
            if self._database is None:
                self._database = Database(self._home.store)
            return self._database

    # in the window's thread

    def add(self, search: int, path: Path, mark: str, analysis: Analysis) -> None:
        """Keep an answer at the next :meth:`flush`."""
        if search in self._ledgers and mark:
            self._rows.setdefault(search, []).append(BatchRow(str(path), mark, analysis))

    def flush(self) -> None:
        """Write what has come together."""
        rows, self._rows = self._rows, {}
        for search, pile in rows.items():
            self.submit(self._ledgers[search].add, pile)

    def close(self, search: int, *, finished: bool) -> None:
        """A folder is done with: a finished one is forgotten, another goes on when it is opened again."""
        self.flush()
        ledger = self._ledgers.pop(search, None)
        if ledger is not None:
            self.submit(lambda: ledger.close(finished=finished))

    def interrupted(self, tell: Callable[[list[InterruptedBatch]], None]) -> None:
        """Call ``tell``, in another thread, with the folders whose reading the window never finished."""
        if self._home is not None:
            home = self._home
            self.submit(lambda: tell(_ours(interrupted(home, self.store()))))

    def stop(self) -> None:
        """Write the rest, then end. Safe to repeat."""
        if self._stopped:
            return
        self._stopped = True
        for search in list(self._ledgers):
            self.close(search, finished=False)
        self.submit(self._close_database)
        self._thread.shutdown(wait=True)

    def _close_database(self) -> None:
        if self._database is not None:
            self._database.close()

    def submit(self, work: Callable[..., None], *arguments: object) -> None:
        """Do this in the keeper's thread, after what it was given before; what goes wrong is logged."""

        def careful() -> None:
            try:
                work(*arguments)
            except Exception:  # an answer on the screen is worth more than its record
                log.warning("keeping answers for another time failed", exc_info=True)

        self._thread.submit(careful)


def _sight(found: Found, ledger: BatchCheckpoint | None) -> FoundFile | Unreadable:
    if isinstance(found, Unreadable):
        return found
    if ledger is None:
        return FoundFile(found)
    try:
        kept = ledger.known(str(found))
    except (sqlite3.Error, ValueError, KeyError, TypeError):
        log.warning("an answer from before cannot be used", exc_info=True)
        kept = None
    return FoundFile(found, stamp(found), kept)


def _ours(batches: Iterable[InterruptedBatch]) -> list[InterruptedBatch]:
    """Those the window began: the command line's name the folder they were typed in."""
    return [batch for batch in batches if batch.done and not batch.request.folder]
