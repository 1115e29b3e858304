from __future__ import annotations

import queue
from pathlib import Path

import pytest

from genre_desktop.app.analysis.checkpoints import CheckpointWriter, FoundFile
from genre_desktop.audio.file_discovery import Unreadable
from genre_desktop.core.paths import Home
from genre_desktop.core.store.batch_checkpoints import InterruptedBatch
from genre_desktop.core.types import Analysis
from tests.fixtures.qt import answer


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    for name in ("a.mp3", "b.mp3"):
        (folder / name).write_bytes(b"sound")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


def sights(keeper: CheckpointWriter, search: int, *paths: Path) -> list[FoundFile]:
    found = list(keeper.iter_files(search, list(paths), lambda: False))
    assert not any(isinstance(item, Unreadable) for item in found)
    return found  # type: ignore[return-value]


def sitting(home: Home) -> CheckpointWriter:
    return CheckpointWriter(home, lambda: "song")


def test_a_folder_goes_on_where_it_was_left(home: Home, music: Path) -> None:
    keeper = sitting(home)
    first, second = sights(keeper, 1, music)
    assert (first.kept, second.kept) == (None, None)
    keeper.add(1, first.path, first.mark, Analysis(answer(first.path, "jazz")))
    keeper.stop()

    keeper = sitting(home)
    first, second = sights(keeper, 1, music)
    assert first.kept is not None
    assert (first.kept.answer.genre, second.kept) == ("jazz", None)
    keeper.stop()


def test_a_file_that_changed_is_read_again(home: Home, music: Path) -> None:
    keeper = sitting(home)
    first, _ = sights(keeper, 1, music)
    keeper.add(1, first.path, first.mark, Analysis(answer(first.path)))
    keeper.stop()
    first.path.write_bytes(b"another, longer sound")
    keeper = sitting(home)
    assert sights(keeper, 1, music)[0].kept is None
    keeper.stop()


def test_a_finished_folder_is_forgotten(home: Home, music: Path) -> None:
    keeper = sitting(home)
    for sight in sights(keeper, 1, music):
        keeper.add(1, sight.path, sight.mark, Analysis(answer(sight.path)))
    keeper.close(1, finished=True)
    keeper.stop()
    keeper = sitting(home)
    assert [sight.kept for sight in sights(keeper, 1, music)] == [None, None]
    keeper.stop()


def test_what_was_interrupted_is_told(home: Home, music: Path) -> None:
    keeper = sitting(home)
    first, _ = sights(keeper, 1, music)
    keeper.add(1, first.path, first.mark, Analysis(answer(first.path)))
    keeper.stop()
    keeper = sitting(home)
    told: queue.SimpleQueue[list[InterruptedBatch]] = queue.SimpleQueue()
    keeper.interrupted(told.put)
    (batch,) = told.get(timeout=60)
    assert (batch.request.paths, batch.done) == ((str(music),), 1)
    keeper.stop()


def test_single_files_are_not_kept(home: Home, music: Path) -> None:
    keeper = sitting(home)
    (sight,) = sights(keeper, 1, music / "a.mp3")
    assert sight.mark == ""
    keeper.add(1, sight.path, sight.mark, Analysis(answer(sight.path)))
    told: queue.SimpleQueue[list[InterruptedBatch]] = queue.SimpleQueue()
    keeper.interrupted(told.put)
    assert told.get(timeout=60) == []
    keeper.stop()


def test_without_a_home_nothing_is_kept(music: Path) -> None:
    keeper = CheckpointWriter(None, lambda: "song")
    assert [sight.kept for sight in sights(keeper, 1, music)] == [None, None]
    keeper.interrupted(lambda batches: pytest.fail("nobody keeps anything"))
    keeper.close(1, finished=True)
    keeper.stop()


def test_a_store_that_cannot_be_opened_does_not_stop_the_reading(
    home: Home, music: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home.store.write_bytes(b"this is no database, whatever its name says" * 100)
    keeper = sitting(home)
    assert len(sights(keeper, 1, music)) == 2
    keeper.stop()
    assert "cannot be kept" in caplog.text
