"""The two-sample Kolmogorov-Smirnov test with weights on one side, for many columns at once.

With equal weights it is the test that Evidently calls ``ks``; a test of ours compares the two.
Weights let a reference stand for another mix of genres without throwing rows away.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import kolmogorov

Array = NDArray[np.float64]


def distances(reference: Array, weights: Array, current: Array) -> Array:
    """Largest difference between the two cumulative distributions, for each column.

    Parameters
    ----------
    reference:
        ``(m, n_columns)``.
    weights:
        ``(m,)``, not negative, of any sum above 0.
    current:
        ``(n, n_columns)``, each row of equal weight.

    Returns
    -------
    Array
        ``(n_columns,)``, 0 to 1.
    """
    values = np.vstack([reference, current])
    steps = np.concatenate([weights / weights.sum(), np.full(len(current), -1 / len(current))])
    order = np.argsort(values, axis=0, kind="stable")
    ordered = np.take_along_axis(values, order, axis=0)
    difference = np.abs(np.cumsum(steps[order], axis=0))
    last = np.ones(values.shape, bool)  # of equal values: the distributions are compared after all of them
    last[:-1] = ordered[1:] != ordered[:-1]
    found: Array = np.where(last, difference, 0.0).max(axis=0)
    return found


def p_values(distance: Array, n_reference: float, n_current: int) -> Array:
    """How likely distances as large as these are by chance; Stephens' approximation (1970).

    ``n_reference`` is the effective number of rows: with unequal weights fewer than there are.
    """
    root = np.sqrt(n_reference * n_current / (n_reference + n_current))
    values: Array = kolmogorov((root + 0.12 + 0.11 / root) * distance)
    return values
