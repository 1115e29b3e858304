from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis.analysis_queue import WITH_SPECTROGRAM, AnalysisQueue
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.core.types import Analysis, Answer
from genre_desktop.jobs.batch.queue import BatchProgress
from genre_desktop.jobs.messages import RequestCancelled
from tests.fixtures.qt import GONE, Workers, answer

AHEAD = 20


class Harness:
    """A queue, its workers, and what they reported."""

    def __init__(self, parallel: int = 1) -> None:
        self.client = WorkerClient()
        self.workers = Workers(self.client)
        self.finished: list[tuple[int, bool]] = []
        self.progress: list[BatchProgress] = []
        self.queue = AnalysisQueue(self.client, lambda: "song", parallel, ahead=AHEAD)
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
def harness(qtbot: QtBot) -> Harness:
    return Harness()


def test_files_are_read_in_order_and_one_is_shown_as_being_read(harness: Harness, qtbot: QtBot) -> None:
    harness.add(3)
    assert harness.states == ["working", "waiting", "waiting"]
    harness.workers.say(harness.workers.asked()[0], Analysis(answer("/m/0.mp3")))
    qtbot.waitUntil(lambda: harness.states == ["done", "working", "waiting"])
    assert harness.finished == [(0, True)]
    assert harness.queue.progress().found - harness.queue.progress().done == 2


def test_as_many_are_shown_as_analysed_as_are_analysed_in_parallel(qtbot: QtBot) -> None:
    harness = Harness(parallel=2)
    harness.add(3)
    assert harness.states == ["working", "working", "waiting"]


def test_workers_hold_no_more_than_they_should(harness: Harness, qtbot: QtBot) -> None:
    harness.add(AHEAD + 5)
    assert len(harness.workers.open) == AHEAD
    harness.workers.say(harness.workers.asked()[0], Analysis(answer("/m/0.mp3")))
    qtbot.waitUntil(lambda: harness.states[0] == "done")
    assert len(harness.workers.open) == AHEAD


def test_a_failure_and_an_answer_with_an_error_are_reported_alike(harness: Harness, qtbot: QtBot) -> None:
    harness.add(2)
    first, second = harness.workers.asked()
    harness.workers.fail(first)
    harness.workers.say(second, Analysis(Answer("/m/1.mp3", error=GONE)))
    qtbot.waitUntil(lambda: harness.states == ["failed", "failed"])
    assert [row.problem for row in harness.rows] == [GONE, GONE]
    assert harness.finished == [(0, True), (1, True)]


def test_progress_within_a_file(harness: Harness, qtbot: QtBot) -> None:
    (row,) = harness.add(1)
    harness.workers.progress(harness.workers.asked()[0], 0.3)
    qtbot.waitUntil(lambda: row.fraction == 0.3)
    harness.workers.answer_all()
    qtbot.waitUntil(lambda: row.state is State.DONE)
    assert row.fraction is None


def test_pause_calls_everything_back_and_resume_goes_on_in_order(harness: Harness, qtbot: QtBot) -> None:
    harness.add(3)
    harness.queue.pause()
    assert harness.states == ["waiting"] * 3
    assert harness.workers.open == {}
    harness.add(1)
    assert harness.workers.open == {}
    qtbot.wait(10)  # the answers to the cancellations arrive and change nothing
    assert harness.states == ["waiting"] * 4
    harness.queue.resume()
    assert [request.payload.path for request in harness.workers.asked()] == [
        str(row.path) for row in harness.rows
    ]


def test_cancelling_everything(harness: Harness, qtbot: QtBot) -> None:
    harness.add(3)
    harness.queue.pause()
    harness.queue.cancel()
    assert harness.states == ["cancelled"] * 3
    assert not harness.queue.busy
    assert not harness.queue.paused
    assert harness.finished == []


def test_cancelling_some(harness: Harness, qtbot: QtBot) -> None:
    harness.add(3)
    harness.queue.cancel(harness.rows[:1])
    assert harness.states == ["cancelled", "working", "waiting"]
    harness.workers.answer_all()
    qtbot.waitUntil(lambda: harness.states == ["cancelled", "done", "done"])


def test_an_answer_that_was_on_its_way_when_cancelled_is_not_shown(harness: Harness, qtbot: QtBot) -> None:
    (row,) = harness.add(1)
    harness.workers.answer_all()
    harness.queue.cancel()
    qtbot.wait(10)
    assert row.state is State.CANCELLED
    assert harness.finished == []


def test_when_the_workers_stop_a_file_by_themselves(harness: Harness, qtbot: QtBot) -> None:
    (row,) = harness.add(1)
    harness.workers.emit(RequestCancelled(harness.workers.asked()[0].id))
    qtbot.waitUntil(lambda: row.state is State.CANCELLED)
    assert harness.finished == [(0, False)]


def test_analysing_again_clears_the_old_problem(harness: Harness, qtbot: QtBot) -> None:
    (row,) = harness.add(1)
    harness.workers.fail(harness.workers.asked()[0])
    qtbot.waitUntil(lambda: row.problem is not None)
    harness.queue.add([row])
    assert (row.problem, row.state) == (None, State.WORKING)


def test_few_files_bring_their_pictures_of_many_only_the_one_that_is_shown(harness: Harness) -> None:
    harness.add(WITH_SPECTROGRAM)
    assert {request.payload.spectrogram for request in harness.workers.asked()} == {True}
    assert {request.payload.source for request in harness.workers.asked()} == {"file"}
    harness.queue.shown = ResultRow(1000, Path("/m/shown.mp3"))
    harness.queue.add([harness.queue.shown])
    harness.add(1)
    shown, other = harness.workers.asked()[-2:]
    assert (shown.payload.spectrogram, shown.payload.source) == (True, "batch")
    assert (other.payload.spectrogram, other.payload.source) == (False, "batch")


def test_progress_is_reported_at_once_when_a_search_begins_and_soon_after_each_file(
    harness: Harness, qtbot: QtBot
) -> None:
    harness.queue.search_started()
    assert [(p.searching, p.busy, p.found) for p in harness.progress] == [(True, True, 0)]
    harness.add(2)
    harness.queue.search_ended()
    harness.workers.answer_all()
    qtbot.waitUntil(lambda: (harness.progress[-1].done, harness.progress[-1].busy) == (2, False))
    assert harness.progress[-1].left_s is None  # too early to say


def test_the_time_left_is_known_after_some_seconds(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("genre_desktop.app.analysis.analysis_queue.KNOWN_AFTER_S", 0.0)
    harness.add(3)
    harness.workers.say(harness.workers.asked()[0], Analysis(answer("/m/0.mp3")))
    qtbot.waitUntil(lambda: harness.queue.progress().left_s is not None)
    harness.queue.pause()
    assert harness.queue.progress().left_s is None
    harness.queue.resume()
    assert harness.queue.progress().rate is None  # a pause is not slowness
