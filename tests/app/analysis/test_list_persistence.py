"""The list over several sessions, each with a session and a store of its own; only the workers are fakes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis import list_persistence
from genre_desktop.app.analysis.list_persistence import FIRST_PAGE, PAGE
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.analysis.session import AnalysisSession
from genre_desktop.app.analysis.stored_row import StoredRow
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.core.errors import Cancelled
from genre_desktop.core.paths import Home
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.results_list import ResultsListStore, StoredResult, pack
from genre_desktop.core.types import Analysis, SongTags
from tests.fixtures.qt import PATIENCE_MS, Workers, answer
from tests.fixtures.small_disk import fill


class Run:
    """A session that remembers, from its start to its end."""

    def __init__(self, home: Home, bot: QtBot, enabled: Callable[[], bool], *, restore: bool = True) -> None:
        self.bot, self.client = bot, WorkerClient()
        self.workers = Workers(self.client)
        self.session = AnalysisSession(self.client, home=home, remembers=enabled)
        self.pages: list[list[ResultRow]] = []
        self.session.rows_added.connect(self.pages.append)
        if restore:
            with bot.waitSignal(self.session.restored, timeout=PATIENCE_MS):
                self.session.restore()

    @property
    def rows(self) -> list[ResultRow]:
        return sorted(self.session._index.rows, key=lambda row: row.key)

    @property
    def names(self) -> list[str]:
        return [row.name for row in self.rows]

    def open(self, *names: str, genre: str = "rock", **changes: Any) -> list[ResultRow]:
        """Open files and answer them all; ``changes`` are fields of their answers."""
        before = len(self.rows)
        self.session.open_paths([Path("/music") / name for name in names])
        self.until(lambda: len(self.workers.asked()) == len(names))
        for request in self.workers.asked():
            path = request.payload.path
            self.workers.say(request, Analysis(answer(path, genre, clip_hash=f"hash of {path}", **changes)))
        self.until(lambda: not self.session.busy)
        return self.rows[before:]

    def until(self, condition: Callable[[], bool]) -> None:
        self.bot.waitUntil(condition, timeout=PATIENCE_MS)

    def close(self) -> None:
        self.session.close()
        self.client.close()


class Runs:
    """One home; every run starts when the one before is over."""

    def __init__(self, home: Home, bot: QtBot) -> None:
        self.home, self._bot = home, bot
        self.enabled = True
        self._run: Run | None = None

    def start(self) -> Run:
        self.end()
        self._run = Run(self.home, self._bot, lambda: self.enabled)
        return self._run

    def end(self) -> None:
        if self._run is not None:
            self._run.close()
            self._run = None


@pytest.fixture
def runs(home: Home, qtbot: QtBot) -> Iterable[Runs]:
    runs = Runs(home, qtbot)
    yield runs
    runs.end()


def stored(home: Home) -> list[str]:
    """The names in the store, in their order."""
    db = Database(home.store)
    names = [Path(row.path).name for row in ResultsListStore(db).page(0, 100)]
    db.close()
    return names


def test_answers_are_restored_in_their_order(runs: Runs) -> None:
    first = runs.start()
    first.open("b.mp3", "a.mp3", genre="jazz")
    (third,) = first.open("c.mp3")
    stored_answer = third.answer
    again = runs.start()
    assert again.names == ["b.mp3", "a.mp3", "c.mp3"]
    assert [row.genre for row in again.rows] == ["jazz", "jazz", "rock"]
    assert {row.state for row in again.rows} == {State.DONE}
    assert again.rows[2].answer == stored_answer
    assert not again.workers.open
    again.open("d.mp3")
    assert runs.start().names == ["b.mp3", "a.mp3", "c.mp3", "d.mp3"]


def test_tempo_key_and_the_tags_of_the_file_are_restored(runs: Runs) -> None:
    first = runs.start()
    song = SongTags("Title", "Artist", "Album", "Jazz")
    (row,) = first.open("a.mp3", bpm=97.3, key="B♭ major", song=song)
    assert row.song == song
    first.session.set_file_genres({Path("/music/a.mp3"): "Rock", Path("/music/gone.mp3"): "Rock"})
    written = replace(song, genre="Rock")
    assert row.song == written
    (again,) = runs.start().rows
    assert isinstance(again, StoredRow)
    assert (again.bpm, again.music_key, again.song) == (97.3, "B♭ major", written)
    assert again.answer is not None
    assert again.answer.song == written


def test_a_file_added_unread_is_offered_at_the_next_start(runs: Runs) -> None:
    first = runs.start()
    first.open("a.mp3")
    for name in ("a.mp3", "take.flac"):
        first.session.add_unread(Path("/music") / name)
    again = runs.start()
    assert [(row.name, row.state) for row in again.rows] == [
        ("a.mp3", State.DONE),
        ("take.flac", State.INTERRUPTED),
    ]
    assert [row.name for row in again.session.unread] == ["take.flac"]


def test_it_is_written_while_the_window_is_open(runs: Runs) -> None:
    """This session is not closed before its list is read, as when the program is killed."""
    run = runs.start()
    run.open("a.mp3")
    run.until(lambda: stored(runs.home) == ["a.mp3"])
    run.session.remove(run.rows)
    run.until(lambda: stored(runs.home) == [])


def test_an_answer_that_is_written_is_kept_by_the_store_alone(runs: Runs) -> None:
    run = runs.start()
    database = Database(runs.home.store)
    whole = answer("/music/a.mp3", "jazz", clip_hash="h")
    number = PredictionLog(database).add(whole, "batch")
    database.close()
    run.session.open_paths([Path("/music/a.mp3"), Path("/music/b.mp3")])
    run.until(lambda: len(run.workers.asked()) == 2)
    first, second = run.workers.asked()
    run.workers.say(first, Analysis(whole, prediction_id=number))
    run.workers.say(second, Analysis(answer("/music/b.mp3")))
    run.until(lambda: run.rows[0].is_stored)
    a, b = run.rows
    assert a.unread
    assert (a.genre, a.clip_hash, a.runner_up, a.tags) == ("jazz", "h", whole.top[1].genre, whole.tags)
    assert a.unread  # that is all that the list shows
    assert a.answer is not None
    assert (a.answer.segments, a.answer.probabilities) == (whole.segments, whole.probabilities)
    assert not b.is_stored  # it is nowhere else
    run.session.reanalyse([a])
    run.workers.say(run.workers.asked()[0], Analysis(answer("/music/a.mp3", "rock")))
    run.until(lambda: a.state is State.DONE)
    assert (a.genre, a.is_stored) == ("rock", False)


def test_removed_rows_stay_removed_and_reinserted_rows_keep_their_place(runs: Runs) -> None:
    run = runs.start()
    a, b, c = run.open("a.mp3", "b.mp3", "c.mp3")
    run.session.remove([a, b])
    assert runs.start().names == ["c.mp3"]
    run = runs.start()
    (c,) = run.rows
    (d,) = run.open("d.mp3")
    run.session.remove([c, d])
    run.session.reinsert([c])
    assert runs.start().names == ["c.mp3"]
    assert isinstance(runs.start().rows[0], StoredRow)


def test_a_file_that_could_not_be_read_is_restored_with_its_problem(runs: Runs) -> None:
    run = runs.start()
    run.session.open_paths([Path("/music/a.mp3")])
    run.until(lambda: len(run.workers.asked()) == 1)
    run.workers.fail(run.workers.asked()[0])
    run.until(lambda: not run.session.busy)
    problem = run.rows[0].problem
    again = runs.start()
    assert (again.rows[0].state, again.rows[0].problem) == (State.FAILED, problem)
    again.session.reanalyse(again.rows)
    again.workers.answer_all("pop")
    again.until(lambda: again.rows[0].genre == "pop")
    assert [row.genre for row in runs.start().rows] == ["pop"]


def test_what_waited_is_unread_and_read_when_it_is_opened_again(runs: Runs) -> None:
    run = runs.start()
    run.session.open_paths([Path("/music/a.mp3"), Path("/music/b.mp3")])
    run.until(lambda: len(run.workers.asked()) == 2)
    assert [row.state for row in run.rows] == [State.WORKING, State.WAITING]
    again = runs.start()
    assert [row.state for row in again.rows] == [State.INTERRUPTED] * 2
    assert again.session.unread == again.rows
    with again.bot.waitSignal(again.session.interrupted, timeout=PATIENCE_MS) as emitted:
        again.session.look_for_interrupted()
    assert emitted.args == [[]]
    again.session.open_paths([again.rows[1].path])
    again.until(lambda: len(again.workers.asked()) == 1)
    again.workers.answer_all("pop")
    again.until(lambda: [row.genre for row in again.rows] == ["", "pop"])
    assert again.session.unread == [again.rows[0]]


def test_a_folder_that_was_not_searched_to_its_end_is_offered_until_it_is_opened(
    runs: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, gate = tmp_path / "music", threading.Event()
    folder.mkdir()
    for name in ("a.mp3", "b.mp3"):
        (folder / name).touch()

    def slow(paths: list[Path], stopping: Callable[[], bool]) -> Iterable[Path]:
        yield folder / "a.mp3"
        while not gate.wait(0.01):
            if stopping():
                raise Cancelled

    run = runs.start()
    monkeypatch.setattr(run.session._search, "_iter_files", slow)
    run.session.open_paths([folder])
    run.until(lambda: stored(runs.home) == ["a.mp3"])  # and now the program is killed, or closed
    for _ in range(2):
        run = runs.start()
        with run.bot.waitSignal(run.session.interrupted) as emitted:
            run.session.look_for_interrupted()
        assert emitted.args == [[folder]]
    run.session.open_paths([*(row.path for row in run.session.unread), folder])
    run.until(lambda: len(run.workers.asked()) == 2)
    run.workers.answer_all()
    run.until(lambda: not run.session.busy)
    again = runs.start()
    assert again.names == ["a.mp3", "b.mp3"]
    with again.bot.assertNotEmitted(again.session.interrupted):
        again.session.look_for_interrupted()


def test_a_search_that_was_cancelled_is_not_offered(runs: Runs, tmp_path: Path) -> None:
    run = runs.start()
    run.session.open_paths([tmp_path])
    run.session.cancel()
    again = runs.start()
    with again.bot.assertNotEmitted(again.session.interrupted):
        again.session.look_for_interrupted()


def test_what_was_cancelled_is_not_offered(runs: Runs) -> None:
    run = runs.start()
    run.session.open_paths([Path("/music/a.mp3")])
    run.until(lambda: len(run.workers.asked()) == 1)
    run.session.cancel()
    again = runs.start()
    assert [row.state for row in again.rows] == [State.CANCELLED]
    assert again.session.unread == []


def test_reading_again_that_was_interrupted_leaves_the_answer(runs: Runs) -> None:
    runs.start().open("a.mp3", genre="jazz")
    run = runs.start()
    run.session.reanalyse(run.rows)
    run.until(lambda: len(run.workers.asked()) == 1)
    again = runs.start()
    assert (again.rows[0].state, again.rows[0].genre) == (State.DONE, "jazz")


def test_a_new_answer_replaces_the_old(runs: Runs) -> None:
    runs.start().open("a.mp3", "b.mp3", genre="jazz")
    run = runs.start()
    run.session.reanalyse(run.rows[:1])
    run.until(lambda: len(run.workers.asked()) == 1)
    run.workers.answer_all("pop")
    run.until(lambda: not run.session.busy)
    assert [row.genre for row in run.rows] == ["pop", "jazz"]
    again = runs.start()
    assert [(row.name, row.genre) for row in again.rows] == [("a.mp3", "pop"), ("b.mp3", "jazz")]


def test_a_correction_is_loaded_with_the_list(runs: Runs, db: Database) -> None:
    (row,) = runs.start().open("a.mp3", genre="jazz")
    assert row.answer is not None
    Corrections(db).add(PredictionLog(db).add(row.answer, "file"), "blues")
    (again,) = runs.start().rows
    assert (again.label, again.genre, again.corrected) == ("blues", "blues", True)


def test_a_file_that_is_listed_is_shown_and_not_read_even_while_the_list_is_loading(runs: Runs) -> None:
    runs.start().open("a.mp3", "b.mp3")
    runs.end()
    client = WorkerClient()
    workers = Workers(client)
    session = AnalysisSession(client, home=runs.home, remembers=lambda: True)
    shown: list[ResultRow] = []
    session.opened.connect(shown.append)
    session.restore()
    session.open_paths([Path("/music/b.mp3"), Path("/music/new.mp3")])
    assert session.restoring
    runs._bot.waitUntil(lambda: len(workers.asked()) == 1, timeout=PATIENCE_MS)
    assert workers.asked()[0].payload.path == str(Path("/music/new.mp3"))
    assert [row.name for row in shown] == ["b.mp3"]
    rows = sorted(session._index.rows, key=lambda row: row.key)
    assert [row.name for row in rows] == ["a.mp3", "b.mp3", "new.mp3"]
    session.close()
    client.close()


def test_other_files_are_read_while_a_long_list_is_loading(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs.start().open("a.mp3", "b.mp3", "c.mp3")
    runs.end()
    monkeypatch.setattr(list_persistence, "PAGE", 1)
    gate, read = threading.Event(), ResultsListStore.page

    def page(self: ResultsListStore, after: int, n: int) -> list[StoredResult]:
        if after:
            assert gate.wait(60)
        return read(self, after, n)

    monkeypatch.setattr(ResultsListStore, "page", page)
    session = (run := Run(runs.home, runs._bot, lambda: True, restore=False)).session
    try:
        session.restore()
        for names in (["new.mp3"], ["c.mp3", "newer.mp3"]):
            session.open_paths([Path("/music") / name for name in names])
        run.until(lambda: len(run.workers.asked()) == 1)
        (request,) = run.workers.asked()
        run.workers.say(request, Analysis(answer(request.payload.path, "jazz")))
        assert session.restoring
        assert run.names == ["a.mp3", "new.mp3"]
        with runs._bot.waitSignal(session.restored, timeout=PATIENCE_MS):
            gate.set()
        run.until(lambda: "newer.mp3" in [Path(asked.payload.path).name for asked in run.workers.asked()])
        assert run.names == ["a.mp3", "b.mp3", "c.mp3", "new.mp3", "newer.mp3"]
    finally:
        gate.set()
        run.close()
    assert stored(runs.home) == ["a.mp3", "b.mp3", "c.mp3", "new.mp3", "newer.mp3"]


def test_nothing_is_stored_when_disabled(runs: Runs) -> None:
    runs.start().open("a.mp3")
    runs.enabled = False
    run = runs.start()
    assert run.rows == []
    run.open("b.mp3")
    runs.end()
    assert stored(runs.home) == []


def test_disabling_deletes_the_list_and_enabling_stores_it_whole(runs: Runs) -> None:
    run = runs.start()
    run.open("a.mp3", "b.mp3")
    run.until(lambda: len(stored(runs.home)) == 2)
    runs.enabled = False
    run.session.remembering_changed()
    run.until(lambda: stored(runs.home) == [])
    runs.enabled = True
    run.session.remembering_changed()
    run.until(lambda: stored(runs.home) == ["a.mp3", "b.mp3"])


def test_a_session_without_a_stored_list_stores_and_restores_nothing(
    runs: Runs, client: WorkerClient
) -> None:
    runs.start().open("a.mp3")
    runs.end()
    session = AnalysisSession(client, home=runs.home)
    with runs._bot.waitSignal(session.restored):
        session.restore()
    assert (session.row_of(Path("/music/a.mp3")), session.remembered) == (None, False)
    session.close()
    assert stored(runs.home) == ["a.mp3"]


def test_a_store_that_cannot_be_read_blocks_nothing(runs: Runs) -> None:
    runs.start().open("a.mp3")
    runs.end()
    runs.home.store.write_bytes(b"no database at all" * 100)
    for extra in ("-wal", "-shm"):
        runs.home.store.with_name(runs.home.store.name + extra).unlink(missing_ok=True)
    run = runs.start()
    run.session.open_paths([Path("/music/b.mp3")])
    run.until(lambda: len(run.workers.asked()) == 1)


def test_a_stored_answer_is_restored_in_full_and_stays_when_it_is_selected(runs: Runs, db: Database) -> None:
    found = answer("/music/a.mp3", "jazz", clip_hash="h")
    run = runs.start()
    run.session.open_paths([Path("/music/a.mp3")])
    run.until(lambda: len(run.workers.asked()) == 1)
    number = PredictionLog(db).add(found, "file")
    run.workers.say(run.workers.asked()[0], Analysis(found, prediction_id=number))
    run.until(lambda: not run.session.busy)
    for _ in range(2):
        run = runs.start()
        (row,) = run.rows
        assert row.answer == found
        run.session.row_changed.emit(row)  # as when its label changes: it is written once more
    runs.end()
    assert [row.packed for row in ResultsListStore(db).page(0, 9)] == [b""]
    assert PredictionLog(db).delete_before(time.time() + 1) == 1
    (row,) = runs.start().rows
    assert row.answer is row.brief  # what the list shows outlives the prediction
    assert (row.genre, row.runner_up, row.duration_s) == ("jazz", "blues", 60.0)


def test_twenty_thousand_rows_are_loaded_in_pages_one_by_one(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 20_000
    found = answer("/music/song.mp3", "jazz")
    packed = pack(Analysis(found))
    db = Database(runs.home.store)
    rows = (
        StoredResult(number, f"/music/{number}.mp3", "done", packed, found) for number in range(1, count + 1)
    )
    ResultsListStore(db).change([], rows)
    db.close()
    threads: set[int] = set()
    whole: list[StoredResult] = []
    read = ResultsListStore.page

    def page(self: ResultsListStore, after: int, n: int) -> list[StoredResult]:
        threads.add(threading.get_ident())
        return read(self, after, n)

    monkeypatch.setattr(ResultsListStore, "page", page)
    monkeypatch.setattr(list_persistence, "PAUSE_MS", 0)
    monkeypatch.setattr(ResultsListStore, "answer", lambda listing, row: whole.append(row))
    run = runs.start()
    assert [len(rows) for rows in run.pages] == [FIRST_PAGE, *[PAGE] * (count // PAGE - 1), PAGE - FIRST_PAGE]
    assert [row.name for row in run.rows] == [f"{number}.mp3" for number in range(1, count + 1)]
    assert {row.genre for row in run.rows} == {"jazz"}
    assert threading.get_ident() not in threads
    assert not whole  # none was selected
    assert run.rows[0].answer is run.rows[0].brief
    assert len(whole) == 1


def test_rows_without_space_are_stored_when_there_is_some(
    qtbot: QtBot, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_persistence, "AGAIN_MS", 50)
    home = Home(small_disk / "home").create()
    filler = fill(small_disk)
    first = Run(home, qtbot, lambda: True)
    first.open("a.mp3", "b.mp3")
    qtbot.wait(500)  # some writes fail
    filler.unlink()
    with closing(Database(home.store)) as database:
        listing = ResultsListStore(database)
        first.until(lambda: len(listing.paths()) == 2)
    first.close()
    second = Run(home, qtbot, lambda: True)
    assert second.names == ["a.mp3", "b.mp3"]
    second.close()
