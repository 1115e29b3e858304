"""Tuning and pitch classes of the shared spectrum."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.dsp.filters import N_FFT, SAMPLE_RATE, Float32, chroma_bank
from genre_desktop.ml.dsp.spectrum import Spectrum

_THRESHOLD = 0.1  # of the frame's loudest bin
_LOW, _HIGH = 150.0, 4000.0
_CENTS = np.linspace(-0.5, 0.5, 101)


def tunings(spectrum: Spectrum) -> tuple[float, float]:
    """Deviation from A4 = 440 Hz: by the powers in semitones, by the magnitudes in thirds of them.

    Peaks between 150 Hz and 4 kHz that reach a tenth of their frame's loudest bin are refined by a
    parabola; the higher half of them votes, in steps of a hundredth. Powers and magnitudes give
    different peaks: ``chroma_stft`` goes by the first, ``chroma_cqt`` by the second.
    Source: ``librosa.estimate_tuning``, ``librosa.piptrack``.
    """
    power, magnitude = spectrum.power, spectrum.magnitude
    low = int(np.ceil(_LOW * N_FFT / SAMPLE_RATE))
    high = int(np.ceil(_HIGH * N_FFT / SAMPLE_RATE))
    loudest = magnitude.max(axis=1, keepdims=True)
    centre = magnitude[:, low:high]
    peak = centre > np.float32(_THRESHOLD) * loudest
    peak &= centre > magnitude[:, low - 1 : high - 1]
    peak &= centre >= magnitude[:, low + 1 : high + 1]
    frames, bins = np.nonzero(peak)
    bins += low
    louder = power[frames, bins] > np.float32(_THRESHOLD) * np.square(loudest[frames, 0])
    return _tuning(power, frames[louder], bins[louder], 12), _tuning(magnitude, frames, bins, 36)


def _tuning(rows: Float32, frames: NDArray[np.intp], bins: NDArray[np.intp], per_octave: int) -> float:
    """The most frequent deviation of the peaks at these frames and bins; 0 when there are none."""
    if not len(frames):
        return 0.0
    before, at, after = (rows[frames, bins + i] for i in (-1, 0, 1))
    curve, slope = after + before - 2 * at, (after - before) / 2
    shift = np.where(np.abs(slope) >= np.abs(curve), 0, -slope / np.where(curve == 0, 1, curve))
    height = at + np.float32(0.5) * slope * shift
    pitch = ((bins + shift) * SAMPLE_RATE / N_FFT).astype(np.float32)
    pitch = pitch[height >= np.median(height)]
    deviation = np.mod(per_octave * np.log2(pitch / np.float32(440 / 16)), 1.0)
    deviation[deviation >= 0.5] -= 1.0
    counts, _ = np.histogram(deviation, _CENTS)
    return float(_CENTS[np.argmax(counts)])


def chroma(spectrum: Spectrum, tuning: float) -> Float32:
    """Energy of the twelve pitch classes from C, the loudest of each frame 1; ``(frames, 12)``."""
    return loudest_is_one(spectrum.power @ chroma_bank(tuning))


def loudest_is_one(rows: NDArray[Any]) -> NDArray[Any]:
    """Each row over its largest value; rows of zeros stay as they are."""
    top = np.abs(rows).max(axis=1, keepdims=True)
    return rows / np.where(top < np.finfo(rows.dtype).tiny, 1, top)
