"""Looks for files in threads of its own; the window gets them in handfuls, as they are found."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from genre_desktop.audio.file_discovery import Found, Unreadable, find_audio
from genre_desktop.core.errors import Cancelled, problem_of

LookThrough = Callable[[list[Path], Callable[[], bool]], Iterable[Found]]
"""Takes files and folders, and a function that says when to give up."""

HANDFUL = 200
"""Files handed over at once, at most."""

EVERY_S = 0.1
"""What was found is handed over this often, however little it is."""


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """Some of what a search found; ``last`` when it is over."""

    search: int
    found: tuple[Found, ...]
    last: bool = False


def _find_all(paths: list[Path], cancelled: Callable[[], bool]) -> Iterator[Found]:
    return find_audio(paths, True, cancelled)


class FileSearch:
    """Runs searches, each in a thread and with a number.

    Parameters
    ----------
    hand_over:
        Receives :class:`FoundFiles` objects in the searching thread.
    look_through:
        What to search with.
    """

    def __init__(
        self, hand_over: Callable[[FoundFiles], None], look_through: LookThrough = _find_all
    ) -> None:
        self._hand_over, self._look_through = hand_over, look_through
        self._searches = 0
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def search(self, paths: Iterable[Path]) -> int:
        """Start looking through files and folders; returns the search's number."""
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        if self._stopping.is_set():
            self._stopping = threading.Event()
        self._searches += 1
        arguments = (self._searches, list(paths), self._stopping)
        thread = threading.Thread(target=self._run, args=arguments, name="finder", daemon=True)
        self._threads.append(thread)
        thread.start()
        return self._searches

    def stop(self) -> None:
        """End all searches; each still hands over its last, empty handful."""
        self._stopping.set()

    def close(self) -> None:
        """Stop and wait."""
        self.stop()
        for thread in self._threads:
            thread.join()

    def _run(self, search: int, paths: list[Path], stopping: threading.Event) -> None:
        try:
            for handful in _handfuls(self._look_through(paths, stopping.is_set)):
                self._hand_over(FoundFiles(search, handful))
        except Cancelled:
            pass
        except OSError as error:
            self._hand_over(FoundFiles(search, (Unreadable(paths[0], problem_of(error)),)))
        self._hand_over(FoundFiles(search, (), last=True))


def _handfuls(found: Iterable[Found]) -> Iterator[tuple[Found, ...]]:
    """The first find at once, so that the person sees something; the rest as it comes."""
    pending: list[Found] = []
    since = 0.0
    for item in found:
        pending.append(item)
        if len(pending) >= HANDFUL or time.monotonic() - since >= EVERY_S:
            yield tuple(pending)
            pending, since = [], time.monotonic()
    if pending:
        yield tuple(pending)
