"""The feature transforms as a scikit-learn transformer, for pipelines.

The arithmetic is in :mod:`.transforms`, so that prediction does not import scikit-learn.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

from genre_desktop.ml.features.transforms import Array, transform_rows


class Forms(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Stateless transformer from schema rows to :func:`.transforms.transform_rows`.

    Parameters
    ----------
    level:
        Keep the level itself beside the gain-free features.
    """

    # Bundles refer to the class by this name, and their digests cover it, wherever it is defined now.
    __module__ = "genre_desktop.ml.forms"

    def __init__(self, level: bool = True) -> None:
        self.level = level

    def fit(self, X: Array, y: Any = None) -> Forms:
        """Store the number of columns."""
        self.n_features_in_ = int(np.shape(X)[1])
        return self

    def transform(self, X: Array) -> Array:
        """Transform ``(n, n_features)`` to ``(n, n_forms)``."""
        return transform_rows(X, self.level)
