"""Folds trained in turn, side by side, or elsewhere give the same numbers, and are given up when not needed."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from genre_desktop.core.errors import Cancelled
from genre_desktop.ml.data.dataset import grouped_folds
from genre_desktop.ml.models import bundle
from genre_desktop.ml.training import estimators, sampling, trainer
from genre_desktop.ml.training.fold_runner import LocalFolds, out_of_fold
from genre_desktop.ml.training.search_task import SearchTask
from tests.ml import training_rows
from tests.ml.starter_factory import starter

FAMILIES = ("lda", "logistic", "svm")
PARAMS = {**estimators.of_name("lda").defaults, "inputs": "features"}


class SideBySide:
    """Trains all folds of a setting at once, and all families, as a cluster does."""

    families = len(FAMILIES)

    def __init__(self) -> None:
        self.tasks: set[int] = set()
        self.closed = 0

    def run(self, task, family, params):
        self.tasks.add(len(task.folds))
        pool = ThreadPoolExecutor(4, "fold")
        try:
            yield from pool.map(lambda fold: task.held_out(family, params, fold), range(len(task.folds)))
        except GeneratorExit:
            self.closed += 1
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@pytest.fixture(scope="module")
def rows():
    return training_rows.rows(8, 3, noise=2.5, windows=2)


@pytest.fixture
def task(rows):
    folds = grouped_folds(rows.y, rows.fold_groups, 5, seed=1)
    classes, y = np.unique(rows.y, return_inverse=True)
    return SearchTask(
        rows, len(rows.columns), np.zeros((len(rows), 0)), tuple(classes.tolist()), y, folds, seed=1
    )


def train(rows, runner=None, **more):
    return trainer.train(rows, families=FAMILIES, trials=6, seed=1, runner=runner, **more)


def test_every_row_is_predicted_by_the_fold_that_does_not_know_it(task):
    seen = []
    out = out_of_fold(
        LocalFolds(), task, "lda", PARAMS, lambda fold, so_far: seen.append(int(np.isnan(so_far).any()))
    )
    assert np.allclose(out.sum(axis=1), 1)
    assert seen == [1, 1, 1, 1, 0]
    for number, (_, held_out) in enumerate(task.folds):
        assert np.array_equal(out[held_out], task.held_out("lda", PARAMS, number))


@pytest.mark.parametrize("threads", [1, 2])
def test_folds_that_are_not_needed_are_not_begun(task, threads, monkeypatch):
    monkeypatch.setattr(sampling, "WHOLE_ROWS", 10**9 if threads == 1 else 0)
    begun, given_up = [], threading.Event()
    held_out = SearchTask.held_out

    def counted(self, family, params, fold):
        begun.append(fold)
        if fold:
            given_up.wait(60)
        return held_out(self, family, params, fold)

    monkeypatch.setattr(SearchTask, "held_out", counted)

    def stop(fold, so_far):
        raise Cancelled

    with pytest.raises(Cancelled):
        out_of_fold(LocalFolds(), task, "lda", PARAMS, stop)
    given_up.set()
    assert begun[0] == 0
    assert len(begun) == 1 if threads == 1 else len(begun) < len(task.folds)


@pytest.mark.parametrize("on_starter", [False, True])
def test_families_side_by_side_give_the_same_trials_and_model(rows, on_starter, tmp_path):
    base = starter() if on_starter else None
    alone, runner = train(rows, base=base), SideBySide()
    together = train(rows, runner, base=base)
    assert described(together.trials) == described(alone.trials)
    pruned = [record for record in together.trials if record.state == "pruned"]
    assert runner.closed == len(pruned) > 0  # in the order of the folds, whichever was trained first
    assert bundle.save(together.model, tmp_path / "b") == bundle.save(alone.model, tmp_path / "a")
    assert runner.tasks >= {5}


def test_progress_of_families_side_by_side_grows_to_the_end(rows):
    reports = []
    train(rows, SideBySide(), base=None, progress=lambda *report: reports.append(report))
    shares = [share for share, _ in reports]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@pytest.mark.parametrize("after", [0, 1, 20])
def test_cancelling_ends_all_families(rows, after):
    calls = []

    def cancelled():
        calls.append(1)
        return len(calls) > after

    with pytest.raises(Cancelled):
        train(rows, SideBySide(), base=None, cancelled=cancelled)


def test_the_error_of_one_family_ends_the_others_and_is_reported(rows):
    class Broken(SideBySide):
        def run(self, task, family, params):
            if family == "svm":
                raise MemoryError("too many rows")
            return super().run(task, family, params)

    reports = []
    with pytest.raises(MemoryError, match="too many rows"):
        train(rows, Broken(), base=None, progress=lambda *report: reports.append(report))
    assert len(reports) < 2 * 6 * 5


def described(trials):
    return [(r.family, r.number, r.params, r.gmean, r.state, r.rows) for r in trials]
