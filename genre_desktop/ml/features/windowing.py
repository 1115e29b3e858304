"""Cuts a song into the stretches that are measured and classified, while it is being decoded.

Memory stays bounded whatever the length: at most one window and one block are held (an excerpt of
a file that does not say how long it is: ten minutes).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError
from genre_desktop.ml.features.schema import SAMPLE_RATE

Mode = Literal["song", "excerpt"]
Samples = NDArray[np.float32]
Row = NDArray[np.float64]

WINDOW_S = 30.0
"""Seconds of a window: the length the published tables, and so the models, were measured at."""

HOP_S = 15.0
"""Seconds from one window of a song to the next."""

SLACK_S = 3.0
"""A song at most this much longer than a window is measured whole, and a tail at most this long is
left out: a window of its own would repeat nine tenths of its neighbour."""

UNKNOWN_S = 600.0
"""Of a file that does not say how long it is, an excerpt is the middle of this much."""


class FeatureExtractor(Protocol):
    """Anything that turns samples into a feature row, as :class:`~genre_desktop.ml.features.extractor.Extractor`."""

    def extract(self, samples: Samples, /) -> Row:
        """Measure mono samples at 22050 Hz."""


@dataclass(frozen=True, slots=True)
class WindowRow:
    """One window of a song and its features; seconds from the start of the song."""

    start_s: float
    length_s: float
    features: Row


def plan(duration_s: float, mode: Mode = "song") -> tuple[tuple[float, float], ...]:
    """The windows of a clip of known length as (start, length) in seconds.

    A clip up to 33 s is one window. A longer song has a window every 15 s, the last one moved so
    that it ends with the song; an excerpt is the 30 s in its middle.
    """
    if duration_s <= WINDOW_S + SLACK_S:
        return ((0.0, duration_s),)
    if mode == "excerpt":
        return (((duration_s - WINDOW_S) / 2, WINDOW_S),)
    starts = [i * HOP_S for i in range(int((duration_s - WINDOW_S) / HOP_S) + 1)]
    if duration_s - (starts[-1] + WINDOW_S) > SLACK_S:
        starts.append(duration_s - WINDOW_S)
    return tuple((start, WINDOW_S) for start in starts)


def rows(
    blocks: Iterable[Samples], mode: Mode, extractor: FeatureExtractor, duration_s: float | None = None
) -> Iterator[WindowRow]:
    """Measure the windows of :func:`plan` as the sound arrives.

    Parameters
    ----------
    blocks:
        Consecutive mono samples at 22050 Hz, of any sizes.
    mode:
        ``song``: all windows; ``excerpt``: the middle 30 s.
    extractor:
        Measures a window.
    duration_s:
        How long the file says it is; only an excerpt needs it, to know where the middle will be.

    Yields
    ------
    WindowRow
        In order. A silent window of a song that is not silent throughout has no row.

    Raises
    ------
    AppError
        As the extractor; ``silence`` only when no window had sound.
    """
    windows = _song(blocks) if mode == "song" else _excerpt(blocks, duration_s)
    silence: AppError | None = None
    heard = False
    for start, samples in windows:
        try:
            features = extractor.extract(samples)
        except AppError as error:
            if error.problem.code != "silence":
                raise
            silence = error
            continue
        heard = True
        yield WindowRow(start / SAMPLE_RATE, len(samples) / SAMPLE_RATE, features)
    if silence is not None and not heard:
        raise silence


def pool(values: Iterable[Row], rows_: Iterable[WindowRow]) -> Row:
    """Mean of one array per window (features or probabilities), weighted by the windows' lengths."""
    weights = np.array([row.length_s for row in rows_])
    return np.asarray(np.average(np.stack(list(values)), axis=0, weights=weights))


class _Tape:
    """The last stretch of a stream, addressed by sample numbers from its start."""

    def __init__(self) -> None:
        self.end = 0
        self._first = 0
        self._parts: list[Samples] = []

    def append(self, block: Samples) -> None:
        self._parts.append(block)
        self.end += len(block)

    def forget_before(self, position: int) -> None:
        while self._parts and self._first + len(self._parts[0]) <= position:
            self._first += len(self._parts.pop(0))

    def cut(self, start: int, length: int) -> Samples:
        pieces, first = [np.zeros(0, np.float32)], self._first
        for part in self._parts:
            pieces.append(part[max(0, start - first) : max(0, start + length - first)])
            first += len(part)
        return np.concatenate(pieces)


def _song(blocks: Iterable[Samples]) -> Iterator[tuple[int, Samples]]:
    """Windows of a stream whose length shows only at its end."""
    window, hop, slack = _samples(WINDOW_S), _samples(HOP_S), _samples(SLACK_S)
    tape, start = _Tape(), 0
    for block in blocks:
        tape.append(block)
        # The first window waits until it is sure that the song is not measured whole.
        while tape.end >= start + window and tape.end > window + slack:
            yield start, tape.cut(start, window)
            start += hop
        tape.forget_before(min(start, tape.end - window))
    if start == 0:
        yield 0, tape.cut(0, tape.end)
    elif tape.end - (start - hop + window) > slack:
        yield tape.end - window, tape.cut(tape.end - window, window)


def _excerpt(blocks: Iterable[Samples], duration_s: float | None) -> Iterator[tuple[int, Samples]]:
    """The middle window; the last one, when the stream ends before the middle it announced."""
    window, slack = _samples(WINDOW_S), _samples(SLACK_S)
    wanted = 0 if duration_s is None else max(0, (_samples(duration_s) - window) // 2)
    tape = _Tape()
    for block in blocks:
        tape.append(block)
        if duration_s is not None:
            tape.forget_before(min(wanted, tape.end - window - slack))
        if tape.end >= (_samples(UNKNOWN_S) if duration_s is None else wanted + window + slack):
            break
    if duration_s is None:
        wanted = max(0, (tape.end - window) // 2)
    if tape.end <= window + slack:
        yield 0, tape.cut(0, tape.end)
    else:
        start = min(wanted, tape.end - window)
        yield start, tape.cut(start, window)


def _samples(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)
