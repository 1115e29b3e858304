"""What tempo and key are found from, measured of samples."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.features.extractor import Extractor
from genre_desktop.ml.features.song_music import MusicalMeasures

_EXTRACTOR = Extractor()


def measure(samples: NDArray[np.float32]) -> MusicalMeasures:
    """Measure one window, float32 ``(n,)`` at 22050 Hz."""
    _EXTRACTOR.extract(samples)
    return _EXTRACTOR.musical()
