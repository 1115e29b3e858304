"""Short-time Fourier transform shared by all features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.features.dsp.filter_banks import BINS, HOP, N_FFT, PADDED_BINS, Float32, hann
from genre_desktop.ml.features.dsp.frame_cache import NO_CACHE, Arrays, NoFrameCache, RowRanges, in_blocks
from genre_desktop.ml.features.dsp.frame_measures import BLOCK, LOWEST, FrameMeasure, Rows

_BLOCK = 32  # frames transformed together: half a megabyte of float64, which stays in the cache
_MAX_REUSED = 2000  # frames of arrays that are reused from clip to clip, 46 s
OUTSIDE = 2  # frames at either end that extend beyond the clip


@dataclass(slots=True)
class Spectrum:
    """The transform of one clip, its magnitude and power.

    Attributes
    ----------
    transform:
        ``(frames, 1025)`` complex64, as ``librosa.stft(y)`` transposed: zeros around the clip,
        periodic Hann window and arithmetic in float64.
    lowest:
        ``(frames, 2)`` complex128: bins 0 and 1 unrounded, from which the mean can be subtracted.
    magnitude, power:
        ``(frames, 1056)`` float32; columns 1025 and up are zero.
    measures:
        Rows of the transformer's measures.
    """

    transform: NDArray[np.complex64]
    lowest: NDArray[np.complex128]
    magnitude: Float32
    power: Float32
    measures: dict[FrameMeasure, Rows] = field(default_factory=dict)

    @classmethod
    def allocate(cls, frames: int, measures: Sequence[FrameMeasure] = ()) -> Spectrum:
        """Return uninitialised arrays; the padding is zero."""
        return cls(
            np.empty((frames, BINS), np.complex64),
            np.empty((frames, LOWEST), np.complex128),
            np.zeros((frames, PADDED_BINS), np.float32),
            np.zeros((frames, PADDED_BINS), np.float32),
            {measure: measure.allocate(frames) for measure in measures},
        )

    @classmethod
    def joined(cls, arrays: Arrays, measures: Sequence[FrameMeasure]) -> Spectrum:
        """Undo :meth:`arrays`."""
        return cls(arrays[0], arrays[1], arrays[2], arrays[3], dict(zip(measures, arrays[4:], strict=True)))

    def arrays(self, count: int) -> Arrays:
        """Return the first rows of all arrays."""
        whole: Arrays = (self.transform, self.lowest, self.magnitude, self.power, *self.measures.values())
        return tuple(array[:count] for array in whole)

    def measure(self, rows: slice | list[int]) -> None:
        """Fill rows of the measures from magnitude and power."""
        power = self.power[rows]
        above = power.copy()
        above[:, :LOWEST] = 0
        for measure, out in self.measures.items():
            out[rows] = measure.of(above if measure.power else self.magnitude[rows])

    def __len__(self) -> int:
        return len(self.transform)


class Transformer:
    """Transforms clips one after the other in the same arrays: new memory costs a fifth of the time."""

    def __init__(self, measures: Sequence[FrameMeasure] = ()) -> None:
        self._measures = tuple(measures)
        self._reused = Spectrum.allocate(0, measures)

    def spectrum(self, samples: Float32, cache: NoFrameCache = NO_CACHE) -> Spectrum:
        """Transform ``samples`` (float32, ``(n,)``); valid until the next call."""
        allocate = partial(self._arrays, frame_count(len(samples)))
        fill = partial(_fill, samples, self._measures)
        result = Spectrum.joined(cache.rows("transform", allocate, fill, OUTSIDE), self._measures)
        if cache.moved is not None:  # the previous window's mean was subtracted from these
            np.square(result.magnitude[:, :LOWEST], out=result.power[:, :LOWEST])
        return result

    def _arrays(self, count: int) -> Arrays:
        full = self._reused
        if count > len(full):
            full = Spectrum.allocate(count, self._measures)
            if count <= _MAX_REUSED:
                self._reused = full
        return full.arrays(count)


def frame_count(n: int) -> int:
    """Return the number of frames of a clip of ``n`` samples."""
    return 1 + n // HOP


def frames_of(padded: NDArray[Any]) -> NDArray[Any]:
    """Return overlapping frames ``(frames, 2048)`` of a padded signal, as a view."""
    return np.lib.stride_tricks.sliding_window_view(padded, N_FFT)[::HOP]


def _fill(samples: Float32, measures: Sequence[FrameMeasure], arrays: Arrays, ranges: RowRanges) -> None:
    result, window = Spectrum.joined(arrays, measures), hann(N_FFT)
    frames = frames_of(np.pad(samples, N_FFT // 2))
    windowed, bins = np.empty((_BLOCK, N_FFT)), np.empty((_BLOCK, BINS), np.complex128)
    for measured in in_blocks(ranges, BLOCK):
        for rows in in_blocks([measured], _BLOCK):
            n = rows.stop - rows.start
            np.copyto(windowed[:n], frames[rows])
            np.multiply(windowed[:n], window, out=windowed[:n])
            np.fft.rfft(windowed[:n], out=bins[:n])
            result.transform[rows] = bins[:n]
            result.lowest[rows] = bins[:n, :LOWEST]
            magnitude = result.magnitude[rows]
            np.abs(result.transform[rows], out=magnitude[:, :BINS])
            np.multiply(magnitude, magnitude, out=result.power[rows])
        if measures:
            result.measure(measured)


def remove_dc(spectrum: Spectrum, samples: Float32) -> None:
    """Change ``spectrum.power`` to that of the clip with its mean subtracted.

    A constant appears in bins 0 and 1 of the Hann-windowed frames inside the clip; the few
    frames that extend beyond it are transformed and measured again. ``transform`` and ``magnitude``
    stay unchanged.
    """
    mean = samples.mean()
    window = hann(N_FFT)
    power, count = spectrum.power, len(spectrum)
    constant = float(mean) * np.fft.rfft(window)[:LOWEST]
    power[:, :LOWEST] = np.abs(spectrum.lowest - constant).astype(np.float32) ** 2
    last_inside = (len(samples) - N_FFT // 2) // HOP
    at_edge = [i for i in range(count) if i < 2 or i > last_inside]
    frames = np.stack([_frame(samples, i, mean) for i in at_edge])
    power[at_edge, :BINS] = np.abs(np.fft.rfft(frames * window).astype(np.complex64)) ** 2
    if spectrum.measures:
        spectrum.measure(at_edge)


def _frame(samples: Float32, index: int, constant: np.float32) -> Float32:
    """Return a frame of a clip from which a constant was subtracted, with zeros beyond its ends."""
    start = index * HOP - N_FFT // 2
    inside = samples[max(start, 0) : start + N_FFT] - constant
    before = max(-start, 0)
    return np.pad(inside, (before, N_FFT - before - len(inside)))
