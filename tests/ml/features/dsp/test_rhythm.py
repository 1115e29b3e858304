"""The short way to the mean autocorrelation is the long one, and a beat has its tempo."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from genre_desktop.ml.features.dsp import filter_banks, rhythm

Onsets = NDArray[np.float32]


def window_by_window(onsets: Onsets) -> NDArray[np.float64]:
    """Autocorrelation of every window, normalised, then the mean."""
    size = rhythm._WINDOW
    ramp = np.pad(onsets, size // 2, mode="linear_ramp", end_values=0).astype(float)
    total = np.zeros(size)
    for start in range(len(onsets)):
        frame = ramp[start : start + size] * filter_banks.hann(size)
        lags = np.correlate(frame, frame, "full")[size - 1 :]
        total += lags / lags[0] if lags[0] > 1e-30 else 0
    return total / len(onsets)


@settings(max_examples=15)
@given(st.integers(44, 700), st.floats(0, 1), st.integers(0, 1 << 30))
def test_mean_autocorrelation(frames: int, silent: float, seed: int) -> None:
    onsets = np.random.default_rng(seed).exponential(2, frames).astype(np.float32)
    onsets[int(silent * frames) :] = 0
    found = rhythm.mean_autocorrelation(onsets)
    assert found == pytest.approx(window_by_window(onsets), abs=1e-6)


def test_windows_of_next_to_nothing_do_not_drown_the_rest() -> None:
    onsets = np.random.default_rng(0).exponential(2, 1200).astype(np.float32)
    onsets[:500] = 0
    onsets[100] = 3e-8
    assert rhythm.mean_autocorrelation(onsets) == pytest.approx(window_by_window(onsets), abs=1e-6)


@pytest.mark.parametrize("frames", [15, 18, 22, 28])
def test_tempo_of_a_beat(frames: int) -> None:
    onsets = np.zeros(1000, np.float32)
    onsets[::frames] = 10
    assert rhythm.tempo(onsets) == pytest.approx(60 * filter_banks.SAMPLE_RATE / filter_banks.HOP / frames)


def test_onset_rate_counts_what_stands_out_once() -> None:
    onsets = np.full(431, 0.1, np.float32)
    onsets[20::40] = 5.0
    onsets[21::40] = 5.0  # within the pause after an onset
    assert rhythm.onset_rate(onsets, 10.0) == pytest.approx(1.1)


def test_nothing_begins() -> None:
    assert rhythm.onset_rate(np.zeros(100, np.float32), 2.0) == 0
