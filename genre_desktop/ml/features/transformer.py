"""The feature forms of :mod:`.form_rows` as a scikit-learn transformer, for pipelines.

The arithmetic is kept apart, so that answering does not import scikit-learn.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

from genre_desktop.ml.features.transforms import Array, transform_rows


class Forms(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """A scikit-learn transformer from contract rows to forms; nothing is learned from data.

    Columns after the contract's own (a base model's probabilities) pass through unchanged.
    A missing input (NaN) makes the forms that need it NaN.

    Parameters
    ----------
    level:
        Keep the level itself beside the gain-free forms.
    """

    # Bundles refer to the class by this name, and their digests cover it, wherever the class lies now.
    __module__ = "genre_desktop.ml.forms"

    def __init__(self, level: bool = True) -> None:
        self.level = level

    def fit(self, X: Array, y: Any = None) -> Forms:
        """Remember the number of columns."""
        self.n_features_in_ = int(np.shape(X)[1])
        return self

    def transform(self, X: Array) -> Array:
        """``(n, n_features)`` to ``(n, n_forms)``."""
        return transform_rows(X, self.level)
