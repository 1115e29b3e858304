from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from genre_desktop.app.analysis.file_search import HANDFUL, FileSearch, FoundFiles
from genre_desktop.audio.file_discovery import Found, Unreadable
from genre_desktop.core.errors import Cancelled


def collect(look_through: Callable[..., Iterator[Found]], *paths: Path) -> list[FoundFiles]:
    handed: queue.SimpleQueue[FoundFiles] = queue.SimpleQueue()
    finder = FileSearch(handed.put, look_through)
    finder.search(paths)
    handfuls = [handed.get(timeout=60)]
    while not handfuls[-1].last:
        handfuls.append(handed.get(timeout=60))
    finder.close()
    return handfuls


def test_everything_found_is_handed_over_once_and_in_order() -> None:
    files = [Path(f"/m/{number}.mp3") for number in range(1000)]
    handfuls = collect(lambda paths, stopping: iter(files), Path("/m"))
    assert [file for handful in handfuls for file in handful.found] == files
    assert max(len(handful.found) for handful in handfuls) <= HANDFUL


def test_the_first_find_is_handed_over_at_once() -> None:
    go_on = threading.Event()

    def look(paths: list[Path], stopping: Callable[[], bool]) -> Iterator[Path]:
        yield Path("/m/first.mp3")
        assert go_on.wait(60)
        yield Path("/m/second.mp3")

    handed: queue.SimpleQueue[FoundFiles] = queue.SimpleQueue()
    finder = FileSearch(handed.put, look)
    finder.search([Path("/m")])
    assert handed.get(timeout=60).found == (Path("/m/first.mp3"),)
    go_on.set()
    finder.close()


def test_searches_are_told_apart() -> None:
    handed: queue.SimpleQueue[FoundFiles] = queue.SimpleQueue()
    finder = FileSearch(handed.put, lambda paths, stopping: paths)
    numbers = {finder.search([Path("/a")]), finder.search([Path("/b")])}
    finder.close()
    handfuls = [handed.get(timeout=60) for _ in range(4)]
    assert {handful.search for handful in handfuls} == numbers


def test_a_search_that_is_stopped_still_says_that_it_is_over() -> None:
    def look(paths: list[Path], stopping: Callable[[], bool]) -> Iterator[Path]:
        while not stopping():
            yield Path("/m/again.mp3")
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
    def look(paths: list[Path], stopping: Callable[[], bool]) -> Iterator[Path]:
        yield Path("/m/a.mp3")
        raise OSError("Input/output error")

    handfuls = collect(look, Path("/m"))
    (unreadable,) = [item for handful in handfuls for item in handful.found if isinstance(item, Unreadable)]
    assert unreadable.path == Path("/m")
    assert "Input/output error" in unreadable.problem.reason


def test_folders_are_searched_with_what_lies_below_them(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    for name in ("a.mp3", "below/b.mp3", "words.txt"):
        (tmp_path / name).touch()
    handed: queue.SimpleQueue[FoundFiles] = queue.SimpleQueue()
    finder = FileSearch(handed.put)
    finder.search([tmp_path])
    finder.close()
    found = [item for _ in range(handed.qsize()) for item in handed.get().found]
    assert found == [tmp_path / "a.mp3", tmp_path / "below" / "b.mp3"]
