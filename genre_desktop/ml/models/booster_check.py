"""Checks XGBoost's trees before XGBoost reads them: it follows their numbers without checking all of them.

Damaged or made-up files end the process (``python -m fuzz --target ubj``), with which no exception could help.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from genre_desktop.ml.models.numpy_trees import read_ubj

MOST = 1_000_000
"""Most trees, nodes of a tree, classes and features of a model."""

_OBJECTIVES = frozenset({"multi:softprob", "multi:softmax", "binary:logistic"})
_PER_NODE = {
    "left_children": "i", "right_children": "i", "parents": "i", "split_indices": "i", "split_type": "u",
    "default_left": "u", "split_conditions": "f", "base_weights": "f", "loss_changes": "f", "sum_hessian": "f",
}  # fmt: skip
_EMPTY = ("categories", "categories_nodes", "categories_segments", "categories_sizes")


def check(data: bytes) -> None:
    """Raise ``ValueError`` unless this is a classifier of plain trees, none of which points outside itself."""
    try:
        learner = read_ubj(data)["learner"]
        _check_learner(learner)
    except (
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        OverflowError,
        struct.error,
        RecursionError,
    ) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _check_learner(learner: Mapping[str, Any]) -> None:
    booster, shape = learner["gradient_booster"], learner["learner_model_param"]
    model, trees = booster["model"], booster["model"]["trees"]
    features, classes = _number(shape["num_feature"], 1), _number(shape["num_class"], 0)
    groups = max(1, classes)
    parallel = _number(model["gbtree_model_param"]["num_parallel_tree"], 1)
    _require(
        learner["objective"]["name"] in _OBJECTIVES and booster["name"] == "gbtree", "another kind of model"
    )
    _require(learner["attributes"].keys() >= {"scikit_learn"}, "no classifier")
    _require(not learner["feature_names"] and not learner["feature_types"], "named features")
    _require(_number(shape["num_target"], 1) == 1, "several targets")
    _require(_number(model["gbtree_model_param"]["num_trees"], 0) == len(trees), "another number of trees")
    objective = learner["objective"].get("softmax_multiclass_param", {"num_class": classes})
    _require(_number(objective["num_class"], 0) == classes, "another number of classes")
    _require(all(_number(group, 0) < groups for group in model["tree_info"]), "a tree of no class")
    _require(len(model["tree_info"]) == len(trees), "a tree without a class")
    _check_rounds(model["iteration_indptr"], len(trees), groups * parallel)
    _require([int(tree["id"]) for tree in trees] == [*range(len(trees))], "trees in another order")
    _require(not any(map(len, model.get("cats", {}).values())), "categories")
    for tree in trees:
        _check_tree(tree, features)


def _check_rounds(bounds: Sequence[Any], trees: int, per_round: int) -> None:
    starts = [_number(bound, 0) for bound in bounds]
    _require(starts == [*range(0, trees + 1, per_round)], "rounds that do not fit the trees")


def _check_tree(tree: Mapping[str, Any], features: int) -> None:
    n = _number(tree["tree_param"]["num_nodes"], 1)
    _require(_number(tree["tree_param"]["size_leaf_vector"], 0) <= 1, "leaves with several values")
    _require(_number(tree["tree_param"]["num_deleted"], 0) < n, "more deleted nodes than nodes")
    _require(_number(tree["tree_param"]["num_feature"], 1) == features, "another number of features")
    for name, kind in _PER_NODE.items():
        values = tree[name]
        _require(
            isinstance(values, np.ndarray) and values.dtype.kind == kind and values.size == n,
            f"{name} of another size",
        )
    _require(not any(len(tree[name]) for name in _EMPTY) and not tree["split_type"].any(), "categories")
    left, right, parents = (tree[name].tolist() for name in ("left_children", "right_children", "parents"))
    seen, pending = {0}, [0]
    while pending:
        node = pending.pop()
        if left[node] == right[node] == -1:
            continue
        _require(0 <= tree["split_indices"][node] < features, "a feature that there is not")
        for child in (left[node], right[node]):
            _require(
                0 <= child < n and child not in seen and parents[child] == node,
                "a node that points elsewhere",
            )
            seen.add(child)
            pending.append(child)
    _require(all(-1 <= child < n for child in (*left, *right)), "a node outside the tree")


def _number(text: Any, least: int) -> int:
    found = int(text)
    _require(least <= found <= MOST, f"a number out of range: {found}")
    return found


def _require(condition: object, what: str) -> None:
    if not condition:
        raise ValueError(what)
