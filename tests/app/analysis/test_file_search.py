from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from genre_desktop.app.analysis.checkpoints import FoundFile
from genre_desktop.app.analysis.file_search import HANDFUL, FileSearch, FoundFiles
from genre_desktop.audio.file_discovery import Unreadable
from genre_desktop.core.errors import Cancelled


def collect(look_through: Callable[..., Iterator[FoundFile | Unreadable]], *paths: Path) -> list[FoundFiles]:
    handed: queue.SimpleQueue[FoundFiles] = queue.SimpleQueue()
    finder = FileSearch(handed.put, look_through)
    finder.search(paths)
    handfuls = [handed.get(timeout=60)]
    while not handfuls[-1].last:
        handfuls.append(handed.get(timeout=60))
    finder.close()
    return handfuls


def test_everything_found_is_handed_over_once_and_in_order() -> None:
    sights = [FoundFile(Path(f"/m/{number}.mp3")) for number in range(1000)]
    handfuls = collect(lambda search, paths, stopping: iter(sights), Path("/m"))
    assert [sight for handful in handfuls for sight in handful.found] == sights
    assert max(len(handful.found) for handful in handfuls) <= HANDFUL


def test_the_first_find_is_handed_over_at_once() -> None:
    go_on = threading.Event()

    def look(search: int, paths: list[Path], stopping: Callable[[], bool]) -> Iterator[FoundFile]:
        yield FoundFile(Path("/m/first.mp3"))
        assert go_on.wait(60)
        yield FoundFile(Path("/m/second.mp3"))

    handed: queue.SimpleQueue[FoundFiles] = queue.SimpleQueue()
    finder = FileSearch(handed.put, look)
    finder.search([Path("/m")])
    assert handed.get(timeout=60).found == (FoundFile(Path("/m/first.mp3")),)
    go_on.set()
    finder.close()


def test_searches_are_told_apart() -> None:
    handed: queue.SimpleQueue[FoundFiles] = queue.SimpleQueue()
    finder = FileSearch(handed.put, lambda search, paths, stopping: map(FoundFile, paths))
    numbers = {finder.search([Path("/a")]), finder.search([Path("/b")])}
    finder.close()
    handfuls = [handed.get(timeout=60) for _ in range(4)]
    assert {handful.search for handful in handfuls} == numbers


def test_a_search_that_is_stopped_still_says_that_it_is_over() -> None:
    def look(search: int, paths: list[Path], stopping: Callable[[], bool]) -> Iterator[FoundFile]:
        while not stopping():
            yield FoundFile(Path("/m/again.mp3"))
        raise Cancelled

    handed: queue.SimpleQueue[FoundFiles] = queue.SimpleQueue()
    finder = FileSearch(handed.put, look)
    finder.search([Path("/m")])
    finder.stop()
    while not handed.get(timeout=60).last:
        pass
    finder.search([])  # a new search is not stopped by the old word
    finder.close()


def test_a_disk_that_goes_away_is_a_row_not_a_silence() -> None:
    def look(search: int, paths: list[Path], stopping: Callable[[], bool]) -> Iterator[FoundFile]:
        yield FoundFile(Path("/m/a.mp3"))
        raise OSError("Input/output error")

    handfuls = collect(look, Path("/m"))
    (unreadable,) = [item for handful in handfuls for item in handful.found if isinstance(item, Unreadable)]
    assert unreadable.path == Path("/m")
    assert "Input/output error" in unreadable.problem.reason
