"""Nearest neighbours and support vector machines evaluated with NumPy.

Only models trained on this computer are of these kinds; shipped models contain no training rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.models.numpy_trees import Array, Step, Unsupported

_BLOCK = 16
"""Rows compared at once, to limit the memory for a long song."""


def neighbours(part: Any) -> Step:
    """Evaluate k nearest neighbours with weights of 1 / distance; at distance 0 exact matches decide alone."""
    if part["weights"] != "distance" or part["metric"] not in _DISTANCES:
        raise Unsupported("another weighting or metric")
    stored = np.asarray(part["_fit_X"], dtype=np.float64)
    member = np.eye(len(part["classes_"]))[np.asarray(part["_y"], dtype=np.intp)]
    k, distance = min(int(part["n_neighbors"]), len(stored)), _DISTANCES[part["metric"]]

    def run(X: Array) -> Array:
        distances = _in_blocks(distance, X, stored)
        nearest = np.argpartition(distances, k - 1, axis=1)[:, :k]
        near = np.take_along_axis(distances, nearest, axis=1)
        same = near == 0
        weights = np.where(same.any(axis=1, keepdims=True), same, 1 / np.where(same, 1.0, near))
        votes = np.einsum("nk,nkc->nc", weights, member[nearest])
        return np.asarray(votes / votes.sum(axis=1, keepdims=True))

    return run


def calibrated(part: Any) -> Step:
    """Evaluate a support vector machine with sigmoid calibration for each genre."""
    fitted = part["calibrated_classifiers_"]
    if len(fitted) != 1 or part["method"] != "sigmoid" or len(part["classes_"]) < 3:
        raise Unsupported("another calibration")
    scores, calibrators = _support_vectors(fitted[0]["estimator"]), fitted[0]["calibrators"]
    slope = np.array([sigmoid["a_"] for sigmoid in calibrators], dtype=np.float64)
    offset = np.array([sigmoid["b_"] for sigmoid in calibrators], dtype=np.float64)

    def run(X: Array) -> Array:
        P = 1 / (1 + np.exp(slope * scores(X) + offset))
        return np.asarray(P / P.sum(axis=1, keepdims=True))

    return run


def _in_blocks(compare: Callable[[Array, Array], Array], X: Array, stored: Array) -> Array:
    return np.vstack([compare(X[i : i + _BLOCK], stored) for i in range(0, len(X), _BLOCK)])


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
    """Return the scores ``(n, n_classes)`` of a one-versus-one machine: pairs won, and their margins."""
    if part.kind != "SVC" or part["kernel"] != "rbf" or part["decision_function_shape"] != "ovr":
        raise Unsupported("another kernel or decision function")
    vectors = np.asarray(part["support_vectors_"], dtype=np.float64)
    gamma, offsets = float(part["_gamma"]), np.asarray(part["_intercept_"], dtype=np.float64)
    coefficients = _pair_coefficients(
        np.asarray(part["_dual_coef_"], dtype=np.float64), np.asarray(part["_n_support"])
    )
    n = len(part["classes_"])
    first, second = np.triu_indices(n, 1)
    sides = np.eye(n)[first] - np.eye(n)[second]

    def run(X: Array) -> Array:
        kernel = np.exp(-gamma * _in_blocks(_euclidean, X, vectors) ** 2)
        margins = kernel @ coefficients.T + offsets
        won = (margins >= 0) @ np.eye(n)[first] + (margins < 0) @ np.eye(n)[second]
        total = margins @ sides
        return np.asarray(won + total / (3 * (np.abs(total) + 1)))

    return run


def _pair_coefficients(dual: Array, counts: NDArray[Any]) -> Array:
    """Unpack libsvm's coefficients to ``(n_pairs, n_vectors)``, one row for each pair of genres."""
    ends = np.cumsum(counts)
    own = [slice(end - count, end) for end, count in zip(ends, counts, strict=True)]
    first, second = np.triu_indices(len(counts), 1)
    rows = np.zeros((len(first), int(ends[-1])))
    for pair, (i, j) in enumerate(zip(first, second, strict=True)):
        rows[pair, own[i]] = dual[j - 1, own[i]]
        rows[pair, own[j]] = dual[i, own[j]]
    return rows
