"""What each feature of a row adds to each genre, exactly, where a model's parts allow it.

A linear part's score is a sum: each coefficient times its scaled input, so each input's share is known.
A network of rectified sums is linear around any one row; gradient times input are its shares there, and
with the rest of the offsets they sum to its score. XGBoost computes Shapley values of its trees
(Lundberg et al., "Consistent Individualized Feature Attribution for Tree Ensembles", 2018) that sum to its
margin. A vote of such parts is explained by their mean, with the voices' weights. Everything is told
relative to the average genre, because only differences between genres decide.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.models import numpy_inference
from genre_desktop.ml.models.ensemble import BASE_PREFIX, Member, Model, is_xgboost

Array = NDArray[np.float64]
Layers = tuple[tuple[Array, Array], ...]
_STEP = 0.1
_TINY = 1e-9
_LINEAR = ("LogisticRegression", "LinearDiscriminantAnalysis")


def of_model(model: Model, row: Array) -> Array | None:
    """Additions ``(n_classes, n_features)`` to the logarithm of each genre's probability, each column
    relative to its mean over genres.

    Parameters
    ----------
    row:
        ``(n_features,)`` in contract order.

    Returns
    -------
    Array or None
        None where a part has no exact shares: forests, neighbours, support vectors.
    """
    base = None
    if model.base is not None:
        base = of_model(model.base, row)
        if base is None:
            return None
    parts = [_of_member(model, number, row, base) for number in range(len(model.members))]
    if any(part is None for part in parts):
        return None
    weights = [member.weight for member in model.members]
    mean = np.average(np.stack([part for part in parts if part is not None]), axis=0, weights=weights)
    return np.asarray(mean / model.temperature)


def linear(layers: Layers, inputs: Array) -> tuple[Array, Array]:
    """Slope ``(n_inputs, n_outputs)`` and offset ``(n_outputs,)`` of rectified layers around one row.

    ``inputs @ slope + offset`` is what the layers compute for ``inputs`` ``(n_inputs,)``.
    """
    slope, offset, here = np.eye(len(inputs)), np.zeros(len(inputs)), inputs
    for place, (weights, shift) in enumerate(layers):
        slope, offset = slope @ weights, offset @ weights + shift
        here = here @ weights + shift
        if place < len(layers) - 1:
            on = here > 0
            slope, offset, here = slope * on, offset * on, here * on
    if slope.shape[1] == 1:  # two classes: the score of the second
        slope, offset = np.hstack([np.zeros_like(slope), slope]), np.r_[0.0, offset]
    return slope, offset


def layers_of(head: Any) -> Layers:
    """Weights and offsets of a linear model or a network, light or from scikit-learn; empty for others."""
    if isinstance(head, numpy_inference.ClassifierStub):
        return head.layers
    if type(head).__name__ in _LINEAR:
        return ((np.asarray(head.coef_, np.float64).T, np.asarray(head.intercept_, np.float64)),)
    if type(head).__name__ == "MLPClassifier" and head.activation == "relu":
        return tuple(zip(head.coefs_, head.intercepts_, strict=True))
    return ()


def of_trees(head: Any, inputs: Array) -> Array | None:
    """XGBoost's own shares ``(n_classes, n_inputs + 1)``, the last column the offset; None for others.

    Each row sums to the margin of its class for ``inputs`` ``(n_inputs,)``.
    """
    booster = _booster(head)
    if booster is None:
        return None
    import xgboost  # a second, and only where somebody asks why

    found = booster.predict(xgboost.DMatrix(inputs[None], nthread=1), pred_contribs=True)[0]
    if found.ndim == 1:
        found = np.stack([np.zeros_like(found), found])
    return np.asarray(found, dtype=np.float64)


def shares(transform: Any, inputs: Array) -> Array:
    """How what a transformer gives goes back to what it was given: ``(n_outputs, n_inputs)``, rows sum to 1.

    An output made of several inputs (the spread of a level is one over the other) counts evenly for
    each. Found by moving one input after the other, so that any transformer will do.
    """
    if transform is None:
        return np.eye(len(inputs))
    uses = np.abs(_moved(transform, inputs)[1]) > _TINY
    return np.asarray((uses / np.maximum(uses.sum(axis=0), 1)).T)


def _of_member(model: Model, number: int, row: Array, base: Array | None) -> Array | None:
    member, n = model.members[number], len(model.feature_names)
    inputs, columns = _inputs(model, member, row)
    seen = inputs if member.transform is None else member.transform.transform(inputs[None])[0]
    layers = layers_of(member.head)
    if layers:
        slope, _ = linear(layers, np.asarray(seen, np.float64))
        own = (slope * seen[:, None]).T @ shares(member.transform, inputs)
    else:
        found = of_trees(member.head, seen)
        if found is None or (columns >= n).any():
            return None
        own = found[:, :-1] @ shares(member.transform, inputs)
        slope = np.zeros((0, 0))
    whole = np.zeros((len(own), n))
    plain = columns < n
    whole[:, columns[plain]] = own[:, plain]
    if base is not None and not plain.all():
        # The base's logarithms are inputs like others; what moved them is known feature by feature.
        reach = slope.T @ _slopes(member.transform, inputs)[:, ~plain]
        whole += reach @ base[columns[~plain] - n]
    spread = np.zeros((len(model.classes), n))
    spread[_places(member, model)] = whole - whole.mean(axis=0)
    return spread


def _inputs(model: Model, member: Member, row: Array) -> tuple[Array, NDArray[np.intp]]:
    """What a member is given of a row, and the places of these columns among features and base logarithms."""
    whole, names = row, list(model.feature_names)
    if model.base is not None:
        whole = np.r_[row, np.log(model.base.predict_proba(row[None])[0] + 1e-9)]
        names += [BASE_PREFIX + name for name in model.base.classes]
    if member.columns is None:
        return whole, np.arange(len(names))
    columns = np.array([names.index(name) for name in member.columns], dtype=np.intp)
    return whole[columns], columns


def _moved(transform: Any, inputs: Array) -> tuple[Array, Array]:
    """Steps ``(n_inputs,)`` and what each changes in the outputs ``(n_inputs, n_outputs)``."""
    steps = _STEP * np.abs(inputs) + 1e-3
    here = transform.transform(inputs[None])
    return steps, np.asarray(transform.transform(inputs + np.diag(steps)) - here)


def _slopes(transform: Any, inputs: Array) -> Array:
    """``(n_outputs, n_inputs)``: by how much outputs follow inputs; base logarithms are only scaled."""
    if transform is None:
        return np.eye(len(inputs))
    steps, change = _moved(transform, inputs)
    return np.asarray((change / steps[:, None]).T)


def _places(member: Member, model: Model) -> NDArray[np.intp]:
    found = list(member.head.classes_)
    if all(isinstance(label, str) for label in found):
        return np.array([model.classes.index(str(label)) for label in found], dtype=np.intp)
    return np.array(found, dtype=np.intp)


def _booster(head: Any) -> Any:
    if isinstance(head, numpy_inference.ClassifierStub):
        if not head.trees:
            return None
        import xgboost

        booster = xgboost.Booster({"nthread": 1})
        booster.load_model(bytearray(head.trees))
        return booster
    return head.get_booster() if is_xgboost(head) else None
