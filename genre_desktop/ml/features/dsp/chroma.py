"""Tuning estimation and chroma from the shared spectrum."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.features.dsp.filter_banks import N_FFT, SAMPLE_RATE, Float32, chroma_bank

_THRESHOLD = 0.1  # of the frame's loudest bin
_LOW, _HIGH = (int(np.ceil(hertz * N_FFT / SAMPLE_RATE)) for hertz in (150, 4000))
_STEPS = np.linspace(-0.5, 0.5, 101)


def tuning(rows: Float32, per_octave: int) -> float:
    """Estimate the deviation from A4 = 440 Hz in steps of an octave's ``per_octave`` parts, -0.5 to 0.49.

    Peaks between 150 Hz and 4 kHz that reach a tenth of their frame's loudest bin are refined by a
    parabola; the result is the mode of the higher half of them, in hundredths. ``rows`` is the padded
    spectrogram: power and magnitude have different peaks, ``chroma_stft`` uses the first and
    ``chroma_cqt`` the second. Source: ``librosa.estimate_tuning``, ``librosa.piptrack``.
    """
    centre = rows[:, _LOW:_HIGH]
    peak = centre > np.float32(_THRESHOLD) * rows.max(axis=1, keepdims=True)
    peak &= centre > rows[:, _LOW - 1 : _HIGH - 1]
    peak &= centre >= rows[:, _LOW + 1 : _HIGH + 1]
    frames, bins = np.divmod(np.flatnonzero(peak), _HIGH - _LOW)
    if not len(frames):
        return 0.0
    bins += _LOW
    at = frames * rows.shape[1] + bins
    shift, height = _parabola(*(np.take(rows, at + i) for i in (-1, 0, 1)))
    pitch = ((bins + shift) * SAMPLE_RATE / N_FFT).astype(np.float32)
    pitch = pitch[height >= np.median(height)]
    deviation = np.mod(per_octave * np.log2(pitch / np.float32(440 / 16)), 1.0)
    deviation[deviation >= 0.5] -= 1.0
    counts, _ = np.histogram(deviation, _STEPS)
    return float(_STEPS[np.argmax(counts)])


def _parabola(before: Float32, at: Float32, after: Float32) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return offset and height of the peak of the parabola through three values."""
    curve, slope = after + before - 2 * at, (after - before) / 2
    shift = np.where(np.abs(slope) >= np.abs(curve), 0, -slope / np.where(curve == 0, 1, curve))
    return shift, at + np.float32(0.5) * slope * shift


def chroma(power: Float32) -> Float32:
    """Return the energy of the twelve pitch classes from C, ``(frames, 12)``; the maximum of a frame is 1."""
    return np.asarray(max_normalize(power @ chroma_bank(tuning(power, 12))))


def max_normalize(rows: NDArray[Any]) -> NDArray[Any]:
    """Divide each row by its largest value; rows of zeros stay unchanged."""
    top = np.abs(rows).max(axis=1, keepdims=True)
    return rows / np.where(top < np.finfo(rows.dtype).tiny, 1, top)
