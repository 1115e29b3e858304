"""Classifiers that compare with stored rows, evaluated with NumPy: nearest neighbours and support vectors.

Only models trained on this computer are of these kinds; what the program ships holds no rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.models.numpy_trees import Array, Step, Unsupported

_BLOCK = 16
"""Rows compared at once, so that a long song needs little memory."""


def neighbours(part: Any) -> Step:
    """Votes of the nearest stored rows, each weighing 1 / distance; a row met again decides alone."""
    if part["weights"] != "distance" or part["metric"] not in _DISTANCES:
        raise Unsupported("another way to be near")
    stored = np.asarray(part["_fit_X"], dtype=np.float64)
    member = np.eye(len(part["classes_"]))[np.asarray(part["_y"], dtype=np.intp)]
    k, distance = int(part["n_neighbors"]), _DISTANCES[part["metric"]]

    def run(X: Array) -> Array:
        far = np.vstack([distance(X[i : i + _BLOCK], stored) for i in range(0, len(X), _BLOCK)])
        nearest = np.argpartition(far, k - 1, axis=1)[:, :k] if k < len(stored) else _all(far)
        near = np.take_along_axis(far, nearest, axis=1)
        same = near == 0
        weights = np.where(same.any(axis=1, keepdims=True), same, 1 / np.where(same, 1.0, near))
        votes = np.einsum("nk,nkc->nc", weights, member[nearest])
        return np.asarray(votes / votes.sum(axis=1, keepdims=True))

    return run


def calibrated(part: Any) -> Step:
    """Support vectors whose scores are turned into probabilities by a logistic curve for each genre."""
    fitted = part["calibrated_classifiers_"]
    if len(fitted) != 1 or part["method"] != "sigmoid" or len(part["classes_"]) < 3:
        raise Unsupported("another calibration")
    machine, curves = fitted[0]["estimator"], fitted[0]["calibrators"]
    scores = _support_vectors(machine)
    slope = np.array([curve["a_"] for curve in curves], dtype=np.float64)
    offset = np.array([curve["b_"] for curve in curves], dtype=np.float64)

    def run(X: Array) -> Array:
        P = 1 / (1 + np.exp(slope * scores(X) + offset))
        return np.asarray(P / P.sum(axis=1, keepdims=True))

    return run


def _all(far: Array) -> NDArray[np.intp]:
    return np.broadcast_to(np.arange(far.shape[1]), far.shape)


def _euclidean(X: Array, stored: Array) -> Array:
    return np.asarray(np.sqrt(((X[:, None] - stored) ** 2).sum(axis=2)))


def _manhattan(X: Array, stored: Array) -> Array:
    return np.asarray(np.abs(X[:, None] - stored).sum(axis=2))


def _cosine(X: Array, stored: Array) -> Array:
    def unit(rows: Array) -> Array:
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(length == 0, 1.0, length))

    return np.asarray(np.clip(1 - unit(X) @ unit(stored).T, 0, 2))


_DISTANCES: dict[str, Callable[[Array, Array], Array]] = {
    "euclidean": _euclidean,
    "manhattan": _manhattan,
    "cosine": _cosine,
}


def _support_vectors(part: Any) -> Step:
    """``(n, n_classes)`` scores: duels won, and by how much, of one genre against another each."""
    if part.kind != "SVC" or part["kernel"] != "rbf" or part["decision_function_shape"] != "ovr":
        raise Unsupported("another machine")
    vectors = np.asarray(part["support_vectors_"], dtype=np.float64)
    gamma, offsets = float(part["_gamma"]), np.asarray(part["_intercept_"], dtype=np.float64)
    duels = _duels(np.asarray(part["_dual_coef_"], dtype=np.float64), np.asarray(part["_n_support"]))
    n = len(part["classes_"])
    first, second = np.triu_indices(n, 1)
    sides = np.eye(n)[first] - np.eye(n)[second]

    def run(X: Array) -> Array:
        near = np.vstack(
            [np.exp(-gamma * _euclidean(X[i : i + _BLOCK], vectors) ** 2) for i in range(0, len(X), _BLOCK)]
        )
        margins = near @ duels.T + offsets
        won = (margins >= 0) @ np.eye(n)[first] + (margins < 0) @ np.eye(n)[second]
        sure = margins @ sides
        return np.asarray(won + sure / (3 * (np.abs(sure) + 1)))

    return run


def _duels(dual: Array, counts: NDArray[Any]) -> Array:
    """``(n_duels, n_vectors)``: libsvm's packed coefficients as one row for each pair of genres."""
    ends = np.cumsum(counts)
    own = [slice(end - count, end) for end, count in zip(ends, counts, strict=True)]
    first, second = np.triu_indices(len(counts), 1)
    rows = np.zeros((len(first), int(ends[-1])))
    for duel, (i, j) in enumerate(zip(first, second, strict=True)):
        rows[duel, own[i]] = dual[j - 1, own[i]]
        rows[duel, own[j]] = dual[i, own[j]]
    return rows
