"""The feature changes of strong compression, as a direction to project clips on.

A 64 kbit/s mp3 changes every feature a little, which becomes visible in the projection on the mean
change. ``data/mp3_change.npz`` holds rows of recordings before and after
(``python -m benchmarks.codec_variants``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.paths import shipped
from genre_desktop.ml.arrays import Floats
from genre_desktop.ml.drift.partial_residuals import PartialResiduals
from genre_desktop.ml.features.schema import check_version


@dataclass(frozen=True, eq=False)
class CodecPairs:
    """The same recordings before and after coding.

    Attributes
    ----------
    before:
        ``(n, n_features)``.
    after:
        ``(n, n_codecs, n_features)``.
    groups:
        ``(n,)`` artists, so that some can be held out.
    """

    before: Floats
    after: Floats
    groups: NDArray[np.str_]

    def of(self, artists: NDArray[np.str_]) -> CodecPairs:
        """Return only the recordings of these artists."""
        kept = np.isin(self.groups, artists)
        return CodecPairs(self.before[kept], self.after[kept], self.groups[kept])

    def direction(self, residuals: PartialResiduals) -> Floats:
        """Return ``(n_features,)``: the mean change of the scaled features by coding.

        Its product with the partial residuals, which are already divided by the covariance, is the
        matched filter for that change.
        """
        after = self.after.reshape(-1, self.after.shape[-1])
        return np.asarray(residuals.scaled(after).mean(axis=0) - residuals.scaled(self.before).mean(axis=0))


def shipped_path() -> Path:
    """Return the path of the shipped measurements."""
    return shipped("data", "mp3_change.npz")


def load(path: Path | None = None) -> CodecPairs:
    """Read the measurements, the shipped ones by default; needed only to rebuild the sketch.

    Raises
    ------
    AppError
        ``feature-version``.
    OSError
        The file does not exist.
    """
    with np.load(path or shipped_path(), allow_pickle=False) as stored:
        check_version(str(stored["feature_version"]))
        rows = stored["rows"].astype(np.float64)
        return CodecPairs(rows[:, 0], rows[:, 1:], stored["groups"])
