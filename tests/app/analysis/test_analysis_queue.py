from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis.analysis_queue import WITH_PICTURE, AnalysisQueue
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.core.types import Analysis, Answer
from genre_desktop.jobs.batch.queue import BatchProgress
from genre_desktop.jobs.messages import RequestCancelled
from tests.fixtures.qt import GONE, Workers, answer

AHEAD = 20


class Desk:
    """A queue, its workers, and what they reported."""

    def __init__(self, side_by_side: int = 1) -> None:
        self.client = WorkerClient()
        self.workers = Workers(self.client)
        self.finished: list[tuple[int, bool]] = []
        self.progress: list[BatchProgress] = []
        self.queue = AnalysisQueue(self.client, lambda: "song", side_by_side, ahead=AHEAD)
        self.queue.finished.connect(
            lambda row, analysis: self.finished.append((row.key, analysis is not None))
        )
        self.queue.progressed.connect(self.progress.append)
        self.rows: list[ResultRow] = []

    def add(self, number: int) -> list[ResultRow]:
        fresh = [ResultRow(len(self.rows) + i, Path(f"/m/{len(self.rows) + i}.mp3")) for i in range(number)]
        self.rows += fresh
        self.queue.add(fresh)
        return fresh

    @property
    def states(self) -> list[str]:
        return [row.state.value for row in self.rows]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk()


def test_files_are_read_in_order_and_one_is_shown_as_being_read(desk: Desk, qtbot: QtBot) -> None:
    desk.add(3)
    assert desk.states == ["working", "waiting", "waiting"]
    desk.workers.say(desk.workers.asked()[0], Analysis(answer("/m/0.mp3")))
    qtbot.waitUntil(lambda: desk.states == ["done", "working", "waiting"])
    assert desk.finished == [(0, True)]
    assert desk.queue.progress().found - desk.queue.progress().done == 2


def test_as_many_are_shown_as_read_as_are_read_side_by_side(qtbot: QtBot) -> None:
    desk = Desk(side_by_side=2)
    desk.add(3)
    assert desk.states == ["working", "working", "waiting"]


def test_workers_hold_no_more_than_they_should(desk: Desk, qtbot: QtBot) -> None:
    desk.add(AHEAD + 5)
    assert len(desk.workers.open) == AHEAD
    desk.workers.say(desk.workers.asked()[0], Analysis(answer("/m/0.mp3")))
    qtbot.waitUntil(lambda: desk.states[0] == "done")
    assert len(desk.workers.open) == AHEAD


def test_a_failure_and_an_answer_with_an_error_are_told_alike(desk: Desk, qtbot: QtBot) -> None:
    desk.add(2)
    first, second = desk.workers.asked()
    desk.workers.fail(first)
    desk.workers.say(second, Analysis(Answer("/m/1.mp3", error=GONE)))
    qtbot.waitUntil(lambda: desk.states == ["failed", "failed"])
    assert [row.problem for row in desk.rows] == [GONE, GONE]
    assert desk.finished == [(0, True), (1, True)]


def test_progress_within_a_file(desk: Desk, qtbot: QtBot) -> None:
    (row,) = desk.add(1)
    desk.workers.progress(desk.workers.asked()[0], 0.3)
    qtbot.waitUntil(lambda: row.fraction == 0.3)
    desk.workers.answer_all()
    qtbot.waitUntil(lambda: row.state is State.DONE)
    assert row.fraction is None


def test_pause_calls_everything_back_and_resume_goes_on_in_order(desk: Desk, qtbot: QtBot) -> None:
    desk.add(3)
    desk.queue.pause()
    assert desk.states == ["waiting"] * 3
    assert desk.workers.open == {}
    desk.add(1)
    assert desk.workers.open == {}
    qtbot.wait(10)  # the answers to the cancellations arrive and change nothing
    assert desk.states == ["waiting"] * 4
    desk.queue.resume()
    assert [request.payload.path for request in desk.workers.asked()] == [str(row.path) for row in desk.rows]


def test_cancelling_everything(desk: Desk, qtbot: QtBot) -> None:
    desk.add(3)
    desk.queue.pause()
    desk.queue.cancel()
    assert desk.states == ["cancelled"] * 3
    assert not desk.queue.busy
    assert not desk.queue.paused
    assert desk.finished == []


def test_cancelling_some(desk: Desk, qtbot: QtBot) -> None:
    desk.add(3)
    desk.queue.cancel(desk.rows[:1])
    assert desk.states == ["cancelled", "working", "waiting"]
    desk.workers.answer_all()
    qtbot.waitUntil(lambda: desk.states == ["cancelled", "done", "done"])


def test_an_answer_that_was_on_its_way_when_cancelled_is_not_shown(desk: Desk, qtbot: QtBot) -> None:
    (row,) = desk.add(1)
    desk.workers.answer_all()
    desk.queue.cancel()
    qtbot.wait(10)
    assert row.state is State.CANCELLED
    assert desk.finished == []


def test_when_the_workers_stop_a_file_by_themselves(desk: Desk, qtbot: QtBot) -> None:
    (row,) = desk.add(1)
    desk.workers.emit(RequestCancelled(desk.workers.asked()[0].id))
    qtbot.waitUntil(lambda: row.state is State.CANCELLED)
    assert desk.finished == [(0, False)]


def test_reading_again_forgets_the_old_problem(desk: Desk, qtbot: QtBot) -> None:
    (row,) = desk.add(1)
    desk.workers.fail(desk.workers.asked()[0])
    qtbot.waitUntil(lambda: row.problem is not None)
    desk.queue.add([row])
    assert (row.problem, row.state) == (None, State.WORKING)


def test_few_files_bring_their_pictures_of_many_only_the_one_that_is_shown(desk: Desk) -> None:
    desk.add(WITH_PICTURE)
    assert {request.payload.spectrogram for request in desk.workers.asked()} == {True}
    assert {request.payload.source for request in desk.workers.asked()} == {"file"}
    desk.queue.shown = ResultRow(1000, Path("/m/shown.mp3"))
    desk.queue.add([desk.queue.shown])
    desk.add(1)
    shown, other = desk.workers.asked()[-2:]
    assert (shown.payload.spectrogram, shown.payload.source) == (True, "batch")
    assert (other.payload.spectrogram, other.payload.source) == (False, "batch")


def test_progress_is_reported_at_once_when_a_search_begins_and_soon_after_each_file(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.queue.search_started()
    assert [(p.searching, p.busy, p.found) for p in desk.progress] == [(True, True, 0)]
    desk.add(2)
    desk.queue.search_ended()
    desk.workers.answer_all()
    qtbot.waitUntil(lambda: (desk.progress[-1].done, desk.progress[-1].busy) == (2, False))
    assert desk.progress[-1].left_s is None  # too early to say


def test_the_time_left_is_known_after_some_seconds(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("genre_desktop.app.analysis.analysis_queue.KNOWN_AFTER_S", 0.0)
    desk.add(3)
    desk.workers.say(desk.workers.asked()[0], Analysis(answer("/m/0.mp3")))
    qtbot.waitUntil(lambda: desk.queue.progress().left_s is not None)
    desk.queue.pause()
    assert desk.queue.progress().left_s is None
    desk.queue.resume()
    assert desk.queue.progress().rate is None  # a pause is not slowness
