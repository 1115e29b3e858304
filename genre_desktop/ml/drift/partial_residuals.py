"""Partial residuals: the part of a feature that the other features do not explain.

Music changes all features together: metal is loud, bright and dense at once. A new microphone or codec
changes their correlations: bright, yet empty above 4 kHz. Partial residuals therefore hardly depend on
the music but strongly on the recording. Up to scale, they are the standardised features times the
precision matrix (the inverse covariance).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from genre_desktop.ml.arrays import Floats

_TINY = 1e-12
_QUARTILES = 1.349
"""Distance of a normal distribution's quartiles in standard deviations."""


@dataclass(frozen=True, slots=True, eq=False)
class PartialResiduals:
    """Robust scaling and the precision matrix of the scaled features.

    Attributes
    ----------
    center, scale, mean:
        ``(n_features,)``: median and quartile distance of raw values; mean of scaled ones.
    precision:
        ``(n_features, n_features)`` of scaled values, Ledoit-Wolf.
    """

    center: Floats
    scale: Floats
    mean: Floats
    precision: Floats

    @classmethod
    def fit(cls, X: Floats) -> PartialResiduals:
        """Fit on finite rows ``(n, n_features)``; with shrinkage a few hundred are enough."""
        from sklearn.covariance import LedoitWolf  # slow to import, and not needed in a check

        center = np.median(X, axis=0)
        low, high = np.quantile(X, (0.25, 0.75), axis=0)
        scale = (high - low) / _QUARTILES + _TINY
        scaled = _scaled(X, center, scale)
        found = LedoitWolf().fit(scaled)
        return cls(center, scale, scaled.mean(axis=0), np.linalg.inv(found.covariance_))

    def residuals(self, X: Floats) -> Floats:
        """Return the partial residuals ``(n, n_features)`` in arbitrary units."""
        return np.asarray((self.scaled(X) - self.mean) @ self.precision)

    def scaled(self, X: Floats) -> Floats:
        """Return ``(n, n_features)``: quartile distances from the median, compressed far from it."""
        return _scaled(X, self.center, self.scale)


def _scaled(X: Floats, center: Floats, scale: Floats) -> Floats:
    # arcsinh is linear near 0 and logarithmic far out: an outlier must not distort a correlation
    return np.asarray(np.arcsinh((X - center) / scale))
