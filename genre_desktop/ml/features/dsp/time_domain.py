"""Time-domain features."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.features.dsp.filter_banks import HOP, N_FFT, Float32, Float64

_PER_FRAME = N_FFT // HOP


def rms(samples: Float32) -> Float64:
    """Return the root mean square of each frame, with zeros around the clip; ``(frames,)``."""
    hops = _hops(samples)
    return np.asarray(np.sqrt(_sum_frames(np.einsum("hn,hn->h", hops, hops)) / N_FFT))


def zero_crossing_rate(samples: Float32) -> Float64:
    """Return the share of the samples of each frame at which the sign changes; ``(frames,)``.

    As in ``librosa.feature.zero_crossing_rate``, the ends are padded with their values, values within
    1e-10 of zero count as zero, zero as positive, and the first sample of a frame never counts.
    """
    negative = samples < -1e-10
    changes = np.zeros(len(samples), np.uint8)
    np.not_equal(negative[1:], negative[:-1], out=changes[1:], casting="unsafe")
    hops = _hops(changes)
    firsts = hops[: len(hops) - _PER_FRAME + 1, 0]
    return np.asarray((_sum_frames(hops.sum(axis=1)) - firsts) / N_FFT)


def _hops(values: NDArray[Any]) -> NDArray[Any]:
    """Pad with half a frame of zeros and return rows of 512 samples; a frame is four rows."""
    count = len(values) // HOP + _PER_FRAME
    padded = np.zeros(count * HOP, values.dtype)
    padded[N_FFT // 2 : N_FFT // 2 + len(values)] = values
    return padded.reshape(count, HOP)


def _sum_frames(hops: NDArray[Any]) -> Float64:
    windows = np.lib.stride_tricks.sliding_window_view(hops, _PER_FRAME)
    return np.asarray(windows.sum(axis=1, dtype=np.float64))
