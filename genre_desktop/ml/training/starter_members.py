"""Train the members of the starter models, which store weights and no rows.

Each function takes inputs ``(n, n_inputs)``, which are forms of signal features or columns of the encoder, and
class numbers ``(n,)``, and returns a transformer (or ``None``) and a classifier.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from xgboost import XGBClassifier

from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.features import transforms

FittedMember = tuple[Pipeline | None, Any]
Fit = Callable[[Floats, Labels, int], FittedMember]

HIDDEN = 64
NETWORKS = 4
STEPS = 1400
"""Weight updates of a network for any number of rows; early stopping is the regularisation."""
_BATCH = 64
_GUESS_PENALTY = 30.0
"""Of the ridge regression from standardised tags to the embedding."""


def lda(forms: Floats, y: Labels, seed: int) -> FittedMember:
    """Fit a linear discriminant analysis with Ledoit-Wolf shrinkage."""
    scaling = _scaling(forms)
    head = LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto")
    return scaling, head.fit(scaling.transform(forms), y)


def equal_lda(inputs: Floats, y: Labels, seed: int) -> FittedMember:
    """Fit a linear discriminant analysis as :func:`lda`, for genres that are equally frequent."""
    scaling, n_classes = _scaling(inputs), len(np.unique(y))
    head = LinearDiscriminantAnalysis(
        solver="lsqr", shrinkage="auto", priors=np.full(n_classes, 1.0 / n_classes)
    )
    return scaling, head.fit(scaling.transform(inputs), y)


def logistic(C: float) -> Fit:
    """Return a function that fits a logistic regression with ``C`` as inverse penalty; genres weigh the same."""

    def fit(inputs: Floats, y: Labels, seed: int) -> FittedMember:
        scaling = _scaling(inputs)
        head = LogisticRegression(C=C, class_weight="balanced", max_iter=1000)
        return scaling, head.fit(scaling.transform(inputs), y)

    return fit


def with_guessed_embeddings(tags: Floats, embeddings: Floats) -> Floats:
    """Return embeddings ``(n, n_embedding)`` whose missing rows (NaN) are estimated from tags ``(n, n_tags)``.

    The encoder's tags are linear functions of its embedding; the estimate is the ridge regression in the other
    direction, fitted to the rows that have both. Rows without tags stay missing.
    """
    tagged, known = ~np.isnan(tags).any(axis=1), ~np.isnan(embeddings).any(axis=1)
    filled = embeddings.copy()
    if not (tagged & known).any():
        return filled
    guess = make_pipeline(StandardScaler(), Ridge(_GUESS_PENALTY)).fit(
        tags[tagged & known], embeddings[tagged & known]
    )
    lacking = tagged & ~known
    if lacking.any():
        filled[lacking] = guess.predict(tags[lacking])
    return filled


def network(forms: Floats, y: Labels, seed: int) -> FittedMember:
    """Fit small neural networks whose logits are averaged, stored as one wider network."""
    scaling = _scaling(forms)
    importance = _importance(forms.shape[1])
    inputs = (scaling.transform(forms) * importance).astype(np.float32)
    return scaling, average_networks([_network(inputs, y, seed + i) for i in range(NETWORKS)], importance)


def boosted(forms: Floats, y: Labels, seed: int) -> FittedMember:
    """Fit XGBoost with shallow trees; it handles missing values itself."""
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
    """Return one network for the softmax of the mean logits of several with one hidden layer.

    ``importance`` ``(n_inputs,)``, the scale of their inputs in training, becomes part of the
    weights. The optimiser's state is dropped.
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
    """Return input scales by kind of form, from grouped cross-validation of a kernel machine."""

    def scale(name: str) -> float:
        if "bispectrum" in name:
            return 0.7
        if name.startswith("tonnetz") or (name.startswith("mfcc") and name.endswith("_var")):
            return 1.4
        return 1.0

    names = transforms.names(level=len(transforms.names(level=True)) == n_forms)
    return np.array([scale(name) for name in names])
