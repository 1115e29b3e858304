"""Bootstrap confidence intervals of metrics, for one model and for two on the same clips.

Whole groups (artists) are resampled: predictions on clips of one artist are correlated, and an
interval that ignores this is too narrow. Efron & Tibshirani, "An Introduction to the Bootstrap",
1993 (percentile intervals).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.evaluation.metrics import GMEAN_CORRECTION

DRAWS = 2000
_CELLS = 10_000_000
"""Weights that are held at a time: all draws of 5000 clips."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A metric with its confidence interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"

    def to_dict(self) -> dict[str, float]:
        """Return it as JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models on the same clips: new minus old, and the share of draws with new ahead."""

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
    """Return intervals of ``accuracy``, ``gmean`` and ``top3``.

    Parameters
    ----------
    y, proba, classes:
        As in :mod:`genre_desktop.ml.evaluation.metrics`.
    groups:
        ``(n,)`` artist of each clip; ``None`` draws single clips.
    level:
        Confidence, 0 to 1.
    """
    hits = _hits(y, proba, classes)
    ones = np.ones((1, len(y)))

    def measure(w: Floats) -> dict[str, Floats]:
        return {"accuracy": _share(hits[0], w), "gmean": _gmean(hits[0], y, w), "top3": _share(hits[1], w)}

    exact = measure(ones)
    parts = [measure(weights) for weights in _weights(len(y), groups, draws, seed)]
    drawn = {name: np.concatenate([part[name] for part in parts]) for name in exact}
    return {name: _interval(float(exact[name][0]), drawn[name], level) for name in exact}


def compare(
    y: Labels,
    old: Labels,
    new: Labels,
    *,
    metric: str = "gmean",
    groups: Labels | None = None,
    importance: Floats | None = None,
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = 0,
) -> Comparison:
    """Compare two models' predicted labels ``old`` and ``new`` ``(n,)`` by paired bootstrap.

    Parameters
    ----------
    metric:
        ``"gmean"`` or ``"accuracy"``.
    importance:
        ``(n,)`` weight of each clip; ``None`` for equal ones.

    Returns
    -------
    Comparison
        ``p_better`` is the share of draws in which ``new`` is strictly ahead, ties counting half.
    """
    truth = np.asarray(y, dtype=str)
    counts = np.ones(len(truth)) if importance is None else np.asarray(importance, dtype=np.float64)
    rights = [(np.asarray(labels, dtype=str) == truth).astype(float) for labels in (old, new)]

    def delta(w: Floats) -> Floats:
        before, after = (_share(r, w) if metric == "accuracy" else _gmean(r, truth, w) for r in rights)
        return after - before

    drawn = np.concatenate([delta(weights * counts) for weights in _weights(len(truth), groups, draws, seed)])
    return _comparison(float(delta(counts[None])[0]), drawn, level)


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
    """Compare the means of a per-clip value, such as log-probability, by paired bootstrap.

    Parameters
    ----------
    old, new:
        ``(n,)`` value of each clip under either model; more is better.
    importance:
        ``(n,)`` weight of each clip; ``None`` for equal ones.
    """
    gain = np.asarray(new, dtype=np.float64) - np.asarray(old, dtype=np.float64)
    counts = np.ones(len(gain)) if importance is None else np.asarray(importance, dtype=np.float64)
    drawn = np.concatenate([_share(gain, w * counts) for w in _weights(len(gain), groups, draws, seed)])
    return _comparison(float(counts @ gain / counts.sum()), drawn, level)


def gmean(y: Labels, predicted: Labels, importance: Floats) -> float:
    """Return the G-Mean of predicted labels ``(n,)`` where clip ``i`` has weight ``importance[i]``."""
    truth = np.asarray(y, dtype=str)
    right = (np.asarray(predicted, dtype=str) == truth).astype(float)
    return float(_gmean(right, truth, importance[None])[0])


def _weights(n: int, groups: Labels | None, draws: int, seed: int) -> Iterator[Floats]:
    """Yield ``(some draws, n)``, ``draws`` in total: how often each clip occurs in each draw."""
    rng = np.random.default_rng(seed)
    if groups is None:
        index = np.arange(n)
    else:
        index = np.unique(np.asarray(groups, dtype=str), return_inverse=True)[1].reshape(-1)
    size = int(index.max()) + 1
    most = max(_CELLS // n, 1)
    for start in range(0, draws, most):
        part = min(most, draws - start)
        drawn = rng.integers(0, size, (part, size))
        counts = np.zeros((part, size))
        np.add.at(counts, (np.repeat(np.arange(part), size), drawn.reshape(-1)), 1.0)
        yield counts[:, index]


def _hits(y: Labels, proba: Floats, classes: Sequence[str]) -> tuple[Floats, Floats]:
    order = np.asarray(classes, dtype=str)[np.argsort(-proba, axis=1, kind="stable")]
    match = order == np.asarray(y, dtype=str)[:, None]
    return match[:, 0].astype(float), match[:, :3].any(axis=1).astype(float)


def _share(right: Floats, weights: Floats) -> Floats:
    return np.asarray(weights @ right / np.maximum(weights.sum(axis=1), 1e-12))


def _gmean(right: Floats, y: Labels, weights: Floats) -> Floats:
    """Return the geometric mean of recalls over the genres in each draw, as :func:`.metrics.gmean`."""
    genres, index = np.unique(np.asarray(y, dtype=str), return_inverse=True)
    member: NDArray[np.float64] = np.eye(len(genres))[index.reshape(-1)]
    total = weights @ member
    recall = (weights @ (member * right[:, None])) / np.maximum(total, 1e-12)
    logs = np.log(np.where(recall > 0, recall, GMEAN_CORRECTION)) * (total > 0)
    return np.asarray(np.exp(logs.sum(axis=1) / np.maximum((total > 0).sum(axis=1), 1)))


def _comparison(value: float, drawn: Floats, level: float) -> Comparison:
    better = float(np.mean(drawn > 0) + 0.5 * np.mean(drawn == 0))
    return Comparison(_interval(value, drawn, level), better)


def _interval(value: float, drawn: Floats, level: float) -> Interval:
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Interval(value, float(low), float(high))
