"""Segmentation of a song into sections of one genre each, from its windows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.types import Segment

Array = NDArray[np.float64]


def segments(
    starts: Sequence[float],
    lengths: Sequence[float],
    P: Array,
    classes: Sequence[str],
    pool: Callable[[Array], Array],
    duration_s: float,
) -> tuple[Segment, ...]:
    """Split the song at window boundaries, pool the windows over each piece, and merge equal neighbours.

    Parameters
    ----------
    starts, lengths:
        Seconds; windows may overlap or leave gaps.
    P:
        ``(n_windows, n_classes)`` probabilities of the windows.
    pool:
        Pools the windows over one piece: ``(k, n_classes)`` to ``(n_classes,)``.
    duration_s:
        The last segment ends here when its window was longer than the rest of the song.

    Returns
    -------
    tuple of Segment
        In order, without overlap; the probability is that of the genre, averaged over time.
    """
    begins = np.asarray(starts, dtype=np.float64)
    ends = np.minimum(begins + np.asarray(lengths, dtype=np.float64), max(duration_s, 0.0) or np.inf)
    merged: list[Segment] = []
    for start, end in pairwise(np.unique(np.concatenate([begins, ends])).tolist()):
        over = (begins < end) & (ends > start)
        if not over.any():
            continue
        votes = pool(P[over])
        best = int(votes.argmax())
        _append(merged, Segment(start, end, classes[best], float(votes[best])))
    return tuple(
        Segment(round(s.start_s, 3), round(s.end_s, 3), s.genre, round(s.probability, 6)) for s in merged
    )


def _append(merged: list[Segment], piece: Segment) -> None:
    last = merged[-1] if merged else None
    if last is None or last.genre != piece.genre or last.end_s != piece.start_s:
        merged.append(piece)
        return
    long, short = last.end_s - last.start_s, piece.end_s - piece.start_s
    mean = (long * last.probability + short * piece.probability) / (long + short)
    merged[-1] = Segment(last.start_s, piece.end_s, last.genre, mean)
