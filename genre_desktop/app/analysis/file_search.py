"""Search for audio files in background threads and report them in chunks as they are found."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from genre_desktop.audio.file_discovery import Found, Unreadable, find_audio
from genre_desktop.core.errors import Cancelled, problem_of

IterFiles = Callable[[list[Path], Callable[[], bool]], Iterable[Found]]
"""A function of files and folders, and of a predicate that is true once the search is cancelled."""

CHUNK = 200
"""Most files of a chunk."""

EVERY_S = 0.1
"""Most seconds between chunks while files are found."""

PAUSE_S = 0.01
"""Seconds of rest after each chunk, in which the window paints it and need not share Python's lock."""


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """A chunk of the files that a search found; ``last`` at its end."""

    search: int
    found: tuple[Found, ...]
    last: bool = False


def _find_all(paths: list[Path], cancelled: Callable[[], bool]) -> Iterator[Found]:
    return find_audio(paths, True, cancelled)


class FileSearch:
    """Run searches, each in its own thread and with a number.

    A search reports a chunk only after :meth:`taken` for the one before: the rows of 200 files take the
    window 10 ms, and Qt would process all chunks that are queued before it paints again.

    Parameters
    ----------
    on_found:
        Called with :class:`FoundFiles` objects in the search thread.
    iter_files:
        The search function; for tests.
    """

    def __init__(self, on_found: Callable[[FoundFiles], None], iter_files: IterFiles = _find_all) -> None:
        self._on_found, self._iter_files = on_found, iter_files
        self._searches = 0
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._taken: dict[int, threading.Event] = {}

    def search(self, paths: Iterable[Path]) -> int:
        """Start a search of files and folders and return its number."""
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        if self._stopping.is_set():
            self._stopping = threading.Event()
        self._searches += 1
        taken = self._taken[self._searches] = threading.Event()
        arguments = (self._searches, list(paths), self._stopping, taken)
        thread = threading.Thread(target=self._run, args=arguments, name="file-search", daemon=True)
        self._threads.append(thread)
        thread.start()
        return self._searches

    def taken(self, chunk: FoundFiles) -> None:
        """Let the search of this chunk report the next one."""
        if chunk.last:
            del self._taken[chunk.search]
        else:
            self._taken[chunk.search].set()

    def stop(self) -> None:
        """End all searches; each still reports its last, empty chunk."""
        self._stopping.set()
        for taken in self._taken.values():
            taken.set()

    def close(self) -> None:
        """Stop all searches and wait for their threads."""
        self.stop()
        for thread in self._threads:
            thread.join()

    def _run(self, search: int, paths: list[Path], stopping: threading.Event, taken: threading.Event) -> None:
        try:
            for chunk in _chunks(self._iter_files(paths, stopping.is_set)):
                self._on_found(FoundFiles(search, chunk))
                if not stopping.is_set():
                    taken.wait()
                    stopping.wait(PAUSE_S)
                taken.clear()
        except Cancelled:
            pass
        except OSError as error:
            self._on_found(FoundFiles(search, (Unreadable(paths[0], problem_of(error)),)))
        self._on_found(FoundFiles(search, (), last=True))


def _chunks(found: Iterable[Found]) -> Iterator[tuple[Found, ...]]:
    """Yield the first file at once, as feedback for the user, then chunks by size and time."""
    pending: list[Found] = []
    since = 0.0
    for item in found:
        pending.append(item)
        if len(pending) >= CHUNK or time.monotonic() - since >= EVERY_S:
            yield tuple(pending)
            pending, since = [], time.monotonic()
    if pending:
        yield tuple(pending)
