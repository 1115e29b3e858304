"""Hyperparameter search within one family: Optuna with grouped folds, pruning and cancellation."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

import optuna

from genre_desktop.core.errors import Cancelled
from genre_desktop.core.messages import Message, message
from genre_desktop.ml.arrays import Floats
from genre_desktop.ml.data.dataset import CORRECTION
from genre_desktop.ml.training import estimators
from genre_desktop.ml.training.estimator_names import title
from genre_desktop.ml.training.fold_runner import FoldRunner, out_of_fold
from genre_desktop.ml.training.search_task import SearchTask

Progress = Callable[[float, Message, float | None], None]
"""``progress(fraction, message, seconds_left)``; seconds are None until there is an estimate."""

_STARTUP = 3
"""Trials of a family that are never pruned, so that there is a median to prune by."""


@dataclass(frozen=True, slots=True)
class TrialRecord:
    """One trial as recorded in the MLflow run."""

    family: str
    number: int
    params: Mapping[str, Any]
    gmean: float
    state: Literal["complete", "pruned"]
    seconds: float
    rows: int = 0
    """Rows that each fold was trained on, at most; less than the fold has if the family is sampled."""


@dataclass(frozen=True, eq=False)
class SearchResult:
    """The best trial of a family; ``out`` ``(n, n_classes)`` are its held-out probabilities per window."""

    family: str
    params: dict[str, Any]
    out: Floats = field(repr=False)
    gmean: float


class SearchProgress:
    """Counts steps, reports progress, and raises :class:`Cancelled` between two steps.

    Families that are searched side by side share it: progress is reported by one thread at a time.
    """

    def __init__(self, steps: int, progress: Progress, cancelled: Callable[[], bool]) -> None:
        self._steps, self._done = max(steps, 1), 0
        self._progress, self._cancelled = progress, cancelled
        self._started = time.monotonic()
        self._stopped = False
        self._lock = threading.Lock()

    def step(self, message: Message, count: int = 1) -> None:
        """Count ``count`` completed steps and report progress."""
        with self._lock:
            self._done += count
            self.check()
            share = min(self._done / self._steps, 1.0)
            elapsed = time.monotonic() - self._started
            self._progress(share, message, elapsed / share - elapsed if share > 0 else None)

    def check(self) -> None:
        """Raise :class:`Cancelled` if the user has stopped the job, or :meth:`stop` was called."""
        if self._stopped or self._cancelled():
            raise Cancelled

    def stop(self) -> None:
        """Stop every thread at its next step."""
        self._stopped = True


def search(
    task: SearchTask, family: str, *, trials: int, progress: SearchProgress, runner: FoldRunner
) -> tuple[SearchResult, list[TrialRecord]]:
    """Run ``trials`` trials of a family, its defaults first; reproducible by the task's seed.

    Raises
    ------
    Cancelled
        Between two fits.
    """
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(
        direction="maximize",
        sampler=optuna.samplers.TPESampler(seed=task.seed),
        pruner=optuna.pruners.MedianPruner(n_startup_trials=_STARTUP, n_warmup_steps=1),
    )
    study.enqueue_trial({**estimators.of_name(family).defaults, **_default_inputs(task)})
    best: SearchResult | None = None
    records: list[TrialRecord] = []
    for number in range(trials):
        trial = study.ask()
        found, record = _run_trial(task, family, trial, progress, (number + 1, trials), runner)
        records.append(record)
        if found is None:
            study.tell(trial, state=optuna.trial.TrialState.PRUNED)
            continue
        study.tell(trial, found.gmean)
        best = found if best is None or found.gmean > best.gmean else best
    if best is None:
        raise ValueError("a search needs at least one trial")  # the first is never pruned
    return best, records


def _run_trial(
    task: SearchTask,
    family: str,
    trial: optuna.Trial,
    progress: SearchProgress,
    number: tuple[int, int],
    runner: FoldRunner,
) -> tuple[SearchResult | None, TrialRecord]:
    """Run one trial, ``number`` of how many; a pruned one has no result."""
    params = _suggest(task, family, trial)
    started, gmean = time.monotonic(), 0.0
    rows = max(len(task.training_rows(family, params, train)) for train, _ in task.folds)
    stage = _stage(family, number, rows, sampled=rows < max(len(train) for train, _ in task.folds))

    def after(fold: int, so_far: Floats) -> None:
        nonlocal gmean
        progress.step(stage)
        gmean = task.gmean(so_far)
        trial.report(gmean, fold)
        left = len(task.folds) - fold - 1
        if left and trial.should_prune():
            progress.step(stage, left)
            raise optuna.TrialPruned

    result: SearchResult | None = None
    with suppress(optuna.TrialPruned):
        out = out_of_fold(runner, task, family, params, after)
        result = SearchResult(family, params, out, gmean)
    state: Literal["complete", "pruned"] = "pruned" if result is None else "complete"
    seconds = time.monotonic() - started
    return result, TrialRecord(family, trial.number, params, gmean, state, seconds, rows)


def _stage(family: str, number: tuple[int, int], rows: int, *, sampled: bool) -> Message:
    values: dict[str, Message | int] = {
        "title": Message(title(family)),
        "number": number[0],
        "trials": number[1],
    }
    if sampled:
        return message("{title}, sample of {rows} rows: setting {number} of {trials}", rows=rows, **values)
    return message("{title}: setting {number} of {trials}", **values)


def _suggest(task: SearchTask, family: str, trial: optuna.Trial) -> dict[str, Any]:
    params = estimators.suggest(estimators.of_name(family), trial)
    choices = ["features+base", "features", "base"] if task.n_base else ["features"]
    params["inputs"] = trial.suggest_categorical("inputs", choices)
    if (task.rows.sources == CORRECTION).any():
        params["emphasis"] = trial.suggest_int("emphasis", 1, 8, log=True)
    return params


def _default_inputs(task: SearchTask) -> dict[str, Any]:
    first: dict[str, Any] = {"inputs": "features+base" if task.n_base else "features"}
    if (task.rows.sources == CORRECTION).any():
        first["emphasis"] = 3
    return first
