"""Evaluation of stored parts with NumPy alone, for a fast first prediction.

Importing scikit-learn, skops and XGBoost costs 2 to 3 seconds and 200 MB in every process that
predicts. Fitted parts compute little: they scale, multiply and traverse trees. This module reads
their parameters from the same verified files. Unsupported parts are left to their own library, and
every bundle contains synthetic rows with the predictions at the time it was stored, so that a part
evaluated differently would be rejected.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.arrays import read_array, softmax
from genre_desktop.ml.models import numpy_kernels, numpy_trees, skops_allowlist
from genre_desktop.ml.models.numpy_trees import Unsupported

Array = NDArray[np.float64]
Step = Callable[[Array], Array]


@dataclass(frozen=True, slots=True, eq=False)
class StoredObject:
    """An object as stored in the file: the last part of its class name, and its attributes."""

    kind: str
    attributes: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        try:
            return self.attributes[name]
        except KeyError:
            raise Unsupported(f"{self.kind} without {name}") from None

    def get(self, name: str, default: Any = None) -> Any:
        """Return an attribute that other versions of scikit-learn may not write."""
        return self.attributes.get(name, default)


@dataclass(frozen=True, slots=True, eq=False)
class TransformerStub:
    """Substitute for a fitted transformer."""

    transform: Step


@dataclass(frozen=True, slots=True, eq=False)
class ClassifierStub:
    """Substitute for a fitted classifier; ``classes_`` are genre names or their numbers.

    For attributions, ``layers`` are weights and offsets of linear models and networks, ``trees`` the
    UBJ bytes of boosted trees.
    """

    classes_: NDArray[Any]
    predict_proba: Step
    layers: tuple[tuple[Array, Array], ...] = ()
    trees: bytes = b""


def transform(data: bytes, name: str) -> TransformerStub:
    """Read a transformer from a skops file.

    Raises
    ------
    Unsupported
        It contains something this module does not support.
    AppError
        As :func:`.skops_allowlist.loads`.
    """
    return TransformerStub(_transform(_read(data, name)))


def head(data: bytes, name: str) -> ClassifierStub:
    """Read a classifier from a skops or UBJ file; errors as :func:`transform`."""
    if name.endswith(".ubj"):
        classes, predict = numpy_trees.boosted(data)
        return ClassifierStub(classes, predict, trees=data)
    return _head(_read(data, name))


# -- reading ------------------------------------------------------------------------------------


def _read(data: bytes, name: str) -> StoredObject:
    skops_allowlist.check(data, name)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = _value(json.loads(archive.read("schema.json")), archive)
    if not isinstance(found, StoredObject):
        raise Unsupported("no estimator")
    return found


def _value(node: Any, archive: zipfile.ZipFile) -> Any:
    loader = node.get("__loader__")
    if loader == "JsonNode":
        return json.loads(node["content"])
    if loader in ("ListNode", "TupleNode"):
        return [_value(item, archive) for item in node["content"]]
    if loader == "DictNode":
        return {name: _value(item, archive) for name, item in node["content"].items()}
    if loader in ("ObjectNode", "TreeNode"):
        attributes = _value(node["content"], archive)
        return StoredObject(node["__class__"], attributes if isinstance(attributes, dict) else {})
    if loader == "NdArrayNode":
        return _array(node, archive)
    return Unsupported(f"a {loader}")  # an error only if the value is used


def _array(node: Any, archive: zipfile.ZipFile) -> Any:
    if node["type"] == "numpy":
        return read_array(archive.read(node["file"]))
    items = [_value(item, archive) for item in node["content"]]
    if any(isinstance(item, StoredObject | Unsupported) for item in items):
        return items
    return np.array(items, dtype=object)


# -- transformers -------------------------------------------------------------------------------


def _transform(part: StoredObject) -> Step:
    if part.kind not in _TRANSFORMS:
        raise Unsupported(part.kind)
    return _TRANSFORMS[part.kind](part)


def _chain(named: Sequence[tuple[str, Any]]) -> Step:
    steps = [_transform(step) for _, step in named if step not in (None, "passthrough")]

    def run(X: Array) -> Array:
        for step in steps:
            X = step(X)
        return X

    return run


def _forms(part: StoredObject) -> Step:
    from genre_desktop.ml.features.transforms import transform_rows

    level = bool(part["level"])
    return lambda X: transform_rows(X, level)


def _imputer(part: StoredObject) -> Step:
    fill = np.asarray(part["statistics_"], dtype=np.float64)
    missing = part["missing_values"]
    is_nan = isinstance(missing, float | np.ndarray) and bool(np.isnan(missing))
    if not is_nan or part.get("add_indicator") or np.isnan(fill).any():
        raise Unsupported("another imputation")
    return lambda X: np.where(np.isnan(X), fill, X)


def _scaler(center: str, centers: str, scale: str, scales: str) -> Callable[[StoredObject], Step]:
    def make(part: StoredObject) -> Step:
        shift = part[center] if part[centers] else None
        factor = part[scale] if part[scales] else None

        def run(X: Array) -> Array:
            X = X if shift is None else X - shift
            return X if factor is None else X / factor

        return run

    return make


_TRANSFORMS: dict[str, Callable[[StoredObject], Step]] = {
    "Pipeline": lambda part: _chain(part["steps"]),
    "Forms": _forms,
    "SimpleImputer": _imputer,
    "StandardScaler": _scaler("mean_", "with_mean", "scale_", "with_std"),
    "RobustScaler": _scaler("center_", "with_centering", "scale_", "with_scaling"),
}


# -- classifiers --------------------------------------------------------------------------------


def _head(part: StoredObject) -> ClassifierStub:
    if part.kind == "Pipeline":
        *before, (_, last) = part["steps"]
        first, inner = _chain(before), _head(last)
        return ClassifierStub(inner.classes_, lambda X: inner.predict_proba(first(X)))
    if part.kind not in _HEADS:
        raise Unsupported(part.kind)
    predict = _HEADS[part.kind](part)
    return ClassifierStub(np.asarray(part["classes_"]), predict, layers=_layers(part))


def _layers(part: StoredObject) -> tuple[tuple[Array, Array], ...]:
    if part.kind == "MLPClassifier":
        weights, offsets = part["coefs_"], part["intercepts_"]
    elif part.get("coef_") is not None:
        weights, offsets = [np.asarray(part["coef_"]).T], [part["intercept_"]]
    else:
        return ()
    pairs = zip(weights, offsets, strict=True)
    return tuple((np.asarray(w, dtype=np.float64), np.asarray(b, dtype=np.float64)) for w, b in pairs)


def _linear(part: StoredObject) -> Step:
    """Evaluate a linear model: softmax, or with two classes the logistic function."""
    if part.get("multi_class") == "ovr" or part.get("solver") == "liblinear":
        raise Unsupported("one versus rest")
    ((weights, offset),) = _layers(part)

    def run(X: Array) -> Array:
        scores = X @ weights + offset
        if scores.shape[1] == 1:
            scores = np.hstack([np.zeros_like(scores), scores])
        return softmax(scores)

    return run


def _network(part: StoredObject) -> Step:
    """Evaluate a multilayer perceptron with ReLU hidden layers and a softmax output."""
    if part["activation"] != "relu" or part["out_activation_"] != "softmax":
        raise Unsupported("another activation")
    *hidden, (weights, offset) = _layers(part)

    def run(X: Array) -> Array:
        for w, b in hidden:
            X = np.maximum(X @ w + b, 0.0)
        return softmax(X @ weights + offset)

    return run


def _forest(part: StoredObject) -> Step:
    trees = [member["tree_"] for member in part["estimators_"]]
    return numpy_trees.forest([(tree["nodes"], tree["values"]) for tree in trees])


_HEADS: dict[str, Callable[[StoredObject], Step]] = {
    "LogisticRegression": _linear,
    "LinearDiscriminantAnalysis": _linear,
    "MLPClassifier": _network,
    "RandomForestClassifier": _forest,
    "ExtraTreesClassifier": _forest,
    "KNeighborsClassifier": numpy_kernels.neighbours,
    "CalibratedClassifierCV": numpy_kernels.calibrated,
}
