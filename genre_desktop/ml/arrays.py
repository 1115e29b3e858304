"""Array types and functions that all of machine learning shares."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[Any]


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis, which sum to 1."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    values: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return values
