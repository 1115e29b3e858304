"""Parts of small models: skops files, XGBoost's UBJ, bundle.json, an ONNX encoder, drift sketches."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.types import GENRES
from genre_desktop.ml.drift import reference
from genre_desktop.ml.features import schema
from genre_desktop.ml.models import bundle, novelty, skops_allowlist
from genre_desktop.ml.models.ensemble import Member, Model

N_FEATURES = len(schema.NAMES)


@cache
def rows() -> tuple[NDArray[np.float64], NDArray[Any]]:
    """Return feature rows ``(60, n_features)`` and their genres."""
    rng = np.random.default_rng(7)
    X = np.repeat(rng.normal(size=(len(GENRES), N_FEATURES)), 6, axis=0)
    return X + rng.normal(scale=0.5, size=X.shape), np.repeat(np.array(GENRES), 6)


@cache
def skops_parts() -> dict[str, bytes]:
    """Return fitted parts of the kinds that a bundle may hold."""
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.decomposition import PCA
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier
    from sklearn.feature_selection import SelectKBest
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.naive_bayes import GaussianNB
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.neural_network import MLPClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import QuantileTransformer, StandardScaler
    from sklearn.svm import SVC

    X, y = rows()
    parts = {
        "linear": make_pipeline(SimpleImputer(), StandardScaler(), LogisticRegression(max_iter=20)),
        "forest": RandomForestClassifier(3, max_depth=3, random_state=0),
        "extra": ExtraTreesClassifier(2, max_depth=2, random_state=0),
        "discriminant": make_pipeline(PCA(5), LinearDiscriminantAnalysis()),
        "neighbours": make_pipeline(SelectKBest(k=10), KNeighborsClassifier(3, algorithm="brute")),
        "bayes": GaussianNB(),
        "network": MLPClassifier((4,), max_iter=2, random_state=0),
        "vectors": make_pipeline(StandardScaler(), SVC(probability=False)),
        "calibrated": CalibratedClassifierCV(GaussianNB(), cv=2),
        "quantiles": make_pipeline(QuantileTransformer(n_quantiles=10), LogisticRegression(max_iter=5)),
    }
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that they have not converged
        return {f"{name}.skops": skops_allowlist.dumps(part.fit(X, y)) for name, part in parts.items()}


@cache
def boosters() -> dict[str, bytes]:
    """Return XGBoost classifiers with several and with two classes."""
    from xgboost import XGBClassifier

    X, y = rows()
    numbers = np.searchsorted(np.array(GENRES), y)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "head.ubj"
        found = {}
        for name, target in (("many", numbers), ("two", numbers % 2)):
            XGBClassifier(n_estimators=2, max_depth=2, n_jobs=1).fit(X, target).save_model(path)
            found[f"{name}.ubj"] = path.read_bytes()
    return found


@cache
def linear() -> Model:
    """Return a scaler and a logistic regression."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    X, y = rows()
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=200)).fit(X, y)
    return Model(
        members=(Member.of(pipeline),),
        classes=GENRES,
        feature_names=schema.NAMES,
        feature_version=schema.FEATURE_VERSION,
        family="logistic",
        novelty=novelty.fit(X, components=4, clusters=4),
        metadata={"metrics": {"gmean": 0.5}, "created": "2026-01-01"},
    )


@cache
def bundle_files() -> dict[str, bytes]:
    """Return the files of a whole bundle."""
    with tempfile.TemporaryDirectory() as folder:
        bundle.save(linear(), Path(folder) / "model")
        return {path.name: path.read_bytes() for path in (Path(folder) / "model").iterdir()}


@cache
def sketches() -> dict[str, bytes]:
    """Return a reference for drift checks."""
    X, y = rows()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reference.npz"
        reference.save(path, reference.sketch(X[:, : len(schema.SIGNAL_NAMES)], y))
        return {path.name: path.read_bytes()}


@cache
def encoders() -> dict[str, bytes]:
    """Return a network of the encoder's inputs and outputs in a few hundred bytes."""
    from onnx import TensorProto, helper, numpy_helper

    weights = [
        numpy_helper.from_array(np.full((96, n), 0.01, np.float32), name)
        for name, n in (("a", 50), ("b", 200))
    ]
    nodes = [
        helper.make_node("ReduceMean", ["patches"], ["mean"], axes=[1], keepdims=0),
        helper.make_node("MatMul", ["mean", "a"], ["logits"]),
        helper.make_node("MatMul", ["mean", "b"], ["embedding"]),
    ]
    given = [helper.make_tensor_value_info("patches", TensorProto.FLOAT, ["n", 187, 96])]
    results = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", n])
        for name, n in (("logits", 50), ("embedding", 200))
    ]
    graph = helper.make_graph(nodes, "small", given, results, weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    return {"encoder.onnx": model.SerializeToString()}


@cache
def contributions() -> dict[str, bytes]:
    """Return what a desktop sends to a team."""
    from genre_desktop.core.store.library import Clip
    from genre_desktop.ml.data.pseudonyms import Pseudonyms
    from genre_desktop.ml.registry.shared import contribution

    clips = [
        Clip(
            f"hash {i}",
            f"/{i}.wav",
            "rock",
            "artist:x",
            "audio",
            60.0,
            np.array([0.0, 30.0]),
            np.array([30.0, 30.0]),
            rows()[0][:2],
        )
        for i in range(2)
    ]
    sent = contribution.prepare(clips, "c0ffee", Pseudonyms(b"salt", b"mine"))
    return {"contribution.npz": bytes(sent.data)}
