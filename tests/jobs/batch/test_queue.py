from __future__ import annotations

import time
from collections import deque
from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from genre_desktop.core.errors import Problem
from genre_desktop.core.types import Analysis, Answer
from genre_desktop.jobs.batch.queue import (
    Action,
    Cancel,
    Deliver,
    Drop,
    Event,
    FileEnded,
    FileProgressed,
    FilesFound,
    FilesSkipped,
    MoveToFront,
    Pause,
    Prioritise,
    QueueState,
    Recall,
    Resume,
    SearchEnded,
    SearchStarted,
    ShowProgress,
    Submit,
    progress,
    step,
)
from genre_desktop.jobs.throughput import RateEstimator

GOOD = Analysis(Answer("a.mp3", "rock"))
BAD = Analysis(Answer("a.mp3", error=Problem("missing-file/made-up", title="File not found")))


def run(state: QueueState, *events: Event) -> tuple[QueueState, list[Action]]:
    done: list[Action] = []
    for event in events:
        state, actions = step(state, event)
        done += actions
    return state, done


def waiting(state: QueueState) -> list[int]:
    return list(chain.from_iterable(state.waiting))


def test_as_many_as_allowed_are_submitted_in_order_and_each_answer_makes_room() -> None:
    state, actions = run(QueueState(ahead=2), FilesFound((7, 3, 9)))
    assert actions == [Submit(7, 1), Submit(3, 2)]
    state, actions = run(state, FileEnded(2, GOOD))
    assert actions == [Deliver(3, GOOD), Submit(9, 3)]
    assert (state.found, state.done, state.pending) == (3, 1, 2)


def test_progress_reaches_the_file_it_belongs_to() -> None:
    state, _ = run(QueueState(), FilesFound((7,)))
    assert run(state, FileProgressed(1, 0.5))[1] == [ShowProgress(7, 0.5)]
    assert run(state, FileProgressed(4, 0.5))[1] == []


def test_a_pause_recalls_what_is_in_flight_and_its_late_answers_change_nothing() -> None:
    state, _ = run(QueueState(ahead=2), FilesFound((1, 2, 3)))
    state, actions = run(state, Pause())
    assert actions == [Recall(1), Recall(2)]
    assert run(state, FileEnded(1, GOOD), FileProgressed(2, 0.1)) == (state, [])
    assert run(state, FilesFound((4,)))[1] == []
    state, actions = run(state, Resume())
    assert actions == [Submit(1, 3), Submit(2, 4)]
    assert run(state, FileEnded(1, GOOD)) == (state, [])
    assert waiting(state) == [3]


def test_files_that_are_given_up_are_not_waited_for() -> None:
    state, _ = run(QueueState(ahead=2), FilesFound((1, 2, 3, 4)))
    state, actions = run(state, Cancel(frozenset({2, 3, 99})))
    assert actions == [Drop(2), Drop(3), Submit(4, 3)]
    assert (state.found, state.pending) == (2, 2)
    state, actions = run(state, Cancel())
    assert actions == [Drop(1), Drop(4)]
    assert not state.busy


def test_what_is_wanted_first_is_submitted_at_once_and_moved_to_the_front() -> None:
    state, _ = run(QueueState(ahead=2), FilesFound((1, 2, 3, 4, 5)))
    state, actions = run(state, Prioritise((4, 2, 99)))
    assert actions == [Submit(4, 3), MoveToFront(2), MoveToFront(4)]
    assert list(state.in_flight.values()) == [4, 2, 1]
    assert waiting(state) == [3, 5]
    state, actions = run(state, FileEnded(3, GOOD), FileEnded(2, GOOD))
    assert actions == [Deliver(4, GOOD), Deliver(2, GOOD), Submit(3, 4)]


def test_what_is_wanted_first_during_a_pause_is_the_first_afterwards() -> None:
    state, _ = run(QueueState(ahead=1), FilesFound((1, 2, 3)), Pause())
    state, actions = run(state, Prioritise((3,)))
    assert actions == []
    assert run(state, Resume())[1] == [Submit(3, 2)]


def test_a_file_that_the_workers_stopped_is_over() -> None:
    state, actions = run(QueueState(), FilesFound((1,)), FileEnded(1, None))
    assert actions[1:] == [Deliver(1, None)]
    assert (state.done, state.problems, state.busy) == (1, 0, False)


def test_problems_are_counted_wherever_they_come_from() -> None:
    state, _ = run(
        QueueState(), SearchStarted(), FilesSkipped(3, problems=1), FilesFound((1,)), FileEnded(1, BAD)
    )
    assert (state.found, state.done, state.problems) == (4, 4, 2)
    assert state.busy
    assert not run(state, SearchEnded())[0].busy


@pytest.mark.parametrize("event", [SearchStarted(), FilesFound((2,))])
def test_work_that_begins_while_nothing_goes_on_is_counted_from_zero(event: Event) -> None:
    state, _ = run(QueueState(), FilesFound((1,)), FileEnded(1, BAD), event)
    assert (state.done, state.problems) == (0, 0)
    busy, _ = run(QueueState(), SearchStarted(), FilesFound((1,)), FileEnded(1, BAD), event)
    assert (busy.done, busy.problems) == (1, 1)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_rate_and_time_left() -> None:
    clock = Clock()
    pace = RateEstimator(clock)
    state = QueueState(found=20)
    assert progress(state, pace).rate is None
    for done in range(1, 13):
        clock.now += 0.5
        pace.finish()
        state = replace(state, done=done)
        early = progress(state, pace, known_after_s=5.0)
        assert (early.left_s is None) == (done < 10)
    now = progress(state, pace)
    assert (now.rate, now.left_s, now.busy) == (2.0, 4.0, True)
    searching = progress(replace(state, searches=1), pace)
    assert (searching.rate, searching.left_s, searching.searching) == (2.0, None, True)
    paused = progress(replace(state, paused=True), pace)
    assert (paused.rate, paused.left_s, paused.paused) == (None, None, True)


def test_twenty_thousand_files_cost_little() -> None:
    state, actions = step(QueueState(), FilesFound(tuple(range(20_000))))
    pending = deque(action.submission for action in actions if isinstance(action, Submit))
    began, delivered = time.process_time(), 0
    while pending:
        state, actions = step(state, FileEnded(pending.popleft(), GOOD))
        pending.extend(action.submission for action in actions if isinstance(action, Submit))
        delivered += 1
    assert delivered == 20_000
    assert time.process_time() - began < 20.0  # two seconds here; copying everything each time took minutes


class QueueMachine(RuleBasedStateMachine):
    """Finds, answers, pauses and cancels as it comes, beside a plain list of what must be so."""

    @initialize(ahead=st.integers(1, 5))
    def begin(self, ahead: int) -> None:
        self.state, _ = step(QueueState(ahead=ahead), SearchStarted())
        self.pending: list[int] = []  # in the order in which they must be submitted
        self.held: dict[int, int] = {}  # what the workers hold: submission by file
        self.stale: set[int] = set()
        self.most = 0  # files that may be held although there is no room
        self.over: set[int] = set()
        self.files = 0

    def do(self, event: Event) -> tuple[Action, ...]:
        self.state, actions = step(self.state, event)
        for action in actions:
            if isinstance(action, Submit):
                behind = [file for file in self.pending if file not in self.held]
                assert action.file == behind[0]
                self.held[action.file] = action.submission
            elif isinstance(action, Recall | Drop | Deliver):
                if action.file in self.held:
                    self.stale.add(self.held.pop(action.file))
                if not isinstance(action, Recall):
                    self.pending.remove(action.file)
                    assert action.file not in self.over  # each file exactly once
                    self.over.add(action.file)
        return actions

    @rule(number=st.integers(0, 600))
    def find(self, number: int) -> None:
        found = tuple(range(self.files, self.files + number))
        self.files += number
        self.pending += found
        self.do(FilesFound(found))

    @precondition(lambda self: self.held)
    @rule(data=st.data(), analysis=st.sampled_from([GOOD, BAD, None]))
    def answer(self, data: st.DataObject, analysis: Analysis | None) -> None:
        file = data.draw(st.sampled_from(sorted(self.held)))
        actions = self.do(FileEnded(self.held[file], analysis))
        assert actions[0] == Deliver(file, analysis)

    @precondition(lambda self: self.stale)
    @rule(data=st.data())
    def answer_late(self, data: st.DataObject) -> None:
        before = self.state
        assert self.do(FileEnded(data.draw(st.sampled_from(sorted(self.stale))), GOOD)) == ()
        assert self.state == before

    @rule()
    def pause(self) -> None:
        self.do(Pause())
        assert not self.held

    @rule()
    def resume(self) -> None:
        self.do(Resume())

    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        wanted = data.draw(st.frozensets(st.integers(0, max(self.files, 1)), max_size=20))
        kept = [file for file in self.pending if file not in wanted]
        self.do(Cancel(wanted))
        assert self.pending == kept

    @rule(data=st.data())
    def prioritise(self, data: st.DataObject) -> None:
        files = data.draw(st.lists(st.integers(0, max(self.files, 1)), max_size=5, unique=True))
        chosen = [file for file in files if file in self.pending]
        self.pending = chosen + [file for file in self.pending if file not in chosen]
        self.do(Prioritise(tuple(files)))
        self.most = len(self.held)
        if not self.state.paused:
            assert list(self.state.in_flight.values())[: len(chosen)] == chosen

    @rule()
    def search_again(self) -> None:
        self.do(SearchStarted())
        self.do(SearchEnded())

    @invariant()
    def nothing_is_lost(self) -> None:
        assert sorted(self.state.in_flight.values()) == sorted(self.held)
        assert sorted([*self.state.in_flight.values(), *waiting(self.state)]) == sorted(self.pending)
        assert self.over | set(self.pending) == set(range(self.files))
        assert self.state.pending == len(self.pending)

    @invariant()
    def the_workers_hold_what_they_may(self) -> None:
        wanted = 0 if self.state.paused else min(self.state.ahead, len(self.pending))
        assert wanted <= len(self.held) <= max(wanted, self.most)
        self.most = len(self.held)

    def teardown(self) -> None:
        if hasattr(self, "state"):  # whatever happened, the rest is analysed to its end
            self.do(Resume())
            while self.held:
                self.do(FileEnded(next(iter(self.held.values())), GOOD))
            assert not self.pending
            self.do(SearchEnded())
            assert not self.state.busy


TestQueueMachine = QueueMachine.TestCase
TestQueueMachine.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
