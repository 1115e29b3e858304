"""Watched folders with a real session, a real store and real files; the workers are fakes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
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
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.tag_history import TagValues, TagWrites
from genre_desktop.core.store.watched_files import WatchedFiles
from genre_desktop.core.types import Analysis
from genre_desktop.jobs.operations import CONTENT_HASHES
from tests.fixtures.qt import PATIENCE_MS, Workers, answer


class Run:
    """One run of the program: session, fake workers, folder watcher."""

    def __init__(self, home: Home, bot: QtBot) -> None:
        self.home, self.bot = home, bot
        self.client = WorkerClient()
        self.workers = Workers(self.client)
        self.session = AnalysisSession(self.client, home=home)
        self.rows: list[ResultRow] = []
        self.found: list[int] = []
        self.session.rows_added.connect(self.rows.extend)
        self.watcher = FolderWatcher(home, self.session, self.client, interval_s=0.01)
        self.watcher.found.connect(self.found.append)

    def until(self, condition: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    def answer(self, sound: str = "") -> None:
        """Answer open requests, each file with a hash of its own."""
        for request in self.workers.asked():
            path = request.payload.path
            given = answer(path, clip_hash=sound or f"sound of {Path(path).name}")
            self.workers.say(request, Analysis(given, None))

    def names(self) -> list[str]:
        return [row.name for row in self.rows]

    def recorded(self, path: Path) -> str:
        """Return the recorded hash of a file, or a placeholder."""
        known = self.known(path.parent)
        return known.get(str(path), "not recorded")

    def known(self, folder: Path) -> dict[str, str]:
        database = Database(self.home.store)
        found = WatchedFiles(database).under(str(folder))
        database.close()
        return {path: one.clip_hash for path, one in found.items()}

    def begin(self, folder: Path) -> None:
        """Watch a folder, and wait until its contents are recorded."""
        self.watcher.set_folders([str(folder)])
        self.until(lambda: str(folder) in self.recorded_folders())

    def recorded_folders(self) -> list[str]:
        """Folders whose first contents are recorded."""
        database = Database(self.home.store)
        found: list[str] = KeyValueStore(database).get(FOLDERS, [])
        database.close()
        return found

    def close(self) -> None:
        self.watcher.close()
        self.session.close()
        self.client.close()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_scanner, "SETTLE_S", 0.02)
    monkeypatch.setattr(folder_scanner, "FULL_EVERY_S", 0.0)


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[], Run]]:
    runs: list[Run] = []

    def begin() -> Run:
        runs.append(Run(Home(tmp_path / "home").create(), qtbot))
        return runs[-1]

    yield begin
    for run in runs:
        run.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "watched").mkdir()
    return tmp_path / "watched"


def put(path: Path, content: bytes = b"sound") -> Path:
    path.write_bytes(content)
    return path


Start = Callable[[], Run]


def test_what_was_there_stays_unread_and_what_comes_is_read(start: Start, folder: Path) -> None:
    put(folder / "old.mp3")
    run = start()
    run.begin(folder)
    opened: list[ResultRow] = []
    run.session.opened.connect(opened.append)
    new = put(folder / "new.mp3")
    run.until(run.workers.asked)
    assert run.names() == ["new.mp3"]
    assert run.found == [1]
    assert opened == []  # the selection does not change
    run.answer()
    run.until(lambda: run.recorded(new) == "sound of new.mp3")


def test_nothing_is_read_twice_also_after_a_restart(start: Start, folder: Path) -> None:
    run = start()
    run.begin(folder)
    put(folder / "one.mp3")
    run.until(run.workers.asked)
    run.answer()
    run.until(lambda: run.recorded(folder / "one.mp3") != "not recorded")
    run.close()
    put(folder / "while it was closed.mp3", b"other")
    again = start()
    again.watcher.set_folders([str(folder)])
    again.until(again.workers.asked)
    assert again.names() == ["while it was closed.mp3"]


def test_what_was_not_read_to_its_end_is_read_next_time(start: Start, folder: Path) -> None:
    run = start()
    run.begin(folder)
    put(folder / "one.mp3")
    run.until(run.workers.asked)
    run.close()  # as by a crash: no answer came
    again = start()
    again.watcher.set_folders([str(folder)])
    again.until(again.workers.asked)
    assert again.names() == ["one.mp3"]


def test_a_bad_file_is_reported_once_and_a_bad_moment_is_tried_again(start: Start, folder: Path) -> None:
    run = start()
    run.begin(folder)
    bad, unlucky = put(folder / "bad.mp3"), put(folder / "unlucky.mp3", b"other")
    run.until(lambda: len(run.workers.asked()) == 2)
    for request in run.workers.asked():
        code = "not-audio" if Path(request.payload.path) == bad else "worker-died"
        run.workers.fail(request, Problem(f"{code}/made-up", title="title", reason="reason", hint="hint"))
    run.until(lambda: run.recorded(bad) == "")
    assert run.recorded(unlucky) == "not recorded"


def test_other_tags_are_no_other_song_but_another_sound_is(start: Start, folder: Path) -> None:
    run = start()
    run.begin(folder)
    song = put(folder / "song.mp3")
    run.until(run.workers.asked)
    run.answer("its sound")
    run.until(lambda: run.recorded(song) == "its sound")
    put(song, b"sound and tags")
    run.until(lambda: run.workers.asked(CONTENT_HASHES))
    run.workers.say(run.workers.asked(CONTENT_HASHES)[0], ["its sound"])
    put(folder / "marker.mp3", b"so that scans have passed")
    run.until(run.workers.asked)
    assert [Path(r.payload.path).name for r in run.workers.asked()] == ["marker.mp3"]
    run.answer()
    put(song, b"another song altogether")
    run.until(lambda: run.workers.asked(CONTENT_HASHES))
    run.workers.say(run.workers.asked(CONTENT_HASHES)[0], ["another sound"])
    run.until(run.workers.asked)
    assert [Path(r.payload.path).name for r in run.workers.asked()] == ["song.mp3"]
    run.answer("another sound")
    run.until(lambda: run.recorded(song) == "another sound")
    assert run.names() == ["song.mp3", "marker.mp3"]  # one row for each file


def test_tags_that_this_program_wrote_are_not_even_compared(start: Start, folder: Path) -> None:
    run = start()
    song = put(folder / "song.mp3")
    run.begin(folder)
    database = Database(run.home.store)
    writes = TagWrites(database)
    put(folder / "new content", b"with a genre").replace(song)
    writes.done(writes.add(1, str(song), TagValues(()), TagValues(("Rock",)), had_tags=True), stamp(song))
    before = WatchedFiles(database).under(str(folder))[str(song)].stamp
    run.until(lambda: WatchedFiles(database).under(str(folder))[str(song)].stamp != before)
    database.close()
    assert run.workers.open == {}


def test_what_the_user_opened_first_is_not_read_again(start: Start, folder: Path) -> None:
    run = start()
    run.begin(folder)
    song = put(folder / "song.mp3")
    run.session.open_paths([song])
    run.until(run.workers.asked)
    run.answer()
    run.until(lambda: run.recorded(song) == "sound of song.mp3")
    assert run.rows[0].state is State.DONE
    assert run.workers.open == {}


def test_a_folder_that_vanishes_is_reported_and_so_is_its_return(
    start: Start, folder: Path, tmp_path: Path
) -> None:
    run = start()
    run.begin(folder)
    with run.bot.waitSignal(run.watcher.vanished, timeout=PATIENCE_MS) as lost:
        away = folder.rename(tmp_path / "unplugged")
    assert lost.args == [str(folder)]
    put(away / "new.mp3")
    with run.bot.waitSignal(run.watcher.returned, timeout=PATIENCE_MS):
        away.rename(folder)
    run.until(run.workers.asked)
    assert run.names() == ["new.mp3"]


def test_records_of_a_folder_no_longer_watched_are_deleted(start: Start, folder: Path) -> None:
    put(folder / "old.mp3")
    run = start()
    run.begin(folder)
    run.watcher.set_folders([])
    run.until(lambda: run.known(folder) == {})


def test_a_store_that_cannot_be_opened_is_reported(start: Start, folder: Path) -> None:
    run = start()
    Database(run.home.store).close()
    with closing(sqlite3.connect(run.home.store)) as connection:
        connection.execute("PRAGMA user_version = 999")
    with run.bot.waitSignal(run.watcher.failed, timeout=PATIENCE_MS) as emitted:
        run.watcher.set_folders([str(folder)])
    assert emitted.args[0].code == "store-newer"
