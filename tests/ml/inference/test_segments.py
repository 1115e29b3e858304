"""Windows of a song become stretches of one genre."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genre_desktop.core.types import Segment
from genre_desktop.ml.inference.segments import segments, without_music
from genre_desktop.ml.models.ensemble import average

CLASSES = ("jazz", "rock")


def cut(starts, lengths, P, duration_s, kinds=None):
    kinds = kinds or ["music"] * len(starts)
    return segments(
        starts, lengths, kinds, np.array(P), CLASSES, lambda votes: average(votes, "mean"), duration_s
    )


def test_one_window_is_one_segment() -> None:
    assert cut([0.0], [30.0], [[0.7, 0.3]], 30.0) == (Segment(0.0, 30.0, "jazz", 0.7),)


def test_equal_neighbours_are_joined_and_averaged_over_time() -> None:
    found = cut([0, 30, 60], [30, 30, 15], [[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]], 75)
    assert found == (Segment(0, 60, "jazz", 0.75), Segment(60, 75, "rock", 0.8))


def test_overlapping_windows_vote_on_what_they_share() -> None:
    found = cut([0, 15], [30, 30], [[0.9, 0.1], [0.2, 0.8]], 45)
    assert found == (Segment(0, 30, "jazz", pytest.approx(0.725)), Segment(30, 45, "rock", 0.8))


def test_a_gap_stays_a_gap() -> None:
    found = cut([0, 60], [30, 30], [[0.9, 0.1], [0.9, 0.1]], 90)
    assert found == (Segment(0, 30, "jazz", 0.9), Segment(60, 90, "jazz", 0.9))


def test_what_lies_in_spoken_windows_only_is_speech() -> None:
    found = cut([0, 15, 30], [30, 30, 30], [[0.9, 0.1]], 60, ["speech", "speech", "music"])
    assert found == (Segment(0, 30, "", 0.0, "speech"), Segment(30, 60, "jazz", 0.9))


def test_a_recording_without_music_has_the_kinds_of_its_windows() -> None:
    found = without_music([0, 30, 60], [30, 30, 30], ["speech", "speech", "noise"], 80.0)
    assert found == (Segment(0, 60, "", 0.0, "speech"), Segment(60, 80, "", 0.0, "noise"))


def test_nothing_reaches_beyond_the_end() -> None:
    assert cut([0, 15], [30, 30], [[0.9, 0.1], [0.9, 0.1]], 33.5)[-1].end_s == 33.5


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.floats(0, 300), st.floats(1, 60), st.floats(0.01, 0.99)), min_size=1, max_size=12)
)
def test_segments_are_in_order_apart_and_cover_the_windows(windows) -> None:
    starts, lengths, p = (list(column) for column in zip(*sorted(windows), strict=True))
    found = cut(starts, lengths, [[x, 1 - x] for x in p], 400.0)
    covered = sum(segment.end_s - segment.start_s for segment in found)
    grid = np.arange(0, 400, 0.05)
    expected = np.any([(grid >= a) & (grid < a + n) for a, n in zip(starts, lengths, strict=True)], axis=0)
    assert covered == pytest.approx(expected.sum() * 0.05, abs=2.0)
    for left, right in pairwise(found):
        assert left.end_s <= right.start_s
        assert left.genre != right.genre or left.end_s < right.start_s
    assert all(0.0 < segment.probability <= 1.0 for segment in found)
