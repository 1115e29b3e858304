"""One short-time Fourier transform that every feature shares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.dsp.filters import BINS, HOP, N_FFT, PADDED_BINS, Float32, hann

_BLOCK = 32  # frames transformed together: half a megabyte of float64, which stays in the cache


@dataclass(slots=True)
class Spectrum:
    """The transform of one clip and what follows from it.

    Attributes
    ----------
    transform:
        ``(frames, 1025)`` complex64, as ``librosa.stft(y)`` transposed: zeros around the clip,
        periodic Hann window and arithmetic in float64.
    lowest:
        ``(frames, 2)`` complex128: bins 0 and 1 unrounded, from which the mean can be taken off.
    magnitude, power:
        ``(frames, 1056)`` float32; columns 1025 and up are zero.
    """

    transform: NDArray[np.complex64]
    lowest: NDArray[np.complex128]
    magnitude: Float32
    power: Float32

    def __len__(self) -> int:
        return len(self.transform)


def frame_count(n: int) -> int:
    """Frames of a clip of ``n`` samples."""
    return 1 + n // HOP


def frames_of(padded: NDArray[np.floating]) -> NDArray[np.floating]:
    """Overlapping frames ``(frames, 2048)`` of a padded signal, as a view."""
    return np.lib.stride_tricks.sliding_window_view(padded, N_FFT)[::HOP]


def spectrum(samples: Float32) -> Spectrum:
    """Transform ``samples`` (float32, ``(n,)``)."""
    frames, window = frames_of(np.pad(samples, N_FFT // 2)), hann(N_FFT)
    count = len(frames)
    transform = np.empty((count, BINS), np.complex64)
    lowest = np.empty((count, 2), np.complex128)
    magnitude = np.empty((count, PADDED_BINS), np.float32)
    magnitude[:, BINS:] = 0
    windowed, bins = np.empty((_BLOCK, N_FFT)), np.empty((_BLOCK, BINS), np.complex128)
    for start in range(0, count, _BLOCK):
        rows = slice(start, min(start + _BLOCK, count))
        n = rows.stop - start
        np.multiply(frames[rows], window, out=windowed[:n])
        np.fft.rfft(windowed[:n], out=bins[:n])
        transform[rows] = bins[:n]
        lowest[rows] = bins[:n, :2]
        np.abs(transform[rows], out=magnitude[rows, :BINS])
    return Spectrum(transform, lowest, magnitude, np.square(magnitude))


def take_off_mean(spectrum: Spectrum, samples: Float32) -> None:
    """Change ``spectrum.power`` to that of the clip with its mean taken off.

    A constant appears in bins 0 and 1 of the Hann-windowed frames that lie inside the clip;
    the few frames that reach over its ends are transformed again. ``transform`` and
    ``magnitude`` stay as they were.
    """
    mean = float(samples.mean(dtype=np.float64))
    window = hann(N_FFT)
    power, count = spectrum.power, len(spectrum)
    constant = mean * np.fft.rfft(window)[:2]
    power[:, :2] = np.abs(spectrum.lowest - constant).astype(np.float32) ** 2
    whole_until = (len(samples) - N_FFT // 2) // HOP  # last frame inside the clip
    edges = sorted({0, 1, *range(max(0, whole_until + 1), count)} & set(range(count)))
    frames = frames_of(np.pad(samples - np.float32(mean), N_FFT // 2))[edges]
    power[edges, :BINS] = np.abs(np.fft.rfft(frames * window).astype(np.complex64)) ** 2
