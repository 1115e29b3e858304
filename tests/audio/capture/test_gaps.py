"""Gaps are what is missing between the sound that arrives, at any size of its blocks."""

from __future__ import annotations

import pytest

from genre_desktop.audio.capture.gaps import LEAST_S, NOTICED_S, Gap, GapDetector


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def detector(clock: Clock) -> GapDetector:
    detector = GapDetector(clock)
    detector.arrived(0.5, 0.0)
    return detector


def test_sound_without_a_pause_has_no_gap(detector: GapDetector, clock: Clock) -> None:
    for _ in range(200):
        clock.now += 0.11
        assert not detector.arrived(0.1, 0.5)
    assert (detector.closed_s, list(detector.gaps)) == (0.0, [])


def test_sound_that_comes_late_but_whole_has_no_gap(detector: GapDetector, clock: Clock) -> None:
    clock.now += 30.0
    assert not detector.arrived(29.8, 0.5)


def test_missing_sound_is_a_gap_where_it_was_missing(detector: GapDetector, clock: Clock) -> None:
    clock.now += 8.0
    assert detector.arrived(0.5, 20.0)
    assert list(detector.gaps) == [Gap(20.0, 27.5)]
    assert detector.closed_s == 7.5


def test_a_long_gap_is_noticed_before_it_ends(detector: GapDetector, clock: Clock) -> None:
    clock.now += NOTICED_S
    assert detector.current_s == 0
    clock.now += 1.0
    assert detector.current_s == NOTICED_S + 1.0
    detector.arrived(0.1, 0.5)
    assert detector.current_s == 0


@pytest.mark.parametrize(("reopened", "gap"), [(False, False), (True, True)])
def test_opening_another_device_is_a_gap_however_short(
    detector: GapDetector, clock: Clock, reopened: bool, gap: bool
) -> None:
    clock.now += LEAST_S
    assert detector.arrived(0.1, 0.5, reopened=reopened) is gap


def test_time_without_listening_is_no_gap(detector: GapDetector, clock: Clock) -> None:
    detector.restart()
    clock.now += 500.0
    assert detector.current_s == 0
    assert not detector.arrived(0.1, 0.5, reopened=True)
