from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from genre_desktop.app.analysis.file_search import CHUNK, FileSearch, FoundFiles, _find_all
from genre_desktop.audio.file_discovery import Found, Unreadable
from genre_desktop.core.errors import Cancelled


def collect(iter_files: Callable[..., Iterator[Found]], *paths: Path) -> list[FoundFiles]:
    reported: queue.SimpleQueue[FoundFiles] = queue.SimpleQueue()
    search = FileSearch(reported.put, iter_files)
    search.search(paths)
    chunks = [reported.get(timeout=60)]
    while not chunks[-1].last:
        search.taken(chunks[-1])
        chunks.append(reported.get(timeout=60))
    search.close()
    return chunks


def test_everything_found_is_reported_once_and_in_order() -> None:
    files = [Path(f"/m/{number}.mp3") for number in range(1000)]
    chunks = collect(lambda paths, stopping: iter(files), Path("/m"))
    assert [file for chunk in chunks for file in chunk.found] == files
    assert max(len(chunk.found) for chunk in chunks) <= CHUNK


def test_the_first_find_is_reported_at_once() -> None:
    go_on = threading.Event()

    def iter_files(paths: list[Path], stopping: Callable[[], bool]) -> Iterator[Path]:
        yield Path("/m/first.mp3")
        assert go_on.wait(60)
        yield Path("/m/second.mp3")

    reported: queue.SimpleQueue[FoundFiles] = queue.SimpleQueue()
    search = FileSearch(reported.put, iter_files)
    search.search([Path("/m")])
    assert reported.get(timeout=60).found == (Path("/m/first.mp3"),)
    go_on.set()
    search.close()


def test_the_next_chunk_waits_until_the_last_one_is_taken() -> None:
    reported: queue.SimpleQueue[FoundFiles] = queue.SimpleQueue()
    search = FileSearch(reported.put, lambda paths, stopping: (Path(f"/m/{n}.mp3") for n in range(1000)))
    search.search([Path("/m")])
    first = reported.get(timeout=60)
    with pytest.raises(queue.Empty):
        reported.get(timeout=0.3)
    search.taken(first)
    assert len(reported.get(timeout=60).found) == CHUNK
    search.close()


def test_searches_have_numbers_of_their_own() -> None:
    reported: queue.SimpleQueue[FoundFiles] = queue.SimpleQueue()
    search = FileSearch(reported.put, lambda paths, stopping: paths)
    numbers = {search.search([Path("/a")]), search.search([Path("/b")])}
    search.close()
    chunks = [reported.get(timeout=60) for _ in range(4)]
    assert {chunk.search for chunk in chunks} == numbers


def test_a_search_that_is_stopped_still_reports_its_end() -> None:
    def iter_files(paths: list[Path], stopping: Callable[[], bool]) -> Iterator[Path]:
        while not stopping():
            yield Path("/m/again.mp3")
        raise Cancelled

    reported: queue.SimpleQueue[FoundFiles] = queue.SimpleQueue()
    search = FileSearch(reported.put, iter_files)
    search.search([Path("/m")])
    search.stop()
    while not reported.get(timeout=60).last:
        pass
    search.search([])  # a new search is not stopped by the old word
    search.close()


def test_a_disk_that_goes_away_is_a_row_not_a_silence() -> None:
    def iter_files(paths: list[Path], stopping: Callable[[], bool]) -> Iterator[Path]:
        yield Path("/m/a.mp3")
        raise OSError("Input/output error")

    chunks = collect(iter_files, Path("/m"))
    (unreadable,) = [item for chunk in chunks for item in chunk.found if isinstance(item, Unreadable)]
    assert unreadable.path == Path("/m")
    assert "Input/output error" in unreadable.problem.reason


def test_folders_are_searched_with_what_lies_below_them(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    for name in ("a.mp3", "below/b.mp3", "words.txt"):
        (tmp_path / name).touch()
    found = [item for chunk in collect(_find_all, tmp_path) for item in chunk.found]
    assert found == [tmp_path / "a.mp3", tmp_path / "below" / "b.mp3"]
