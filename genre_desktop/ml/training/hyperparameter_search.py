"""Hyperparameter search within one family: Optuna with grouped folds, pruning and cancellation."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import optuna

from genre_desktop.core.errors import Cancelled
from genre_desktop.core.messages import Message, message
from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.data.dataset import CORRECTION, REFERENCE, Index, TrainingRows, per_clip
from genre_desktop.ml.evaluation import metrics
from genre_desktop.ml.training import estimators
from genre_desktop.ml.training.estimator_names import title

Inputs = Literal["features", "features+base", "base"]
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


@dataclass(frozen=True, eq=False)
class SearchResult:
    """The best trial of a family; ``out`` ``(n, n_classes)`` are its held-out probabilities per window."""

    family: str
    params: dict[str, Any]
    out: Floats = field(repr=False)
    gmean: float


class SearchProgress:
    """Counts steps, reports progress, and raises :class:`Cancelled` between two steps."""

    def __init__(self, steps: int, progress: Progress, cancelled: Callable[[], bool]) -> None:
        self._steps, self._done = max(steps, 1), 0
        self._progress, self._cancelled = progress, cancelled
        self._started = time.monotonic()

    def step(self, message: Message, count: int = 1) -> None:
        """Count ``count`` completed steps and report progress."""
        self._done += count
        self.check()
        share = min(self._done / self._steps, 1.0)
        elapsed = time.monotonic() - self._started
        self._progress(share, message, elapsed / share - elapsed if share > 0 else None)

    def check(self) -> None:
        """Raise :class:`Cancelled` if the user has stopped the job."""
        if self._cancelled():
            raise Cancelled


@dataclass(frozen=True, eq=False)
class SearchTask:
    """Data shared by all trials of a run.

    Attributes
    ----------
    rows:
        The library.
    inputs:
        ``(n, n_features + n_base)``: contract columns, then logarithms of the base model's
        probabilities.
    n_base:
        Number of the base's classes; 0 without a base.
    classes:
        All labels; ``y`` holds their numbers.
    folds:
        From :func:`genre_desktop.ml.data.dataset.grouped_folds`.
    """

    rows: TrainingRows
    inputs: Floats
    n_base: int
    classes: tuple[str, ...]
    y: Labels
    folds: list[tuple[Index, Index]]
    seed: int

    def columns(self, inputs: Inputs) -> slice:
        """Return the columns of a pipeline's inputs."""
        n = self.inputs.shape[1] - self.n_base
        return {"features": slice(0, n), "features+base": slice(0, None), "base": slice(n, None)}[inputs]

    def fit(self, family: str, params: Mapping[str, Any], index: Index) -> FittedFold:
        """Train on some of the rows; corrections are repeated ``emphasis`` times."""
        corrected = self.rows.sources[index] == CORRECTION
        index = np.repeat(index, np.where(corrected, int(params.get("emphasis", 1)), 1))
        present, y = np.unique(self.y[index], return_inverse=True)
        columns = self.columns(params["inputs"])
        pipeline = estimators.build(
            family,
            params,
            seed=self.seed,
            smallest=int(np.bincount(y).min()),
            features=params["inputs"] != "base",
        )
        return FittedFold(pipeline.fit(self.inputs[index, columns], y), present, columns)

    def out_of_fold(
        self, family: str, params: Mapping[str, Any], after: Callable[[int, Floats], None]
    ) -> Floats:
        """Return held-out probabilities ``(n, n_classes)``; ``after(fold, so_far)`` may raise to stop."""
        out = np.full((len(self.rows), len(self.classes)), np.nan)
        for number, (train, held) in enumerate(self.folds):
            out[held] = self.fit(family, params, train).predict(self.inputs[held], len(self.classes))
            after(number, out)
        return out

    def gmean(self, out: Floats) -> float:
        """Return the mean of the G-Means of the user's clips and of the reference clips.

        Windows without a prediction yet are left out.
        """
        done = ~np.isnan(out[:, 0])
        part = TrainingRows(*(values[done] for values in vars(self.rows).values()))
        predicted = np.asarray(self.classes)[per_clip(part, out[done]).argmax(axis=1)]
        y, reference = part.y[part.first], part.sources[part.first] == REFERENCE
        kinds = [kind for kind in (reference, ~reference) if kind.any()]
        return float(np.mean([metrics.gmean(y[kind], predicted[kind]) for kind in kinds]))


@dataclass(frozen=True, eq=False)
class FittedFold:
    """A trained pipeline; ``present`` are the numbers of the classes in its training rows."""

    pipeline: Any
    present: Labels
    columns: slice

    def predict(self, inputs: Floats, n_classes: int) -> Floats:
        """Return probabilities ``(n, n_classes)``; 0 for classes that are not present."""
        out = np.zeros((len(inputs), n_classes))
        out[:, self.present] = self.pipeline.predict_proba(inputs[:, self.columns])
        return out


def search(
    task: SearchTask, family: str, *, trials: int, progress: SearchProgress
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
        stage = message(
            "{title}: setting {number} of {trials}",
            title=Message(title(family)),
            number=number + 1,
            trials=trials,
        )
        found, record = _run_trial(task, family, trial, progress, stage)
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
    task: SearchTask, family: str, trial: optuna.Trial, progress: SearchProgress, stage: Message
) -> tuple[SearchResult | None, TrialRecord]:
    """Run one trial; a pruned one has no result."""
    params = _suggest(task, family, trial)
    started, gmean = time.monotonic(), 0.0

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
        out = task.out_of_fold(family, params, after)
        result = SearchResult(family, params, out, gmean)
    state: Literal["complete", "pruned"] = "pruned" if result is None else "complete"
    return result, TrialRecord(family, trial.number, params, gmean, state, time.monotonic() - started)


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
