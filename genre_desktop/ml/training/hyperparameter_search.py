"""Hyperparameter search within one family: Optuna with grouped folds, pruning and cancellation."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import numpy as np
import optuna
import sklearn

from genre_desktop.core.errors import Cancelled
from genre_desktop.core.messages import Message, message
from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.data.dataset import CORRECTION, REFERENCE, Index, TrainingRows, per_clip
from genre_desktop.ml.evaluation import metrics
from genre_desktop.ml.training import estimators, sampling
from genre_desktop.ml.training.estimator_names import title

T = TypeVar("T")
R = TypeVar("R")
Inputs = Literal["features", "features+base", "base"]
Progress = Callable[[float, Message, float | None], None]
"""``progress(fraction, message, seconds_left)``; seconds are None until there is an estimate."""

_THREADS = 2
"""Folds of a library that is not small that are trained side by side; more would need more memory."""
_PART = 20_000
"""Held-out rows that are predicted at a time."""
_DISTANCES_MB = 128
"""Memory of the distances that are held at a time; scikit-learn would take 1 GB in each thread."""
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
        The library, or a sample of it.
    n_columns:
        Number of its columns to train on, the first ones.
    base:
        ``(n, n_base)`` logarithms of the base model's probabilities, the columns after those of the
        contract; ``n_base`` is 0 without a base.
    classes:
        All labels; ``y`` holds their numbers.
    folds:
        From :func:`genre_desktop.ml.data.dataset.grouped_folds`.
    """

    rows: TrainingRows
    n_columns: int
    base: Floats
    classes: tuple[str, ...]
    y: Labels
    folds: list[tuple[Index, Index]]
    seed: int

    @property
    def n_base(self) -> int:
        """Number of the base's classes."""
        return int(self.base.shape[1])

    def columns(self, inputs: Inputs) -> slice:
        """Return the columns of a pipeline's inputs."""
        n, end = self.n_columns, self.n_columns + self.n_base
        return {"features": slice(0, n), "features+base": slice(0, end), "base": slice(n, end)}[inputs]

    def inputs(self, index: Index, columns: slice) -> Floats:
        """Return columns of some rows; they are put together here, as all rows would need their memory twice."""
        n = self.n_columns
        X = self.rows.X[index, columns.start : min(columns.stop, n)]
        if columns.stop <= n:
            return X
        base = self.base[index]
        return base if columns.start >= n else np.hstack([X, base])

    def training_rows(self, family: str, params: Mapping[str, Any], index: Index) -> Index:
        """Return the rows that a fit uses: corrections ``emphasis`` times, a sample if there are too many."""
        corrected = self.rows.sources[index] == CORRECTION
        index = np.repeat(index, np.where(corrected, int(params.get("emphasis", 1)), 1))
        return sampling.of_rows(index, self.y, family, str(params["balance"]), self.seed)

    def fit(self, family: str, params: Mapping[str, Any], index: Index) -> FittedFold:
        """Train on :meth:`training_rows` of some rows."""
        index = self.training_rows(family, params, index)
        present, y = np.unique(self.y[index], return_inverse=True)
        columns = self.columns(params["inputs"])
        pipeline = estimators.build(
            family,
            params,
            seed=self.seed,
            smallest=int(np.bincount(y).min()),
            features=params["inputs"] != "base",
        )
        return FittedFold(pipeline.fit(self.inputs(index, columns), y), present, columns)

    def out_of_fold(
        self, family: str, params: Mapping[str, Any], after: Callable[[int, Floats], None]
    ) -> Floats:
        """Return held-out probabilities ``(n, n_classes)``; ``after(fold, so_far)`` may raise to stop."""
        out = np.full((len(self.rows), len(self.classes)), np.nan)

        def one(fold: tuple[Index, Index]) -> Floats:
            return self.predict(self.fit(family, params, fold[0]), fold[1])

        for number, predicted in enumerate(_in_turn(one, self.folds, self._side_by_side)):
            out[self.folds[number][1]] = predicted
            after(number, out)
        return out

    def predict(self, fitted: FittedFold, index: Index) -> Floats:
        """Return probabilities ``(n, n_classes)`` of some rows."""
        parts = [index[start : start + _PART] for start in range(0, len(index), _PART)]
        found = [fitted.predict(self.inputs(p, fitted.columns), len(self.classes)) for p in parts]
        return found[0] if len(found) == 1 else np.concatenate(found)

    @property
    def _side_by_side(self) -> int:
        """Folds that are trained at the same time."""
        return min(_THREADS, os.cpu_count() or 1) if len(self.rows) > sampling.WHOLE_ROWS else 1

    def gmean(self, out: Floats) -> float:
        """Return the mean of the G-Means of the user's clips and of the reference clips.

        Windows without a prediction yet are left out.
        """
        done = ~np.isnan(out[:, 0])
        arrays = {name: values[done] for name, values in vars(self.rows).items() if name != "X"}
        part = TrainingRows(X=self.rows.X[:0], **arrays)
        predicted = np.asarray(self.classes)[per_clip(part, out[done]).argmax(axis=1)]
        first = part.first
        y, reference = part.y[first], part.sources[first] == REFERENCE
        kinds = [kind for kind in (reference, ~reference) if kind.any()]
        return float(np.mean([metrics.gmean(y[kind], predicted[kind]) for kind in kinds]))


def _in_turn(work: Callable[[T], R], items: Sequence[T], threads: int) -> Iterator[R]:
    """Yield results in order, with ``threads`` items at work; what has not begun is dropped when it is closed.

    The libraries release the interpreter while they fit, and every fit is the same as alone.
    """
    if threads < 2:
        yield from map(work, items)
        return
    pool = ThreadPoolExecutor(threads, "fold")
    try:
        yield from pool.map(work, items)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, eq=False)
class FittedFold:
    """A trained pipeline; ``present`` are the numbers of the classes in its training rows."""

    pipeline: Any
    present: Labels
    columns: slice

    def predict(self, inputs: Floats, n_classes: int) -> Floats:
        """Return probabilities ``(n, n_classes)`` of its columns; 0 for classes that are not present."""
        out = np.zeros((len(inputs), n_classes))
        with sklearn.config_context(working_memory=_DISTANCES_MB):
            out[:, self.present] = self.pipeline.predict_proba(inputs)
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
        found, record = _run_trial(task, family, trial, progress, (number + 1, trials))
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
    task: SearchTask, family: str, trial: optuna.Trial, progress: SearchProgress, number: tuple[int, int]
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
        out = task.out_of_fold(family, params, after)
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
