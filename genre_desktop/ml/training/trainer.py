"""A retrain: search each family on the library, blend with the starter model, evaluate on held-out clips.

Independent of registry and processes: :func:`train` takes rows and returns a :class:`Candidate`,
which a job logs and registers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeVar

import numpy as np

from genre_desktop.core.errors import Cancelled
from genre_desktop.core.messages import message
from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.data.dataset import REFERENCE, Index, TrainingRows, grouped_folds, importance, per_clip
from genre_desktop.ml.evaluation import held_out_predictions, metrics
from genre_desktop.ml.evaluation.calibration import fit_temperature, tempered
from genre_desktop.ml.evaluation.metrics import ReliabilityBin, Scores
from genre_desktop.ml.features.encoder import identity
from genre_desktop.ml.features.schema import ENCODER_NAMES, VERSIONS
from genre_desktop.ml.models import novelty
from genre_desktop.ml.models.ensemble import BASE_PREFIX, Member, Model
from genre_desktop.ml.training import adapter, blending, estimators, sampling
from genre_desktop.ml.training.adapter import Regularization
from genre_desktop.ml.training.base_model import BaseModelAdaptation
from genre_desktop.ml.training.fold_runner import FoldRunner, LocalFolds, out_of_fold
from genre_desktop.ml.training.hyperparameter_search import (
    Progress,
    SearchProgress,
    SearchResult,
    TrialRecord,
    search,
)
from genre_desktop.ml.training.search_task import SearchTask
from genre_desktop.ml.training.studies import Studies

T = TypeVar("T")

N_FOLDS = 5
EVALUATION_FOLDS = 10
"""Folds of the final evaluation, which leaves out few of a few corrections."""
_NOVELTY_ROWS = 100
"""With fewer rows the base model's novelty detector is kept."""
_BASE_FLOOR = 1e-4
"""Of a base probability as an input: the logarithm of a tiny one would dominate all others."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """A trained model and its evaluation; arrays have one entry per clip.

    Attributes
    ----------
    model:
        Ready to be stored; parameters and metrics are in its ``metadata``.
    scores:
        On every clip of the library, with its artist held out.
    trials:
        All trials, in order.
    clips, y, groups, reference:
        ``(n_clips,)`` content hashes, labels, artists, and which come from the reference table.
    out_of_fold, base_out:
        ``(n_clips, n_classes)`` held-out probabilities of the candidate, and of the base model
        (``None`` without one).
    reliability:
        Confidence against accuracy.
    dataset_digest:
        SHA-256 of the rows.
    """

    model: Model
    scores: Scores
    trials: tuple[TrialRecord, ...] = field(repr=False)
    clips: Labels = field(repr=False)
    y: Labels = field(repr=False)
    groups: Labels = field(repr=False)
    reference: Labels = field(repr=False)
    out_of_fold: Floats = field(repr=False)
    base_out: Floats | None = field(repr=False)
    reliability: tuple[ReliabilityBin, ...] = field(repr=False)
    dataset_digest: str


def train(
    rows: TrainingRows,
    *,
    families: Sequence[str],
    trials: int,
    seed: int,
    base: Model | None,
    progress: Progress = lambda fraction, message: None,
    cancelled: Callable[[], bool] = lambda: False,
    runner: FoldRunner | None = None,
    studies: Studies | None = None,
) -> Candidate:
    """Train the best model for the library, built on the starter model.

    Parameters
    ----------
    families:
        Names from :data:`genre_desktop.ml.training.estimators.FAMILIES`.
    trials:
        Per family.
    seed:
        The same rows, families, trials and seed give the same model.
    base:
        The model to build on, or the one below it, so that models are never stacked more than one
        deep; ``None`` trains without one.
    runner:
        What trains the folds of the search and of the evaluation; by default threads of this process.
    studies:
        The database that keeps finished trials, if there is one.

    Raises
    ------
    AppError
        ``too-few-clips``, ``one-genre``, ``one-group``, ``unknown-family``, ``feature-version``.
    Cancelled
        Between two fits.
    """
    rows.check()
    names = [estimators.of_name(name).name for name in families]
    library = _Library.of(rows, root(base), seed)
    index = sampling.of_clips(rows, np.arange(len(rows)), seed, sampling.SEARCH_ROWS)
    sampled = len(index) < len(rows)
    part = library.at(index) if sampled else library
    task = part.task(grouped_folds(part.rows.y, part.rows.fold_groups, N_FOLDS, seed))
    adaptation = part.adaptation()
    steps = SearchProgress(len(names) * trials * len(task.folds) + EVALUATION_FOLDS + 1, progress, cancelled)
    runner = LocalFolds() if runner is None else runner
    found, records = _search_all(task, names, trials, steps, runner, studies)
    plan = _plan(task, adaptation, found)
    del part, found  # a sample is a copy
    if sampled:
        task = library.task([])
        if adaptation is not None and library.proba is not None:
            adaptation = adaptation.extended(library.proba, rows)
    return _finish(task, adaptation, plan, records, steps, runner)


def _search_all(
    task: SearchTask,
    names: Sequence[str],
    trials: int,
    steps: SearchProgress,
    runner: FoldRunner,
    studies: Studies | None,
) -> tuple[list[SearchResult], tuple[TrialRecord, ...]]:
    """Search the families, as many side by side as ``runner`` asks for; the outcome is the same."""

    def one(name: str) -> tuple[SearchResult, list[TrialRecord]]:
        try:
            study = None if studies is None else studies.study(task, name, trials)
            return search(task, name, trials=trials, progress=steps, runner=runner, study=study)
        except BaseException:
            steps.stop()  # a family that fails or is cancelled ends the others
            raise

    if runner.families < 2:
        searched = [one(name) for name in names]
    else:
        with ThreadPoolExecutor(runner.families, "family") as pool:
            searched = _results([pool.submit(one, name) for name in names])
    return [best for best, _ in searched], tuple(record for _, tried in searched for record in tried)


def _results(futures: Sequence[Future[T]]) -> list[T]:
    """Return the results in order; raise the error that ended the others rather than their cancellation."""
    errors = [error for error in (future.exception() for future in futures) if error is not None]
    if errors:
        raise next((error for error in errors if not isinstance(error, Cancelled)), errors[0])
    return [future.result() for future in futures]


@dataclass(frozen=True, eq=False)
class _Library:
    """The library or a sample of it, with the base's held-out probabilities ``(n, n_base_classes)``.

    ``names`` and ``classes`` are the columns and labels of the whole library, and ``y`` numbers of the
    labels ``(n,)``.
    """

    rows: TrainingRows
    base: Model | None
    proba: Floats | None
    names: tuple[str, ...]
    classes: tuple[str, ...]
    y: Labels
    seed: int

    @classmethod
    def of(cls, rows: TrainingRows, base: Model | None, seed: int) -> _Library:
        own = sorted(set(rows.y.tolist()))
        # A pipeline's classes are numbered from 0 without gaps, so genres of the base only come last.
        classes = (*own, *(() if base is None else (c for c in base.classes if c not in own)))
        y = np.searchsorted(np.array(own), rows.y)
        proba = None if base is None else held_out_predictions.predict_held_out(base, rows)
        return cls(rows, base, proba, rows.columns, classes, y, seed)

    def at(self, index: Index) -> _Library:
        proba = None if self.proba is None else self.proba[index]
        return replace(self, rows=self.rows.at(index), proba=proba, y=self.y[index])

    def task(self, folds: list[tuple[Index, Index]]) -> SearchTask:
        if self.proba is None:
            logs = np.zeros((len(self.rows), 0))
        else:
            logs = np.log(np.maximum(self.proba, _BASE_FLOOR))
        return SearchTask(self.rows, len(self.names), logs, self.classes, self.y, folds, self.seed)

    def adaptation(self) -> BaseModelAdaptation | None:
        if self.base is None or self.proba is None:
            return None
        return BaseModelAdaptation.of(self.base, self.proba, self.rows, self.classes, self.names, self.seed)


def root(model: Model | None) -> Model | None:
    """Return the model that ``model`` was built on, or ``model`` itself."""
    while model is not None and model.base is not None:
        model = model.base
    return model


@dataclass(frozen=True, eq=False)
class _Plan:
    """The chosen blend: a family's best trial, its share of the vote, and how the base is adapted.

    ``temperature`` is that of the base member, so that both members are equally well calibrated.
    """

    chosen: SearchResult
    share: float
    strength: Regularization | None
    temperature: float


def _plan(task: SearchTask, adaptation: BaseModelAdaptation | None, found: Sequence[SearchResult]) -> _Plan:
    """Choose the blend of base and family with the lowest held-out loss; the base alone if in doubt."""
    if adaptation is None:
        return _Plan(max(found, key=lambda one: one.gmean), 1.0, None, 1.0)
    strength = adaptation.best(task.folds)
    base, temperature = adaptation.per_clip(task.folds, strength)
    y, weights = task.rows.y[task.rows.first], importance(task.rows)
    options = [(one, share) for share in blending.WEIGHTS for one in found]
    pooled = {id(one): per_clip(task.rows, one.out) for one in found}
    losses = [
        blending.losses(y, _blend(pooled[id(one)], base, share), task.classes) for one, share in options
    ]
    one, share = options[blending.one_standard_error_choice(losses, weights)]
    if share == 0:
        one = max(found, key=lambda other: other.gmean)
    return _Plan(one, share, strength, temperature)


def _blend(out: Floats, base: Floats, share: float) -> Floats:
    return (1 - share) * base + share * out


def _finish(
    task: SearchTask,
    adaptation: BaseModelAdaptation | None,
    plan: _Plan,
    records: tuple[TrialRecord, ...],
    steps: SearchProgress,
    runner: FoldRunner,
) -> Candidate:
    first, y = task.rows.first, task.rows.y[task.rows.first]
    pooled = per_clip(task.rows, _held_out(task, adaptation, plan, steps, runner))
    temperature = fit_temperature(y, pooled, task.classes)
    pooled = tempered(pooled, temperature)
    scores = metrics.score(y, pooled, task.classes)
    model = _model(task, adaptation, plan, temperature)
    model.metadata.update(_facts(task, adaptation, plan, scores))
    model.metadata[held_out_predictions.KEY] = held_out_predictions.encode(task.rows.keys.tolist(), pooled)
    steps.step(message("Done"))
    return Candidate(
        model=model,
        scores=scores,
        trials=records,
        clips=task.rows.clips[first],
        y=y,
        groups=task.rows.groups[first],
        reference=task.rows.sources[first] == REFERENCE,
        out_of_fold=pooled,
        base_out=None if adaptation is None else per_clip(task.rows, adaptation.out_of_fold([], None)),
        reliability=metrics.reliability(y, pooled, task.classes),
        dataset_digest=model.metadata["dataset_digest"],
    )


def _held_out(
    task: SearchTask,
    adaptation: BaseModelAdaptation | None,
    plan: _Plan,
    steps: SearchProgress,
    runner: FoldRunner,
) -> Floats:
    """Return probabilities on folds that were not used for the choice.

    The best of many trials is overrated on the folds it was chosen by.
    """
    fresh = replace(
        task, folds=grouped_folds(task.rows.y, task.rows.fold_groups, EVALUATION_FOLDS, task.seed + 1)
    )

    def after(fold: int, so_far: Floats) -> None:
        steps.step(message("Evaluating the best model"))

    if adaptation is None:
        return out_of_fold(runner, fresh, plan.chosen.family, plan.chosen.params, after)
    base = tempered(adaptation.out_of_fold(fresh.folds, plan.strength), plan.temperature)
    if plan.share == 0:
        return base
    out = out_of_fold(runner, fresh, plan.chosen.family, plan.chosen.params, after)
    return _blend(out, base, plan.share)


def _model(
    task: SearchTask, adaptation: BaseModelAdaptation | None, plan: _Plan, temperature: float
) -> Model:
    members: list[Member] = []
    base = None if adaptation is None else adaptation.base
    columns = task.rows.columns
    if plan.share > 0:
        fitted = task.fit(plan.chosen.family, plan.chosen.params, np.arange(len(task.rows)))
        names = columns if base is None else (*columns, *(BASE_PREFIX + name for name in base.classes))
        members.append(Member.of(fitted.pipeline, names[fitted.columns], plan.share))
    if adaptation is not None and plan.share < 1:
        members.append(adaptation.to_member(plan.strength, 1 - plan.share, plan.temperature))
    if plan.share == 1 and plan.chosen.params["inputs"] == "features":
        base = None
    read = {name for member in members for name in member.columns or ()}
    encoded = not read.isdisjoint(ENCODER_NAMES)
    version = "1" if not encoded and (base is None or base.feature_version == "1") else "2"
    return Model(
        members=tuple(members),
        classes=task.classes,
        feature_names=VERSIONS[version],
        feature_version=version,
        family=_name(plan, base),
        temperature=temperature,
        novelty=_novelty(task, base),
        base=base,
        encoder=identity.DIGEST if encoded else "" if base is None else base.encoder,
    )


def _name(plan: _Plan, base: Model | None) -> str:
    """Return the family of the result: the trained one, the adapted starter, or the starter."""
    if plan.strength is not None and plan.share < 0.5:
        return adapter.FAMILY
    return plan.chosen.family if plan.share > 0 or base is None else base.family


def _novelty(task: SearchTask, base: Model | None) -> novelty.Novelty | None:
    if len(task.rows) < _NOVELTY_ROWS:
        return None if base is None else base.novelty
    index = sampling.of_clips(task.rows, np.arange(len(task.rows)), task.seed, sampling.SEARCH_ROWS)
    return novelty.fit_rows(task.rows.X[index], task.rows.groups[index], seed=task.seed)


def _facts(
    task: SearchTask, adaptation: BaseModelAdaptation | None, plan: _Plan, scores: Scores
) -> dict[str, Any]:
    rows = task.rows
    everything = np.arange(len(rows))
    used = len(task.training_rows(plan.chosen.family, plan.chosen.params, everything))
    return {
        **({"sampled_rows": used} if plan.share and used < len(rows) else {}),
        "params": dict(plan.chosen.params),
        "family_searched": plan.chosen.family,
        "share": plan.share,
        "adapted": None if plan.strength is None else asdict(plan.strength),
        "built_on": None if adaptation is None else adaptation.base.family,
        "seed": task.seed,
        "dataset_digest": rows.digest(),
        "rows": len(rows),
        "clips": scores.n,
        "groups": len(np.unique(rows.groups)),
        "genres": {genre: s.n for genre, s in scores.per_genre.items()},
        "metrics": scores.summary(),
        "per_genre": {genre: s.to_dict() for genre, s in scores.per_genre.items()},
    }
