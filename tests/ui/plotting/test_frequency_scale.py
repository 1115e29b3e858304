from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from genre_desktop.audio.spectrogram import Axis
from genre_desktop.ui.plotting.frequency_scale import ROWS, FrequencyScale, name

axes = pytest.mark.parametrize("kind", get_args(Axis))


@axes
def test_hertz_to_height_and_back(kind: Axis) -> None:
    scale = FrequencyScale(kind, 22050)
    for hz in (50.0, 440.0, 1000.0, 8000.0):
        assert scale.hz(scale.height(hz)) == pytest.approx(hz)
    assert scale.hz(1.0) == pytest.approx(11025)


@axes
def test_a_tone_is_drawn_where_the_axis_says(kind: Axis) -> None:
    scale = FrequencyScale(kind, 22050)
    db = np.full((1025, 3), -90, np.float16)
    db[200] = -10
    hz = 200 / 1024 * 11025
    row = int(scale.picture(db)[:, 0].argmax())
    assert row / (ROWS - 1) == pytest.approx(scale.height(hz), abs=0.01)


@axes
@pytest.mark.parametrize("room", [4, 8, 16])
@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (0.4, 0.5), (0.2, 0.22)])
def test_labels_are_round_inside_and_never_crowded(kind: Axis, room: int, low: float, high: float) -> None:
    ticks = FrequencyScale(kind, 22050).ticks(low, high, room)
    heights = [height for height, _ in ticks]
    assert len(ticks) >= 2
    assert all(low <= height <= high for height in heights)
    assert np.all(np.diff(heights) >= (high - low) / room * 0.999)
    assert len({label for _, label in ticks}) == len(ticks)


def test_names() -> None:
    assert [name(hz) for hz in (50, 440.0, 1000, 1500, 10_000)] == ["50", "440", "1k", "1.5k", "10k"]


def test_the_log_axis_names_notes() -> None:
    scale = FrequencyScale("log", 22050)
    whole = dict(scale.ticks(0.0, 1.0, 9))
    assert {"C2 65", "C4 262", "C8 4.2k"} <= set(whole.values())
    assert all(label.startswith("C") for label in whole.values())
    assert {label: scale.hz(height) for height, label in whole.items()}["C4 262"] == pytest.approx(
        261.63, abs=0.01
    )
    low, high = scale.height(430.0), scale.height(500.0)
    assert [label for _, label in scale.ticks(low, high, 8)] == ["A4 440", "A♯4 466", "B4 494"]
    low, high = scale.height(431.0), scale.height(439.0)
    assert len(scale.ticks(low, high, 8)) > 2  # between two notes: round frequencies
