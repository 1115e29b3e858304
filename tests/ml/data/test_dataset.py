"""Training rows: from the library, checked, digested, pooled as in serving."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genre_desktop.core.errors import AppError
from genre_desktop.core.store.library import Clip
from genre_desktop.ml.data.dataset import TrainingRows, grouped_folds, importance, per_clip
from genre_desktop.ml.features.schema import NAMES
from tests.ml import training_rows
from tests.ml.tiny_models import linear


def clip(name, windows, source="audio"):
    return Clip(
        content_hash=name,
        path=f"music/rock/{name}.flac",
        label="rock",
        group="artist:a",
        source=source,
        duration_s=30.0 * windows,
        starts=np.arange(windows) * 30.0,
        lengths=np.full(windows, 30.0),
        features=np.full((windows, len(NAMES)), float(windows)),
    )


def test_clips_become_windows_and_empty_ones_are_dropped():
    rows = TrainingRows.of([clip("one", 1), clip("none", 0), clip("three", 3, "correction")])
    assert rows.X[:, 0].tolist() == [1, 3, 3, 3]
    assert rows.clips.tolist() == ["one", "three", "three", "three"]
    assert rows.names.tolist() == [""] * 4  # no published tracks
    assert rows.first.tolist() == [0, 1]
    assert rows.sources.tolist() == ["audio"] + ["correction"] * 3
    assert len(TrainingRows.of([])) == 0


def test_the_digest_covers_all_training_inputs():
    rows = training_rows.rows(2, 2)
    again = training_rows.rows(2, 2)
    assert rows.digest() == again.digest()
    for change in ("y", "groups", "clips", "sources"):
        values = getattr(rows, change).astype("U40").copy()
        values[0] = "something else"
        assert replace(rows, **{change: values}).digest() != rows.digest()
    X = rows.X.copy()
    X[0, 0] += 1e-9
    assert replace(rows, X=X).digest() != rows.digest()


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (training_rows.rows(1, 2), "too-few-clips"),
        (training_rows.rows(5, 3, labels=("rock",)), "one-genre"),
        (replace(training_rows.rows(3, 3), groups=np.full(27, "artist")), "one-group"),
        (replace(training_rows.rows(3, 3), X=np.zeros((27, 5))), "feature-version"),
    ],
)
def test_rows_unfit_for_training_are_refused(rows, code):
    with pytest.raises(AppError) as caught:
        rows.check()
    assert caught.value.problem.code == code
    assert caught.value.problem.hint


def test_windows_are_pooled_as_the_model_pools_them():
    rows = training_rows.rows(2, 2, windows=3)
    proba = np.random.default_rng(0).dirichlet(np.ones(10), len(rows))
    model = linear()
    pooled = per_clip(rows, proba)
    assert pooled.shape == (12, 10)
    assert np.allclose(pooled[4], model.pool(proba[12:15]), atol=1e-6)


def test_reference_and_own_clips_have_equal_weight():
    rows = training_rows.joined(
        training_rows.rows(4, 4, sources="reference"), training_rows.rows(1, 2, seed=1)
    )
    rows = replace(rows, clips=np.arange(len(rows)).astype(str))
    weights = importance(rows)
    assert weights[:48].sum() == pytest.approx(weights[48:].sum())
    assert np.all(importance(training_rows.rows(2, 2)) == 1)


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


def test_a_label_of_one_artist_is_held_out_by_clip():
    rows = training_rows.rows(2, 2, labels=("jazz", "polka"))
    rows = replace(rows, groups=np.where(rows.y == "polka", "one", rows.groups))
    found = rows.fold_groups
    assert (found[rows.y == "jazz"] == rows.groups[rows.y == "jazz"]).all()
    assert len(set(found[rows.y == "polka"])) == 4
    windows = training_rows.rows(1, 2, labels=("polka",), windows=2)
    assert len(set(windows.fold_groups)) == 2
