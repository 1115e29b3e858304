"""A retrain: search each family on the library, build on the starter model, measure honestly.

No registry and no process in here: :func:`train` takes rows and gives a :class:`Candidate`; a
job logs and registers it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from genre_desktop.ml import blend, families, honest, metrics, novelty
from genre_desktop.ml.calibration import fit_temperature, tempered
from genre_desktop.ml.contract import FEATURE_VERSION, NAMES
from genre_desktop.ml.ensemble import Member, Model
from genre_desktop.ml.metrics import Floats, Labels, ReliabilityBin, Scores
from genre_desktop.ml.rows import REFERENCE, TrainingRows, per_clip
from genre_desktop.ml.search import Found, Progress, Task, TrialRecord, Watch, search
from genre_desktop.ml.splits import grouped_folds

N_FOLDS = 5
_NOVELTY_ROWS = 100
"""With fewer rows than this the base model's idea of what is usual is kept."""
_BASE_FLOOR = 1e-4
"""Of a base probability as an input: a logarithm of nearly nothing would drown all else."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """A trained model and all that is known about it; arrays have one entry per clip.

    Attributes
    ----------
    model:
        Ready to be stored; parameters and figures are in its ``metadata``.
    scores:
        On every clip of the library while its artist was held out.
    trials:
        Every setting that was tried, in order.
    clips, y, groups, reference:
        ``(n_clips,)`` content hashes, labels, artists, and which come from the reference table.
    out_of_fold, base_out:
        ``(n_clips, n_classes)`` held-out probabilities of the candidate, and of the base model
        (``None`` without one).
    reliability:
        Confidence against share right.
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
    progress: Progress = lambda fraction, message, seconds_left: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Candidate:
    """Train the best model that the library, and the starter model under it, can give.

    Parameters
    ----------
    families:
        Names from :data:`genre_desktop.ml.families.FAMILIES`.
    trials:
        Settings tried in each.
    seed:
        The same rows, families, trials and seed give the same model.
    base:
        The model to build on. Models that were built on another are built on that one, so
        that nothing ever stands more than one deep; ``None`` starts from nothing.

    Raises
    ------
    AppError
        ``too-few-clips``, ``one-genre``, ``one-group``, ``unknown-family``, ``feature-version``.
    Cancelled
        Between two fits.
    """
    rows.check()
    names = [_family(name) for name in families]
    base = root(base)
    task, base_proba = _task(rows, base, seed)
    watch = Watch(len(names) * trials * len(task.folds) + len(task.folds) + 1, progress, cancelled)
    found: list[Found] = []
    records: list[TrialRecord] = []
    for name in names:
        best, tried = search(task, name, trials=trials, watch=watch)
        found.append(best)
        records.extend(tried)
    chosen, weight = _choose(task, found, base_proba)
    return _finish(task, chosen, weight, base, base_proba, tuple(records), watch)


def root(model: Model | None) -> Model | None:
    """The starter model at the bottom: a model, or what it was built on."""
    while model is not None and model.base is not None:
        model = model.base
    return model


def importance(rows: TrainingRows) -> Floats:
    """``(n_clips,)``: the reference clips together count as much as the person's own clips together."""
    reference = rows.sources[rows.first] == REFERENCE
    weights = np.ones(len(reference))
    if reference.any() and not reference.all():
        weights[reference] = 0.5 / reference.sum()
        weights[~reference] = 0.5 / (~reference).sum()
    return weights


def _family(name: str) -> str:
    return families.of_name(name).name


def _task(rows: TrainingRows, base: Model | None, seed: int) -> tuple[Task, Floats | None]:
    own = sorted(set(rows.y.tolist()))
    # A pipeline's classes are numbered from 0 without gaps, so genres only the base knows come last.
    classes = (*own, *(() if base is None else (c for c in base.classes if c not in own)))
    folds = grouped_folds(rows.y, rows.groups, N_FOLDS, seed)
    y = np.searchsorted(np.array(own), rows.y)
    if base is None:
        return Task(rows, rows.X, 0, classes, y, folds, seed), None
    proba = honest.predict(base, rows)
    inputs = np.hstack([rows.X, np.log(np.maximum(proba, _BASE_FLOOR))])
    return Task(rows, inputs, len(base.classes), classes, y, folds, seed), blend.widen(
        proba, base.classes, classes
    )


def _choose(task: Task, found: Sequence[Found], base: Floats | None) -> tuple[Found, float]:
    """The family whose blend with the base answers held-out clips best, and its share of the vote."""
    weights = importance(task.rows)
    y = task.rows.y[task.rows.first]
    options = []
    for one in found:
        new = per_clip(task.rows, one.out)
        share = 1.0
        if base is not None:
            share = blend.best_weight(y, per_clip(task.rows, base), new, task.classes, weights)
        options.append((_value(task, one.out, base, share), one, share))
    return max(options, key=lambda option: option[0])[1:]


def _value(task: Task, out: Floats, base: Floats | None, share: float) -> float:
    mixed = _mixed(out, base, share)
    return task.gmean(mixed)


def _mixed(out: Floats, base: Floats | None, share: float) -> Floats:
    return out if base is None else (1 - share) * base + share * out


def _finish(
    task: Task,
    chosen: Found,
    share: float,
    base: Model | None,
    base_proba: Floats | None,
    records: tuple[TrialRecord, ...],
    watch: Watch,
) -> Candidate:
    # Measured on folds that played no part in the choice: the best of many settings looks better
    # than it is on the folds it was the best of.
    fresh = replace(task, folds=grouped_folds(task.rows.y, task.rows.groups, N_FOLDS, task.seed + 1))
    out = fresh.out_of_fold(
        chosen.family, chosen.params, lambda fold, so_far: watch.step("Measuring the best model")
    )
    first, y = task.rows.first, task.rows.y[task.rows.first]
    pooled = per_clip(task.rows, _mixed(out, base_proba, share))
    temperature = fit_temperature(y, pooled, task.classes)
    pooled = tempered(pooled, temperature)
    scores = metrics.score(y, pooled, task.classes)
    model = _model(task, chosen, share, base, temperature)
    model.metadata.update(_facts(task, chosen, share, scores, base))
    model.metadata[honest.KEY] = honest.encode(task.rows.clips[first].tolist(), pooled)
    watch.step("Done")
    return Candidate(
        model=model,
        scores=scores,
        trials=records,
        clips=task.rows.clips[first],
        y=y,
        groups=task.rows.groups[first],
        reference=task.rows.sources[first] == REFERENCE,
        out_of_fold=pooled,
        base_out=None if base_proba is None else per_clip(task.rows, base_proba),
        reliability=metrics.reliability(y, pooled, task.classes),
        dataset_digest=model.metadata["dataset_digest"],
    )


def _model(task: Task, chosen: Found, share: float, base: Model | None, temperature: float) -> Model:
    members: list[Member] = []
    needs_base = False
    if share > 0 or base is None:
        fitted = task.fit(chosen.family, chosen.params, np.arange(len(task.rows)))
        names = NAMES if base is None else (*NAMES, *(f"base:{name}" for name in base.classes))
        needs_base = chosen.params["inputs"] != "features"
        members.append(Member.of(fitted.pipeline, names[fitted.columns], share))
    if base is not None and share < 1:
        members.append(blend.echo(base, task.classes, 1 - share))
        needs_base = True
    return Model(
        members=tuple(members),
        classes=task.classes,
        feature_names=NAMES,
        feature_version=FEATURE_VERSION,
        family=chosen.family,
        temperature=temperature,
        novelty=_novelty(task, base),
        base=base if needs_base else None,
    )


def _novelty(task: Task, base: Model | None) -> novelty.Novelty | None:
    if len(task.rows) < _NOVELTY_ROWS:
        return None if base is None else base.novelty
    return novelty.fit(task.rows.X, seed=task.seed, groups=task.rows.groups)


def _facts(task: Task, chosen: Found, share: float, scores: Scores, base: Model | None) -> dict[str, Any]:
    rows = task.rows
    return {
        "params": dict(chosen.params),
        "share": share,
        "built_on": None if base is None else base.family,
        "seed": task.seed,
        "dataset_digest": rows.digest(),
        "rows": len(rows),
        "clips": scores.n,
        "groups": len(np.unique(rows.groups)),
        "genres": {genre: s.n for genre, s in scores.per_genre.items()},
        "metrics": scores.figures(),
        "per_genre": {genre: s.to_dict() for genre, s in scores.per_genre.items()},
    }
