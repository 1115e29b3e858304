"""Compare a candidate with the serving models on the same clips, held out from either.

Clips that a model was trained on get its held-out predictions
(:mod:`genre_desktop.ml.evaluation.held_out_predictions`), so the training clips of the champion and of
the starter models (the tracks of the reference table) can be used without bias.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import Message
from genre_desktop.core.monitoring import promotion_reasons
from genre_desktop.ml.arrays import Floats
from genre_desktop.ml.data.dataset import REFERENCE, TrainingRows, halves, per_clip
from genre_desktop.ml.evaluation import confidence_intervals, held_out_predictions, promotion_policy
from genre_desktop.ml.evaluation.promotion_policy import Decision, HeldOutComparison, ModelScore
from genre_desktop.ml.models import bundle
from genre_desktop.ml.models.ensemble import Model
from genre_desktop.ml.registry.alias_snapshot import SnapshotVersion
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.training.trainer import Candidate

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class ServedModel:
    """The loaded model of an alias."""

    alias: str
    version: SnapshotVersion
    model: Model


def serving(registry: Registry) -> list[ServedModel]:
    """Return champion and fallback, without those that cannot be loaded.

    Raises
    ------
    AppError
        This process may open no more files at present, so that nothing can be said about them.
    """
    found = []
    for alias in ("champion", "fallback"):
        try:
            version = registry.resolve(alias)
            model = bundle.load(version.path(registry.home), version.digest)
        except AppError as error:
            if error.problem.key == bundle.EXHAUSTED:
                raise
            log.warning("%s cannot be compared with: %s", alias, error)
            continue
        found.append(ServedModel(alias, version, model))
    return found


def decide(candidate: Candidate, rows: TrainingRows, opponent: ServedModel) -> Decision:
    """Decide whether the candidate replaces a serving model; ``rows`` are those that it was trained on."""
    return compare(candidate.model, rows, opponent.model)


def compare(candidate: Model, rows: TrainingRows, opponent: Model) -> Decision:
    """Decide whether a model is better than another on labelled clips; see :func:`.promotion_policy.decide`.

    Both models' stored held-out predictions are used, so that a retrain of the same model ties
    exactly despite rounding.

    Without clips of the user there is no new information: the starter models were trained on every
    reference track, and gains on those did not hold on other music (docs/library.md).
    """
    first = rows.first
    reference = rows.sources[first] == REFERENCE
    decision = promotion_policy.decide(
        HeldOutComparison(
            y=rows.y[first],
            groups=rows.groups[first],
            reference=reference,
            champion=_held_out(opponent, rows),
            champion_classes=opponent.classes,
            candidate=_held_out(candidate, rows),
            candidate_classes=candidate.classes,
        )
    )
    if decision.promote and reference.all():
        reason = Message(promotion_reasons.ONLY_REFERENCE, {"reason": decision.reason})
        return replace(decision, promote=False, reason=reason)
    return decision


def promote(
    registry: Registry,
    version: str,
    candidate: Candidate,
    decision: Decision,
    serving: Sequence[ServedModel],
    rows: TrainingRows,
) -> None:
    """Promote the candidate and choose the fallback; reasons become tags of the versions."""
    old, *others = serving
    new = ModelScore(version, candidate.model.family, decision.candidate_gmean)
    before = ModelScore(old.version.version, old.version.family, decision.champion_gmean)
    rivals = [_score(other, candidate, rows) for other in others]
    fallback, why = promotion_policy.choose_fallback(new, before, rivals)
    registry.promote(version, reason=decision.reason, fallback=fallback.version, fallback_reason=why)


def _held_out(model: Model, rows: TrainingRows) -> Floats:
    """Return ``(n_clips, n_classes)``."""
    return per_clip(rows, held_out_predictions.predict_held_out(model, rows))


def _score(other: ServedModel, candidate: Candidate, rows: TrainingRows) -> ModelScore:
    predicted = np.asarray(other.model.classes)[_held_out(other.model, rows).argmax(axis=1)]
    return ModelScore(
        other.version.version,
        other.version.family,
        confidence_intervals.gmean(candidate.y, predicted, halves(candidate.reference)),
    )
