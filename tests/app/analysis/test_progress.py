from __future__ import annotations

import pytest

from genre_desktop.app.analysis.progress import ProgressCounter
from genre_desktop.jobs.throughput import RateEstimator


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tally(clock: Clock) -> ProgressCounter:
    return ProgressCounter(RateEstimator(clock))


def test_nothing_is_known_before_the_first_file_is_done(tally: ProgressCounter) -> None:
    tally.add(10)
    snapshot = tally.snapshot(searching=False, paused=False)
    assert (snapshot.found, snapshot.done, snapshot.rate, snapshot.left_s) == (10, 0, None, None)
    assert snapshot.busy


def test_rate_and_time_left(tally: ProgressCounter, clock: Clock) -> None:
    tally.add(20)
    for _ in range(4):
        clock.now += 0.5
        tally.finish()
    assert tally.snapshot(searching=False, paused=False).left_s is None  # too early to frighten anybody
    for _ in range(8):
        clock.now += 0.5
        tally.finish()
    snapshot = tally.snapshot(searching=False, paused=False)
    assert snapshot.rate == pytest.approx(2.0)
    assert snapshot.left_s == pytest.approx(4.0)


def test_while_searching_nobody_knows_how_long(tally: ProgressCounter, clock: Clock) -> None:
    tally.add(10)
    clock.now += 1
    tally.finish(problem=True)
    snapshot = tally.snapshot(searching=True, paused=False)
    assert (snapshot.left_s, snapshot.problems) == (None, 1)
    assert tally.snapshot(searching=False, paused=True).rate is None


def test_a_pause_does_not_count_as_slowness(tally: ProgressCounter, clock: Clock) -> None:
    tally.add(4)
    clock.now += 1
    tally.finish()
    clock.now += 1000
    tally.restart_clock()
    clock.now += 1
    tally.finish()
    assert tally.snapshot(searching=False, paused=False).rate == pytest.approx(1.0)


def test_files_answered_before_count_as_done(tally: ProgressCounter) -> None:
    tally.take(3)
    snapshot = tally.snapshot(searching=False, paused=False)
    assert (snapshot.found, snapshot.done, snapshot.busy) == (3, 3, False)


def test_files_given_up_are_not_waited_for(tally: ProgressCounter) -> None:
    tally.add(3)
    tally.finish()
    tally.drop(2)
    assert not tally.snapshot(searching=False, paused=False).busy
    tally.reset()
    assert tally.snapshot(searching=False, paused=False).found == 0
