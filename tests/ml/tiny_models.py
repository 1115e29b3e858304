"""Small real models, made in a moment, for every test that needs one."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from genre_desktop.core.types import GENRES
from genre_desktop.ml.features import schema
from genre_desktop.ml.models import novelty
from genre_desktop.ml.models.bundle import Member, Model

N_FEATURES = len(schema.NAMES)


def rows(
    per_class: int = 8, *, shift: float = 0.0, seed: int = 0
) -> tuple[NDArray[np.float64], NDArray[Any]]:
    """Return separable feature rows ``(10 * per_class, n_features)`` and their genres."""
    rng = np.random.default_rng(seed)
    centres = np.random.default_rng(7).normal(size=(len(GENRES), N_FEATURES))
    X = np.repeat(centres, per_class, axis=0) + rng.normal(
        scale=0.5, size=(len(GENRES) * per_class, N_FEATURES)
    )
    return X + shift, np.repeat(np.array(GENRES), per_class)


def linear(*, seed: int = 0, with_novelty: bool = True, **changes: Any) -> Model:
    """Scaler and logistic regression."""
    X, y = rows(seed=seed)
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=200)).fit(X, y)
    values: dict[str, Any] = {
        "members": (Member.of(pipeline),),
        "classes": GENRES,
        "feature_names": schema.NAMES,
        "feature_version": schema.FEATURE_VERSION,
        "family": "logistic",
        "novelty": novelty.fit(X, components=4, clusters=4) if with_novelty else None,
        "metadata": {
            "metrics": {"gmean": 0.5, "accuracy": 0.6},
            "created": "2026-01-01",
            "test": {
                "per_genre": {"jazz": {"recall": 0.5, "precision": 1.0, "n": 2}},
                "confusion": {"jazz": {"jazz": 1, "rock": 1}},
            },
        },
    }
    return Model(**{**values, **changes})


def boosted(*, seed: int = 0, **changes: Any) -> Model:
    """A few XGBoost trees."""
    from xgboost import XGBClassifier

    X, y = rows(seed=seed)
    numbers = np.searchsorted(np.array(GENRES), y)
    head = XGBClassifier(n_estimators=3, max_depth=2, n_jobs=1).fit(X, numbers)
    return linear(seed=seed, with_novelty=False, members=(Member(None, head),), family="xgboost", **changes)
