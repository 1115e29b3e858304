"""Messages about what was not read of a file: cut off, lost within, or damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from genre_desktop.audio.decoding import ogg_pages
from genre_desktop.audio.decoding.container import Probe, Reader
from genre_desktop.audio.decoding.packets import PacketReader
from genre_desktop.audio.decoding.truncation import declared_size, states_duration, truncation_message
from genre_desktop.core.messages import Message, message, message_plural

_LOST_S = 0.6
"""Where only times are known, less may be what codecs pad and trim."""
_LOST_OGG_S = 0.1
"""The same for Ogg, where pages are known to be lost."""
_UNCERTAIN_TIMES = (
    "ogg", "mov", "matroska", "mpegts", "mpeg", "flv", "nut", "rm", "wtv", "mxf", "aac", "loas",
)  # fmt: skip
"""Containers whose times may jump without a loss, as where a recording was paused or a broadcast was joined; and plain
AAC, whose packets may be twice as long as their headers say."""
_OWN_DURATION = ("avi", "asf")
"""Containers whose duration FFmpeg shortens to what the size of the file allows. Those with a size that the file has are
as long as they say; of those without, as from a live broadcast, FFmpeg estimates it."""


def loss_messages(
    file: Reader,
    info: Probe,
    stream: Any,
    reader: PacketReader,
    found_s: float,
    cancelled: Callable[[], bool],
) -> Iterator[Message]:
    """Yield at most one message: the graver loss explains the lesser.

    Parameters
    ----------
    file, info, stream:
        The opened file, its metadata and its stream.
    reader:
        The reader that has read the file to its end.
    found_s:
        Seconds that were decoded.
    cancelled:
        As of :class:`.Decoder`; the pages of a damaged Ogg file are read again.
    """
    cut = truncation_message(file, info.container, info.duration_s, info.has_video, found_s)
    within = bool(cut) and _reaches_the_end(file, info, reader)
    damaged, expected_s = reader.damaged, 0.0
    if within:
        expected_s = info.duration_s or 0.0
    elif info.container != "ogg":
        expected_s = _expected_s(file, info, reader, found_s)
    elif not cut and not reader.enough:
        expected_s, places = _expected_of_ogg(file, stream, found_s, cancelled)
        damaged += places
    if cut and not within:
        yield cut
    elif expected_s:
        yield message(
            "The file is damaged: {found_s:.1f} s of {expected_s:.1f} s could be read.",
            found_s=found_s,
            expected_s=expected_s,
        )
    elif reader.stopped:
        yield message(
            "Reading stopped after {found_s:.1f} s, because the rest is damaged or changes its format.",
            found_s=found_s,
        )
    elif damaged:
        yield message_plural(
            damaged,
            "1 damaged part was skipped; the rest was read.",
            "{n} damaged parts were skipped; the rest was read.",
        )


def _reaches_the_end(file: Reader, info: Probe, reader: PacketReader) -> bool:
    """Whether the last packet ends where the header says that the sound does, so that nothing was cut off there."""
    stated_s = info.duration_s or 0.0
    return states_duration(file, info.container, info.has_video) and reader.end_s >= stated_s - _LOST_S


def _expected_s(file: Reader, info: Probe, reader: PacketReader, found_s: float) -> float:
    """Return how long the sound should be by its header or the times of its packets, or zero if so much was decoded."""
    kind = info.container.split(",", 1)[0]
    expected_s = 0.0 if kind in _UNCERTAIN_TIMES else reader.end_s
    if kind in _OWN_DURATION and not info.has_video and declared_size(file, kind):
        expected_s = info.duration_s or 0.0
    return expected_s if expected_s - found_s > _LOST_S else 0.0


def _expected_of_ogg(
    file: Reader, stream: Any, found_s: float, cancelled: Callable[[], bool]
) -> tuple[float, int]:
    """Return how long the sound should be, or zero where all of it was decoded, and the number of damaged places."""
    tick, begin = float(stream.time_base), stream.start_time or 0
    last = ogg_pages.last_page(file)
    if last is not None and not begin and abs(last.granule * tick - found_s) < _LOST_OGG_S:
        return 0.0, 0  # as in every whole file that is no chain, which is not read again
    loss = ogg_pages.loss(file, begin, cancelled)
    if loss is None:
        return 0.0, 0
    expected_s = loss.expected * tick
    return (expected_s if expected_s - found_s > _LOST_OGG_S else 0.0), loss.places
