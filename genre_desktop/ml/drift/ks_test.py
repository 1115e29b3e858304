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
    return SortedSamples(reference, current).distances(weights)


class SortedSamples:
    """Two samples that were sorted once, to be compared with several weightings of the reference."""

    def __init__(self, reference: Floats, current: Floats) -> None:
        values = np.vstack([reference, current])
        self._n = len(current)
        self._order = np.argsort(values, axis=0, kind="stable")
        ordered = np.take_along_axis(values, self._order, axis=0)
        self._last = np.ones(values.shape, bool)  # of equal values: compared after all of them
        self._last[:-1] = ordered[1:] != ordered[:-1]

    def distances(self, weights: Floats) -> Floats:
        """Return what :func:`distances` does."""
        steps = np.concatenate([weights / weights.sum(), np.full(self._n, -1 / self._n)])
        difference = np.abs(np.cumsum(steps[self._order], axis=0))
        return np.asarray(np.where(self._last, difference, 0.0).max(axis=0))


def p_values(distance: Floats, n_reference: float, n_current: int) -> Floats:
    """Return p-values of KS distances by Stephens' approximation (1970).

    ``n_reference`` is the effective number of rows, smaller with unequal weights.
    """
    root = np.sqrt(n_reference * n_current / (n_reference + n_current))
    return np.asarray(kolmogorov((root + 0.12 + 0.11 / root) * distance))
