"""Forests and boosted trees evaluated with NumPy, all trees and rows at once, level by level."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.arrays import softmax

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Step = Callable[[Array], Array]


class Unsupported(Exception):  # noqa: N818  # not an error: the part's own library takes over
    """A part that is not evaluated with NumPy."""


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """Many binary trees in one table of nodes.

    ``left`` and ``right`` are row numbers of the table, -1 at a leaf; ``missing_left`` is True
    where NaN goes to the left.
    """

    roots: Index
    left: Index
    right: Index
    feature: Index
    threshold: NDArray[np.floating]
    missing_left: NDArray[np.bool_]
    inclusive: bool
    depth: int

    def leaves(self, X: NDArray[np.float32]) -> Index:
        """Return the leaf of each row ``(n, n_features)`` in each tree, ``(n, n_trees)``."""
        at = np.broadcast_to(self.roots, (len(X), len(self.roots))).copy()
        rows = np.arange(len(X))[:, None]
        for _ in range(self.depth):
            inner = self.left[at] >= 0
            if not inner.any():
                break
            value = X[rows, self.feature[at]]
            limit = self.threshold[at]
            goes_left = (value <= limit) if self.inclusive else (value < limit)
            goes_left |= np.isnan(value) & self.missing_left[at]
            at = np.where(inner, np.where(goes_left, self.left[at], self.right[at]), at)
        return at


def forest(members: Sequence[tuple[NDArray[Any], Array]]) -> Step:
    """Evaluate a scikit-learn forest: the mean of the trees' class shares.

    Parameters
    ----------
    members:
        For each tree scikit-learn's ``nodes`` table and ``values``, ``(n_nodes, 1, n_classes)``.
    """
    nodes = np.concatenate([nodes for nodes, _ in members])
    trees = _concatenate(
        [len(nodes) for nodes, _ in members],
        nodes["left_child"],
        nodes["right_child"],
        nodes["feature"],
        nodes["threshold"],
        _goes_left(nodes),
        inclusive=True,
    )
    values = np.concatenate([np.asarray(values, dtype=np.float64)[:, 0, :] for _, values in members])
    shares = values / values.sum(axis=1, keepdims=True)

    def run(X: Array) -> Array:
        return np.asarray(shares[trees.leaves(X.astype(np.float32))].mean(axis=1))

    return run


def boosted(data: bytes) -> tuple[NDArray[np.intp], Step]:
    """Return classes and prediction function of an XGBoost classifier from its UBJ file.

    Raises
    ------
    Unsupported
        For anything but plain trees and a logistic or softmax objective.
    """
    try:
        return _boosted(read_ubj(data)["learner"])
    except (KeyError, IndexError, TypeError, ValueError, struct.error, RecursionError) as error:
        raise Unsupported(f"not as expected: {error}") from error


def _boosted(learner: dict[str, Any]) -> tuple[NDArray[np.intp], Step]:
    objective, booster = learner["objective"]["name"], learner["gradient_booster"]
    if objective not in ("multi:softprob", "binary:logistic") or booster["name"] != "gbtree":
        raise Unsupported(f"{booster['name']} for {objective}")
    model, params = booster["model"], learner["learner_model_param"]
    if "best_iteration" in learner["attributes"] or model["gbtree_model_param"]["num_trees"] == "0":
        raise Unsupported("early stopping")
    stored = model["trees"]
    if any(tree["split_type"].any() or tree["tree_param"]["size_leaf_vector"] != "1" for tree in stored):
        raise Unsupported("categories, or leaves with several values")
    names = ("left_children", "right_children", "split_indices", "split_conditions", "default_left")
    columns = [np.concatenate([tree[name] for tree in stored]) for name in names]
    left, right, feature, threshold, missing_left = (c.astype(c.dtype.newbyteorder("=")) for c in columns)
    sizes = [len(tree["left_children"]) for tree in stored]
    trees = _concatenate(sizes, left, right, feature, threshold, missing_left, inclusive=False)
    n_outputs = max(1, int(params["num_class"]))
    output = np.asarray(model["tree_info"], dtype=np.intp)
    member_of = np.equal.outer(output, np.arange(n_outputs)).astype(np.float64)
    base = np.atleast_1d(np.asarray(json.loads(params["base_score"]), dtype=np.float64))

    def run(X: Array) -> Array:
        margins = trees.threshold[trees.leaves(X.astype(np.float32))].astype(np.float64) @ member_of
        if objective == "binary:logistic":
            margins = margins + np.log(base / (1.0 - base))
            return softmax(np.hstack([np.zeros_like(margins), margins]))
        return softmax(margins + base)

    return np.arange(max(2, n_outputs)), run


def _concatenate(
    sizes: list[int],
    left: NDArray[Any],
    right: NDArray[Any],
    feature: NDArray[Any],
    threshold: NDArray[Any],
    missing_left: NDArray[Any],
    *,
    inclusive: bool,
) -> Trees:
    """Build one table from the consecutive nodes of all trees; children become row numbers."""
    own_size = np.repeat(sizes, sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp)
    first = np.repeat(starts, sizes)
    for children in (left, right):
        if np.any(children < -1) or np.any(children >= own_size):
            raise Unsupported("a tree that points outside itself")
    return Trees(
        roots=starts,
        left=np.where(left < 0, -1, left + first),
        right=np.where(right < 0, -1, right + first),
        feature=np.maximum(feature, 0).astype(np.intp),
        threshold=threshold,
        missing_left=missing_left.astype(bool),
        inclusive=inclusive,
        depth=max(sizes),
    )


def _goes_left(nodes: NDArray[Any]) -> NDArray[np.bool_]:
    names = nodes.dtype.names or ()
    if "missing_go_to_left" not in names:
        return np.zeros(len(nodes), dtype=bool)
    return np.asarray(nodes["missing_go_to_left"], dtype=bool)


# -- the subset of UBJSON that XGBoost writes -----------------------------------------------------------

_NUMBERS = {b"i": ">b", b"U": ">B", b"I": ">h", b"l": ">i", b"L": ">q", b"d": ">f", b"D": ">d"}
_DTYPES = {marker[0]: np.dtype(code) for marker, code in _NUMBERS.items()}
_SCALARS = {marker[0]: struct.Struct(code) for marker, code in _NUMBERS.items()}
_CONSTANTS = {b"T"[0]: True, b"F"[0]: False, b"Z"[0]: None}
_OBJECT, _OBJECT_END, _LIST, _LIST_END, _TEXT, _TYPE, _COUNT = b"{}[]S$#"


def read_ubj(data: bytes) -> Any:
    """Return the document of a UBJ file; raises what :class:`_UbjReader` meets in damaged ones."""
    return _UbjReader(data).value()


class _UbjReader:
    """Parser of UBJSON into dicts, lists, big-endian arrays for typed lists, text and numbers.

    A model has tens of thousands of values, so the position is moved in place, without a function for each byte.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def value(self) -> Any:
        marker = self._data[self._at]
        self._at += 1
        if marker == _LIST:
            return self._list()
        if marker == _TEXT:
            return self._text()
        if marker == _OBJECT:
            return self._object()
        return _CONSTANTS[marker] if marker in _CONSTANTS else self._number(marker)

    def _object(self) -> dict[str, Any]:
        found = {}
        while self._data[self._at] != _OBJECT_END:
            name = self._text()
            if name in found:  # XGBoost takes the first of two, and would not read what was checked
                raise ValueError(f"{name} twice")
            found[name] = self.value()
        self._at += 1
        return found

    def _list(self) -> Any:
        data, kind = self._data, None
        if data[self._at] == _TYPE:
            kind = data[self._at + 1]
            self._at += 2
        if data[self._at] == _COUNT:
            self._at += 1
            size = self._size()
            return [self.value() for _ in range(size)] if kind is None else self._array(kind, size)
        found = []
        while data[self._at] != _LIST_END:
            found.append(self.value())
        self._at += 1
        return found

    def _text(self) -> str:
        size = self._size()
        start, self._at = self._at, self._at + size
        if self._at > len(self._data):
            raise ValueError("the file ends too early")
        return self._data[start : self._at].decode("utf-8")

    def _array(self, kind: int, size: int) -> NDArray[Any]:
        dtype = _DTYPES[kind]
        found = np.frombuffer(self._data, dtype, size, self._at) if size else np.empty(0, dtype)
        self._at += found.nbytes
        return found

    def _size(self) -> int:
        scalar = _SCALARS[self._data[self._at]]
        (size,) = scalar.unpack_from(self._data, self._at + 1)
        self._at += 1 + scalar.size
        if size < 0:
            raise ValueError("a negative size")
        return int(size)

    def _number(self, kind: int) -> Any:
        scalar = _SCALARS[kind]
        (found,) = scalar.unpack_from(self._data, self._at)
        self._at += scalar.size
        return found
