"""How sure a figure is: bootstrap confidence intervals, alone and for two models on the same clips.

Whole groups (artists) are drawn, not clips: clips of one artist are right or wrong together, and
an interval that ignores this is too narrow. Efron & Tibshirani, "An Introduction to the
Bootstrap", 1993 (percentile intervals).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.evaluation.metrics import GMEAN_CORRECTION

DRAWS = 2000


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its confidence interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"

    def to_dict(self) -> dict[str, float]:
        """As JSON."""
        return {"value": self.value, "low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models on the same clips: the difference (new minus old) and how often it was positive."""

    delta: Interval
    p_better: float


def bootstrap(
    y: Labels,
    proba: Floats,
    classes: Sequence[str],
    *,
    groups: Labels | None = None,
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = 0,
) -> dict[str, Interval]:
    """Intervals of ``accuracy``, ``gmean`` and ``top3``.

    Parameters
    ----------
    y, proba, classes:
        As in :mod:`genre_desktop.ml.evaluation.metrics`.
    groups:
        ``(n,)`` artist of each clip; ``None`` draws single clips.
    level:
        Confidence, 0 to 1.
    """
    weights = _weights(len(y), groups, draws, seed)
    hits = _hits(y, proba, classes)
    ones = np.ones((1, len(y)))

    def figures(w: Floats) -> dict[str, Floats]:
        return {"accuracy": _share(hits[0], w), "gmean": _gmean(hits[0], y, w), "top3": _share(hits[1], w)}

    exact, drawn = figures(ones), figures(weights)
    return {name: _interval(float(exact[name][0]), drawn[name], level) for name in exact}


def compare(
    y: Labels,
    old: Labels,
    new: Labels,
    *,
    figure: str = "gmean",
    groups: Labels | None = None,
    importance: Floats | None = None,
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = 0,
) -> Comparison:
    """Paired bootstrap of two models' answers ``old`` and ``new`` ``(n,)`` to the same clips.

    Parameters
    ----------
    figure:
        ``"gmean"`` or ``"accuracy"``.
    importance:
        ``(n,)`` how much each clip counts; ``None`` counts all alike.

    Returns
    -------
    Comparison
        ``p_better`` is the share of draws in which ``new`` is strictly ahead, ties counting half.
    """
    truth = np.asarray(y, dtype=str)
    counts = np.ones(len(truth)) if importance is None else np.asarray(importance, dtype=np.float64)
    weights = _weights(len(truth), groups, draws, seed) * counts
    rights = [(np.asarray(answers, dtype=str) == truth).astype(float) for answers in (old, new)]

    def delta(w: Floats) -> Floats:
        before, after = (_share(r, w) if figure == "accuracy" else _gmean(r, truth, w) for r in rights)
        return after - before

    drawn = delta(weights)
    better = float(np.mean(drawn > 0) + 0.5 * np.mean(drawn == 0))
    return Comparison(_interval(float(delta(counts[None])[0]), drawn, level), better)


def compare_means(
    old: Floats,
    new: Floats,
    *,
    groups: Labels | None = None,
    importance: Floats | None = None,
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = 0,
) -> Comparison:
    """Paired bootstrap of the mean of a figure that each clip has, such as its log-probability.

    Parameters
    ----------
    old, new:
        ``(n,)`` the figure of each clip under either model; more is better.
    importance:
        ``(n,)`` how much each clip counts; ``None`` counts all alike.
    """
    gain = np.asarray(new, dtype=np.float64) - np.asarray(old, dtype=np.float64)
    counts = np.ones(len(gain)) if importance is None else np.asarray(importance, dtype=np.float64)
    drawn = _share(gain, _weights(len(gain), groups, draws, seed) * counts)
    better = float(np.mean(drawn > 0) + 0.5 * np.mean(drawn == 0))
    return Comparison(_interval(float(counts @ gain / counts.sum()), drawn, level), better)


def gmean(y: Labels, answers: Labels, importance: Floats) -> float:
    """G-Mean of answers ``(n,)`` where clip ``i`` counts ``importance[i]``; :func:`.metrics_endpoint.gmean` counts all alike."""
    truth = np.asarray(y, dtype=str)
    right = (np.asarray(answers, dtype=str) == truth).astype(float)
    return float(_gmean(right, truth, importance[None])[0])


def _weights(n: int, groups: Labels | None, draws: int, seed: int) -> Floats:
    """``(draws, n)`` how often each clip occurs in each draw."""
    rng = np.random.default_rng(seed)
    if groups is None:
        index = np.arange(n)
    else:
        index = np.unique(np.asarray(groups, dtype=str), return_inverse=True)[1].reshape(-1)
    size = int(index.max()) + 1
    drawn = rng.integers(0, size, (draws, size))
    counts = np.zeros((draws, size))
    np.add.at(counts, (np.repeat(np.arange(draws), size), drawn.reshape(-1)), 1.0)
    return counts[:, index]


def _hits(y: Labels, proba: Floats, classes: Sequence[str]) -> tuple[Floats, Floats]:
    order = np.asarray(classes, dtype=str)[np.argsort(-proba, axis=1, kind="stable")]
    match = order == np.asarray(y, dtype=str)[:, None]
    return match[:, 0].astype(float), match[:, :3].any(axis=1).astype(float)


def _share(right: Floats, weights: Floats) -> Floats:
    values: Floats = weights @ right / np.maximum(weights.sum(axis=1), 1e-12)
    return values


def _gmean(right: Floats, y: Labels, weights: Floats) -> Floats:
    """Geometric mean of recalls over the genres that a draw holds, as metrics.gmean has it."""
    genres, index = np.unique(np.asarray(y, dtype=str), return_inverse=True)
    member: NDArray[np.float64] = np.eye(len(genres))[index.reshape(-1)]
    total = weights @ member
    recall = (weights @ (member * right[:, None])) / np.maximum(total, 1e-12)
    logs = np.log(np.where(recall > 0, recall, GMEAN_CORRECTION)) * (total > 0)
    values: Floats = np.exp(logs.sum(axis=1) / np.maximum((total > 0).sum(axis=1), 1))
    return values


def _interval(value: float, drawn: Floats, level: float) -> Interval:
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Interval(value, float(low), float(high))
