"""A small starter-like model of synthetic genres, with held-out predictions for its own clips."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.pipeline import Pipeline

from genre_desktop.ml.data.dataset import TrainingRows, grouped_folds
from genre_desktop.ml.evaluation import held_out_predictions
from genre_desktop.ml.features.schema import SIGNAL_NAMES
from genre_desktop.ml.features.transformer import Forms
from genre_desktop.ml.features.transforms import transform_rows
from genre_desktop.ml.models.ensemble import Member, Model
from genre_desktop.ml.training import starter_members
from tests.ml import training_rows


def starter(rows: TrainingRows | None = None, **metadata: Any) -> Model:
    """Trained on ``rows``, whose labels are its classes."""
    rows = rows or training_rows.rows(6, 3, seed=50)
    model = _fit(rows)
    out = np.zeros((len(rows), len(model.classes)))
    for train, held in grouped_folds(rows.y, rows.groups, 3, seed=0):
        part = TrainingRows(
            *(getattr(rows, f)[train] for f in ("X", "y", "groups", "clips", "names", "sources"))
        )
        out[held] = _fit(part).predict_proba(rows.X[held])
    model.metadata.update(metadata)
    model.metadata[held_out_predictions.KEY] = held_out_predictions.encode(rows.clips.tolist(), out)
    return model


def _fit(rows: TrainingRows) -> Model:
    classes = tuple(sorted(set(rows.y.tolist())))
    scaling, head = starter_members.lda(
        transform_rows(rows.X, level=False), np.searchsorted(np.array(classes), rows.y), 0
    )
    assert scaling is not None
    forms = Forms(level=False)
    forms.n_features_in_ = len(SIGNAL_NAMES)
    pipeline = Pipeline([("forms", forms), *scaling.steps])
    return Model((Member(pipeline, head),), classes, SIGNAL_NAMES, "1", "vote")
