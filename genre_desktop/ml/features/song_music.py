"""Tempo and key of a song, from what is measured of its windows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from genre_desktop.core.music.keys import Key
from genre_desktop.ml.features import key_detection, tempo
from genre_desktop.ml.features.dsp.filter_banks import Float64

LEAST_S = 4.0
"""Seconds of music without which neither is clear."""


@dataclass(frozen=True, eq=False)
class MusicalMeasures:
    """What tempo and key are found from: :func:`.tempo.pulse` and :func:`.key_detection.pitch_classes`."""

    pulse: Float64
    pitch_classes: Float64


class SongMusic:
    """Adds up the windows of a song; its memory does not depend on the song's length."""

    def __init__(self) -> None:
        self._pulse = np.zeros((len(tempo.PAIRS), tempo.LAGS))
        self._pitch_classes = np.zeros((key_detection.PARTS, 12))
        self._seconds = 0.0

    def add(self, window: MusicalMeasures, seconds: float) -> None:
        """Add a window of this length."""
        self._pulse += seconds * window.pulse
        self._pitch_classes += seconds * window.pitch_classes
        self._seconds += seconds

    @property
    def measures(self) -> MusicalMeasures:
        """The means over all windows."""
        whole = max(self._seconds, 1e-9)
        return MusicalMeasures(self._pulse / whole, self._pitch_classes / whole)

    def tempo(self) -> float | None:
        """Return the beats per minute; None without a clear beat."""
        return tempo.tempo(self.measures.pulse) if self._seconds >= LEAST_S else None

    def key(self) -> Key | None:
        """Return the key; None where it is not clear."""
        return key_detection.key(self.measures.pitch_classes) if self._seconds >= LEAST_S else None
