"""Samples of large libraries: stated sizes, every genre, equal for equal seeds; small libraries are untouched."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from genre_desktop.ml.data.dataset import CORRECTION, REFERENCE
from genre_desktop.ml.models import bundle
from genre_desktop.ml.training import estimators, sampling, trainer
from tests.ml import training_rows
from tests.ml.starter_factory import starter

LIMIT = 60


@pytest.fixture
def rows():
    """360 rows of three genres, one of them rare, in clips of two windows."""
    found = training_rows.rows(12, 6, windows=2, noise=1.5)
    keep = np.flatnonzero((found.y != "polka") | (np.arange(len(found)) % 12 < 2))
    return found.at(keep)


@pytest.fixture
def small_limits(monkeypatch):
    monkeypatch.setattr(sampling, "SEARCH_ROWS", 2 * LIMIT)
    monkeypatch.setattr(sampling, "WHOLE_ROWS", 10)
    monkeypatch.setattr(sampling, "LEAST", 4)
    for name, family in estimators.FAMILIES.items():
        monkeypatch.setitem(estimators.FAMILIES, name, replace(family, rows=LIMIT))


def y_of(rows):
    return np.unique(rows.y, return_inverse=True)[1]


class TestRows:
    def test_a_sample_has_the_stated_size_and_the_shares_of_the_library(self, rows, small_limits):
        index = np.arange(len(rows))
        found = sampling.of_rows(index, y_of(rows), "svm", "weights", seed=1)
        assert LIMIT - 3 <= len(found) <= LIMIT
        assert len(set(found.tolist())) == len(found)
        shares = [np.mean(rows.y[part] == "jazz") for part in (index, found)]
        assert shares[1] == pytest.approx(shares[0], abs=0.06)

    @pytest.mark.parametrize("balance", ["none", "weights", "oversample", "smote"])
    def test_no_genre_is_lost_and_equal_seeds_give_equal_samples(self, rows, balance, small_limits):
        draws = [
            sampling.of_rows(np.arange(len(rows)), y_of(rows), "svm", balance, seed) for seed in (1, 1, 2)
        ]
        assert np.array_equal(draws[0], draws[1])
        assert not np.array_equal(draws[0], draws[2])
        assert set(rows.y[draws[0]]) == set(training_rows.LABELS)

    def test_copies_of_rare_genres_count(self, rows, small_limits):
        found = sampling.of_rows(np.arange(len(rows)), y_of(rows), "svm", "smote", seed=1)
        _, counts = np.unique(rows.y[found], return_counts=True)
        assert len(counts) * counts.max() <= LIMIT

    def test_fits_on_few_rows_are_left_alone(self, rows):
        index = np.arange(len(rows))
        for name in estimators.FAMILIES:
            for balance in ("none", "smote"):
                assert sampling.of_rows(index, y_of(rows), name, balance, seed=1) is index

    def test_one_genre_with_most_rows_is_cut_where_its_copies_would_be_too_many(self, monkeypatch):
        y = np.repeat([0, 1, 2], [3000, 30, 30])
        monkeypatch.setitem(estimators.FAMILIES, "lda", replace(estimators.FAMILIES["lda"], rows=6000))
        index = np.arange(len(y))
        assert sampling.of_rows(index, y, "lda", "none", seed=1) is index
        assert np.bincount(y[sampling.of_rows(index, y, "lda", "smote", seed=1)]).tolist() == [2000, 30, 30]


class TestClips:
    def test_clips_stay_whole(self, rows, small_limits):
        found = sampling.of_clips(rows, np.arange(len(rows)), seed=1, most=LIMIT)
        assert LIMIT - 10 <= len(found) <= LIMIT
        assert not set(rows.clips[found]) & set(np.delete(rows.clips, found))

    def test_corrections_and_reference_clips_are_kept(self, rows):
        parts = [
            replace(
                rows.at(np.arange(6)),
                clips=np.array([f"{source} {i}" for i in range(6)]),
                sources=np.full(6, source),
            )
            for source in (CORRECTION, REFERENCE)
        ]
        every = training_rows.joined(rows, *parts)
        found = sampling.of_clips(every, np.arange(len(every)), seed=1, most=LIMIT)
        assert np.isin(every.sources[found], (CORRECTION, REFERENCE)).sum() == 12

    def test_a_small_library_is_used_as_it_is(self, rows):
        index = np.arange(len(rows))
        assert sampling.of_clips(rows, index, seed=1, most=len(rows)) is index


class TestRetrain:
    FAMILIES = ("lda", "k-neighbors")

    def run(self, rows, base=None, stages=None):
        def progress(fraction, stage):
            if stages is not None:
                stages.append(stage)

        return trainer.train(rows, families=self.FAMILIES, trials=2, seed=1, base=base, progress=progress)

    def test_a_small_library_gives_the_same_model_as_without_limits(self, rows, tmp_path, monkeypatch):
        first = bundle.save(self.run(rows, starter()).model, tmp_path / "a")
        monkeypatch.setattr(sampling, "SEARCH_ROWS", 10**9)
        monkeypatch.setattr(sampling, "WHOLE_ROWS", 10**9)
        assert bundle.save(self.run(rows, starter()).model, tmp_path / "b") == first
        assert sampling.limits(rows, self.FAMILIES) == {}

    @pytest.mark.parametrize("on_starter", [True, False])
    def test_a_large_library_is_measured_on_all_clips(self, rows, on_starter, small_limits, tmp_path):
        stages = []
        base = starter() if on_starter else None
        found = self.run(rows, base, stages)
        assert found.scores.n == len(rows.first)
        assert found.scores.gmean > 0.5
        assert any("sample of" in stage for stage in stages)
        assert {record.rows for record in found.trials} <= set(range(LIMIT // 2, LIMIT + 1))
        json.dumps(found.model.metadata)
        digest = bundle.save(found.model, tmp_path / "a")
        assert bundle.save(self.run(rows, base).model, tmp_path / "b") == digest

    def test_the_log_states_what_is_sampled(self, rows, small_limits):
        limits = sampling.limits(rows, self.FAMILIES)
        assert limits == {"search": 2 * LIMIT, "lda": LIMIT, "k-neighbors": LIMIT}
        lines = sampling.describe(rows, limits)
        assert lines[0] == f"Settings are searched on a sample of {2 * LIMIT} of {len(rows)} rows."
        assert f"Shrinkage LDA: a sample of {LIMIT} rows." in lines


def test_folds_trained_side_by_side_give_the_same(rows, monkeypatch):
    alone = trainer.train(rows, families=("lda", "logistic"), trials=3, seed=1, base=None)
    monkeypatch.setattr(sampling, "WHOLE_ROWS", 10)
    together = trainer.train(rows, families=("lda", "logistic"), trials=3, seed=1, base=None)
    assert np.array_equal(alone.out_of_fold, together.out_of_fold)
    assert [record.gmean for record in alone.trials] == [record.gmean for record in together.trials]
