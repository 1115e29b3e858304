"""Short-time Fourier transform shared by all features."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.features.dsp.filter_banks import BINS, HOP, N_FFT, PADDED_BINS, Float32, hann
from genre_desktop.ml.features.dsp.frame_cache import NO_CACHE, Arrays, NoFrameCache, RowRanges, in_blocks

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
    """

    transform: NDArray[np.complex64]
    lowest: NDArray[np.complex128]
    magnitude: Float32
    power: Float32

    @classmethod
    def allocate(cls, frames: int) -> Spectrum:
        """Return uninitialised arrays; the padding is zero."""
        return cls(
            np.empty((frames, BINS), np.complex64),
            np.empty((frames, 2), np.complex128),
            np.zeros((frames, PADDED_BINS), np.float32),
            np.zeros((frames, PADDED_BINS), np.float32),
        )

    def __len__(self) -> int:
        return len(self.transform)


class Transformer:
    """Transforms clips one after the other in the same arrays: new memory costs a fifth of the time."""

    def __init__(self) -> None:
        self._reused = Spectrum.allocate(0)

    def spectrum(self, samples: Float32, cache: NoFrameCache = NO_CACHE) -> Spectrum:
        """Transform ``samples`` (float32, ``(n,)``); valid until the next call."""
        allocate, fill = partial(self._arrays, frame_count(len(samples))), partial(_fill, samples)
        result = Spectrum(*cache.rows("transform", allocate, fill, OUTSIDE))
        if cache.moved is not None:  # the previous window's mean was subtracted from these
            np.square(result.magnitude[:, :2], out=result.power[:, :2])
        return result

    def _arrays(self, count: int) -> Arrays:
        full = self._reused
        if count > len(full):
            full = Spectrum.allocate(count)
            if count <= _MAX_REUSED:
                self._reused = full
        return full.transform[:count], full.lowest[:count], full.magnitude[:count], full.power[:count]


def frame_count(n: int) -> int:
    """Return the number of frames of a clip of ``n`` samples."""
    return 1 + n // HOP


def frames_of(padded: NDArray[Any]) -> NDArray[Any]:
    """Return overlapping frames ``(frames, 2048)`` of a padded signal, as a view."""
    return np.lib.stride_tricks.sliding_window_view(padded, N_FFT)[::HOP]


def _fill(samples: Float32, arrays: Arrays, ranges: RowRanges) -> None:
    result, frames, window = Spectrum(*arrays), frames_of(np.pad(samples, N_FFT // 2)), hann(N_FFT)
    windowed, bins = np.empty((_BLOCK, N_FFT)), np.empty((_BLOCK, BINS), np.complex128)
    for rows in in_blocks(ranges, _BLOCK):
        n = rows.stop - rows.start
        np.multiply(frames[rows], window, out=windowed[:n])
        np.fft.rfft(windowed[:n], out=bins[:n])
        result.transform[rows] = bins[:n]
        result.lowest[rows] = bins[:n, :2]
        magnitude = result.magnitude[rows]
        np.abs(result.transform[rows], out=magnitude[:, :BINS])
        np.multiply(magnitude, magnitude, out=result.power[rows])


def remove_dc(spectrum: Spectrum, samples: Float32) -> None:
    """Change ``spectrum.power`` to that of the clip with its mean subtracted.

    A constant appears in bins 0 and 1 of the Hann-windowed frames inside the clip; the few
    frames that extend beyond it are transformed again. ``transform`` and ``magnitude`` stay
    unchanged.
    """
    mean = samples.mean()
    window = hann(N_FFT)
    power, count = spectrum.power, len(spectrum)
    constant = float(mean) * np.fft.rfft(window)[:2]
    power[:, :2] = np.abs(spectrum.lowest - constant).astype(np.float32) ** 2
    last_inside = (len(samples) - N_FFT // 2) // HOP
    at_edge = [i for i in range(count) if i < 2 or i > last_inside]
    frames = frames_of(np.pad(samples - mean, N_FFT // 2))[at_edge]
    power[at_edge, :BINS] = np.abs(np.fft.rfft(frames * window).astype(np.complex64)) ** 2
