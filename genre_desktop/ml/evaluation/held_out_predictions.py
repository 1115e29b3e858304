"""Held-out predictions of a model on its own training clips.

A model is nearly always right on its training clips, so every model stores the probabilities of
each from cross-validation with the clip's artist held out. They replace its predictions wherever it
is evaluated on the same clips: as inputs of a model that is built on it, and in the comparison of a
candidate with the champion.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np

from genre_desktop.ml.arrays import Floats
from genre_desktop.ml.data.dataset import TrainingRows
from genre_desktop.ml.models.ensemble import Model

KEY = "held_out"
"""Key in a model's metadata."""
_PART = 20_000
"""Rows that are predicted at a time."""


def encode(keys: Sequence[str], proba: Floats) -> dict[str, Any]:
    """Encode ``(n_clips, n_classes)`` as JSON: half-precision, base64; ``keys`` are those of :attr:`.TrainingRows.keys`."""
    data = np.ascontiguousarray(proba, dtype="<f2").tobytes()
    return {"clips": list(keys), "probabilities": base64.b64encode(data).decode("ascii")}


def decode(model: Model) -> dict[str, Floats]:
    """Return held-out probabilities ``(n_classes,)`` by clip; empty for a model without them."""
    stored = model.metadata.get(KEY)
    if not stored:
        return {}
    values = np.frombuffer(base64.b64decode(stored["probabilities"]), dtype="<f2").astype(np.float64)
    return dict(zip(stored["clips"], values.reshape(-1, len(model.classes)), strict=True))


def predict_held_out(model: Model, rows: TrainingRows) -> Floats:
    """Return probabilities ``(n, n_classes)`` per window, the held-out ones for training clips.

    Training clips are found by content hash, published track or pseudonym (:attr:`.TrainingRows.names`),
    never by the name of a user's file.
    """
    known = decode(model)
    names = zip(rows.clips.tolist(), rows.names.tolist(), strict=True)
    held_out = [known.get(clip, known.get(name)) for clip, name in names]
    if any(found is None for found in held_out):
        proba = _predict(model, rows.X)
    else:  # a model on its own training clips, every time that two are compared
        proba = np.zeros((len(rows), len(model.classes)))
    for i, found in enumerate(held_out):
        if found is not None:
            proba[i] = found / found.sum()
    return proba


def _predict(model: Model, X: Floats) -> Floats:
    """Predict in parts: every step of a model holds a copy of its rows."""
    return np.concatenate([model.predict_proba(X[at : at + _PART]) for at in range(0, len(X), _PART)])
