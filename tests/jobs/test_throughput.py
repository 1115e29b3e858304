from __future__ import annotations

from genre_desktop.jobs.throughput import RateEstimator, RemainingTime


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_rate_follows_the_latest_items() -> None:
    clock = Clock()
    pace = RateEstimator(clock)
    assert pace.rate() is None
    assert pace.left_s(10) is None
    for _ in range(10):
        clock.now += 2.0
        pace.finish()
    assert pace.rate() == 0.5
    assert pace.left_s(10) == 20.0
    for _ in range(200):
        clock.now += 0.1
        pace.finish()
    rate = pace.rate()
    assert rate is not None
    assert abs(rate - 10.0) < 0.01


def test_several_at_once_and_a_pause() -> None:
    clock = Clock()
    pace = RateEstimator(clock)
    clock.now += 1.0
    pace.finish(4)
    assert pace.rate() == 4.0
    clock.now += 1000.0
    pace.restart()
    assert pace.rate() is None
    clock.now += 1.0
    pace.finish(2)
    assert pace.rate() == 2.0


def test_the_remaining_time_follows_the_fraction() -> None:
    clock = Clock()
    remaining = RemainingTime(clock)
    assert remaining.update(0.5) is None  # too early
    clock.now += 30.0
    assert remaining.update(0.01) is None  # too little
    assert remaining.update(0.25) == 90.0
    clock.now += 30.0
    assert remaining.update(0.75) == 20.0
    assert remaining.update(1.0) == 0.0


def test_a_search_before_does_not_count() -> None:
    clock = Clock()
    remaining = RemainingTime(clock)
    assert remaining.update(None) is None
    clock.now += 1000.0
    assert remaining.update(0.1) is None
    clock.now += 10.0
    assert remaining.update(0.3) is not None
    assert abs((remaining.update(0.3) or 0.0) - 35.0) < 1e-6
