"""Searching the parameters of one family: Optuna, with grouped folds, pruning and a way to stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
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

Inputs = Literal["features", "features+base", "base"]
Progress = Callable[[float, Message, float | None], None]
"""``progress(fraction, message, seconds_left)``; seconds are None until there is a guess."""

_STARTUP = 3
"""Trials of a family that always run to the end, so that there is a median to prune by."""


@dataclass(frozen=True, slots=True)
class TrialRecord:
    """One setting that was tried, as the run's log keeps it."""

    family: str
    number: int
    params: Mapping[str, Any]
    gmean: float
    state: Literal["complete", "pruned"]
    seconds: float


@dataclass(frozen=True, eq=False)
class SearchResult:
    """The best setting of a family, with the probabilities of rows it had not seen.

    ``out`` is ``(n, n_classes)``, one row per window.
    """

    family: str
    params: dict[str, Any]
    out: Floats = field(repr=False)
    gmean: float


class SearchProgress:
    """Counts work done, tells how far it is, and raises :class:`Cancelled` between two steps."""

    def __init__(self, steps: int, progress: Progress, cancelled: Callable[[], bool]) -> None:
        self._steps, self._done = max(steps, 1), 0
        self._progress, self._cancelled = progress, cancelled
        self._started = time.monotonic()

    def step(self, message: Message, count: int = 1) -> None:
        """``count`` steps are done."""
        self._done += count
        self.check()
        share = min(self._done / self._steps, 1.0)
        elapsed = time.monotonic() - self._started
        self._progress(share, message, elapsed / share - elapsed if share > 0 else None)

    def check(self) -> None:
        """Raise if the person wants to stop."""
        if self._cancelled():
            raise Cancelled


@dataclass(frozen=True, eq=False)
class SearchTask:
    """What every trial of a run shares.

    Attributes
    ----------
    rows:
        The library.
    inputs:
        ``(n, n_features + n_base)``: contract columns, then logarithms of the base model's
        probabilities (no such columns without a base).
    n_base:
        How many those are.
    classes:
        All labels, sorted; ``y`` holds their numbers.
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
        """Which columns a pipeline sees."""
        n = self.inputs.shape[1] - self.n_base
        return {"features": slice(0, n), "features+base": slice(0, None), "base": slice(n, None)}[inputs]

    def fit(self, family: str, params: Mapping[str, Any], index: Index) -> FittedFold:
        """Train on some of the rows; corrections count ``emphasis`` times."""
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
        """Probabilities ``(n, n_classes)`` of rows held out; ``after(fold, so_far)`` may stop it by raising."""
        out = np.full((len(self.rows), len(self.classes)), np.nan)
        for number, (train, held) in enumerate(self.folds):
            out[held] = self.fit(family, params, train).predict(self.inputs[held], len(self.classes))
            after(number, out)
        return out

    def gmean(self, out: Floats) -> float:
        """G-Mean over whole clips, the mean of the person's own and the reference clips.

        Windows without an answer yet are left out.
        """
        done = ~np.isnan(out[:, 0])
        part = subset(self.rows, np.flatnonzero(done))
        answers = np.asarray(self.classes)[per_clip(part, out[done]).argmax(axis=1)]
        y, reference = part.y[part.first], part.sources[part.first] == REFERENCE
        kinds = [kind for kind in (reference, ~reference) if kind.any()]
        return float(np.mean([metrics.gmean(y[kind], answers[kind]) for kind in kinds]))


@dataclass(frozen=True, eq=False)
class FittedFold:
    """A trained pipeline; ``present`` are the numbers of the classes it has seen."""

    pipeline: Any
    present: Labels
    columns: slice

    def predict(self, inputs: Floats, n_classes: int) -> Floats:
        """``(n, n_classes)``; 0 for classes it has not seen."""
        out = np.zeros((len(inputs), n_classes))
        out[:, self.present] = self.pipeline.predict_proba(inputs[:, self.columns])
        return out


def subset(rows: TrainingRows, index: Index) -> TrainingRows:
    """Some of the rows."""
    parts = (rows.X, rows.y, rows.groups, rows.clips, rows.names, rows.sources)
    return TrainingRows(*(part[index] for part in parts))


def search(
    task: SearchTask, family: str, *, trials: int, watch: SearchProgress
) -> tuple[SearchResult, list[TrialRecord]]:
    """Try ``trials`` settings of a family, its defaults first; the same seed tries the same ones.

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
    study.enqueue_trial({**estimators.of_name(family).defaults, **_first_inputs(task)})
    best: SearchResult | None = None
    records: list[TrialRecord] = []
    for number in range(trials):
        trial = study.ask()
        title = Message(estimators.of_name(family).title)
        stage = message(
            "{title}: setting {number} of {trials}", title=title, number=number + 1, trials=trials
        )
        found, record = _try(task, family, trial, watch, stage)
        records.append(record)
        if found is None:
            study.tell(trial, state=optuna.trial.TrialState.PRUNED)
            continue
        study.tell(trial, found.gmean)
        best = found if best is None or found.gmean > best.gmean else best
    if best is None:
        raise ValueError("a search needs at least one trial")  # the first is never pruned
    return best, records


class _Pruned(Exception):  # noqa: N818  # not an error
    """This setting is worse than most others were at the same fold."""


def _try(
    task: SearchTask, family: str, trial: optuna.Trial, watch: SearchProgress, stage: Message
) -> tuple[SearchResult | None, TrialRecord]:
    """Run one setting to its end, or to the fold where it falls behind."""
    params = _suggest(task, family, trial)
    started = time.monotonic()

    def after(fold: int, so_far: Floats) -> None:
        watch.step(stage)
        trial.report(task.gmean(so_far), fold)
        left = len(task.folds) - fold - 1
        if left and trial.should_prune():
            watch.step(stage, left)
            raise _Pruned(task.gmean(so_far))

    try:
        out = task.out_of_fold(family, params, after)
    except _Pruned as reached:
        return None, _record(family, trial, params, float(reached.args[0]), "pruned", started)
    value = task.gmean(out)
    return SearchResult(family, params, out, value), _record(
        family, trial, params, value, "complete", started
    )


def _suggest(task: SearchTask, family: str, trial: optuna.Trial) -> dict[str, Any]:
    params = estimators.suggest(estimators.of_name(family), trial)
    choices = ["features+base", "features", "base"] if task.n_base else ["features"]
    params["inputs"] = trial.suggest_categorical("inputs", choices)
    if (task.rows.sources == CORRECTION).any():
        params["emphasis"] = trial.suggest_int("emphasis", 1, 8, log=True)
    return params


def _first_inputs(task: SearchTask) -> dict[str, Any]:
    first: dict[str, Any] = {"inputs": "features+base" if task.n_base else "features"}
    if (task.rows.sources == CORRECTION).any():
        first["emphasis"] = 3
    return first


def _record(
    family: str,
    trial: optuna.Trial,
    params: Mapping[str, Any],
    value: float,
    state: Literal["complete", "pruned"],
    started: float,
) -> TrialRecord:
    return TrialRecord(family, trial.number, params, value, state, time.monotonic() - started)
