"""Two models on the same clips: metrics of both, their differences with intervals, and a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from genre_desktop.core.messages import N_, Message
from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.evaluation import confidence_intervals, metrics
from genre_desktop.ml.evaluation.confidence_intervals import Interval
from genre_desktop.ml.evaluation.labelled_answers import independent

Verdict = Literal["new", "old", "none", "mixed"]
"""The better model; ``none`` without a clear difference, ``mixed`` where G-Mean and accuracy disagree."""

COMPARED = ("gmean", "accuracy")

_SENTENCES: dict[Verdict, str] = {
    "new": N_("Version {new} is better than version {old} on these {n} clips: {values}."),
    "old": N_("Version {old} is better than version {new} on these {n} clips: {values}."),
    "none": N_(
        "There is no clear difference between version {old} and version {new} on these {n} clips: {values}."
    ),
    "mixed": N_(
        "Neither version {old} nor version {new} is better in both metrics on these {n} clips: {values}."
    ),
}
_VALUES = N_("G-Mean {gmean_1:.3f} and {gmean_2:.3f}, accuracy {accuracy_1:.1%} and {accuracy_2:.1%}")
"""Of the two versions in the order in which the sentence names them."""


@dataclass(frozen=True, eq=False)
class ModelPredictions:
    """Probabilities ``(n_clips, n_classes)`` of a model; ``classes`` are the labels of the columns."""

    proba: Floats
    classes: tuple[str, ...]

    @property
    def labels(self) -> Labels:
        """``(n_clips,)`` most probable genres."""
        return np.asarray(np.asarray(self.classes, dtype=str)[self.proba.argmax(axis=1)])


def compare(y: Labels, groups: Labels, old: ModelPredictions, new: ModelPredictions) -> dict[str, Any]:
    """Compare two models by paired bootstrap over artists.

    Parameters
    ----------
    y, groups:
        ``(n_clips,)`` labels and artists.

    Returns
    -------
    dict
        ``n``; ``old`` and ``new``, metrics by name (:meth:`.metrics.Scores.summary`); ``differences``, new minus old
        with a 95 % interval, by the names of :data:`COMPARED`; ``verdict``.
    """
    differences = {
        metric: confidence_intervals.compare(
            y, old.labels, new.labels, metric=metric, groups=independent(groups)
        ).delta
        for metric in COMPARED
    }
    return {
        "n": len(y),
        "old": metrics.score(y, old.proba, old.classes).summary(),
        "new": metrics.score(y, new.proba, new.classes).summary(),
        "differences": {metric: found.to_dict() for metric, found in differences.items()},
        "verdict": verdict(differences),
    }


def verdict(differences: Mapping[str, Interval]) -> Verdict:
    """Return which model is better: the one ahead in a difference whose interval does not contain 0."""
    ahead: set[Verdict] = {
        "new" if found.low > 0 else "old" for found in differences.values() if found.low > 0 or found.high < 0
    }
    if len(ahead) > 1:
        return "mixed"
    return next(iter(ahead), "none")


def sentence(result: Mapping[str, Any], old: str, new: str) -> Message:
    """Return the outcome of :func:`compare` for two version numbers."""
    named = ("new", "old") if result["verdict"] == "new" else ("old", "new")
    values = Message(
        _VALUES,
        {
            f"{metric}_{place}": result[role][metric]
            for metric in COMPARED
            for place, role in enumerate(named, 1)
        },
    )
    params = {"old": old, "new": new, "n": result["n"], "values": values}
    return Message(_SENTENCES[result["verdict"]], params)
