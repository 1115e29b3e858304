"""Decide whether a candidate replaces the champion, and which model becomes the fallback. Pure functions.

A candidate must be significantly better on held-out predictions
(:mod:`genre_desktop.ml.evaluation.held_out_predictions`), by a paired bootstrap over artists of either
of two metrics: the G-Mean, or the log-loss, which shows small gains earlier because it includes
confidence. The user's clips together have the same weight as the reference clips together. Log-losses
are compared after a temperature is fitted to each model and each of these two sets: a candidate that
has learned random labels is merely less confident, which the champion could be as well. A gain in
log-loss must exceed :data:`LOG_LOSS_GAIN`, because for two nearly identical models a negligible
difference can be significant. Accuracy on the reference clips must not drop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from genre_desktop.core.messages import Message, message
from genre_desktop.core.monitoring import promotion_reasons
from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.data.dataset import halves
from genre_desktop.ml.evaluation import confidence_intervals, metrics
from genre_desktop.ml.evaluation.calibration import fit_temperature, tempered
from genre_desktop.ml.evaluation.confidence_intervals import Interval

SIGNIFICANCE = 0.95
"""Share of bootstrap draws in which the candidate must be ahead by G-Mean."""
LOG_LOSS_SIGNIFICANCE = 0.85
"""The same by log-loss: on simulated collections, no candidate from random labels reached it."""
LOG_LOSS_GAIN = 0.01
"""Least gain in log-loss, in nats per clip; a smaller one is negligible even if significant."""
NOT_WORSE = 0.25
"""Share of draws in which a candidate that is better by log-loss must be ahead by G-Mean too."""
FORGETTING = 0.02
"""Accuracy that may be lost on the reference clips, in three of four draws."""
MINIMUM_REFERENCE = 30
"""With fewer reference clips forgetting is not measured."""
OTHER_FAMILY_MARGIN = 0.02
"""G-Mean by which another family must be ahead to become fallback instead of the old champion."""


@dataclass(frozen=True, eq=False)
class HeldOutComparison:
    """Held-out predictions of both models, one entry per clip.

    Attributes
    ----------
    y, groups:
        ``(n,)`` labels and artists.
    reference:
        ``(n,)`` True for clips of the shipped reference table.
    champion, candidate:
        Probabilities ``(n, n_classes)`` of each model; ``champion_classes`` and
        ``candidate_classes`` name the columns.
    """

    y: Labels
    groups: Labels
    reference: Labels
    champion: Floats
    champion_classes: tuple[str, ...]
    candidate: Floats
    candidate_classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision, its reason and the metrics behind it.

    ``low`` and ``high`` bound the G-Mean difference ``delta`` with 90 % confidence; a ``p_…`` is
    the share of draws in which the candidate is ahead; ``log_loss_gain`` is in nats per clip.
    """

    promote: bool
    reason: Message
    champion_gmean: float
    candidate_gmean: float
    delta: float
    low: float
    high: float
    p_gmean: float
    p_log_loss: float
    log_loss_gain: float
    forgotten: float | None
    n: int

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON for the version's tags and the run's log."""
        return asdict(self)


def decide(clips: HeldOutComparison, *, seed: int = 0) -> Decision:
    """Compare a candidate with the champion on the same held-out clips."""
    old = _predicted(clips.champion, clips.champion_classes)
    new = _predicted(clips.candidate, clips.candidate_classes)
    counts = halves(clips.reference)
    gmean = confidence_intervals.compare(
        clips.y, old, new, groups=clips.groups, importance=counts, level=0.9, seed=seed
    )
    losses = confidence_intervals.compare_means(
        _log_probability(clips, clips.champion, clips.champion_classes),
        _log_probability(clips, clips.candidate, clips.candidate_classes),
        groups=clips.groups,
        importance=counts,
        level=0.9,
        seed=seed,
    )
    before, after = (confidence_intervals.gmean(clips.y, labels, counts) for labels in (old, new))
    lost = _forgotten(clips, old, new, seed)
    gained = losses.p_better >= LOG_LOSS_SIGNIFICANCE and losses.delta.value >= LOG_LOSS_GAIN
    better = gmean.p_better >= SIGNIFICANCE or (gained and gmean.p_better >= NOT_WORSE)
    decision = Decision(
        promote=better and (lost is None or lost.low <= FORGETTING),
        reason=Message(""),
        champion_gmean=before,
        candidate_gmean=after,
        delta=gmean.delta.value,
        low=gmean.delta.low,
        high=gmean.delta.high,
        p_gmean=gmean.p_better,
        p_log_loss=losses.p_better,
        log_loss_gain=losses.delta.value,
        forgotten=None if lost is None else lost.value,
        n=len(clips.y),
    )
    return replace(decision, reason=_reason(decision, better))


@dataclass(frozen=True, slots=True)
class ModelScore:
    """A candidate for the fallback: its family and held-out G-Mean."""

    version: str
    family: str
    gmean: float


def choose_fallback(
    champion: ModelScore, old_champion: ModelScore, others: Sequence[ModelScore]
) -> tuple[ModelScore, Message]:
    """Choose the fallback after ``champion`` replaced ``old_champion``, with the reason.

    The old champion, unless a model of another family than the new champion's is clearly
    better: what makes one family fail need not affect another.
    """
    rivals = [s for s in others if s.family != champion.family and s.version != champion.version]
    best = max(rivals, key=lambda s: s.gmean, default=None)
    if best is not None and best.gmean > old_champion.gmean + OTHER_FAMILY_MARGIN:
        ahead = best.gmean - old_champion.gmean
        return best, message(
            "Version {version} ({family}) is {ahead:.3f} G-Mean better than the old champion and belongs "
            "to another family than the new one.",
            version=best.version,
            family=best.family,
            ahead=ahead,
        )
    return old_champion, message(
        "The old champion is the fallback: no other family is significantly better in that role."
    )


def _predicted(proba: Floats, classes: Sequence[str]) -> Labels:
    return np.asarray(np.asarray(classes, dtype=str)[proba.argmax(axis=1)])


def _log_probability(clips: HeldOutComparison, proba: Floats, classes: Sequence[str]) -> Floats:
    """Return ``(n,)`` log-probabilities of the labels, calibrated on the user's and on the reference clips."""
    out, reference = np.zeros(len(clips.y)), clips.reference.astype(bool)
    for part in (reference, ~reference):
        if part.any():
            y, known = (
                clips.y[part],
                tempered(proba[part], fit_temperature(clips.y[part], proba[part], classes)),
            )
            # Floored at 1 %: one confident mistake must not decide alone.
            out[part] = np.log(np.maximum(metrics.truth_probability(y, known, classes), 0.01))
    return out


def _forgotten(clips: HeldOutComparison, old: Labels, new: Labels, seed: int) -> Interval | None:
    """Return the accuracy lost on the reference clips, with the middle half of the draws."""
    known = clips.reference.astype(bool)
    if known.sum() < MINIMUM_REFERENCE:
        return None
    groups = clips.groups[known]
    lost = confidence_intervals.compare(
        clips.y[known], new[known], old[known], metric="accuracy", groups=groups, level=0.5, seed=seed
    )
    return lost.delta


def _reason(decision: Decision, better: bool) -> Message:
    scores = message(
        "G-Mean {before:.3f} → {after:.3f} on {n} held-out clips (difference {delta:+.3f}, 90 % CI "
        "{low:+.3f} to {high:+.3f}; better in {p_gmean:.0%} of bootstrap samples by G-Mean, "
        "{p_log_loss:.0%} by log-loss, which changes by {log_loss:+.3f})",
        before=decision.champion_gmean,
        after=decision.candidate_gmean,
        n=decision.n,
        delta=decision.delta,
        low=decision.low,
        high=decision.high,
        p_gmean=decision.p_gmean,
        p_log_loss=decision.p_log_loss,
        log_loss=-decision.log_loss_gain,
    )
    if decision.promote:
        return Message(promotion_reasons.IMPROVED, {"scores": scores})
    if better:
        return Message(promotion_reasons.FORGETS, {"forgotten": decision.forgotten or 0.0, "scores": scores})
    return Message(promotion_reasons.NOT_IMPROVED, {"scores": scores})
