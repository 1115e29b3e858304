"""The encoder's input: logarithmic mel spectrograms of three seconds at 16 kHz.

Equal to ``log10(10000 * librosa.feature.melspectrogram(y, sr=16000, n_fft=512, hop_length=256, n_mels=96) + 1)``
to 1e-5. Only the patch's own excerpt is resampled and transformed, together with the samples beside it, so that
a patch equals the same frames of the whole song, to 5e-5 (0.002 for the very first frame, where soxr rounds the
first sample of a signal differently).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import soxr

from genre_desktop.ml.features.dsp.filter_banks import Float32, hann, mel_triangles
from genre_desktop.ml.features.encoder.identity import BANDS, PATCH_FRAMES, SAMPLE_RATE
from genre_desktop.ml.features.schema import SAMPLE_RATE as SCHEMA_RATE

N_FFT = 512
HOP = 256
PATCH_SAMPLES = 3 * SCHEMA_RATE
"""Samples at 22050 Hz that contain one patch."""
GRID = 441
"""Samples at 22050 Hz after which the samples of both rates coincide again, 20 ms."""
_GRID_OUT = GRID * SAMPLE_RATE // SCHEMA_RATE
_MARGIN = GRID
_EXCERPT = -(-((PATCH_FRAMES - 1) * HOP + N_FFT // 2) // _GRID_OUT) * GRID + _MARGIN
"""Samples from a patch's start to the end of what its last frame and the resampler's filter need."""
_GAIN = np.float32(10000)


def patch_of(samples: Float32, start: int, origin: int = 0) -> Float32:
    """Return one patch of a song, ``(187, 96)``.

    Parameters
    ----------
    samples:
        ``(n,)`` float32, mono, at 22050 Hz: the song, or a part of it; zeros are assumed beyond its ends.
    start:
        Sample at which the first frame is centred, 0 to n - 1, rounded down to a multiple of :data:`GRID`
        from ``origin``.
        Frames beyond the end of the samples are filled by repeating the patch from its start; there are none
        where ``start + PATCH_SAMPLES <= n``.
    """
    start -= (start - origin) % GRID
    sound = _resampled(samples, start - _MARGIN)
    first = _MARGIN // GRID * _GRID_OUT - N_FFT // 2
    frames = min(PATCH_FRAMES, 1 + (len(samples) - start) * SAMPLE_RATE // SCHEMA_RATE // HOP)
    found = log_mel(sound[first : first + (frames - 1) * HOP + N_FFT])
    return found if frames == PATCH_FRAMES else np.resize(found, (PATCH_FRAMES, BANDS))


def _resampled(samples: Float32, low: int) -> Float32:
    """Resample the excerpt of a patch, which begins at sample ``low``; zero where there are no samples."""
    before = max(-low, 0)
    excerpt = np.zeros(_EXCERPT + _MARGIN, np.float32)
    inside = samples[max(low, 0) : low + len(excerpt)]
    excerpt[before : before + len(inside)] = inside
    sound = soxr.resample(excerpt, SCHEMA_RATE, SAMPLE_RATE, quality="HQ")
    # Without the filter's ringing beyond the ends, as where the whole song is resampled.
    sound[: before // GRID * _GRID_OUT] = 0
    sound[-(-(before + len(inside)) * _GRID_OUT // GRID) :] = 0
    return np.asarray(sound, np.float32)


def log_mel(sound: Float32) -> Float32:
    """Return the frames that lie inside a sound at 16 kHz, ``(1 + (n - 512) // 256, 96)``; ``center=False``."""
    frames = np.lib.stride_tricks.sliding_window_view(sound, N_FFT)[::HOP]
    bins = np.fft.rfft(frames * _window())
    power = np.square(bins.real) + np.square(bins.imag)
    return np.asarray(np.log10(_GAIN * (power @ _bank()) + 1), np.float32)


@lru_cache(maxsize=1)
def _window() -> Float32:
    return hann(N_FFT).astype(np.float32)


@lru_cache(maxsize=1)
def _bank() -> Float32:
    return mel_triangles(SAMPLE_RATE, N_FFT, BANDS).astype(np.float32)
