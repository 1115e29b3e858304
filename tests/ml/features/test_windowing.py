"""Streaming windows are the planned ones, whatever the block sizes, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genre_desktop.core.errors import AppError
from genre_desktop.ml.features import windowing
from genre_desktop.ml.features.schema import SAMPLE_RATE

Samples = np.ndarray


class FirstAndLast:
    """Fake extractor that returns the start and end of a window, read from a rising signal."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, bool]] = []

    def extract(self, samples: Samples, start: int, whole: bool, shift: int, /) -> np.ndarray:
        self.asked.append((start + shift, whole))
        if len(samples) < SAMPLE_RATE:
            raise AppError("clip-too-short/made-up")
        if not samples.any():
            raise AppError("silence/made-up")
        return np.array([samples[0], samples[-1]], np.float64)


def rising(seconds: float) -> Samples:
    """Sample i is i + 1; exact in float32 up to 2^24, 760 s."""
    return np.arange(1, round(seconds * SAMPLE_RATE) + 1, dtype=np.float32)


def blocks_of(samples: Samples, seconds: float) -> Iterator[Samples]:
    step = max(1, round(seconds * SAMPLE_RATE))
    for start in range(0, len(samples), step):
        yield samples[start : start + step]


durations = st.floats(1, 200)


@settings(max_examples=60)
@given(durations, st.floats(0.3, 250), st.sampled_from(["song", "excerpt"]))
def test_stream_gives_the_planned_windows(duration: float, block: float, mode: windowing.Mode) -> None:
    found = list(windowing.rows(blocks_of(rising(duration), block), mode, FirstAndLast(), duration))
    planned = windowing.plan(duration, mode)
    assert len(found) == len(planned)
    for row, (start, length) in zip(found, planned, strict=True):
        assert row.start_s == pytest.approx(start, abs=1e-3)
        assert row.length_s == pytest.approx(length, abs=1e-3)
        assert row.features[0] == pytest.approx(round(row.start_s * SAMPLE_RATE) + 1, abs=windowing.GRID)
        assert mode == "excerpt" or row.features[0] % windowing.GRID == 1
        assert row.features[1] - row.features[0] + 1 == round(row.length_s * SAMPLE_RATE)


@given(durations)
def test_plan_covers_the_song_but_for_a_short_tail(duration: float) -> None:
    planned = windowing.plan(duration)
    assert planned[0][0] == 0
    assert 0 <= duration - sum(planned[-1]) <= windowing.SLACK_S + 1e-9
    for (start, length), (following, _) in pairwise(planned):
        assert start < following <= start + length


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        (12.0, [(0, 12)]),
        (30.013, [(0, 30.013)]),
        (33.0, [(0, 33)]),
        (34.0, [(0, 30), (4, 30)]),
        (45.0, [(0, 30), (15, 30)]),
        (47.9, [(0, 30), (15, 30)]),
        (50.0, [(0, 30), (15, 30), (20, 30)]),
    ],
)
def test_plan_of_a_song(duration: float, expected: list[tuple[float, float]]) -> None:
    assert list(windowing.plan(duration)) == [pytest.approx(window) for window in expected]


def test_excerpt_is_the_middle() -> None:
    assert windowing.plan(100, "excerpt") == ((35.0, 30.0),)


def test_excerpt_of_unknown_length_is_the_middle_of_what_came() -> None:
    (row,) = windowing.rows(blocks_of(rising(100), 5), "excerpt", FirstAndLast())
    assert row.start_s == pytest.approx(35, abs=1e-3)


def test_excerpt_of_endless_stream_stops_after_ten_minutes() -> None:
    taken = 0

    def endless() -> Iterator[Samples]:
        nonlocal taken
        while True:
            taken += 5
            yield np.ones(5 * SAMPLE_RATE, np.float32)

    (row,) = windowing.rows(endless(), "excerpt", FirstAndLast())
    assert row.start_s == pytest.approx((windowing.UNKNOWN_S - windowing.WINDOW_S) / 2)
    assert taken == windowing.UNKNOWN_S


def test_excerpt_of_a_file_that_ends_early_is_its_end() -> None:
    (row,) = windowing.rows(blocks_of(rising(60), 5), "excerpt", FirstAndLast(), duration_s=400.0)
    assert (row.start_s, row.length_s) == (30.0, 30.0)


def test_silent_stretch_has_no_row_and_does_not_end_the_song() -> None:
    samples = rising(120)
    samples[40 * SAMPLE_RATE : 80 * SAMPLE_RATE] = 0
    found = [row.start_s for row in windowing.rows(blocks_of(samples, 5), "song", FirstAndLast())]
    assert found == [0, 15, 30, 60, 75, 90]


def test_silent_song_is_an_error() -> None:
    with pytest.raises(AppError) as caught:
        list(windowing.rows(blocks_of(np.zeros(50 * SAMPLE_RATE, np.float32), 5), "song", FirstAndLast()))
    assert caught.value.problem.code == "silence"


@pytest.mark.parametrize("mode", ["song", "excerpt"])
@pytest.mark.parametrize("seconds", [0, 0.5])
def test_too_short_is_an_error(mode: windowing.Mode, seconds: float) -> None:
    with pytest.raises(AppError) as caught:
        list(windowing.rows(blocks_of(rising(seconds), 5), mode, FirstAndLast(), seconds))
    assert caught.value.problem.code == "clip-too-short"


def test_memory_is_a_window_and_a_block() -> None:
    """Three hours pass through; what is alive at any time is under a minute of sound."""
    alive: dict[int, int] = {}

    class Counted(np.ndarray):
        def __del__(self) -> None:
            alive.pop(id(self), None)

    def three_hours() -> Iterator[Samples]:
        for _ in range(3 * 3600 // 5):
            block = np.ones(5 * SAMPLE_RATE, np.float32).view(Counted)
            alive[id(block)] = len(block)
            yield block

    most = 0
    for _ in windowing.rows(three_hours(), "song", FirstAndLast()):
        most = max(most, sum(alive.values()))
    assert 0 < most <= 60 * SAMPLE_RATE


def test_pool_weighs_by_length() -> None:
    rows = [windowing.WindowRow(0, 30, np.zeros(2)), windowing.WindowRow(30, 10, np.zeros(2))]
    pooled = windowing.pool([np.array([1.0, 0.0]), np.array([0.0, 1.0])], rows)
    assert pooled.tolist() == [0.75, 0.25]


@pytest.mark.parametrize(
    ("seconds", "mode", "asked"),
    [
        (20.0, "song", [(0.0, True)]),
        (70.0, "song", [(0.0, False), (15.0, False), (30.0, False), (40.0, False)]),
        (70.0, "excerpt", [(20.0, True)]),
    ],
)
def test_the_extractor_knows_place_and_company_of_a_window(
    seconds: float, mode: windowing.Mode, asked: list[tuple[float, bool]]
) -> None:
    extractor = FirstAndLast()
    list(windowing.rows([rising(seconds)], mode, extractor, seconds))
    assert extractor.asked == [(round(start * SAMPLE_RATE), whole) for start, whole in asked]
