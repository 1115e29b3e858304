"""Exact feature attributions of a prediction, where a model's members allow it.

The score of a linear member is a sum of coefficients times scaled inputs. A ReLU network is linear around
any row, where gradient times input plus the offsets is its score. XGBoost computes Shapley values of its
trees (Lundberg et al., "Consistent Individualized Feature Attribution for Tree Ensembles", 2018) that sum to
its margin. Attributions of a vote are the weighted mean of its members'. All are relative to the average
genre, because only differences between genres matter.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.arrays import Floats
from genre_desktop.ml.models import numpy_inference
from genre_desktop.ml.models.ensemble import BASE_PREFIX, Member, Model, is_xgboost

Layers = tuple[tuple[Floats, Floats], ...]
_STEP = 0.1
_TINY = 1e-9
_LINEAR = ("LogisticRegression", "LinearDiscriminantAnalysis")


def of_model(model: Model, row: Floats) -> Floats | None:
    """Return ``(n_classes, n_features)`` contributions to log-probabilities, centred over the genres.

    Parameters
    ----------
    row:
        ``(n_features,)`` in contract order, or longer. Members that abstain on it have no part.

    Returns
    -------
    Floats or None
        None where a member has no exact attributions: forests, neighbours, support vectors.
    """
    row = row[: len(model.feature_names)]
    base = None
    if model.base is not None:
        base = of_model(model.base, row)
        if base is None:
            return None
    votes = [
        (member, float(weight))
        for member, weight in zip(model.members, model.weights(row[None])[:, 0], strict=True)
        if weight > 0
    ]
    parts = [_of_member(model, member, row, base) for member, _ in votes]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    mean = np.average(np.stack(known), axis=0, weights=[weight for _, weight in votes])
    return np.asarray(mean / model.temperature)


def linear(layers: Layers, inputs: Floats) -> tuple[Floats, Floats]:
    """Return slope ``(n_inputs, n_outputs)`` and offset ``(n_outputs,)`` of ReLU layers around a row.

    ``inputs @ slope + offset`` is the layers' output for ``inputs`` ``(n_inputs,)``.
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
    """Return weights and offsets of a linear model or network, stub or scikit-learn; empty for others."""
    if isinstance(head, numpy_inference.ClassifierStub):
        return head.layers
    if type(head).__name__ in _LINEAR:
        return ((np.asarray(head.coef_, np.float64).T, np.asarray(head.intercept_, np.float64)),)
    if type(head).__name__ == "MLPClassifier" and head.activation == "relu":
        return tuple(zip(head.coefs_, head.intercepts_, strict=True))
    return ()


def of_trees(head: Any, inputs: Floats) -> Floats | None:
    """Return XGBoost's attributions ``(n_classes, n_inputs + 1)``, offset last; None for other models.

    Each row sums to the margin of its class for ``inputs`` ``(n_inputs,)``.
    """
    booster = _booster(head)
    if booster is None:
        return None
    import xgboost  # takes a second, and is only needed for explanations

    found = booster.predict(xgboost.DMatrix(inputs[None], nthread=1), pred_contribs=True)[0]
    if found.ndim == 1:
        found = np.stack([np.zeros_like(found), found])
    return np.asarray(found, dtype=np.float64)


def shares(transform: Any, inputs: Floats) -> Floats:
    """Return the inputs' shares in a transformer's outputs, ``(n_outputs, n_inputs)``; rows sum to 1.

    An output of several inputs (such as a ratio of two) is shared evenly. Found by perturbing one input
    at a time, so it works for any transformer.
    """
    if transform is None:
        return np.eye(len(inputs))
    uses = np.abs(_perturbed(transform, inputs)[1]) > _TINY
    return np.asarray((uses / np.maximum(uses.sum(axis=0), 1)).T)


def _of_member(model: Model, member: Member, row: Floats, base: Floats | None) -> Floats | None:
    n = len(model.feature_names)
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
        # The base's logarithms are inputs too; their attributions are known.
        reach = slope.T @ _slopes(member.transform, inputs)[:, ~plain]
        whole += reach @ base[columns[~plain] - n]
    spread = np.zeros((len(model.classes), n))
    spread[_places(member, model)] = whole - whole.mean(axis=0)
    return spread


def _inputs(model: Model, member: Member, row: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """Return a member's inputs, and their positions among features and base logarithms."""
    whole, names = row, list(model.feature_names)
    if model.base is not None:
        whole = np.r_[row, np.log(model.base.predict_proba(row[None])[0] + 1e-9)]
        names += [BASE_PREFIX + name for name in model.base.classes]
    if member.columns is None:
        return whole, np.arange(len(names))
    columns = np.array([names.index(name) for name in member.columns], dtype=np.intp)
    return whole[columns], columns


def _perturbed(transform: Any, inputs: Floats) -> tuple[Floats, Floats]:
    """Return steps ``(n_inputs,)`` and the changes of the outputs by each ``(n_inputs, n_outputs)``."""
    steps = _STEP * np.abs(inputs) + 1e-3
    here = transform.transform(inputs[None])
    return steps, np.asarray(transform.transform(inputs + np.diag(steps)) - here)


def _slopes(transform: Any, inputs: Floats) -> Floats:
    """Return derivatives ``(n_outputs, n_inputs)``, exact for the base logarithms, which are only scaled."""
    if transform is None:
        return np.eye(len(inputs))
    steps, change = _perturbed(transform, inputs)
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
