"""A candidate against the models that serve: on the same clips, none of which either had learned from.

:mod:`.honest` answers for clips that a model was trained on with what it said while their artist
was held out, so the champion's training clips can be used without flattering it, and the starter
models' too: they carry such answers for every track of theirs, and the reference table is made of
those tracks.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import message
from genre_desktop.ml.arrays import Floats
from genre_desktop.ml.data.dataset import TrainingRows, halves, per_clip
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
    """A model that serves under an alias, loaded and checked."""

    alias: str
    version: SnapshotVersion
    model: Model


def serving(registry: Registry) -> list[ServedModel]:
    """The champion and the fallback, those of them that work; the champion first."""
    found = []
    for alias in ("champion", "fallback"):
        try:
            version = registry.resolve(alias)
            model = bundle.load(version.path(registry.home), version.digest)
        except AppError as error:
            log.warning("%s cannot be compared with: %s", alias, error)
            continue
        found.append(ServedModel(alias, version, model))
    return found


def decide(candidate: Candidate, rows: TrainingRows, opponent: ServedModel) -> Decision:
    """Whether the candidate is better than the model that serves; see :func:`.promotion_policy.decide`.

    Both answer through :mod:`.honest`, so that a retrain of the same model ties exactly: what was
    rounded when the champion was stored must not count as a difference.

    Without a clip of the person's own nothing new was learned: the starter models know every track
    of the reference, and what looks better on it did not hold on other music (docs/library.md).
    """
    decision = promotion_policy.decide(
        HeldOutComparison(
            y=candidate.y,
            groups=candidate.groups,
            reference=candidate.reference,
            champion=_held_out(opponent.model, rows),
            champion_classes=opponent.model.classes,
            candidate=_held_out(candidate.model, rows),
            candidate_classes=candidate.model.classes,
        )
    )
    if decision.promote and candidate.reference.all():
        reason = message(
            "It has learned from nothing but the reference clips, which the starter models know. {reason}",
            reason=decision.reason,
        )
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
    """Make the candidate champion and choose who stands by; reasons become tags of the versions."""
    old, *others = serving
    new = ModelScore(version, candidate.model.family, decision.candidate_gmean)
    before = ModelScore(old.version.version, old.version.family, decision.champion_gmean)
    rivals = [_standing(other, candidate, rows) for other in others]
    fallback, why = promotion_policy.choose_fallback(new, before, rivals)
    registry.promote(version, reason=decision.reason, fallback=fallback.version, fallback_reason=why)


def _held_out(model: Model, rows: TrainingRows) -> Floats:
    """``(n_clips, n_classes)``."""
    return per_clip(rows, held_out_predictions.predict_held_out(model, rows))


def _standing(other: ServedModel, candidate: Candidate, rows: TrainingRows) -> ModelScore:
    answers = np.asarray(other.model.classes)[_held_out(other.model, rows).argmax(axis=1)]
    return ModelScore(
        other.version.version,
        other.version.family,
        confidence_intervals.gmean(candidate.y, answers, halves(candidate.reference)),
    )
