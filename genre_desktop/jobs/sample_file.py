"""A short sound file of the program's own, which every process can read that works at all."""

from __future__ import annotations

import math
import tempfile
import wave
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_RATE = 22_050
_SECONDS = 2
_HERTZ = (220.0, 277.2, 329.6)


@contextmanager
def sample_file() -> Iterator[Path]:
    """Write two seconds of a chord as WAV (22 050 Hz, mono, 16 bit) to a temporary folder, for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="genre-desktop-") as folder:
        path = Path(folder) / "sample.wav"
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, _RATE, 0, "NONE", ""))
            file.writeframes(array("h", _samples()).tobytes())
        yield path


def _samples() -> Iterator[int]:
    for number in range(_RATE * _SECONDS):
        turn = 2 * math.pi * number / _RATE
        yield round(6_000 * sum(math.sin(hertz * turn) for hertz in _HERTZ))
