"""The list over several sittings, each with a session and a store of its own; only the workers are made up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis import list_persistence
from genre_desktop.app.analysis.list_persistence import PAGE
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
from genre_desktop.core.types import Analysis
from tests.fixtures.qt import PATIENCE_MS, Workers, answer


class Sitting:
    """A session that remembers, from its start to its end."""

    def __init__(self, home: Home, bot: QtBot, wanted: Callable[[], bool], *, back: bool = True) -> None:
        self.bot, self.client = bot, WorkerClient()
        self.workers = Workers(self.client)
        self.session = AnalysisSession(self.client, home=home, remembers=wanted)
        self.slices: list[list[ResultRow]] = []
        self.session.rows_added.connect(self.slices.append)
        if back:
            with bot.waitSignal(self.session.restored, timeout=PATIENCE_MS):
                self.session.restore()

    @property
    def rows(self) -> list[ResultRow]:
        return sorted(self.session._piles.rows, key=lambda row: row.key)

    @property
    def names(self) -> list[str]:
        return [row.name for row in self.rows]

    def open(self, *names: str, genre: str = "rock") -> list[ResultRow]:
        """Open files and answer them all."""
        before = len(self.rows)
        self.session.open_paths([Path("/music") / name for name in names])
        self.until(lambda: len(self.workers.asked()) == len(names))
        for request in self.workers.asked():
            path = request.payload.path
            self.workers.say(request, Analysis(answer(path, genre, clip_hash=f"hash of {path}")))
        self.until(lambda: not self.session.busy)
        return self.rows[before:]

    def until(self, condition: Callable[[], bool]) -> None:
        self.bot.waitUntil(condition, timeout=PATIENCE_MS)

    def close(self) -> None:
        self.session.close()
        self.client.close()


class Life:
    """One home; every sitting begins when the one before is over."""

    def __init__(self, home: Home, bot: QtBot) -> None:
        self.home, self._bot = home, bot
        self.wanted = True
        self._sitting: Sitting | None = None

    def sit_down(self) -> Sitting:
        self.leave()
        self._sitting = Sitting(self.home, self._bot, lambda: self.wanted)
        return self._sitting

    def leave(self) -> None:
        if self._sitting is not None:
            self._sitting.close()
            self._sitting = None


@pytest.fixture
def life(home: Home, qtbot: QtBot) -> Iterable[Life]:
    life = Life(home, qtbot)
    yield life
    life.leave()


def stored(home: Home) -> list[str]:
    """The names in the store, in their order."""
    db = Database(home.store)
    names = [Path(row.path).name for row in ResultsListStore(db).page(0, 100)]
    db.close()
    return names


def test_answers_come_back_in_their_order(life: Life) -> None:
    first = life.sit_down()
    first.open("b.mp3", "a.mp3", genre="jazz")
    (third,) = first.open("c.mp3")
    kept = third.answer
    again = life.sit_down()
    assert again.names == ["b.mp3", "a.mp3", "c.mp3"]
    assert [row.genre for row in again.rows] == ["jazz", "jazz", "rock"]
    assert {row.state for row in again.rows} == {State.DONE}
    assert again.rows[2].answer == kept
    assert not again.workers.open
    again.open("d.mp3")
    assert life.sit_down().names == ["b.mp3", "a.mp3", "c.mp3", "d.mp3"]


def test_what_was_put_off_at_the_end_is_offered_at_the_next_start(life: Life) -> None:
    first = life.sit_down()
    first.open("a.mp3")
    for name in ("a.mp3", "take.flac"):
        first.session.add_unread(Path("/music") / name)
    again = life.sit_down()
    assert [(row.name, row.state) for row in again.rows] == [
        ("a.mp3", State.DONE),
        ("take.flac", State.INTERRUPTED),
    ]
    assert [row.name for row in again.session.unread] == ["take.flac"]


def test_it_is_written_while_the_window_is_open(life: Life) -> None:
    """Nobody closes this session before its list is read: as when the program is killed."""
    sitting = life.sit_down()
    sitting.open("a.mp3")
    sitting.until(lambda: stored(life.home) == ["a.mp3"])
    sitting.session.remove(sitting.rows)
    sitting.until(lambda: stored(life.home) == [])


def test_what_was_taken_off_stays_away_and_what_was_put_back_is_where_it_was(life: Life) -> None:
    sitting = life.sit_down()
    a, b, c = sitting.open("a.mp3", "b.mp3", "c.mp3")
    sitting.session.remove([a, b])
    assert life.sit_down().names == ["c.mp3"]
    sitting = life.sit_down()
    (c,) = sitting.rows
    (d,) = sitting.open("d.mp3")
    sitting.session.remove([c, d])
    sitting.session.reinsert([c])
    assert life.sit_down().names == ["c.mp3"]
    assert isinstance(life.sit_down().rows[0], StoredRow)


def test_a_file_that_could_not_be_read_comes_back_with_the_reason(life: Life) -> None:
    sitting = life.sit_down()
    sitting.session.open_paths([Path("/music/a.mp3")])
    sitting.until(lambda: len(sitting.workers.asked()) == 1)
    sitting.workers.fail(sitting.workers.asked()[0])
    sitting.until(lambda: not sitting.session.busy)
    problem = sitting.rows[0].problem
    again = life.sit_down()
    assert (again.rows[0].state, again.rows[0].problem) == (State.FAILED, problem)
    again.session.reanalyse(again.rows)
    again.workers.answer_all("pop")
    again.until(lambda: again.rows[0].genre == "pop")
    assert [row.genre for row in life.sit_down().rows] == ["pop"]


def test_what_waited_is_unread_and_read_when_it_is_opened_again(life: Life) -> None:
    sitting = life.sit_down()
    sitting.session.open_paths([Path("/music/a.mp3"), Path("/music/b.mp3")])
    sitting.until(lambda: len(sitting.workers.asked()) == 2)
    assert [row.state for row in sitting.rows] == [State.WORKING, State.WAITING]
    again = life.sit_down()
    assert [row.state for row in again.rows] == [State.INTERRUPTED] * 2
    assert again.session.unread == again.rows
    with again.bot.waitSignal(again.session.interrupted, timeout=PATIENCE_MS) as told:
        again.session.look_for_interrupted()
    assert told.args == [[]]
    again.session.open_paths([again.rows[1].path])
    again.until(lambda: len(again.workers.asked()) == 1)
    again.workers.answer_all("pop")
    again.until(lambda: [row.genre for row in again.rows] == ["", "pop"])
    assert again.session.unread == [again.rows[0]]


def test_a_folder_that_was_not_searched_to_its_end_is_offered_until_it_is_opened(
    life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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

    sitting = life.sit_down()
    monkeypatch.setattr(sitting.session._finder, "_look_through", slow)
    sitting.session.open_paths([folder])
    sitting.until(lambda: stored(life.home) == ["a.mp3"])  # and now the program is killed, or closed
    for _ in range(2):
        sitting = life.sit_down()
        with sitting.bot.waitSignal(sitting.session.interrupted) as told:
            sitting.session.look_for_interrupted()
        assert told.args == [[folder]]
    sitting.session.open_paths([*(row.path for row in sitting.session.unread), folder])
    sitting.until(lambda: len(sitting.workers.asked()) == 2)
    sitting.workers.answer_all()
    sitting.until(lambda: not sitting.session.busy)
    again = life.sit_down()
    assert again.names == ["a.mp3", "b.mp3"]
    with again.bot.assertNotEmitted(again.session.interrupted):
        again.session.look_for_interrupted()


def test_a_search_that_was_cancelled_is_no_offer(life: Life, tmp_path: Path) -> None:
    sitting = life.sit_down()
    sitting.session.open_paths([tmp_path])
    sitting.session.cancel()
    again = life.sit_down()
    with again.bot.assertNotEmitted(again.session.interrupted):
        again.session.look_for_interrupted()


def test_what_was_cancelled_is_no_offer(life: Life) -> None:
    sitting = life.sit_down()
    sitting.session.open_paths([Path("/music/a.mp3")])
    sitting.until(lambda: len(sitting.workers.asked()) == 1)
    sitting.session.cancel()
    again = life.sit_down()
    assert [row.state for row in again.rows] == [State.CANCELLED]
    assert again.session.unread == []


def test_reading_again_that_was_interrupted_leaves_the_answer(life: Life) -> None:
    life.sit_down().open("a.mp3", genre="jazz")
    sitting = life.sit_down()
    sitting.session.reanalyse(sitting.rows)
    sitting.until(lambda: len(sitting.workers.asked()) == 1)
    again = life.sit_down()
    assert (again.rows[0].state, again.rows[0].genre) == (State.DONE, "jazz")


def test_a_new_answer_takes_the_place_of_the_old(life: Life) -> None:
    life.sit_down().open("a.mp3", "b.mp3", genre="jazz")
    sitting = life.sit_down()
    sitting.session.reanalyse(sitting.rows[:1])
    sitting.until(lambda: len(sitting.workers.asked()) == 1)
    sitting.workers.answer_all("pop")
    sitting.until(lambda: not sitting.session.busy)
    assert [row.genre for row in sitting.rows] == ["pop", "jazz"]
    again = life.sit_down()
    assert [(row.name, row.genre) for row in again.rows] == [("a.mp3", "pop"), ("b.mp3", "jazz")]


def test_what_the_person_said_is_there_at_once(life: Life, db: Database) -> None:
    (row,) = life.sit_down().open("a.mp3", genre="jazz")
    assert row.answer is not None
    Corrections(db).add(PredictionLog(db).add(row.answer, "file"), "blues")
    (again,) = life.sit_down().rows
    assert (again.label, again.genre, again.corrected) == ("blues", "blues", True)


def test_a_file_that_is_listed_is_shown_and_not_read_even_while_the_list_is_coming(life: Life) -> None:
    life.sit_down().open("a.mp3", "b.mp3")
    life.leave()
    client = WorkerClient()
    workers = Workers(client)
    session = AnalysisSession(client, home=life.home, remembers=lambda: True)
    shown: list[ResultRow] = []
    session.opened.connect(shown.append)
    session.restore()
    session.open_paths([Path("/music/b.mp3"), Path("/music/new.mp3")])
    assert session.restoring
    life._bot.waitUntil(lambda: len(workers.asked()) == 1, timeout=PATIENCE_MS)
    assert workers.asked()[0].payload.path == str(Path("/music/new.mp3"))
    assert [row.name for row in shown] == ["b.mp3"]
    rows = sorted(session._piles.rows, key=lambda row: row.key)
    assert [row.name for row in rows] == ["a.mp3", "b.mp3", "new.mp3"]
    session.close()
    client.close()


def test_other_files_are_read_while_a_long_list_is_coming(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    life.sit_down().open("a.mp3", "b.mp3", "c.mp3")
    life.leave()
    monkeypatch.setattr(list_persistence, "PAGE", 1)
    gate, read = threading.Event(), ResultsListStore.page

    def page(self: ResultsListStore, after: int, n: int) -> list[StoredResult]:
        if after:
            assert gate.wait(60)
        return read(self, after, n)

    monkeypatch.setattr(ResultsListStore, "page", page)
    session = (sitting := Sitting(life.home, life._bot, lambda: True, back=False)).session
    try:
        session.restore()
        for names in (["new.mp3"], ["c.mp3", "newer.mp3"]):
            session.open_paths([Path("/music") / name for name in names])
        sitting.until(lambda: len(sitting.workers.asked()) == 1)
        (request,) = sitting.workers.asked()
        sitting.workers.say(request, Analysis(answer(request.payload.path, "jazz")))
        assert session.restoring
        assert sitting.names == ["a.mp3", "new.mp3"]
        with life._bot.waitSignal(session.restored, timeout=PATIENCE_MS):
            gate.set()
        sitting.until(
            lambda: "newer.mp3" in [Path(asked.payload.path).name for asked in sitting.workers.asked()]
        )
        assert sitting.names == ["a.mp3", "b.mp3", "c.mp3", "new.mp3", "newer.mp3"]
    finally:
        gate.set()
        sitting.close()
    assert stored(life.home) == ["a.mp3", "b.mp3", "c.mp3", "new.mp3", "newer.mp3"]


def test_nothing_is_kept_when_nobody_wants_it(life: Life) -> None:
    life.sit_down().open("a.mp3")
    life.wanted = False
    sitting = life.sit_down()
    assert sitting.rows == []
    sitting.open("b.mp3")
    life.leave()
    assert stored(life.home) == []


def test_switched_off_it_forgets_and_switched_on_it_knows_the_whole_list(life: Life) -> None:
    sitting = life.sit_down()
    sitting.open("a.mp3", "b.mp3")
    sitting.until(lambda: len(stored(life.home)) == 2)
    life.wanted = False
    sitting.session.remembering_changed()
    sitting.until(lambda: stored(life.home) == [])
    life.wanted = True
    sitting.session.remembering_changed()
    sitting.until(lambda: stored(life.home) == ["a.mp3", "b.mp3"])


def test_a_session_that_is_nobodys_window_keeps_and_shows_nothing(life: Life, client: WorkerClient) -> None:
    life.sit_down().open("a.mp3")
    life.leave()
    session = AnalysisSession(client, home=life.home)
    with life._bot.waitSignal(session.restored):
        session.restore()
    assert (session.row_of(Path("/music/a.mp3")), session.remembered) == (None, False)
    session.close()
    assert stored(life.home) == ["a.mp3"]


def test_a_store_that_cannot_be_read_holds_nothing_up(life: Life) -> None:
    life.sit_down().open("a.mp3")
    life.leave()
    life.home.store.write_bytes(b"no database at all" * 100)
    for extra in ("-wal", "-shm"):
        life.home.store.with_name(life.home.store.name + extra).unlink(missing_ok=True)
    sitting = life.sit_down()
    sitting.session.open_paths([Path("/music/b.mp3")])
    sitting.until(lambda: len(sitting.workers.asked()) == 1)


def test_an_answer_that_the_store_remembers_comes_back_whole_and_stays_when_it_is_looked_at(
    life: Life, db: Database
) -> None:
    found = answer("/music/a.mp3", "jazz", clip_hash="h")
    sitting = life.sit_down()
    sitting.session.open_paths([Path("/music/a.mp3")])
    sitting.until(lambda: len(sitting.workers.asked()) == 1)
    number = PredictionLog(db).add(found, "file")
    sitting.workers.say(sitting.workers.asked()[0], Analysis(found, prediction_id=number))
    sitting.until(lambda: not sitting.session.busy)
    for _ in range(2):
        sitting = life.sit_down()
        (row,) = sitting.rows
        assert row.answer == found
        sitting.session.row_changed.emit(row)  # as when its label changes: it is written once more
    life.leave()
    assert [row.packed for row in ResultsListStore(db).page(0, 9)] == [b""]
    assert PredictionLog(db).delete_before(time.time() + 1) == 1
    (row,) = life.sit_down().rows
    assert row.answer is row.brief  # what the list shows outlives the record
    assert (row.genre, row.runner_up, row.duration_s) == ("jazz", "blues", 60.0)


def test_twenty_thousand_rows_come_in_slices_that_are_asked_for_one_by_one(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 20_000
    told = answer("/music/song.mp3", "jazz")
    packed = pack(Analysis(told))
    db = Database(life.home.store)
    rows = (
        StoredResult(number, f"/music/{number}.mp3", "done", packed, told) for number in range(1, count + 1)
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
    monkeypatch.setattr(list_persistence, "BREATH_MS", 0)
    monkeypatch.setattr(ResultsListStore, "answer", lambda listing, row: whole.append(row))
    sitting = life.sit_down()
    assert {len(rows) for rows in sitting.slices} == {PAGE}
    assert len(sitting.slices) == count // PAGE
    assert [row.name for row in sitting.rows] == [f"{number}.mp3" for number in range(1, count + 1)]
    assert {row.genre for row in sitting.rows} == {"jazz"}
    assert threading.get_ident() not in threads
    assert not whole  # nobody has looked at any of them
    assert sitting.rows[0].answer is sitting.rows[0].brief
    assert len(whole) == 1
