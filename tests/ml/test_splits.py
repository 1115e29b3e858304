"""No artist on both sides, every row held out once, rare genres survive."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genre_desktop.ml.splits import grouped_folds


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), min_size=4, max_size=60),
    st.integers(2, 6),
    st.integers(0, 3),
)
def test_any_library_with_two_artists_can_be_split(pairs, n_splits, seed):
    y = np.array([label for label, _ in pairs])
    groups = np.array([f"artist {n}" for _, n in pairs])
    if len(set(groups)) < 2:
        with pytest.raises(ValueError, match="two artists"):
            grouped_folds(y, groups, n_splits, seed)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        folds = grouped_folds(y, groups, n_splits, seed)
    assert sorted(np.concatenate([held for _, held in folds]).tolist()) == list(range(len(y)))
    for train, held in folds:
        assert not set(groups[train]) & set(groups[held])
        assert len(train)
        assert len(train) + len(held) == len(y)


def test_genres_are_spread_and_the_seed_decides():
    y = np.repeat(["a", "b"], 40)
    groups = np.arange(80).astype(str)
    folds = grouped_folds(y, groups, 5, seed=1)
    assert all(np.sum(y[held] == "a") == 8 for _, held in folds)
    again = grouped_folds(y, groups, 5, seed=1)
    other = grouped_folds(y, groups, 5, seed=2)
    assert all(np.array_equal(a[1], b[1]) for a, b in zip(folds, again, strict=True))
    assert any(not np.array_equal(a[1], b[1]) for a, b in zip(folds, other, strict=True))
