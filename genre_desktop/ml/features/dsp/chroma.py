"""Tuning estimation and chroma from the shared spectrum."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.features.dsp.filter_banks import N_FFT, SAMPLE_RATE, Float32, chroma_bank
from genre_desktop.ml.features.dsp.frame_cache import NO_CACHE, Events, NoFrameCache, RowRanges, in_blocks
from genre_desktop.ml.features.dsp.stft import OUTSIDE, Spectrum

_THRESHOLD = 0.1  # of the frame's loudest bin
_LOW, _HIGH = (int(np.ceil(hertz * N_FFT / SAMPLE_RATE)) for hertz in (150, 4000))
_STEPS = np.linspace(-0.5, 0.5, 101)
_BLOCK = 128


class Peaks:
    """Spectral peaks of a clip, from which its tuning is estimated.

    Peaks between 150 Hz and 4 kHz that reach a tenth of their frame's loudest bin are refined by a
    parabola. Power and magnitude have different peaks: a peak of the power is one of the magnitude
    too, but fewer reach a tenth, and the parabolas differ. Source: ``librosa.piptrack``.
    """

    def __init__(self, spectrum: Spectrum, cache: NoFrameCache = NO_CACHE) -> None:
        _, values = cache.events("peaks", partial(_find, spectrum), len(spectrum), OUTSIDE)
        self._magnitude, self._power = values[:, :2].T, values[values[:, 3] > 0, 2:].T

    @property
    def magnitudes(self) -> Float32:
        """Distances from 27.5 Hz in octaves and heights of the peaks of the magnitude, ``(2, n)``."""
        return self._magnitude

    def tuning_of_magnitude(self) -> float:
        """Return the deviation from A4 = 440 Hz in thirds of a semitone, which ``chroma_cqt`` uses."""
        return _tuning(self._magnitude, 36)

    def tuning_of_power(self) -> float:
        """Return the deviation from A4 = 440 Hz in semitones, which ``chroma_stft`` uses."""
        return _tuning(self._power, 12)


def _tuning(peaks: Float32, per_octave: int) -> float:
    """Return the mode of the higher half of peaks in hundredths of a step, -0.5 to 0.49.

    ``peaks`` are their distances from 27.5 Hz in octaves and their heights, ``(2, n)``. Source:
    ``librosa.estimate_tuning``.
    """
    octaves, height = peaks
    if not len(octaves):
        return 0.0
    deviation = np.mod(per_octave * octaves[height >= np.median(height)], np.float32(1.0))
    deviation[deviation >= 0.5] -= 1.0
    counts, _ = np.histogram(deviation, _STEPS)
    return float(_STEPS[np.argmax(counts)])


def _find(spectrum: Spectrum, ranges: RowRanges) -> Events:
    """Find the peaks of some frames: distance from 27.5 Hz in octaves, and height, of magnitude and power.

    The height of the power is zero where it has no peak.
    """
    frames, values = [np.zeros(0, np.intp)], [np.zeros((0, 4), np.float32)]
    for rows in in_blocks(ranges, _BLOCK):
        magnitude, power = spectrum.magnitude[rows], spectrum.power[rows]
        centre, top = magnitude[:, _LOW:_HIGH], magnitude.max(axis=1)
        peak = centre > (np.float32(_THRESHOLD) * top)[:, np.newaxis]
        peak &= centre > magnitude[:, _LOW - 1 : _HIGH - 1]
        peak &= centre >= magnitude[:, _LOW + 1 : _HIGH + 1]
        frame, bins = np.divmod(np.flatnonzero(peak), _HIGH - _LOW)
        bins += _LOW
        found = np.empty((len(bins), 4), np.float32)
        for i, spectrogram in enumerate((magnitude, power)):
            at = frame * spectrogram.shape[1] + bins
            before, height, after = (np.take(spectrogram, at + step) for step in (-1, 0, 1))
            shift, found[:, 2 * i + 1] = _parabola(before, height, after)
            pitch = ((bins + shift) * SAMPLE_RATE / N_FFT).astype(np.float32)
            found[:, 2 * i] = np.log2(pitch / np.float32(440 / 16))
        loud = height > np.float32(_THRESHOLD) * np.square(top)[frame]
        found[~(loud & (height > before) & (height >= after)), 3] = 0
        frames.append(frame + rows.start)
        values.append(found)
    return np.concatenate(frames), np.concatenate(values)


def _parabola(before: Float32, at: Float32, after: Float32) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return offset and height of the peak of the parabola through three values."""
    curve, slope = after + before - 2 * at, (after - before) / 2
    shift = np.where(np.abs(slope) >= np.abs(curve), 0, -slope / np.where(curve == 0, 1, curve))
    return shift, at + np.float32(0.5) * slope * shift


def chroma(power: Float32, tuning: float) -> Float32:
    """Return the energy of the twelve pitch classes from C, ``(frames, 12)``; the maximum of a frame is 1."""
    return np.asarray(max_normalize(power @ chroma_bank(tuning)))


def max_normalize(rows: NDArray[Any]) -> NDArray[Any]:
    """Divide each row by its largest value; rows of zeros stay unchanged."""
    top = np.abs(rows).max(axis=1, keepdims=True)
    return rows / np.where(top < np.finfo(rows.dtype).tiny, 1, top)
