"""Making probabilities mean what they say: one temperature, fitted on rows a model has not seen.

Guo et al., "On Calibration of Modern Neural Networks", ICML 2017. One number cannot overfit a
small library, and it never changes which genre comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from genre_desktop.ml.arrays import Floats, softmax
from genre_desktop.ml.evaluation.metrics import log_loss

_RANGE = (-2.0, 2.0)  # of the logarithm: 0.14 to 7.4
_FLOOR = 1e-9


def tempered(proba: Floats, temperature: float) -> Floats:
    """Probabilities ``(n, n_classes)`` raised to ``1 / temperature`` and normalised, as a model does it."""
    logs = np.log(proba + _FLOOR) / temperature
    return softmax(logs)


def fit_temperature(y: NDArray[Any], proba: Floats, classes: Sequence[str]) -> float:
    """The temperature with the smallest log-loss on held-out rows; rows of unknown genres are left out."""
    known = np.isin(y, np.asarray(classes, dtype=str))
    if known.sum() < 2:
        return 1.0

    def loss(log_t: float) -> float:
        return log_loss(y[known], tempered(proba[known], float(np.exp(log_t))), classes)

    found = minimize_scalar(loss, bounds=_RANGE, method="bounded", options={"xatol": 1e-4})
    return round(float(np.exp(found.x)), 4)
