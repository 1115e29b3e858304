"""The running median is exact, whatever the shape and the type."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.ndimage
from hypothesis import given, settings
from hypothesis import strategies as st

from genre_desktop.ml.features.dsp import median_filter


@settings(max_examples=40)
@given(
    st.integers(1, 120),
    st.integers(1, 40),
    st.sampled_from([np.int16, np.float32]),
    st.integers(1, 300),
    st.integers(0, 1 << 30),
)
def test_is_the_median_of_every_window(n: int, m: int, kind: type, values: int, seed: int) -> None:
    """Few distinct values make ties, which a network might lose or repeat."""
    x = np.random.default_rng(seed).integers(-values, values, (n, m)).astype(kind)
    before = x.copy()
    padded = np.pad(x, ((15, 15), (0, 0)), mode="symmetric")
    windows = np.lib.stride_tricks.sliding_window_view(padded, median_filter.SIZE, axis=0)
    assert np.array_equal(median_filter.running_median(x), np.median(windows, axis=-1))
    assert np.array_equal(x, before)


@pytest.mark.parametrize("n", [31, 44, 100])
def test_equals_what_librosa_calls(n: int) -> None:
    """SciPy's own filter, which goes another way where fewer than 31 rows are mirrored repeatedly."""
    x = np.random.default_rng(n).standard_normal((n, 20)).astype(np.float32)
    plain = scipy.ndimage.median_filter(x, size=(median_filter.SIZE, 1), mode="reflect")
    assert np.array_equal(median_filter.running_median(x), plain)


@pytest.mark.parametrize("together", [1, 700, 10**9])
def test_does_not_depend_on_how_columns_are_taken_together(
    together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    x = np.random.default_rng(1).standard_normal((200, 33)).astype(np.float32)
    usual = median_filter.running_median(x)
    monkeypatch.setattr(median_filter, "_BLOCK", together)
    assert np.array_equal(median_filter.running_median(x), usual)
