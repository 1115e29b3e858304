"""Split a song into windows for feature extraction while it is being decoded.

Memory is bounded whatever the length: at most one window and one block are held (for an excerpt of
a file without a declared length: ten minutes).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.sandbox.client import probe
from genre_desktop.core.errors import AppError
from genre_desktop.core.types import Kind
from genre_desktop.ml.features import sound_kind
from genre_desktop.ml.features.dsp.filter_banks import HOP
from genre_desktop.ml.features.schema import SAMPLE_RATE

Mode = Literal["song", "excerpt"]
Samples = NDArray[np.float32]
Row = NDArray[np.float64]
_Window = tuple[int, int, Samples, bool]
"""Planned first sample, first sample, samples, and whether it is the only window."""

GRID = HOP
"""Windows of a song start at multiples of this many samples, the hop of the features' frames, so that
neighbours share the frames of their common half: at most 23 ms from where :func:`plan` places them."""

WINDOW_S = 30.0
"""Window length in seconds: that of the published tables, and so of the models' training data."""

HOP_S = 15.0
"""Seconds from one window of a song to the next."""

SLACK_S = 3.0
"""A song at most this much longer than a window is one window, and a tail at most this long is
ignored: another window would overlap its neighbour by nine tenths."""

UNKNOWN_S = 600.0
"""Of a file without a declared length, an excerpt is the middle of this much."""


class FeatureExtractor(Protocol):
    """Protocol of :class:`~genre_desktop.ml.features.window_extractor.WindowExtractor`."""

    def extract(self, samples: Samples, start: int, whole: bool, shift: int, /) -> Row:
        """Return the feature row of mono samples at 22050 Hz, from ``start`` of a song or all that is read of it.

        The window was planned to begin ``shift`` samples later.
        """


@dataclass(frozen=True, slots=True)
class WindowRow:
    """One window of a song, its features and what it contains; seconds from the start of the song."""

    start_s: float
    length_s: float
    features: Row
    kind: Kind = "music"


def plan(duration_s: float, mode: Mode = "song") -> tuple[tuple[float, float], ...]:
    """Return the windows of a clip of known length as (start, length) in seconds.

    A clip up to 33 s is one window. A longer song has a window every 15 s, the last one moved to
    end with the song; an excerpt is the middle 30 s.
    """
    if duration_s <= WINDOW_S + SLACK_S:
        return ((0.0, duration_s),)
    if mode == "excerpt":
        return (((duration_s - WINDOW_S) / 2, WINDOW_S),)
    starts = [i * HOP_S for i in range(int((duration_s - WINDOW_S) / HOP_S) + 1)]
    if duration_s - (starts[-1] + WINDOW_S) > SLACK_S:
        starts.append(duration_s - WINDOW_S)
    return tuple((start, WINDOW_S) for start in starts)


def part_to_decode(path: str | os.PathLike[str], mode: Mode) -> tuple[float, float | None, Mode]:
    """Return start and length in seconds of the part of a file that ``mode`` needs, and the mode for its blocks.

    That is the whole file (length None), unless only an excerpt is wanted and the file declares its length; of the
    excerpt, all is read. Raises as :func:`.client.probe`.
    """
    duration = probe(path).duration_s if mode == "excerpt" else None
    if not duration:
        return 0.0, None, mode
    ((start, length),) = plan(duration, mode)
    return (start, length, "song") if start else (0.0, None, mode)


def rows(
    blocks: Iterable[Samples], mode: Mode, extractor: FeatureExtractor, duration_s: float | None = None
) -> Iterator[WindowRow]:
    """Extract the features of the windows of :func:`plan` while blocks arrive.

    Parameters
    ----------
    blocks:
        Consecutive mono samples at 22050 Hz, of any sizes.
    mode:
        ``song``: all windows; ``excerpt``: the middle 30 s.
    duration_s:
        Declared length of the file; only an excerpt needs it, to locate its middle.

    Yields
    ------
    WindowRow
        In order. Silent windows of a song that is not entirely silent are omitted.

    Raises
    ------
    AppError
        As the extractor; ``silence`` only when all windows are silent.
    """
    windows = _song(blocks) if mode == "song" else _excerpt(blocks, duration_s)
    silence: AppError | None = None
    any_sound = False
    for planned, start, samples, whole in windows:
        try:
            features = extractor.extract(samples, start, whole, planned - start)
        except AppError as error:
            if error.problem.code != "silence":
                raise
            silence = error
            continue
        any_sound = True
        # Overlapping windows are judged by their middles, which together are the song.
        judged = samples if whole else samples[len(samples) // 4 : -len(samples) // 4]
        kind = sound_kind.classify_window(judged, sound_kind.encoding_of(features))
        yield WindowRow(planned / SAMPLE_RATE, len(samples) / SAMPLE_RATE, features, kind)
    if silence is not None and not any_sound:
        raise silence


def pool(values: Iterable[Row], rows_: Iterable[WindowRow]) -> Row:
    """Return the mean of one array per window (features or probabilities), weighted by window length."""
    weights = np.array([row.length_s for row in rows_])
    return np.asarray(np.average(np.stack(list(values)), axis=0, weights=weights))


class _StreamBuffer:
    """The last part of a stream, addressed by sample numbers from its start."""

    def __init__(self) -> None:
        self.end = 0
        self._first = 0
        self._parts: list[Samples] = []

    def append(self, block: Samples) -> None:
        self._parts.append(block)
        self.end += len(block)

    def discard_before(self, position: int) -> None:
        while self._parts and self._first + len(self._parts[0]) <= position:
            self._first += len(self._parts.pop(0))

    def cut(self, start: int, length: int) -> Samples:
        pieces, first = [np.zeros(0, np.float32)], self._first
        for part in self._parts:
            pieces.append(part[max(0, start - first) : max(0, start + length - first)])
            first += len(part)
        return np.concatenate(pieces)


def _song(blocks: Iterable[Samples]) -> Iterator[_Window]:
    """Yield the windows of a stream of unknown length."""
    window, hop, slack = _samples(WINDOW_S), _samples(HOP_S), _samples(SLACK_S)
    buffer, planned = _StreamBuffer(), 0
    for block in blocks:
        buffer.append(block)
        # The first window waits until the song is longer than a single window may be.
        while buffer.end >= _on_grid(planned) + window and buffer.end > window + slack:
            yield planned, _on_grid(planned), buffer.cut(_on_grid(planned), window), False
            planned += hop
        buffer.discard_before(min(planned, buffer.end - window) - GRID)
    if planned == 0:
        yield 0, 0, buffer.cut(0, buffer.end), True
    elif buffer.end - (planned - hop + window) > slack:
        planned = buffer.end - window
        start = planned // GRID * GRID
        yield planned, start, buffer.cut(start, window), False


def _on_grid(sample: int) -> int:
    return round(sample / GRID) * GRID


def _excerpt(blocks: Iterable[Samples], duration_s: float | None) -> Iterator[_Window]:
    """Yield the middle window, or the last one when the stream ends before the declared middle."""
    window, slack = _samples(WINDOW_S), _samples(SLACK_S)
    middle = 0 if duration_s is None else max(0, (_samples(duration_s) - window) // 2)
    buffer = _StreamBuffer()
    for block in blocks:
        buffer.append(block)
        if duration_s is not None:
            buffer.discard_before(min(middle, buffer.end - window - slack))
        if buffer.end >= (_samples(UNKNOWN_S) if duration_s is None else middle + window + slack):
            break
    if duration_s is None:
        middle = max(0, (buffer.end - window) // 2)
    if buffer.end <= window + slack:
        yield 0, 0, buffer.cut(0, buffer.end), True
    else:
        start = min(middle, buffer.end - window)
        yield start, start, buffer.cut(start, window), True


def _samples(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)
