"""The voices of the starter models: each learns from feature forms and leaves weights, never rows.

Each function takes forms ``(n, n_forms)`` and class numbers ``(n,)`` and gives what stands
between the forms and the probabilities: a transformer (or ``None``) and a classifier.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.impute import SimpleImputer
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from xgboost import XGBClassifier

from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.features import transforms

Voice = tuple[Pipeline | None, Any]
Fit = Callable[[Floats, Labels, int], Voice]

HIDDEN = 64
NETWORKS = 4
STEPS = 1400
"""Weight updates of a network, whatever the number of rows; stopping early is the regularisation."""
_BATCH = 64


def lda(forms: Floats, y: Labels, seed: int) -> Voice:
    """Linear discriminant analysis, covariance shrunk after Ledoit and Wolf."""
    scaling = _scaling(forms)
    return scaling, LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto").fit(
        scaling.transform(forms), y
    )


def network(forms: Floats, y: Labels, seed: int) -> Voice:
    """Small neural networks whose logits are averaged, stored as one wider network."""
    scaling = _scaling(forms)
    importance = _importance(forms.shape[1])
    inputs = (scaling.transform(forms) * importance).astype(np.float32)
    return scaling, average_networks([_network(inputs, y, seed + i) for i in range(NETWORKS)], importance)


def boosted(forms: Floats, y: Labels, seed: int) -> Voice:
    """XGBoost with shallow trees; it takes missing values as they are."""
    head = XGBClassifier(
        n_estimators=110,
        max_depth=2,
        learning_rate=0.2,
        subsample=0.6,
        colsample_bytree=0.2,
        tree_method="hist",
        max_bin=32,
        random_state=seed,
        n_jobs=1,
    )
    return None, head.fit(forms, y)


def average_networks(networks: list[MLPClassifier], importance: Floats) -> MLPClassifier:
    """One network that gives the softmax of the mean logits of several with one hidden layer.

    ``importance`` ``(n_inputs,)`` multiplied their inputs while training; it becomes part of the
    weights. What only training needs (the optimiser's state) is left behind.
    """
    first = networks[0]
    whole = MLPClassifier((HIDDEN * len(networks),))
    for name in (
        "classes_",
        "n_outputs_",
        "n_layers_",
        "out_activation_",
        "n_features_in_",
        "_label_binarizer",
    ):
        setattr(whole, name, getattr(first, name))
    scale = importance[:, None].astype(np.float32)
    whole.coefs_ = [
        np.hstack([scale * n.coefs_[0] for n in networks]),
        np.vstack([n.coefs_[1] for n in networks]) / np.float32(len(networks)),
    ]
    whole.intercepts_ = [
        np.concatenate([n.intercepts_[0] for n in networks]),
        np.mean([n.intercepts_[1] for n in networks], axis=0),
    ]
    return whole


def _network(inputs: Floats, y: Labels, seed: int) -> MLPClassifier:
    import warnings

    from sklearn.exceptions import ConvergenceWarning

    epochs = max(1, round(STEPS * _BATCH / len(y)))
    head = MLPClassifier(
        (HIDDEN,), alpha=1.0, batch_size=min(_BATCH, len(y)), max_iter=epochs, random_state=seed
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return head.fit(inputs, y)


def _scaling(forms: Floats) -> Pipeline:
    fill = SimpleImputer(strategy="median", keep_empty_features=True)
    return Pipeline([("fill", fill), ("scale", StandardScaler())]).fit(forms)


def _importance(n_forms: int) -> Floats:
    """Input scales that grouped cross-validation of a kernel machine preferred, by kind of form."""

    def scale(name: str) -> float:
        if "bispectrum" in name:
            return 0.7
        if name.startswith("tonnetz") or (name.startswith("mfcc") and name.endswith("_var")):
            return 1.4
        return 1.0

    names = transforms.names(level=len(transforms.names(level=True)) == n_forms)
    return np.array([scale(name) for name in names])
