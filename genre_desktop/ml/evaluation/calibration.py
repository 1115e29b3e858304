"""Temperature scaling of probabilities, fitted on held-out rows.

Guo et al., "On Calibration of Modern Neural Networks", ICML 2017. One parameter cannot overfit a
small library and never changes the top genre.
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
    """Raise probabilities ``(n, n_classes)`` to ``1 / temperature`` and normalise, as a model does."""
    return softmax(np.log(proba + _FLOOR) / temperature)


def fit_temperature(y: NDArray[Any], proba: Floats, classes: Sequence[str]) -> float:
    """Return the temperature of least log-loss on held-out rows; rows of unknown genres are left out."""
    known = np.isin(y, np.asarray(classes, dtype=str))
    if known.sum() < 2:
        return 1.0

    def loss(log_t: float) -> float:
        return log_loss(y[known], tempered(proba[known], float(np.exp(log_t))), classes)

    found = minimize_scalar(loss, bounds=_RANGE, method="bounded", options={"xatol": 1e-4})
    return round(float(np.exp(found.x)), 4)
