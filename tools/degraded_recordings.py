"""Degrades recordings as telephones, codecs and microphones do, for tests and benchmarks."""

from __future__ import annotations

import io

import av
import numpy as np
import soxr
from numpy.typing import NDArray
from scipy import signal

RATE = 22050
Samples = NDArray[np.float32]


def telephone(samples: Samples) -> Samples:
    """8 kHz, 300 to 3400 Hz, µ-law with 8 bits: a call."""
    narrow = soxr.resample(samples.astype(np.float64), RATE, 8000)
    band = signal.butter(4, (300, 3400), "bandpass", fs=8000, output="sos")
    recorded = np.clip(signal.sosfilt(band, narrow), -1, 1)
    coded = np.round(np.sign(recorded) * np.log1p(255 * np.abs(recorded)) / np.log(256) * 127) / 127
    decoded = np.sign(coded) * (256 ** np.abs(coded) - 1) / 255
    return np.asarray(soxr.resample(decoded, 8000, RATE), np.float32)


def mp3(samples: Samples, rate: int = RATE, kilobits: int = 64) -> Samples:
    """Through LAME and back, mono at ``rate``."""
    stored = io.BytesIO()
    with av.open(stored, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=rate, layout="mono")
        stream.bit_rate = 1000 * kilobits
        frame = av.AudioFrame.from_ndarray(_resampled(samples, RATE, rate)[None, :], "fltp", "mono")
        frame.sample_rate = rate
        blocks = av.AudioFifo()
        blocks.write(frame)
        while (block := blocks.read(1152, partial=True)) is not None:
            container.mux(stream.encode(block))
        container.mux(stream.encode(None))
    stored.seek(0)
    with av.open(stored) as container:
        decoded = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    return _resampled(decoded, rate, RATE)


def laptop(samples: Samples, seed: int = 0) -> Samples:
    """Played in a small room and recorded by a laptop's microphone, with its noise."""
    recorded = signal.fftconvolve(samples, _room())[: len(samples)]
    recorded *= 0.5 * np.sqrt(np.mean(samples**2) / (np.mean(recorded**2) + 1e-20))
    noise = np.random.default_rng(seed).standard_normal(len(samples)) * 10 ** (-55 / 20)
    return np.asarray(np.clip(recorded + noise, -1, 1), np.float32)


def _room() -> NDArray[np.float64]:
    """An impulse response: desk reflections, 0.35 s of reverberation, 180 Hz to 7 kHz, two resonances."""
    n = int(0.4 * RATE)
    tail = np.random.default_rng(0).standard_normal(n) * 10 ** (-3 * np.arange(n) / RATE / 0.35)
    tail[: int(0.004 * RATE)] = 0.0
    response = 0.6 * tail / np.sqrt(np.sum(tail**2))
    for delay_s, gain in ((0.0, 1.0), (0.0012, 0.5), (0.0031, 0.35), (0.0055, 0.25)):
        response[int(delay_s * RATE)] += gain
    response = signal.sosfilt(signal.butter(2, (180, 7000), "bandpass", fs=RATE, output="sos"), response)
    for hertz, quality, decibels in ((1100, 3, 6), (3800, 4, 8), (600, 2, -4)):
        response = signal.lfilter(*_peak(hertz, quality, decibels), response)
    return np.asarray(response)


def _peak(hertz: float, quality: float, decibels: float) -> tuple[list[float], list[float]]:
    """A peaking filter after the Audio EQ Cookbook (Bristow-Johnson)."""
    gain, angle = 10 ** (decibels / 40), 2 * np.pi * hertz / RATE
    width, middle = np.sin(angle) / (2 * quality), -2 * np.cos(angle)
    return [1 + width * gain, middle, 1 - width * gain], [1 + width / gain, middle, 1 - width / gain]


def _resampled(samples: Samples, before: int, after: int) -> Samples:
    if before == after:
        return np.ascontiguousarray(samples, np.float32)
    return np.ascontiguousarray(soxr.resample(samples, before, after), np.float32)
