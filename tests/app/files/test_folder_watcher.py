"""Watched folders with a real session, a real store and real files; the workers' answers are made up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.analysis.session import AnalysisSession
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.app.files import folder_scanner
from genre_desktop.app.files.folder_watcher import FOLDERS, FolderWatcher
from genre_desktop.core.errors import Problem
from genre_desktop.core.paths import Home
from genre_desktop.core.store.batch_checkpoints import stamp
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.key_value import KeyValueStore as Memory
from genre_desktop.core.store.tag_history import TagWrites
from genre_desktop.core.store.watched_files import WatchedFiles
from genre_desktop.core.types import Analysis
from genre_desktop.jobs.operations import CONTENT_HASHES
from tests.fixtures.qt import PATIENCE_MS, Workers, answer


class Sitting:
    """One run of the program: session, stand-in workers, watch."""

    def __init__(self, home: Home, bot: QtBot) -> None:
        self.home, self.bot = home, bot
        self.client = WorkerClient()
        self.workers = Workers(self.client)
        self.session = AnalysisSession(self.client, home=home)
        self.rows: list[ResultRow] = []
        self.found: list[int] = []
        self.session.rows_added.connect(self.rows.extend)
        self.watch = FolderWatcher(home, self.session, self.client, interval_s=0.01)
        self.watch.found.connect(self.found.append)

    def until(self, condition: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    def answer(self, sound: str = "") -> None:
        """Answer what is asked, each file with a sound of its own."""
        for request in self.workers.asked():
            path = request.payload.path
            given = answer(path, clip_hash=sound or f"sound of {Path(path).name}")
            self.workers.say(request, Analysis(given, None))

    def names(self) -> list[str]:
        return [row.name for row in self.rows]

    def noted(self, path: Path) -> str:
        """With which sound a file is noted as seen to; a mark when it is not."""
        known = self.known(path.parent)
        return known.get(str(path), "not noted")

    def known(self, folder: Path) -> dict[str, str]:
        database = Database(self.home.store)
        found = WatchedFiles(database).under(str(folder))
        database.close()
        return {path: one.clip_hash for path, one in found.items()}

    def begin(self, folder: Path) -> None:
        """Watch a folder, and wait until what is in it was noted."""
        self.watch.set_folders([str(folder)])
        self.until(lambda: str(folder) in self.remembered())

    def remembered(self) -> list[str]:
        """Folders whose first contents were noted."""
        database = Database(self.home.store)
        found: list[str] = Memory(database).get(FOLDERS, [])
        database.close()
        return found

    def close(self) -> None:
        self.watch.close()
        self.session.close()
        self.client.close()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_scanner, "SETTLE_S", 0.02)
    monkeypatch.setattr(folder_scanner, "FULL_EVERY_S", 0.0)


@pytest.fixture
def sit(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[], Sitting]]:
    sittings: list[Sitting] = []

    def begin() -> Sitting:
        sittings.append(Sitting(Home(tmp_path / "home").create(), qtbot))
        return sittings[-1]

    yield begin
    for sitting in sittings:
        sitting.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "watched").mkdir()
    return tmp_path / "watched"


def put(path: Path, content: bytes = b"sound") -> Path:
    path.write_bytes(content)
    return path


Sit = Callable[[], Sitting]


def test_what_was_there_stays_unread_and_what_comes_is_read(sit: Sit, folder: Path) -> None:
    put(folder / "old.mp3")
    sitting = sit()
    sitting.begin(folder)
    opened: list[ResultRow] = []
    sitting.session.opened.connect(opened.append)
    new = put(folder / "new.mp3")
    sitting.until(sitting.workers.asked)
    assert sitting.names() == ["new.mp3"]
    assert sitting.found == [1]
    assert opened == []  # nobody's selection is taken away
    sitting.answer()
    sitting.until(lambda: sitting.noted(new) == "sound of new.mp3")


def test_nothing_is_read_twice_also_after_a_restart(sit: Sit, folder: Path) -> None:
    sitting = sit()
    sitting.begin(folder)
    put(folder / "one.mp3")
    sitting.until(sitting.workers.asked)
    sitting.answer()
    sitting.until(lambda: sitting.noted(folder / "one.mp3") != "not noted")
    sitting.close()
    put(folder / "while it was closed.mp3", b"other")
    again = sit()
    again.watch.set_folders([str(folder)])
    again.until(again.workers.asked)
    assert again.names() == ["while it was closed.mp3"]


def test_what_was_not_read_to_its_end_is_read_next_time(sit: Sit, folder: Path) -> None:
    sitting = sit()
    sitting.begin(folder)
    put(folder / "one.mp3")
    sitting.until(sitting.workers.asked)
    sitting.close()  # as by a crash: no answer came
    again = sit()
    again.watch.set_folders([str(folder)])
    again.until(again.workers.asked)
    assert again.names() == ["one.mp3"]


def test_a_bad_file_is_told_once_and_a_bad_moment_is_tried_again(sit: Sit, folder: Path) -> None:
    sitting = sit()
    sitting.begin(folder)
    bad, unlucky = put(folder / "bad.mp3"), put(folder / "unlucky.mp3", b"other")
    sitting.until(lambda: len(sitting.workers.asked()) == 2)
    for request in sitting.workers.asked():
        code = "not-audio" if Path(request.payload.path) == bad else "worker-died"
        sitting.workers.fail(request, Problem(f"{code}/made-up", title="title", reason="reason", hint="hint"))
    sitting.until(lambda: sitting.noted(bad) == "")
    assert sitting.noted(unlucky) == "not noted"


def test_other_tags_are_no_other_song_but_another_sound_is(sit: Sit, folder: Path) -> None:
    sitting = sit()
    sitting.begin(folder)
    song = put(folder / "song.mp3")
    sitting.until(sitting.workers.asked)
    sitting.answer("its sound")
    sitting.until(lambda: sitting.noted(song) == "its sound")
    put(song, b"sound and tags")
    sitting.until(lambda: sitting.workers.asked(CONTENT_HASHES))
    sitting.workers.say(sitting.workers.asked(CONTENT_HASHES)[0], ["its sound"])
    put(folder / "marker.mp3", b"so that looks have passed")
    sitting.until(sitting.workers.asked)
    assert [Path(r.payload.path).name for r in sitting.workers.asked()] == ["marker.mp3"]
    sitting.answer()
    put(song, b"another song altogether")
    sitting.until(lambda: sitting.workers.asked(CONTENT_HASHES))
    sitting.workers.say(sitting.workers.asked(CONTENT_HASHES)[0], ["another sound"])
    sitting.until(sitting.workers.asked)
    assert [Path(r.payload.path).name for r in sitting.workers.asked()] == ["song.mp3"]
    sitting.answer("another sound")
    sitting.until(lambda: sitting.noted(song) == "another sound")
    assert sitting.names() == ["song.mp3", "marker.mp3"]  # one row for each file


def test_tags_that_this_program_wrote_are_not_even_compared(sit: Sit, folder: Path) -> None:
    sitting = sit()
    song = put(folder / "song.mp3")
    sitting.begin(folder)
    database = Database(sitting.home.store)
    writes = TagWrites(database)
    put(folder / "new content", b"with a genre").replace(song)
    writes.done(writes.add(1, str(song), (), True, ("Rock",)), stamp(song))
    before = WatchedFiles(database).under(str(folder))[str(song)].stamp
    sitting.until(lambda: WatchedFiles(database).under(str(folder))[str(song)].stamp != before)
    database.close()
    assert sitting.workers.open == {}


def test_what_the_person_opened_first_is_not_read_again(sit: Sit, folder: Path) -> None:
    sitting = sit()
    sitting.begin(folder)
    song = put(folder / "song.mp3")
    sitting.session.open_paths([song])
    sitting.until(sitting.workers.asked)
    sitting.answer()
    sitting.until(lambda: sitting.noted(song) == "sound of song.mp3")
    assert sitting.rows[0].state is State.DONE
    assert sitting.workers.open == {}


def test_a_folder_that_vanishes_is_told_and_so_is_its_return(sit: Sit, folder: Path, tmp_path: Path) -> None:
    sitting = sit()
    sitting.begin(folder)
    with sitting.bot.waitSignal(sitting.watch.vanished, timeout=PATIENCE_MS) as lost:
        away = folder.rename(tmp_path / "unplugged")
    assert lost.args == [str(folder)]
    put(away / "new.mp3")
    with sitting.bot.waitSignal(sitting.watch.returned, timeout=PATIENCE_MS):
        away.rename(folder)
    sitting.until(sitting.workers.asked)
    assert sitting.names() == ["new.mp3"]


def test_of_a_folder_no_longer_watched_nothing_is_kept(sit: Sit, folder: Path) -> None:
    put(folder / "old.mp3")
    sitting = sit()
    sitting.begin(folder)
    sitting.watch.set_folders([])
    sitting.until(lambda: sitting.known(folder) == {})


def test_a_store_that_cannot_be_opened_is_told(sit: Sit, folder: Path) -> None:
    sitting = sit()
    sitting.home.store.unlink(missing_ok=True)
    for rest in sitting.home.root.glob("genre_desktop.db-*"):
        rest.unlink()
    sitting.home.store.write_bytes(b"this is no database " * 100)
    with sitting.bot.waitSignal(sitting.watch.failed, timeout=PATIENCE_MS) as told:
        sitting.watch.set_folders([str(folder)])
    assert told.args[0].code == "store-unreadable"
