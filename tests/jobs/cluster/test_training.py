"""Retrains on a real cluster: the trials and the model of this computer to the bit, whatever happens to workers."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.core.paths import Home
from genre_desktop.jobs.cluster import training
from genre_desktop.jobs.cluster.address import ClusterOptions
from genre_desktop.jobs.cluster.contract import resource
from genre_desktop.jobs.cluster.training import ClusterFolds
from genre_desktop.jobs.cluster.worker import PRELOAD
from genre_desktop.ml.data.dataset import CORRECTION, TrainingRows, grouped_folds
from genre_desktop.ml.models import bundle
from genre_desktop.ml.models.ensemble import Model
from genre_desktop.ml.training import estimators, sampling, studies, trainer
from genre_desktop.ml.training.fold_runner import FoldRunner, LocalFolds, out_of_fold
from genre_desktop.ml.training.search_task import SearchTask
from genre_desktop.ml.training.trainer import Candidate
from tests.fixtures.dask_cluster import Scheduler, plain_worker, scheduler
from tests.ml import training_rows
from tests.ml.starter_factory import starter

FAMILIES = ("lda", "logistic", "svm", "k-neighbors", "xgboost", "random-forest")
QUICK = ("lda", "k-neighbors")
LIMIT = 60


def nothing() -> bool:
    return False


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClusterFolds]:
    """``local:2``, as a job process opens it."""
    home = Home(tmp_path_factory.mktemp("home"))
    with training.opened(home, ClusterOptions("local:2"), nothing) as runner:
        yield runner


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[Scheduler, list[Any]]]:
    """Run a scheduler and workers without nannies: one that is killed does not come back."""
    with ExitStack() as stack:
        running = stack.enter_context(scheduler(folder))
        arguments = ("--resources", f"{resource()}=1", "--preload", PRELOAD)
        started = [stack.enter_context(plain_worker(running, *arguments)) for _ in range(workers)]
        running.workers(at_least=workers)
        yield running, started


@pytest.fixture(scope="module")
def rows() -> TrainingRows:
    return training_rows.rows(6, 3, noise=6)


def train(
    rows: TrainingRows,
    runner: FoldRunner | None = None,
    base: Model | None = None,
    families: Sequence[str] = QUICK,
    trials: int = 6,
    progress: Callable[[], None] = lambda: None,
    **more: Any,
) -> Candidate:
    return trainer.train(
        rows,
        families=families,
        trials=trials,
        seed=1,
        base=base,
        runner=runner,
        progress=lambda *report: progress(),
        **more,
    )


def outcome(found: Candidate, folder: Path) -> tuple[list[Any], str, bytes]:
    """Everything that must be the same; the digest covers the stored model and its metadata."""
    trials = [(r.family, r.number, r.params, r.gmean, r.state, r.rows) for r in found.trials]
    return trials, bundle.save(found.model, folder), found.out_of_fold.tobytes()


def with_corrections(rows: TrainingRows) -> TrainingRows:
    new = training_rows.rows(2, 2, seed=9, noise=6, sources=CORRECTION)
    names = np.array([f"new {i}" for i in range(len(new))])
    return training_rows.joined(rows, replace(new, clips=names, names=names, groups=names))


@pytest.mark.parametrize("on_starter", [False, True])
def test_the_same_winner_as_on_this_computer(
    local: ClusterFolds, rows: TrainingRows, tmp_path: Path, on_starter: bool
) -> None:
    rows, base = with_corrections(rows), starter() if on_starter else None
    here = train(rows, base=base, families=FAMILIES, trials=5)
    there = train(rows, local, base=base, families=FAMILIES, trials=5)
    assert outcome(there, tmp_path / "b") == outcome(here, tmp_path / "a")
    assert {record.state for record in here.trials} == {"complete", "pruned"}
    assert local.describe().startswith("Folds were trained on a cluster (workers: 2, lost: 0,")


@pytest.mark.parametrize("on_starter", [False, True])
def test_a_large_library_is_sent_in_the_parts_that_folds_need(
    local: ClusterFolds, tmp_path: Path, on_starter: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "SEARCH_ROWS", 2 * LIMIT)
    monkeypatch.setattr(sampling, "WHOLE_ROWS", 10)
    monkeypatch.setattr(sampling, "LEAST", 4)
    for name, family in estimators.FAMILIES.items():
        monkeypatch.setitem(estimators.FAMILIES, name, replace(family, rows=LIMIT))
    monkeypatch.setattr(training, "_is_large", lambda task: True)  # workers have the usual limits
    rows = with_corrections(training_rows.rows(6, 12, noise=6))
    base = starter() if on_starter else None
    here = train(rows, base=base, trials=4)
    there = train(rows, local, base=base, trials=4)
    assert {record.rows for record in here.trials} <= set(range(LIMIT // 2, LIMIT + 1))
    assert outcome(there, tmp_path / "b") == outcome(here, tmp_path / "a")


@pytest.mark.parametrize(
    "params",
    [
        {"inputs": "features", "emphasis": 4, "balance": "none"},
        {"inputs": "base", "emphasis": 1, "balance": "smote"},
        {"inputs": "features+base", "emphasis": 3, "balance": "oversample"},
    ],
)
def test_a_part_holds_what_its_fold_needs(rows: TrainingRows, params: dict[str, Any]) -> None:
    task = task_of(with_corrections(rows))
    params = {**estimators.of_name("lda").defaults, **params}
    for fold, (train_rows, held_out) in enumerate(task.folds):
        part = task.part("lda", params, fold)
        assert len(part.rows) == len(task.training_rows("lda", params, train_rows)) + len(held_out)
        assert np.array_equal(part.held_out("lda", params, 0), task.held_out("lda", params, fold))


def task_of(rows: TrainingRows) -> SearchTask:
    classes, y = np.unique(rows.y, return_inverse=True)
    logs = np.log(np.random.default_rng(0).dirichlet([1, 1, 1], len(rows)))
    folds = grouped_folds(rows.y, rows.fold_groups, 5, seed=1)
    return SearchTask(rows, len(rows.columns), logs, tuple(classes.tolist()), y, folds, seed=1)


def test_a_worker_that_is_killed_costs_nothing_but_time(rows: TrainingRows, tmp_path: Path) -> None:
    here = outcome(train(rows), tmp_path / "a")
    with (
        cluster(tmp_path, 2) as (running, workers),
        training.opened(Home(tmp_path), running.options, nothing) as runner,
    ):
        found = train(rows, runner, progress=at_step(15, workers[0].kill))
        load = runner._client.load()
    assert outcome(found, tmp_path / "b") == here
    assert (load.lost, load.workers) == (1, 1)


def test_a_scheduler_that_is_killed_and_started_again(rows: TrainingRows, tmp_path: Path) -> None:
    here = outcome(train(rows), tmp_path / "a")
    with ExitStack() as stack:
        running, _ = stack.enter_context(cluster(tmp_path, 1))

        def restart() -> None:
            running.kill()
            running.start()
            stack.enter_context(plain_worker(running, "--resources", f"{resource()}=1", "--preload", PRELOAD))

        runner = stack.enter_context(training.opened(Home(tmp_path), running.options, nothing))
        found = train(rows, runner, progress=at_step(15, restart))
    assert outcome(found, tmp_path / "b") == here


def at_step(number: int, action: Callable[[], object]) -> Callable[[], None]:
    steps: list[int] = []

    def progress() -> None:
        steps.append(1)
        if len(steps) == number:
            action()

    return progress


def test_a_fold_that_ends_every_worker_is_given_up(
    rows: TrainingRows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with training.opened(Home(tmp_path), ClusterOptions("local:1"), nothing) as runner:
        submit = runner._client.submit

        def deadly(number: int, function: Any, *arguments: Any, on_done: Any, shared: Any) -> None:
            submit(number, os._exit, 1, on_done=on_done)

        monkeypatch.setattr(runner._client, "submit", deadly)
        with pytest.raises(AppError) as failure:
            list(runner.run(task_of(rows), "lda", {}))
    assert failure.value.problem.key == "cluster-training"


def test_a_fold_that_fails_is_a_problem(local: ClusterFolds, rows: TrainingRows) -> None:
    with pytest.raises(AppError, match="balance"):
        list(local.run(task_of(rows), "lda", {"inputs": "features"}))
    params = {**estimators.of_name("lda").defaults, "inputs": "features"}
    out = out_of_fold(local, task_of(rows), "lda", params, lambda fold, so_far: None)
    assert np.array_equal(out, out_of_fold(LocalFolds(), task_of(rows), "lda", params, lambda *_: None))


@pytest.mark.parametrize("after", [0, 7, 30])
def test_cancelling(rows: TrainingRows, local: ClusterFolds, after: int) -> None:
    steps: list[int] = []
    with pytest.raises(Cancelled):
        train(rows, local, progress=lambda: steps.append(1), cancelled=lambda: len(steps) > after)
    assert local._settings == 0


def test_cancelling_while_the_workers_do_not_answer(rows: TrainingRows, tmp_path: Path) -> None:
    stop = threading.Event()
    with (
        cluster(tmp_path, 1) as (running, [worker]),
        training.opened(Home(tmp_path), running.options, stop.is_set) as runner,
    ):
        process = psutil.Process(worker.pid)
        timer = threading.Timer(1.0, stop.set)

        def cut() -> None:
            process.suspend()
            timer.start()

        with pytest.raises(Cancelled):
            train(rows, runner, progress=at_step(8, cut))
        process.resume()
        timer.join()


def test_a_killed_retrain_goes_on_on_the_cluster(
    rows: TrainingRows, local: ClusterFolds, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'studies.db'}"
    here = outcome(train(rows, families=("lda",)), tmp_path / "a")
    steps: list[int] = []
    with studies.opened(url) as kept, pytest.raises(Cancelled):
        train(
            rows, local, families=("lda",), studies=kept,
            progress=lambda: steps.append(1), cancelled=lambda: len(steps) > 17,
        )  # fmt: skip
    with studies.opened(url) as kept:
        found = train(rows, local, families=("lda",), studies=kept)
        assert kept is not None
        assert kept.reused == 3
    assert outcome(found, tmp_path / "b") == here
