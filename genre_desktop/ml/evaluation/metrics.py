"""How good a model is: the figures every evaluation, training run and promotion is judged by.

All functions take true labels ``y`` ``(n,)`` as text, probabilities ``proba`` ``(n, n_classes)``
and ``classes``, the labels of the columns. A true label that is not among ``classes`` is allowed
(a person's own genre, unknown to the model): it can only be missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from imblearn.metrics import geometric_mean_score
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from genre_desktop.ml.arrays import Floats, Labels

GMEAN_CORRECTION = 0.001
"""Recall that a genre nobody recognised counts as (imbalanced-learn's ``correction``).

With 0 a single missed genre makes the geometric mean 0 and hides every other difference, which is
useless for choosing between models on few rows; with 0.001 it halves the score of ten genres.
Where every genre is recognised at least once, the value does not depend on it.
"""

_FLOOR = 1e-15


@dataclass(frozen=True, slots=True)
class GenreScores:
    """One genre: share of its clips found, share of its answers right, number of clips."""

    recall: float
    precision: float
    n: int

    def to_dict(self) -> dict[str, float | int]:
        """The ``per_genre`` entry of ``evaluate --json``."""
        return {"recall": self.recall, "precision": self.precision, "n": self.n}


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything measured on one set of clips; all shares 0 to 1, log-loss in nats.

    ``confusion[i, j]`` counts clips of ``labels[i]`` answered as ``labels[j]``.
    """

    n: int
    accuracy: float
    gmean: float
    macro_f1: float
    top3: float
    log_loss: float
    ece: float
    labels: tuple[str, ...]
    per_genre: dict[str, GenreScores] = field(repr=False)
    confusion: NDArray[np.int64] = field(repr=False)

    def figures(self) -> dict[str, float]:
        """The single numbers by name, as a run log takes them."""
        names = ("accuracy", "gmean", "macro_f1", "top3", "log_loss", "ece")
        return {name: float(getattr(self, name)) for name in names}

    def to_dict(self) -> dict[str, Any]:
        """All of it as JSON; the confusion matrix as ``{truth: {answer: count}}`` without zeros."""
        return {
            "n": self.n,
            **self.figures(),
            "per_genre": {genre: scores.to_dict() for genre, scores in self.per_genre.items()},
            "confusion": {
                truth: {a: int(c) for a, c in zip(self.labels, row, strict=True) if c}
                for truth, row in zip(self.labels, self.confusion, strict=True)
                if row.any()
            },
        }


def score(y: Sequence[str] | Labels, proba: Floats, classes: Sequence[str]) -> Scores:
    """Measure everything at once.

    Raises
    ------
    ValueError
        No clips, or shapes that do not fit together.
    """
    truth, predicted = _checked(y, proba, classes)
    labels = tuple(sorted({*classes, *truth.tolist()}))
    counts = confusion(truth, predicted, labels)
    return Scores(
        n=len(truth),
        accuracy=accuracy(truth, predicted),
        gmean=gmean(truth, predicted),
        macro_f1=macro_f1(truth, predicted),
        top3=top_k(truth, proba, classes, 3),
        log_loss=log_loss(truth, proba, classes),
        ece=expected_calibration_error(truth, proba, classes),
        labels=labels,
        per_genre=_per_genre(counts, labels),
        confusion=counts,
    )


def accuracy(y: Labels, predicted: Labels) -> float:
    """Share of clips answered right."""
    return float(np.mean(np.asarray(y) == np.asarray(predicted)))


def gmean(y: Labels, predicted: Labels) -> float:
    """Geometric mean of the recalls of the genres that occur in ``y`` (imbalanced-learn)."""
    truth = np.asarray(y, dtype=str)
    answers = np.asarray(predicted, dtype=str)
    present = np.unique(truth)
    if len(present) == 1:  # imbalanced-learn wants two classes; the mean of one recall is that recall
        return float(max(np.mean(truth == answers), GMEAN_CORRECTION))
    return float(geometric_mean_score(truth, answers, labels=present, correction=GMEAN_CORRECTION))


def macro_f1(y: Labels, predicted: Labels) -> float:
    """Mean F1 over the genres that occur in ``y``; a genre never answered counts 0."""
    truth = np.asarray(y, dtype=str)
    answers = np.asarray(predicted, dtype=str)
    return float(f1_score(truth, answers, labels=np.unique(truth), average="macro", zero_division=0))


def top_k(y: Labels, proba: Floats, classes: Sequence[str], k: int) -> float:
    """Share of clips whose genre is among the ``k`` most probable."""
    best = np.argsort(-proba, axis=1, kind="stable")[:, :k]
    names = np.asarray(classes, dtype=str)[best]
    return float(np.mean((names == np.asarray(y, dtype=str)[:, None]).any(axis=1)))


def log_loss(y: Labels, proba: Floats, classes: Sequence[str]) -> float:
    """Mean negative log probability of the truth, in nats; an unknown genre has probability 1e-15."""
    return float(-np.mean(np.log(np.clip(truth_probability(y, proba, classes), _FLOOR, 1.0))))


def truth_probability(y: Labels, proba: Floats, classes: Sequence[str]) -> Floats:
    """``(n,)`` probability given to each clip's own genre; 0 where the model does not know it."""
    column = {name: i for i, name in enumerate(classes)}
    where = np.array([column.get(str(label), -1) for label in y])
    values: Floats = np.where(where >= 0, proba[np.arange(len(where)), where], 0.0)
    return values


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Answers of similar confidence: mean confidence, share right, how many."""

    low: float
    high: float
    confidence: float
    accuracy: float
    n: int


def reliability(
    y: Labels, proba: Floats, classes: Sequence[str], bins: int = 10
) -> tuple[ReliabilityBin, ...]:
    """The reliability diagram: equal-width bins of the top probability, empty ones left out.

    Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.
    """
    confidence = proba.max(axis=1)
    right = np.asarray(classes, dtype=str)[proba.argmax(axis=1)] == np.asarray(y, dtype=str)
    index = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    found = []
    for b in range(bins):
        inside = index == b
        if inside.any():
            found.append(
                ReliabilityBin(
                    b / bins,
                    (b + 1) / bins,
                    float(confidence[inside].mean()),
                    float(right[inside].mean()),
                    int(inside.sum()),
                )
            )
    return tuple(found)


def expected_calibration_error(y: Labels, proba: Floats, classes: Sequence[str], bins: int = 10) -> float:
    """Mean gap between confidence and share right over :func:`reliability`'s bins, weighted by clips."""
    table = reliability(y, proba, classes, bins)
    return float(sum(b.n * abs(b.confidence - b.accuracy) for b in table) / sum(b.n for b in table))


def confusion(y: Labels, predicted: Labels, labels: Sequence[str]) -> NDArray[np.int64]:
    """``(n_labels, n_labels)`` counts: rows the truth, columns the answer."""
    row = {name: i for i, name in enumerate(labels)}
    counts = np.zeros((len(labels), len(labels)), dtype=np.int64)
    for truth, answer in zip(y, predicted, strict=True):
        counts[row[str(truth)], row[str(answer)]] += 1
    return counts


def _per_genre(counts: NDArray[np.int64], labels: Sequence[str]) -> dict[str, GenreScores]:
    right, truths, answers = counts.diagonal(), counts.sum(axis=1), counts.sum(axis=0)
    return {
        name: GenreScores(
            recall=float(right[i] / truths[i]) if truths[i] else 0.0,
            precision=float(right[i] / answers[i]) if answers[i] else 0.0,
            n=int(truths[i]),
        )
        for i, name in enumerate(labels)
        if truths[i] or answers[i]
    }


def _checked(y: Sequence[str] | Labels, proba: Floats, classes: Sequence[str]) -> tuple[Labels, Labels]:
    truth = np.asarray(y, dtype=str)
    if proba.shape != (len(truth), len(classes)):
        raise ValueError(f"{proba.shape} probabilities for {len(truth)} clips and {len(classes)} genres")
    if not len(truth):
        raise ValueError("no clips to measure")
    return truth, np.asarray(classes, dtype=str)[proba.argmax(axis=1)]
