from __future__ import annotations

import os
import threading
from pathlib import Path
from queue import SimpleQueue

import pytest

from genre_desktop.audio.file_discovery import Unreadable
from genre_desktop.core.store.batch_checkpoints import BatchRequest
from genre_desktop.jobs.batch.search import CHUNK, CHUNKS_AHEAD, BatchSearch, Chunk, iter_requested_files


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    for n in range(40):
        path = folder / f"{n % 4}" / f"{n:03}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return folder


def names(*paths: Path, recursive: bool = False) -> list[str]:
    found = iter_requested_files(map(str, paths), recursive)
    return [item.path.name if isinstance(item, Unreadable) else item.name for item in found]


def test_a_folder_given_twice_is_read_once(music: Path) -> None:
    assert len(names(music / "1", music / "1" / "001.wav", music / "1")) == 10


def test_what_lies_below_an_earlier_path_comes_once(music: Path) -> None:
    assert sorted(names(music, music / "1", recursive=True)) == sorted(f"{n:03}.wav" for n in range(40))
    assert len(names(music / "1", music, recursive=True)) == 40
    assert names(music / "1" / "005.wav", music, recursive=True).count("005.wav") == 1
    assert names(music / "1", music / "1" / "missing.wav", recursive=True)[-1] == "missing.wav"


def test_what_an_earlier_path_leaves_out_comes(music: Path) -> None:
    (music / "1" / "notes.txt").touch()
    (music / ".old").mkdir()
    (music / ".old" / "x.wav").touch()
    assert names(music, music / ".old", music / "1" / "notes.txt", recursive=True)[40:] == [
        "x.wav",
        "notes.txt",
    ]
    assert names(music / "1", music / "1" / ".." / "2") == [
        f"{n:03}.wav" for k in (1, 2) for n in range(k, 40, 4)
    ]
    (music / "top.wav").touch()
    assert len(names(music, music / "1")) == 11


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads every folder")
def test_an_unreadable_folder_comes_once(music: Path) -> None:
    (music / "1").chmod(0)
    try:
        assert names(music, music / "1", recursive=True).count("1") == 1
    finally:
        (music / "1").chmod(0o700)


def test_an_empty_folder_says_how_to_search_deeper(music: Path) -> None:
    (only,) = iter_requested_files([str(music)], recursive=False)
    assert isinstance(only, Unreadable)
    assert "--recursive" in only.problem.hint
    assert len(names(music, recursive=True)) == 40


class Listener:
    """Receives what a search finds."""

    def __init__(self) -> None:
        self.chunks: SimpleQueue[Chunk | None] = SimpleQueue()
        self.failure: Exception | None = None

    def end(self, failure: Exception | None) -> None:
        self.failure = failure
        self.chunks.put(None)


def test_the_search_waits_for_room(tmp_path: Path) -> None:
    for n in range(CHUNK * (CHUNKS_AHEAD + 3)):
        (tmp_path / f"{n:05}.wav").touch()
    listener = Listener()
    asked: list[int] = []
    waiting = threading.Event()

    def finished(paths: list[str]) -> frozenset[str]:
        asked.append(len(paths))
        if len(asked) == CHUNKS_AHEAD + 1:
            waiting.set()  # it has the next chunk and no room for it
        return frozenset(paths[:1])

    search = BatchSearch(BatchRequest((str(tmp_path),)), finished, listener.chunks.put, listener.end)  # type: ignore[arg-type]
    search.start()
    assert waiting.wait(60)
    assert listener.chunks.qsize() <= CHUNKS_AHEAD
    search.taken()
    found: list[Chunk] = []
    while (chunk := listener.chunks.get(timeout=60)) is not None:
        found.append(chunk)
        search.taken()
    search.stop()
    assert len(found[0]) == 1
    assert [known for _, known in found[1]][:2] == [True, False]
    paths = [str(item) for chunk in found for item, _ in chunk]
    assert paths == sorted(map(str, tmp_path.iterdir()))


def test_a_stopped_search_ends_while_it_waits(tmp_path: Path) -> None:
    for n in range(CHUNK * (CHUNKS_AHEAD + 3)):
        (tmp_path / f"{n:05}.wav").touch()
    listener = Listener()
    request = BatchRequest((str(tmp_path),))
    search = BatchSearch(request, lambda paths: frozenset(), listener.chunks.put, listener.end)
    search.start()
    for _ in range(CHUNKS_AHEAD):
        assert listener.chunks.get(timeout=60) is not None
    search.stop()
    assert listener.chunks.get(timeout=60) is None
    assert listener.failure is None


def test_an_unexpected_error_is_reported(music: Path) -> None:
    listener = Listener()

    def broken(paths: object) -> frozenset[str]:
        raise ValueError("the store is broken")

    search = BatchSearch(BatchRequest((str(music / "1"),)), broken, listener.chunks.put, listener.end)
    search.start()
    assert listener.chunks.get(timeout=60) is None
    assert isinstance(listener.failure, ValueError)
    search.stop()
