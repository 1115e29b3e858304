"""A small starter-like model of made-up genres, with a discriminant and held-out answers of its own clips."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.pipeline import Pipeline

from genre_desktop.ml import honest, voices
from genre_desktop.ml.contract import FEATURE_VERSION, NAMES
from genre_desktop.ml.ensemble import Member, Model
from genre_desktop.ml.form_rows import rewrite
from genre_desktop.ml.rows import TrainingRows, grouped_folds
from genre_desktop.ml.transformer import Forms
from tests.ml import library


def starter(rows: TrainingRows | None = None, **metadata: Any) -> Model:
    """Trained on ``rows``, whose labels are its classes."""
    rows = rows or library.rows(6, 3, seed=50)
    model = _fit(rows)
    out = np.zeros((len(rows), len(model.classes)))
    for train, held in grouped_folds(rows.y, rows.groups, 3, seed=0):
        part = TrainingRows(
            *(getattr(rows, f)[train] for f in ("X", "y", "groups", "clips", "names", "sources"))
        )
        out[held] = _fit(part).predict_proba(rows.X[held])
    model.metadata.update(metadata)
    model.metadata[honest.KEY] = honest.encode(rows.clips.tolist(), out)
    return model


def _fit(rows: TrainingRows) -> Model:
    classes = tuple(sorted(set(rows.y.tolist())))
    scaling, head = voices.lda(rewrite(rows.X, level=False), np.searchsorted(np.array(classes), rows.y), 0)
    assert scaling is not None
    forms = Forms(level=False)
    forms.n_features_in_ = len(NAMES)
    pipeline = Pipeline([("forms", forms), *scaling.steps])
    return Model((Member(pipeline, head),), classes, NAMES, FEATURE_VERSION, "vote")
