"""Search for the files of a batch in a thread of its own, which waits while the batch has enough of them."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from genre_desktop.audio.file_discovery import EarlierPaths, Found, Unreadable, find_audio
from genre_desktop.core.errors import Cancelled, Problem, problem_of
from genre_desktop.core.store.batch_checkpoints import BatchRequest

CHUNK = 256
"""Most files that the search hands over at a time."""

CHUNKS_AHEAD = 4
"""Chunks that are handed over before the first of them was taken."""

_HAND_OVER_S = 0.1
"""Most seconds that found files wait for others."""

Chunk = Sequence[tuple[Found, bool]]
"""Found files; of each, whether an earlier run finished it."""

Finished = Callable[[Sequence[str]], frozenset[str]]
"""Returns those of some files that an earlier run finished; called in the thread of the search."""


class BatchSearch:
    """A search of the requested files.

    Parameters
    ----------
    on_found, on_end:
        Called in the thread of the search; ``on_end`` once, after the last chunk, with what went wrong, if anything.
        Answer each chunk with :meth:`taken` when there is room for another one.
    """

    def __init__(
        self,
        request: BatchRequest,
        finished: Finished,
        on_found: Callable[[Chunk], None],
        on_end: Callable[[Exception | None], None],
    ) -> None:
        self._request, self._finished, self._on_found, self._on_end = request, finished, on_found, on_end
        self._stopping = threading.Event()
        self._room = threading.Semaphore(CHUNKS_AHEAD)
        self._thread = threading.Thread(target=self._run, name="batch-search", daemon=True)

    def start(self) -> None:
        """Start searching."""
        self._thread.start()

    def taken(self) -> None:
        """Allow one more chunk."""
        self._room.release()

    def stop(self) -> None:
        """End the search and wait for its thread."""
        self._stopping.set()
        self._room.release(CHUNKS_AHEAD)
        self._thread.join()

    def _run(self) -> None:
        failure: Exception | None = None
        try:
            for chunk in self._chunks():
                self._hand_over(chunk)
        except Cancelled:
            pass
        except OSError as error:
            self._on_found([(Unreadable(Path(), problem_of(error)), False)])
        except Exception as error:  # raised where the batch runs
            failure = error
        self._on_end(failure)

    def _hand_over(self, chunk: Sequence[Found]) -> None:
        finished = self._finished([str(found) for found in chunk if not isinstance(found, Unreadable)])
        self._room.acquire()
        if self._stopping.is_set():
            raise Cancelled
        self._on_found([(found, str(found) in finished) for found in chunk])

    def _chunks(self) -> Iterator[list[Found]]:
        """Yield what is found, the first file at once."""
        chunk: list[Found] = []
        since = 0.0
        request = self._request
        for found in iter_requested_files(request.paths, request.recursive, self._stopping.is_set):
            chunk.append(found)
            if len(chunk) >= CHUNK or time.monotonic() - since >= _HAND_OVER_S:
                yield chunk
                chunk, since = [], time.monotonic()
        yield chunk


def iter_requested_files(
    paths: Iterable[str], recursive: bool, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[Found]:
    """Yield what :func:`find_audio` finds, each file once, and a problem for each path without any.

    Raises
    ------
    Cancelled
        ``cancelled()`` was true.
    """
    earlier = EarlierPaths(recursive)
    for path in map(Path, paths):
        empty = True
        for found in find_audio([path], recursive, cancelled):
            empty = False
            if not earlier.include(found):
                yield found
        if empty:
            yield Unreadable(path, _no_audio_problem(path, recursive))
        earlier.add(path)


def _no_audio_problem(folder: Path, recursive: bool) -> Problem:
    with os.scandir(folder) as entries:
        deeper = not recursive and any(entry.is_dir() for entry in entries)
    return Problem("no-audio-found/deeper" if deeper else "no-audio-found", folder=folder.name or str(folder))
