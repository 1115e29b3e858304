"""Parts evaluated with NumPy alone predict as their own libraries do, and unsupported ones are left to them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PowerTransformer, RobustScaler, StandardScaler
from sklearn.svm import SVC
from xgboost import XGBClassifier

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import shipped
from genre_desktop.core.types import GENRES
from genre_desktop.ml.features.transformer import Forms
from genre_desktop.ml.models import bundle, numpy_inference, numpy_trees, skops_allowlist
from genre_desktop.ml.models.bundle import Member
from tests.ml import tiny_models

X, Y = tiny_models.rows()
NUMBERS = np.searchsorted(np.array(GENRES), Y)
UNSEEN = tiny_models.rows(3, shift=0.3, seed=9)[0]


def with_gaps(rows: np.ndarray) -> np.ndarray:
    out = rows.copy()
    out[::3, ::5] = np.nan
    return out


def both(member: Member, folder: Path) -> tuple[bundle.Model, bundle.Model]:
    digest = bundle.save(tiny_models.linear(members=(member,)), folder)
    return bundle.load(folder, digest), bundle.load(folder, digest, light=True)


def is_light(model: bundle.Model) -> bool:
    (member,) = model.members
    return type(member.head) is numpy_inference.ClassifierStub and type(member.transform) in (
        numpy_inference.TransformerStub,
        type(None),
    )


@pytest.mark.parametrize(
    "head",
    [
        LogisticRegression(max_iter=50),
        LinearDiscriminantAnalysis(solver="lsqr", shrinkage=0.3),
        LinearDiscriminantAnalysis(),
        RandomForestClassifier(20, min_samples_leaf=2, random_state=0, class_weight="balanced"),
        ExtraTreesClassifier(10, random_state=0),
        XGBClassifier(n_estimators=6, max_depth=3, subsample=0.8, random_state=0, n_jobs=1),
        XGBClassifier(
            n_estimators=4, num_parallel_tree=2, gamma=1.0, learning_rate=0.5, random_state=0, n_jobs=1
        ),
    ],
    ids=lambda head: type(head).__name__,
)
@pytest.mark.parametrize("n_classes", [10, 2])
def test_every_usual_family(head: Any, n_classes: int, tmp_path: Path) -> None:
    kept = n_classes > NUMBERS
    before = make_pipeline(Forms(), SimpleImputer(strategy="median"), StandardScaler())
    head = clone(head).fit(before.fit_transform(X[kept]), NUMBERS[kept])
    full, quick = both(Member(before, head), tmp_path / "model")
    assert is_light(quick)
    for rows in (X, UNSEEN, with_gaps(UNSEEN)):
        np.testing.assert_allclose(quick.predict_proba(rows), full.predict_proba(rows), atol=2e-6)


@pytest.mark.parametrize("metric", ["euclidean", "manhattan", "cosine"])
@pytest.mark.parametrize("k", [1, 9, len(X)])
def test_nearest_neighbours(metric: str, k: int, tmp_path: Path) -> None:
    head = KNeighborsClassifier(k, weights="distance", metric=metric, algorithm="brute").fit(X, Y)
    full, quick = both(Member(None, head), tmp_path / "model")
    assert is_light(quick)
    np.testing.assert_allclose(quick.predict_proba(UNSEEN), full.predict_proba(UNSEEN), atol=1e-6)


def test_a_row_that_is_stored_is_its_own_nearest(tmp_path: Path) -> None:
    head = KNeighborsClassifier(5, weights="distance", algorithm="brute").fit(X, Y)
    _, quick = both(Member(None, head), tmp_path / "model")
    assert np.array_equal(np.array(GENRES)[quick.predict_proba(X).argmax(axis=1)], Y)
    assert quick.predict_proba(X).max(axis=1).min() == 1


@pytest.mark.parametrize("weight", [None, "balanced"])
def test_calibrated_support_vectors(weight: str | None, tmp_path: Path) -> None:
    machine = SVC(C=4.0, gamma=3e-3, class_weight=weight)
    head = CalibratedClassifierCV(machine, method="sigmoid", cv=3, ensemble=False)
    few = np.r_[5 : len(X)]  # unequal numbers, so that mixed-up genres would be noticed
    pipeline = make_pipeline(StandardScaler(), head).fit(X[few], NUMBERS[few])
    full, quick = both(Member.of(pipeline), tmp_path / "model")
    assert is_light(quick)
    for rows in (X, UNSEEN, UNSEEN + np.random.default_rng(0).normal(size=UNSEEN.shape)):
        np.testing.assert_allclose(quick.predict_proba(rows), full.predict_proba(rows), atol=1e-9)


def test_missing_values_take_the_way_they_took_in_training(tmp_path: Path) -> None:
    for head in (
        XGBClassifier(n_estimators=5, max_depth=3, n_jobs=1),
        RandomForestClassifier(10, random_state=0),
    ):
        head.fit(with_gaps(X), NUMBERS)
        full, quick = both(Member(None, head), tmp_path / type(head).__name__)
        assert is_light(quick)
        rows = with_gaps(UNSEEN)
        np.testing.assert_allclose(quick.predict_proba(rows), full.predict_proba(rows), atol=2e-6)


def test_text_labels_and_other_scalers(tmp_path: Path) -> None:
    pipeline = make_pipeline(
        RobustScaler(), make_pipeline(StandardScaler(with_mean=False)), LogisticRegression()
    )
    full, quick = both(Member.of(pipeline.fit(X, Y)), tmp_path / "model")
    assert is_light(quick)
    np.testing.assert_allclose(quick.predict_proba(UNSEEN), full.predict_proba(UNSEEN), atol=1e-12)


@pytest.mark.parametrize(
    "head",
    [
        KNeighborsClassifier(3),
        CalibratedClassifierCV(SVC(), cv=2),
        CalibratedClassifierCV(SVC(kernel="poly"), cv=2, ensemble=False),
        make_pipeline(PowerTransformer(), LogisticRegression()),
        LogisticRegression(solver="liblinear"),
    ],
    ids=lambda head: str(head).split("(")[0],
)
def test_unsupported_parts_are_left_to_their_own_library(head: Any, tmp_path: Path) -> None:
    if "liblinear" in str(head):
        kept = NUMBERS < 2
        head.fit(X[kept], NUMBERS[kept])
    else:
        head.fit(X, NUMBERS)
    full, quick = both(Member(None, head), tmp_path / "model")
    assert not is_light(quick)
    np.testing.assert_allclose(quick.predict_proba(UNSEEN), full.predict_proba(UNSEEN), atol=1e-12)


def test_early_stopping_is_left_to_xgboost(tmp_path: Path) -> None:
    head = XGBClassifier(n_estimators=30, early_stopping_rounds=1, max_depth=2, n_jobs=1)
    rng = np.random.default_rng(0)
    head.fit(X, NUMBERS, eval_set=[(X, rng.permutation(NUMBERS))], verbose=False)
    full, quick = both(Member(None, head), tmp_path / "model")
    assert not is_light(quick)
    np.testing.assert_array_equal(quick.predict_proba(UNSEEN), full.predict_proba(UNSEEN))


def test_one_that_answers_otherwise_is_left_to_its_own_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numpy_inference, "softmax", lambda scores: np.full(scores.shape, 0.1))
    full, quick = both(Member(None, LogisticRegression().fit(X, Y)), tmp_path / "model")
    assert not is_light(quick)
    np.testing.assert_array_equal(quick.predict_proba(UNSEEN), full.predict_proba(UNSEEN))


@pytest.mark.parametrize("alias", ["champion", "fallback"])
def test_the_shipped_starters_are_light_and_equal(alias: str) -> None:
    folder = shipped("models", alias)
    full, quick = bundle.load(folder), bundle.load(folder, light=True)
    assert all(type(member.head) is numpy_inference.ClassifierStub for member in quick.members)
    rng = np.random.default_rng(0)
    assert full.novelty is not None
    rows = rng.normal(size=(50, len(full.feature_names)))
    known = len(full.novelty.center)
    rows[:, :known] = full.novelty.center + full.novelty.scale * rows[:, :known]
    np.testing.assert_allclose(quick.predict_proba(rows), full.predict_proba(rows), atol=2e-6)


def test_a_light_model_is_checked_like_any_other(tmp_path: Path) -> None:
    forest = RandomForestClassifier(2, max_depth=2, random_state=0).fit(X, Y)
    data = skops_allowlist.dumps(forest)
    numpy_inference.head(data, "head.skops")
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(
            "schema.json", '{"__class__":"system","__module__":"os","__loader__":"FunctionNode","protocol":2}'
        )
    with pytest.raises(AppError) as caught:
        numpy_inference.head((tmp_path / "x.zip").read_bytes(), "head.skops")
    assert caught.value.problem.code == "model-type"
    with pytest.raises(AppError) as caught:
        numpy_inference.head(data[:200], "head.skops")
    assert caught.value.problem.code == "model-truncated"


def test_a_tree_that_points_outside_itself_is_not_walked() -> None:
    forest = RandomForestClassifier(1, max_depth=2, random_state=0).fit(X, Y)
    state = forest.estimators_[0].tree_.__getstate__()
    nodes = state["nodes"].copy()
    nodes["left_child"][0] = 1_000_000
    with pytest.raises(numpy_inference.Unsupported, match="outside itself"):
        numpy_trees.forest([(nodes, state["values"])])


BOOSTER = bytes(tiny_models.boosted().members[0].head.get_booster().save_raw("ubj"))


def test_booster_bytes_can_be_read() -> None:
    classes, predict = numpy_trees.boosted(BOOSTER)
    np.testing.assert_array_equal(classes, np.arange(10))
    np.testing.assert_allclose(predict(X), tiny_models.boosted().predict_proba(X), atol=2e-6)


@settings(max_examples=60)
@given(st.data())
def test_damaged_booster_bytes_are_never_more_than_unsupported(data: st.DataObject) -> None:
    damaged = bytearray(BOOSTER[: data.draw(st.integers(1, len(BOOSTER)))])
    for _ in range(data.draw(st.integers(0, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        classes, _ = numpy_trees.boosted(bytes(damaged))
    except numpy_inference.Unsupported:
        return
    assert len(classes) >= 2  # the damage hit nothing that is read
