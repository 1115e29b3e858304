"""Hyperparameter search within one family: Optuna with grouped folds, pruning and cancellation."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

import numpy as np
import optuna

from genre_desktop.core.errors import Cancelled
from genre_desktop.core.messages import Message, message
from genre_desktop.ml.arrays import Floats
from genre_desktop.ml.data.dataset import CORRECTED
from genre_desktop.ml.training import estimators
from genre_desktop.ml.training.estimator_names import title
from genre_desktop.ml.training.fold_runner import FoldRunner, out_of_fold
from genre_desktop.ml.training.search_task import SearchTask
from genre_desktop.ml.training.studies import KeptTrial, NoStudy, Report, Study

Progress = Callable[[float, Message], None]
"""``progress(fraction, message)``."""

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
        self._stopped = False
        self._lock = threading.Lock()

    def step(self, message: Message, count: int = 1) -> None:
        """Count ``count`` completed steps and report progress."""
        with self._lock:
            self._done += count
            self.check()
            self._progress(min(self._done / self._steps, 1.0), message)

    def check(self) -> None:
        """Raise :class:`Cancelled` if the user has stopped the job, or :meth:`stop` was called."""
        if self._stopped or self._cancelled():
            raise Cancelled

    def stop(self) -> None:
        """Stop every thread at its next step."""
        self._stopped = True


def search(
    task: SearchTask,
    family: str,
    *,
    trials: int,
    progress: SearchProgress,
    runner: FoldRunner,
    study: Study | None = None,
) -> tuple[SearchResult, list[TrialRecord]]:
    """Run ``trials`` trials of a family, its defaults first; reproducible by the task's seed.

    Parameters
    ----------
    study:
        Has the scores of trials that an earlier run finished, which are not computed again, and keeps those
        of this one.

    Raises
    ------
    Cancelled
        Between two fits.
    """
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    return _Search(task, family, trials, progress, runner, study or NoStudy()).run()


@dataclass(slots=True)
class _Trial:
    """A trial at work: its score so far; ``out`` is None if its folds were not trained in this process."""

    trial: optuna.Trial
    params: dict[str, Any]
    stage: Message
    gmean: float = 0.0
    pruned: bool = False
    out: Floats | None = field(default=None, repr=False)

    def report(self, fold: int, gmean: float) -> None:
        """Set the score after a fold."""
        self.gmean = gmean
        self.trial.report(gmean, fold)


@dataclass(frozen=True, slots=True)
class _Search:
    """The search of one family."""

    task: SearchTask
    family: str
    trials: int
    progress: SearchProgress
    runner: FoldRunner
    study: Study

    def run(self) -> tuple[SearchResult, list[TrialRecord]]:
        study = optuna.create_study(
            direction="maximize",
            sampler=optuna.samplers.TPESampler(seed=self.task.seed),
            pruner=optuna.pruners.MedianPruner(n_startup_trials=_STARTUP, n_warmup_steps=1),
        )
        study.enqueue_trial({**estimators.of_name(self.family).defaults, **_default_inputs(self.task)})
        best: _Trial | None = None
        records: list[TrialRecord] = []
        for number in range(self.trials):
            done, record = self._trial(study.ask(), number)
            records.append(record)
            if done.pruned:
                study.tell(done.trial, state=optuna.trial.TrialState.PRUNED)
                continue
            study.tell(done.trial, done.gmean)
            best = done if best is None or done.gmean > best.gmean else best
        if best is None:
            raise ValueError("a search needs at least one trial")  # the first is never pruned
        return self._result(best), records

    def _trial(self, trial: optuna.Trial, number: int) -> tuple[_Trial, TrialRecord]:
        """Run one trial, or take its scores from the study."""
        params, folds = _suggest(self.task, self.family, trial), self.task.folds
        started = time.monotonic()
        rows = max(len(self.task.training_rows(self.family, params, train)) for train, _ in folds)
        sampled = rows < max(len(train) for train, _ in folds)
        stage = _stage(self.family, (number + 1, self.trials), rows, sampled=sampled)
        one = _Trial(trial, params, stage)
        kept = self.study.finished(params)
        if kept is None:
            self.study.run(params, partial(_suggest, self.task, self.family), partial(self._compute, one))
            seconds = time.monotonic() - started
        else:
            self._repeat(one, kept)
            seconds = kept.seconds
        state: Literal["complete", "pruned"] = "pruned" if one.pruned else "complete"
        return one, TrialRecord(self.family, trial.number, params, one.gmean, state, seconds, rows)

    def _compute(self, one: _Trial, report: Report) -> float | None:
        """Train the folds of a trial; return its score, None if it was pruned."""

        def after(fold: int, so_far: Floats) -> None:
            self.progress.step(one.stage)
            one.report(fold, self.task.gmean(so_far))
            report(fold, one.gmean)
            left = len(self.task.folds) - fold - 1
            if left and one.trial.should_prune():
                one.pruned = True
                self.progress.step(one.stage, left)
                raise optuna.TrialPruned

        with suppress(optuna.TrialPruned):
            one.out = out_of_fold(self.runner, self.task, self.family, one.params, after)
        return None if one.pruned else one.gmean

    def _repeat(self, one: _Trial, kept: KeptTrial) -> None:
        """Repeat the scores of a finished trial."""
        for fold, gmean in enumerate(kept.scores):
            one.report(fold, gmean)
        one.pruned = kept.pruned
        self.progress.step(one.stage, len(self.task.folds))

    def _result(self, best: _Trial) -> SearchResult:
        """Return the best trial; its probabilities are computed again if they come from the study."""
        out = best.out
        if out is None:

            def after(fold: int, so_far: Floats) -> None:
                self.progress.step(best.stage, 0)

            out = out_of_fold(self.runner, self.task, self.family, best.params, after)
        return SearchResult(self.family, best.params, out, self.task.gmean(out))


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
    if np.isin(task.rows.sources, CORRECTED).any():
        params["emphasis"] = trial.suggest_int("emphasis", 1, 8, log=True)
    return params


def _default_inputs(task: SearchTask) -> dict[str, Any]:
    first: dict[str, Any] = {"inputs": "features+base" if task.n_base else "features"}
    if np.isin(task.rows.sources, CORRECTED).any():
        first["emphasis"] = 3
    return first
