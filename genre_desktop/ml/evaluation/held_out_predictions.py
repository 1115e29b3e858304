"""What a model would have said about its own training clips, had it not seen them.

A model asked about a clip it was trained on is nearly always right, which says nothing. So
every model carries the probabilities it gave each of its training clips while that clip's
artist was held out. They are used wherever the model is measured again on the same clips: as
inputs of a model that is built on it, and when a candidate is compared with the champion.
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
"""Where a model's metadata has them."""


def encode(keys: Sequence[str], proba: Floats) -> dict[str, Any]:
    """Clips (content hashes or track names) and ``(n_clips, n_classes)`` as JSON: half-precision, base64."""
    data = np.ascontiguousarray(proba, dtype="<f2").tobytes()
    return {"clips": list(keys), "probabilities": base64.b64encode(data).decode("ascii")}


def decode(model: Model) -> dict[str, Floats]:
    """Held-out probabilities ``(n_classes,)`` by clip; empty for a model that carries none."""
    stored = model.metadata.get(KEY)
    if not stored:
        return {}
    values = np.frombuffer(base64.b64decode(stored["probabilities"]), dtype="<f2").astype(np.float64)
    return dict(zip(stored["clips"], values.reshape(-1, len(model.classes)), strict=True))


def predict_held_out(model: Model, rows: TrainingRows) -> Floats:
    """``(n, n_classes)`` per window: the model's answer, or the held-out one for clips it learned from.

    A clip is known by its content hash, or as the published track that :attr:`.TrainingRows.names`
    says it is; never by what a person's file is called.
    """
    proba = model.predict_proba(rows.X) if len(rows) else np.zeros((0, len(model.classes)))
    known = decode(model)
    if known:
        for i, (clip, name) in enumerate(zip(rows.clips.tolist(), rows.names.tolist(), strict=True)):
            held_out = known.get(clip, known.get(name))
            if held_out is not None:
                proba[i] = held_out / held_out.sum()
    return proba
