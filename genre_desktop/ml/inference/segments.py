"""Segmentation of a song into sections of one genre each, or without music, from its windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.types import Kind, Segment

Array = NDArray[np.float64]
_Piece = tuple[float, float, NDArray[np.bool_]]
"""Start and end in seconds, and which windows contain it."""


def segments(
    starts: Sequence[float],
    lengths: Sequence[float],
    kinds: Sequence[Kind],
    P: Array,
    classes: Sequence[str],
    pool: Callable[[Array], Array],
    duration_s: float,
) -> tuple[Segment, ...]:
    """Split the song at window boundaries, pool the windows over each piece, and merge equal neighbours.

    A piece that lies in windows with music and in others is music.

    Parameters
    ----------
    starts, lengths:
        Seconds; windows may overlap or leave gaps.
    kinds:
        What the windows contain.
    P:
        ``(n, n_classes)`` probabilities of the ``n`` windows with music, in their order.
    pool:
        Pools the windows over one piece: ``(k, n_classes)`` to ``(n_classes,)``.
    duration_s:
        The last segment ends here when its window was longer than the rest of the song.

    Returns
    -------
    tuple of Segment
        In order, without overlap; the probability is that of the genre, averaged over time.
    """
    music = np.array([kind == "music" for kind in kinds])
    place = np.cumsum(music) - 1
    merged: list[Segment] = []
    for start, end, over in _pieces(starts, lengths, duration_s):
        if (over & music).any():
            votes = pool(P[place[over & music]])
            best = int(votes.argmax())
            _append(merged, Segment(start, end, classes[best], float(votes[best])))
        else:
            _append(merged, Segment(start, end, "", 0.0, kinds[int(over.argmax())]))
    return tuple(map(_rounded, merged))


def without_music(
    starts: Sequence[float], lengths: Sequence[float], kinds: Sequence[Kind], duration_s: float
) -> tuple[Segment, ...]:
    """Return the sections of a recording that gets no genre: of each piece, the kind of its first window."""
    merged: list[Segment] = []
    for start, end, over in _pieces(starts, lengths, duration_s):
        _append(merged, Segment(start, end, "", 0.0, kinds[int(over.argmax())]))
    return tuple(map(_rounded, merged))


def _pieces(starts: Sequence[float], lengths: Sequence[float], duration_s: float) -> Iterator[_Piece]:
    """Yield the pieces between window boundaries, except gaps between windows."""
    begins = np.asarray(starts, dtype=np.float64)
    ends = np.minimum(begins + np.asarray(lengths, dtype=np.float64), max(duration_s, 0.0) or np.inf)
    for start, end in pairwise(np.unique(np.concatenate([begins, ends])).tolist()):
        over = (begins < end) & (ends > start)
        if over.any():
            yield start, end, over


def _append(merged: list[Segment], piece: Segment) -> None:
    last = merged[-1] if merged else None
    if last is None or (last.genre, last.kind) != (piece.genre, piece.kind) or last.end_s != piece.start_s:
        merged.append(piece)
        return
    long, short = last.end_s - last.start_s, piece.end_s - piece.start_s
    mean = (long * last.probability + short * piece.probability) / (long + short)
    merged[-1] = replace(last, end_s=piece.end_s, probability=mean)


def _rounded(segment: Segment) -> Segment:
    return replace(
        segment,
        start_s=round(segment.start_s, 3),
        end_s=round(segment.end_s, 3),
        probability=round(segment.probability, 6),
    )
