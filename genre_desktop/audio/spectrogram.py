"""Spectrograms for display, with NumPy alone so that the window may import it.

The features use a spectrogram of their own. Levels are decibels relative to a full-scale sine, which has
0 dB for any transform size.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.types import Spectrogram

if TYPE_CHECKING:
    from genre_desktop.core.types import FloatArray

Axis = Literal["mel", "log", "linear"]

N_FFT = 2048
HOP = 512
FLOOR_DB = -120.0
LOWEST_LOG_HZ = 30.0
"""Lower end of the logarithmic axis."""

_BATCH = 256
"""Frames transformed at once: four megabytes."""
_FRAMES_PER_COLUMN = 8
"""Frames sampled for one column of a long file; more would cost time without a visible difference."""
_LIVE_COLUMNS_PER_S = 43
"""Above the frame rate of the display; more columns would only cost more copying."""
_NOTES = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")

Powers = NDArray[np.float32]


@lru_cache(maxsize=4)
def _window(n_fft: int) -> Powers:
    """Return a periodic Hann window scaled so that a full-scale sine peaks at power 1."""
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n_fft) / n_fft)
    return np.asarray(hann * (2 / hann.sum()), np.float32)


def _powers(samples: FloatArray, n_fft: int, step: int, count: int) -> Powers:
    """Return power spectra ``(count, n_fft // 2 + 1)`` of frames ``step`` samples apart."""
    frames = np.lib.stride_tricks.sliding_window_view(samples, n_fft)[::step][:count]
    spectra = np.fft.rfft(frames * _window(n_fft), axis=1)
    return np.asarray(spectra.real**2 + spectra.imag**2, np.float32)


def _decibels(power: Powers) -> Powers:
    return np.asarray(10 * np.log10(np.maximum(power, 10 ** (FLOOR_DB / 10))), np.float32)


class SpectrogramBuilder:
    """Builds the spectrogram of a whole file block by block, in constant memory.

    When ``max_columns`` are full, neighbours are merged by their maximum, so that short loud events
    stay visible, and each column covers twice as much from then on.
    """

    def __init__(self, sample_rate: int, max_columns: int = 1600, n_fft: int = N_FFT, hop: int = HOP) -> None:
        self.sample_rate, self.n_fft, self.hop = sample_rate, n_fft, hop
        self._power = np.zeros((max(2, max_columns + max_columns % 2), n_fft // 2 + 1), np.float32)
        self._group = 1  # hops in a column
        self._hop_index = 0  # of the next frame
        self._samples = 0
        self._waiting: FloatArray = np.zeros(n_fft // 2, np.float32)  # frames are centred on their hop

    def add(self, samples: FloatArray) -> None:
        """Add the next mono samples, ``(n,)`` in -1 to 1."""
        self._samples += samples.size
        self._waiting = np.concatenate([self._waiting, samples.astype(np.float32, copy=False)])
        self._consume()

    def result(self) -> Spectrogram:
        """Finish and return the spectrogram; it has no columns for empty input."""
        self._waiting = np.concatenate([self._waiting, np.zeros(self.n_fft, np.float32)])
        self._consume()
        columns = min(math.ceil(self._samples / (self.hop * self._group)), len(self._power))
        db = _decibels(self._power[:columns]).T.astype(np.float16)
        return Spectrogram(
            np.ascontiguousarray(db), self.sample_rate, self.hop * self._group / self.sample_rate
        )

    @property
    def _stride(self) -> int:
        """Hops from one frame to the next."""
        return max(1, self._group // _FRAMES_PER_COLUMN)

    def _consume(self) -> None:
        while True:
            step = self._stride * self.hop
            available = (self._waiting.size - self.n_fft) // step + 1
            room = (len(self._power) * self._group - self._hop_index) // self._stride
            if available <= 0:
                return
            if room == 0:
                self._merge()
                continue
            self._place(_powers(self._waiting, self.n_fft, step, min(available, room, _BATCH)))

    def _place(self, powers: Powers) -> None:
        columns = (self._hop_index + self._stride * np.arange(len(powers))) // self._group
        targets, starts = np.unique(columns, return_index=True)
        loudest = np.maximum.reduceat(powers, starts, axis=0)
        self._power[targets] = np.maximum(self._power[targets], loudest)
        self._waiting = self._waiting[len(powers) * self._stride * self.hop :]
        self._hop_index += len(powers) * self._stride

    def _merge(self) -> None:
        half = len(self._power) // 2
        self._power[:half] = np.maximum(self._power[::2], self._power[1::2])
        self._power[half:] = 0
        self._group *= 2


def live_hop(sample_rate: int) -> int:
    """Return the samples between columns of a scrolling spectrogram: about 43 columns a second at any rate."""
    return min(N_FFT, int(2 ** max(8, round(math.log2(sample_rate / _LIVE_COLUMNS_PER_S)))))


class ColumnStream:
    """Computes the columns of a scrolling spectrogram from a stream of samples."""

    def __init__(self, n_fft: int = N_FFT, hop: int = HOP) -> None:
        self.n_fft, self.hop = n_fft, hop
        self._waiting: FloatArray = np.zeros(0, np.float32)

    def add(self, samples: FloatArray) -> Powers:
        """New columns ``(n_fft // 2 + 1, k)`` in dB, ``k`` often 0; ``samples`` is mono ``(n,)``."""
        self._waiting = np.concatenate([self._waiting, samples.astype(np.float32, copy=False)])
        count = max(0, (self._waiting.size - self.n_fft) // self.hop + 1)
        if count == 0:
            return np.zeros((self.n_fft // 2 + 1, 0), np.float32)
        powers = _powers(self._waiting, self.n_fft, self.hop, count)
        self._waiting = self._waiting[count * self.hop :]
        return _decibels(powers).T


def hz_at(kind: Axis, row: float | FloatArray, n_rows: int, sample_rate: int) -> FloatArray:
    """Return the frequency in Hz at ``row`` of an axis (0 is the lowest, ``n_rows - 1`` half the sample rate)."""
    low, high = _ends(kind, sample_rate)
    fraction = np.asarray(row, np.float64) / max(1, n_rows - 1)
    return _to_hz(kind, low + fraction * (high - low))


def row_at(kind: Axis, hz: float | FloatArray, n_rows: int, sample_rate: int) -> FloatArray:
    """Inverse of :func:`hz_at`; frequencies outside the axis fall outside ``0 … n_rows - 1``."""
    low, high = _ends(kind, sample_rate)
    place = _from_hz(kind, np.maximum(np.asarray(hz, np.float64), 1e-3))
    return np.asarray((place - low) / (high - low) * max(1, n_rows - 1))


def axis_rows(kind: Axis, n_rows: int, n_freq: int, sample_rate: int) -> FloatArray:
    """Map each row of an axis to the ``n_freq`` rows of a :class:`Spectrogram`: float64 ``(n_rows,)``."""
    hz = hz_at(kind, np.arange(n_rows, dtype=np.float64), n_rows, sample_rate)
    return hz / (sample_rate / 2) * (n_freq - 1)


def on_axis(db: FloatArray, kind: Axis, n_rows: int, sample_rate: int) -> FloatArray:
    """Resample a spectrogram ``(n_freq, n_cols)`` to an axis: float32 ``(n_rows, n_cols)``, lowest row first.

    Rows between two bins are interpolated; rows that cover several take their maximum.
    """
    n_freq = len(db)
    rows = axis_rows(kind, n_rows, n_freq, sample_rate)
    below = np.clip(rows.astype(np.intp), 0, n_freq - 1)
    above = np.minimum(below + 1, n_freq - 1)
    share = (rows - below)[:, None].astype(np.float32)
    values = db.astype(np.float32, copy=False)
    out = values[below] * (1 - share) + values[above] * share
    edges = np.concatenate([rows[:1], (rows[1:] + rows[:-1]) / 2, rows[-1:]])
    first, last = np.ceil(edges[:-1]).astype(np.intp), np.ceil(edges[1:]).astype(np.intp)
    several = np.flatnonzero(last - first > 1)
    if len(several):
        ranges = np.column_stack([first[several], last[several]]).ravel()
        ranges = ranges[ranges < n_freq]  # the last one may reach the end, which is the default of reduceat
        out[several] = np.maximum.reduceat(values, ranges, axis=0)[::2]  # odd rows: gaps between ranges
    return np.asarray(out)


def ticks(kind: Axis, sample_rate: int) -> tuple[float, ...]:
    """Return the frequencies to label, in Hz, ascending and within the axis."""
    top = sample_rate / 2
    if kind == "linear":
        step = next(s for s in (500, 1000, 2000, 4000, 5000, 10_000, 20_000, math.inf) if top / s <= 8)
        return tuple(float(hz) for hz in np.arange(0, top + 1, min(step, top)))
    marks = (
        (0, 250, 500, 1000, 2000, 4000, 8000, 16_000)
        if kind == "mel"
        else (31.25, 62.5, 125, 250, 500, 1000, 2000, 4000, 8000, 16_000)
    )
    return tuple(float(hz) for hz in marks if hz <= top)


def nearest_note(hz: float) -> tuple[str, int]:
    """Return name and octave of the nearest equal-tempered note (A4 = 440 Hz) and the distance in cents.

    ``("", 0)`` below 16 Hz, where there is no note.
    """
    if hz < 16:
        return "", 0
    exact = 69 + 12 * math.log2(hz / 440)
    midi = round(exact)
    return f"{_NOTES[midi % 12]}{midi // 12 - 1}", round(100 * (exact - midi))


def _ends(kind: Axis, sample_rate: int) -> tuple[float, float]:
    lowest = LOWEST_LOG_HZ if kind == "log" else 0.0
    return float(_from_hz(kind, np.asarray(lowest))), float(_from_hz(kind, np.asarray(sample_rate / 2)))


def _from_hz(kind: Axis, hz: FloatArray) -> FloatArray:
    if kind == "mel":  # Slaney's Auditory Toolbox, as librosa: linear to 1 kHz, then logarithmic
        return np.where(
            hz < 1000, hz * 3 / 200, 15 + np.log(np.maximum(hz, 1000) / 1000) / (np.log(6.4) / 27)
        )
    return np.log2(hz) if kind == "log" else hz


def _to_hz(kind: Axis, place: FloatArray) -> FloatArray:
    if kind == "mel":
        return np.where(
            place < 15, place * 200 / 3, 1000 * np.exp((np.maximum(place, 15) - 15) * np.log(6.4) / 27)
        )
    return np.asarray(np.exp2(place)) if kind == "log" else place
