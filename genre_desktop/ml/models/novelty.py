"""Novelty detection: a hint that a clip is unlike anything a model was trained on.

The maximum probability does not distinguish music from other sound; the distance to the training
rows does. A shipped model must not contain training rows, so they are summarised: robust scaling,
the leading principal components, and cluster centroids in that whitened space. The distance of a
row is the distance to its nearest centroid plus what the components leave unexplained.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.features.schema import NAMES, SIGNAL_NAMES, has_encoding

ENOUGH = 100
"""Least number of rows with the encoder's columns to summarise these."""
_ENCODED_QUANTILE = 0.98
"""Share of held-out rows that are not unusual with them; without them, less foreign sound is detected at 0.99."""

Array = NDArray[np.float64]
_CLIP = 8.0
_DIGITS = 7


@dataclass(frozen=True, slots=True, eq=False)
class Novelty:
    """Summary of the training rows.

    Attributes
    ----------
    center, scale:
        Median and robust spread of each feature, ``(n_features,)``.
    components:
        Whitened principal components, ``(k, n_features)``: a product with a scaled row has
        unit variance over the training rows.
    residual:
        Mean squared residual of the training rows that the components leave unexplained.
    centroids:
        ``(m, k)`` cluster centroids of the training rows in that space.
    threshold:
        Distance above which a row is unusual.
    """

    center: Array
    scale: Array
    components: Array
    residual: float
    centroids: Array
    threshold: float

    def distance(self, X: Array) -> Array:
        """Return distances ``(n,)`` of rows, 0 at a centroid. NaN counts as the median.

        Rows are ``(n, n_features)``, or longer: columns after those of the summary are ignored.
        """
        Z = _scale(np.asarray(X, dtype=np.float64)[:, : len(self.center)], self.center, self.scale)
        P = Z @ self.components.T
        nearest = np.min(((P[:, None, :] - self.centroids[None]) ** 2).sum(axis=2), axis=1)
        lengths = np.maximum(np.sum(self.components**2, axis=1), 1e-30)  # 1 / variance of each component
        explained = np.sum(P**2 / lengths, axis=1)
        unexplained = np.maximum(np.sum(Z**2, axis=1) - explained, 0.0) / self.residual
        return np.asarray(np.sqrt((nearest + len(lengths) * unexplained) / (2 * len(lengths))))

    def deviations(self, X: Array) -> Array:
        """Return squared distances of each feature from the median, in units of its spread, ``(n, n_features)``.

        They are clipped as in :meth:`distance`, and 0 where a value is missing.
        """
        X = np.asarray(X, dtype=np.float64)[:, : len(self.center)]
        return np.asarray(_scale(X, self.center, self.scale) ** 2)

    def unusual(self, X: Array) -> NDArray[np.bool_]:
        """Return True where a row is further away than the threshold."""
        return self.distance(X) > self.threshold

    def to_dict(self) -> dict[str, Any]:
        """Return lists and numbers for JSON, rounded to seven digits."""
        return {f.name: _round(getattr(self, f.name)) for f in fields(self)}

    @classmethod
    def from_dict(cls, document: dict[str, Any]) -> Novelty:
        """Invert :meth:`to_dict`; raise ``ValueError`` or ``KeyError`` when shapes do not match."""
        values = {f.name: np.asarray(document[f.name], dtype=np.float64) for f in fields(cls)}
        n, k = values["center"].size, len(values["components"])
        expected = {"center": (n,), "scale": (n,), "components": (k, n), "residual": (), "threshold": ()}
        for name, shape in expected.items():
            if values[name].shape != shape or not np.all(np.isfinite(values[name])):
                raise ValueError(f"novelty.{name} has a wrong shape or value")
        if values["centroids"].ndim != 2 or values["centroids"].shape[1] != k:
            raise ValueError("novelty.centroids has a wrong shape")
        scalars: dict[str, Any] = {name: float(values[name]) for name in ("residual", "threshold")}
        return cls(**{**values, **scalars})


def fit(
    X: Array,
    *,
    seed: int = 0,
    components: int = 24,
    clusters: int = 32,
    quantile: float = 0.99,
    groups: NDArray[Any] | None = None,
) -> Novelty:
    """Summarise training rows ``(n, n_features)``.

    The threshold is the ``quantile`` of distances of held-out rows (five folds, with whole ``groups``
    such as artists held out together), because rows lie closer to centroids that they helped to form.
    """
    X = np.asarray(X, dtype=np.float64)
    distances = np.concatenate(
        [
            _summary(X[~held], seed, components, clusters).distance(X[held])
            for held in _folds(len(X), seed, groups)
        ]
    )
    threshold = float(np.quantile(distances, quantile))
    return replace(_summary(X, seed, components, clusters), threshold=threshold)


def fit_rows(X: Array, groups: NDArray[Any], *, seed: int = 0) -> Novelty:
    """Summarise rows of the feature schema.

    All columns of the rows that have the encoder's, if there are at least :data:`ENOUGH`: with them more
    foreign sound is detected, and less music. Otherwise the columns of signal processing of all rows.
    """
    encoded = has_encoding(X) if X.shape[1] == len(NAMES) else np.zeros(len(X), dtype=np.bool_)
    if encoded.sum() >= ENOUGH:
        return fit(X[encoded], seed=seed, groups=groups[encoded], quantile=_ENCODED_QUANTILE)
    return fit(X[:, : len(SIGNAL_NAMES)], seed=seed, groups=groups)


def _summary(X: Array, seed: int, components: int, clusters: int) -> Novelty:
    from sklearn.cluster import KMeans

    center = np.nan_to_num(np.nanmedian(X, axis=0))
    low, high = np.nanpercentile(X, [25, 75], axis=0)
    spread = np.nan_to_num((high - low) / 1.349)
    scale = np.where(spread > 1e-12, spread, 1.0)
    Z = _scale(X, center, scale)
    _, singular, directions = np.linalg.svd(Z, full_matrices=False)
    k = max(1, min(components, len(X) // 5, int(np.sum(singular > 1e-9))))
    deviations = np.maximum(singular[:k], 1e-9) / np.sqrt(len(Z))
    whitened = directions[:k] / deviations[:, None]
    left_out = np.sum(Z**2, axis=1) - np.sum((Z @ directions[:k].T) ** 2, axis=1)
    P = Z @ whitened.T
    m = max(1, min(clusters, len(X) // 5))
    centroids = KMeans(m, n_init=4, random_state=seed).fit(P).cluster_centers_
    residual = max(float(left_out.mean()), 1e-9)
    return Novelty(center, scale, whitened, residual, centroids, np.inf)


def _scale(X: Array, center: Array, scale: Array) -> Array:
    # Clipped, so that one extreme feature alone does not decide.
    return np.clip(np.nan_to_num((X - center) / scale, nan=0.0), -_CLIP, _CLIP)


def _folds(n: int, seed: int, groups: NDArray[Any] | None) -> list[NDArray[np.bool_]]:
    keys = np.arange(n) if groups is None else np.unique(groups, return_inverse=True)[1]
    fold = np.random.default_rng(seed).permutation(int(keys.max()) + 1) % 5
    masks = [fold[keys] == number for number in range(5)]
    return [mask for mask in masks if mask.any() and not mask.all()]


def _round(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, list):
        return [_round(item) for item in value]
    return float(f"{value:.{_DIGITS}g}")
