"""Boosters are checked before XGBoost reads them, which trusts what they say."""

from __future__ import annotations

import copy
import json

import numpy as np
import pytest
from xgboost import XGBClassifier

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import shipped
from genre_desktop.core.types import GENRES
from genre_desktop.ml.models import booster_check, bundle
from genre_desktop.ml.models.numpy_trees import read_ubj
from tests.ml import tiny_models

X, Y = tiny_models.rows()
NUMBERS = np.searchsorted(np.array(GENRES), Y)


@pytest.fixture
def learner(tmp_path):
    return read_ubj(fitted(tmp_path, n_estimators=2, max_depth=2))["learner"]


def fitted(tmp_path, target=NUMBERS, **changes):
    path = tmp_path / "head.ubj"
    XGBClassifier(n_jobs=1, **changes).fit(X, target).save_model(path)
    return path.read_bytes()


@pytest.mark.parametrize(
    "changes",
    [
        {"n_estimators": 3},
        {"n_estimators": 3, "gamma": 5.0},
        {"n_estimators": 3, "tree_method": "exact", "gamma": 3.0},
        {"n_estimators": 3, "grow_policy": "lossguide", "max_leaves": 5},
        {"n_estimators": 2, "num_parallel_tree": 2, "subsample": 0.5},
    ],
)
def test_what_xgboost_writes_is_accepted(tmp_path, changes):
    booster_check.check(fitted(tmp_path, **changes))
    booster_check.check(fitted(tmp_path, NUMBERS % 2, **changes))


def test_the_shipped_boosters_are_accepted():
    found = list(shipped("models").rglob("*.ubj"))
    assert found
    for path in found:
        booster_check.check(path.read_bytes())


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("left_children", 0), 10**6),
        (("left_children", 0), 0),
        (("right_children", 0), -5),
        (("split_indices", 0), 10**6),
        (("parents", 1), 3),
        (("split_type", 0), 1),
    ],
)
def test_a_tree_that_points_elsewhere_is_refused(learner, place, value):
    changed = copy.deepcopy(learner)
    name, node = place
    tree = changed["gradient_booster"]["model"]["trees"][0]
    tree[name] = tree[name].copy()
    tree[name][node] = value
    booster_check._check_learner(learner)
    with pytest.raises(ValueError, match=r"node|feature|categories"):
        booster_check._check_learner(changed)


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("learner_model_param", "num_class", "4000000000"),
        ("learner_model_param", "num_class", "3"),
        ("learner_model_param", "num_feature", "2"),
        ("learner_model_param", "num_target", "2"),
        ("objective", "name", "reg:squarederror"),
        ("gradient_booster", "name", "dart"),
    ],
)
def test_a_model_of_another_shape_is_refused(learner, part, name, value):
    learner[part][name] = value
    with pytest.raises(ValueError, match=r"."):
        booster_check._check_learner(learner)


def test_damage_anywhere_is_a_sentence(tmp_path):
    data = fitted(tmp_path, n_estimators=1, max_depth=1)
    for end in range(0, len(data), 97):
        with pytest.raises(AppError) as caught:
            bundle._booster(data[:end], "head.ubj")
        assert json.dumps(caught.value.problem.to_dict())
