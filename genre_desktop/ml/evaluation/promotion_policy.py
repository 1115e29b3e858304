"""Whether a candidate takes the champion's place, and who stands by as fallback. Pure functions.

A candidate must be better by more than chance explains, on clips of artists that neither model
had seen when it answered (:mod:`genre_desktop.ml.evaluation.held_out_predictions`). Two figures may show it, each by a
paired bootstrap that draws whole artists: the G-Mean, and the log-loss, which sees small gains
earlier because it also hears how sure the answers were. The person's own clips together count as
much as the reference clips together, however few they are. A gain by log-loss must also be large
enough to matter (:data:`LOG_LOSS_GAIN`), because two models that say nearly the same on every clip
differ by next to nothing very surely. The music the starter models came with must not get lost on
the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from genre_desktop.core.messages import Message, message
from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.data.dataset import halves
from genre_desktop.ml.evaluation import confidence_intervals, metrics
from genre_desktop.ml.evaluation.confidence_intervals import Comparison, Interval

SURE = 0.95
"""Share of bootstrap draws in which the candidate must be ahead."""
LOG_LOSS_GAIN = 0.01
"""Nats of log-loss a clip that count as a gain; what is surely there but smaller is no reason to change."""
NOT_WORSE = 0.25
"""Share of draws in which a candidate that is ahead by log-loss must be ahead by G-Mean too."""
FORGETTING = 0.02
"""Accuracy that may be lost on the reference clips, in three of four draws; a few clips cannot say more."""
MINIMUM_REFERENCE = 30
"""Fewer reference clips than this say nothing about forgetting."""
OTHER_FAMILY_MARGIN = 0.02
"""G-Mean by which another family must be ahead to become fallback in the old champion's stead."""


@dataclass(frozen=True, eq=False)
class HeldOutComparison:
    """Clips and what both models say of them, one entry per clip.

    Attributes
    ----------
    y, groups:
        ``(n,)`` labels and artists.
    reference:
        ``(n,)`` True for clips of the reference table that the app came with.
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
    """What was decided and why, in words and in figures.

    ``low`` and ``high`` bound the G-Mean difference ``delta`` with 90 % confidence; a ``p_…`` is
    the share of draws in which the candidate is ahead; ``log_loss_gain`` is in nats a clip.
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
        """As JSON, for the version's tags and the run's log."""
        return asdict(self)


def decide(clips: HeldOutComparison, *, seed: int = 0) -> Decision:
    """Compare a candidate with the champion on the same held-out clips."""
    old, new = (
        _answers(clips.champion, clips.champion_classes),
        _answers(clips.candidate, clips.candidate_classes),
    )
    counts = halves(clips.reference)
    gmean = confidence_intervals.compare(
        clips.y, old, new, groups=clips.groups, importance=counts, level=0.9, seed=seed
    )
    losses = confidence_intervals.compare_means(
        _log_probability(clips.y, clips.champion, clips.champion_classes),
        _log_probability(clips.y, clips.candidate, clips.candidate_classes),
        groups=clips.groups,
        importance=counts,
        level=0.9,
        seed=seed,
    )
    before, after = (confidence_intervals.gmean(clips.y, answers, counts) for answers in (old, new))
    lost = _forgotten(clips, old, new, seed)
    forgotten = None if lost is None else lost.value
    surer = losses.p_better >= SURE and losses.delta.value >= LOG_LOSS_GAIN
    better = gmean.p_better >= SURE or (surer and gmean.p_better >= NOT_WORSE)
    promote = better and (lost is None or lost.low <= FORGETTING)
    return Decision(
        promote=promote,
        reason=_words(promote, better, before, after, gmean, losses, forgotten, len(clips.y)),
        champion_gmean=before,
        candidate_gmean=after,
        delta=gmean.delta.value,
        low=gmean.delta.low,
        high=gmean.delta.high,
        p_gmean=gmean.p_better,
        p_log_loss=losses.p_better,
        log_loss_gain=losses.delta.value,
        forgotten=forgotten,
        n=len(clips.y),
    )


@dataclass(frozen=True, slots=True)
class ModelScore:
    """A version that could stand by: its family and its held-out G-Mean."""

    version: str
    family: str
    gmean: float


def choose_fallback(
    champion: ModelScore, old_champion: ModelScore, others: Sequence[ModelScore]
) -> tuple[ModelScore, Message]:
    """Who stands by after ``champion`` took over from ``old_champion``, and why.

    The old champion, unless a model of another family than the new champion's is clearly
    better: what makes one family fail need not trouble another.
    """
    rivals = [s for s in others if s.family != champion.family and s.version != champion.version]
    best = max(rivals, key=lambda s: s.gmean, default=None)
    if best is not None and best.gmean > old_champion.gmean + OTHER_FAMILY_MARGIN:
        ahead = best.gmean - old_champion.gmean
        return best, message(
            "Version {version} ({family}) is ahead of the old champion by {ahead:.3f} G-Mean "
            "and is of another family than the new one.",
            version=best.version,
            family=best.family,
            ahead=ahead,
        )
    return old_champion, message(
        "The old champion stands by: no other family is clearly better in that role."
    )


def _answers(proba: Floats, classes: Sequence[str]) -> Labels:
    answers: Labels = np.asarray(classes, dtype=str)[proba.argmax(axis=1)]
    return answers


def _log_probability(y: Labels, proba: Floats, classes: Sequence[str]) -> Floats:
    # Floored at 1 %: one clip that a model was sure about and wrong must not decide alone.
    values: Floats = np.log(np.maximum(metrics.truth_probability(y, proba, classes), 0.01))
    return values


def _forgotten(clips: HeldOutComparison, old: Labels, new: Labels, seed: int) -> Interval | None:
    """Accuracy lost on the reference clips, with the middle half of the draws."""
    known = clips.reference.astype(bool)
    if known.sum() < MINIMUM_REFERENCE:
        return None
    groups = clips.groups[known]
    lost = confidence_intervals.compare(
        clips.y[known], new[known], old[known], figure="accuracy", groups=groups, level=0.5, seed=seed
    )
    return lost.delta


def _words(
    promote: bool,
    better: bool,
    before: float,
    after: float,
    gmean: Comparison,
    losses: Comparison,
    forgotten: float | None,
    n: int,
) -> Message:
    figures = message(
        "G-Mean {before:.3f} → {after:.3f} on {n} held-out clips "
        "(difference {delta:+.3f}, 90 % between {low:+.3f} and {high:+.3f}; "
        "ahead in {p_gmean:.0%} of draws by G-Mean, {p_log_loss:.0%} by log-loss, "
        "which is {log_loss:+.3f})",
        before=before,
        after=after,
        n=n,
        delta=gmean.delta.value,
        low=gmean.delta.low,
        high=gmean.delta.high,
        p_gmean=gmean.p_better,
        p_log_loss=losses.p_better,
        log_loss=-losses.delta.value,
    )
    if promote:
        return message("Better by more than chance: {figures}.", figures=figures)
    if better:
        return message(
            "Better overall, but {forgotten:.1%} of the reference clips would be forgotten: {figures}.",
            forgotten=forgotten or 0.0,
            figures=figures,
        )
    return message("Not better by more than chance: {figures}.", figures=figures)
