"""Looks at what the other features do not explain of a feature.

A person's taste moves all features together: metal is loud, bright and dense at once. A new
microphone or codec breaks the ties *between* them: bright, yet empty above 4 kHz. The part of a
feature that the others do not predict therefore hardly changes with the music and changes at
once with the recording. It is the row of the precision matrix (the inverse covariance) times
the standardised features, up to scale.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_TINY = 1e-12
_QUARTILES = 1.349
"""Distance of a normal distribution's quartiles in standard deviations."""


@dataclass(frozen=True, slots=True, eq=False)
class PartialResiduals:
    """Robust scaling, and a precision matrix of the scaled features.

    Attributes
    ----------
    center, scale, mean:
        ``(n_features,)``: median and quartile distance of raw values; mean of scaled ones.
    precision:
        ``(n_features, n_features)`` of scaled values, Ledoit-Wolf.
    """

    center: Array
    scale: Array
    mean: Array
    precision: Array

    @classmethod
    def fit(cls, X: Array) -> PartialResiduals:
        """From finite rows ``(n, n_features)``; a few hundred are enough, shrinkage does the rest."""
        from sklearn.covariance import LedoitWolf  # a check only looks through a lens

        center = np.median(X, axis=0)
        low, high = np.quantile(X, (0.25, 0.75), axis=0)
        scale = (high - low) / _QUARTILES + _TINY
        scaled = _scaled(X, center, scale)
        found = LedoitWolf().fit(scaled)
        return cls(center, scale, scaled.mean(axis=0), np.linalg.inv(found.covariance_))

    def residuals(self, X: Array) -> Array:
        """``(n, n_features)``: what the other features leave unexplained, in arbitrary units."""
        values: Array = (self.scaled(X) - self.mean) @ self.precision
        return values

    def scaled(self, X: Array) -> Array:
        """``(n, n_features)``: in quartile distances from the median, far values drawn in."""
        return _scaled(X, self.center, self.scale)


def _scaled(X: Array, center: Array, scale: Array) -> Array:
    # arcsinh is linear near 0 and a logarithm far out: one wild value must not bend a correlation
    values: Array = np.arcsinh((X - center) / scale)
    return values
