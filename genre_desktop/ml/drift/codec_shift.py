"""What strong compression does to the features of a song, and how far along that way a clip lies.

A 64 kbit/s mp3 changes every feature a little and none much. Added up along the direction in which
it moves them, the little becomes plain. ``data/mp3_change.npz`` holds rows of recordings before and
after (``python -m benchmarks.codec_variants``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.paths import shipped
from genre_desktop.ml.drift.partial_residuals import PartialResiduals
from genre_desktop.ml.features.schema import check_version

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class CodecPairs:
    """The same recordings before and after.

    Attributes
    ----------
    before:
        ``(n, n_features)``.
    after:
        ``(n, n_ways, n_features)``: coded in one or more ways.
    groups:
        ``(n,)`` artists, so that some can be kept for a test.
    """

    before: Array
    after: Array
    groups: NDArray[np.str_]

    def of(self, artists: NDArray[np.str_]) -> CodecPairs:
        """Only recordings of these artists."""
        kept = np.isin(self.groups, artists)
        return CodecPairs(self.before[kept], self.after[kept], self.groups[kept])

    def direction(self, lens: PartialResiduals) -> Array:
        """``(n_features,)``: how coding moves the lens's scaled features, on average.

        Times what the features leave unexplained it is the matched filter for that change: the
        unexplained part is already divided by the covariance.
        """
        ways = self.after.reshape(-1, self.after.shape[-1])
        moved: Array = lens.scaled(ways).mean(axis=0) - lens.scaled(self.before).mean(axis=0)
        return moved


def shipped_path() -> Path:
    """Where the measurements lie in this installation."""
    return shipped("data", "mp3_change.npz")


def load(path: Path | None = None) -> CodecPairs:
    """The shipped measurements; only needed to make the sketch anew.

    Raises
    ------
    AppError
        ``feature-version``.
    OSError
        The file is not there.
    """
    with np.load(path or shipped_path(), allow_pickle=False) as stored:
        check_version(str(stored["feature_version"]))
        rows = stored["rows"].astype(np.float64)
        return CodecPairs(rows[:, 0], rows[:, 1:], stored["groups"])
