"""Two-sample Kolmogorov-Smirnov test of many columns, with weights on one side.

With equal weights it equals Evidently's ``ks`` (see the tests). Weights adapt a reference to another mix
of genres without dropping rows.
"""

from __future__ import annotations

import numpy as np
from scipy.special import kolmogorov

from genre_desktop.ml.arrays import Floats


def distances(reference: Floats, weights: Floats, current: Floats) -> Floats:
    """Return the KS distance ``(n_columns,)``, 0 to 1, of each column.

    Parameters
    ----------
    reference:
        ``(m, n_columns)``.
    weights:
        ``(m,)``, not negative, of any sum above 0.
    current:
        ``(n, n_columns)``, each row of equal weight.
    """
    values = np.vstack([reference, current])
    steps = np.concatenate([weights / weights.sum(), np.full(len(current), -1 / len(current))])
    order = np.argsort(values, axis=0, kind="stable")
    ordered = np.take_along_axis(values, order, axis=0)
    difference = np.abs(np.cumsum(steps[order], axis=0))
    last = np.ones(values.shape, bool)  # of equal values: the distributions are compared after all of them
    last[:-1] = ordered[1:] != ordered[:-1]
    return np.asarray(np.where(last, difference, 0.0).max(axis=0))


def p_values(distance: Floats, n_reference: float, n_current: int) -> Floats:
    """Return p-values of KS distances by Stephens' approximation (1970).

    ``n_reference`` is the effective number of rows, smaller with unequal weights.
    """
    root = np.sqrt(n_reference * n_current / (n_reference + n_current))
    return np.asarray(kolmogorov((root + 0.12 + 0.11 / root) * distance))
