"""The pages of an Ogg file, by which a file of which something was lost differs from a whole one.

FFmpeg skips pages that are damaged without a word. What they held is known from the granule positions (the samples
since the beginning, RFC 3533) of those that are left. Not every hole is damage: a recorder that was paused numbers
its pages without one, and a recording of a radio stream begins in the middle of it.
"""

from __future__ import annotations

import struct
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from genre_desktop.audio.decoding.container import Reader
from genre_desktop.core.errors import Cancelled, no_cancel

LAST = 4
"""Flag of the last page of a stream."""

_FIRST = 2
_MARK = b"OggS"
_LARGEST = 65_307
"""Largest possible page, in bytes."""
_HEADER = struct.Struct("<4sBBqIIIB")
_CHUNK = 1 << 18
_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_SOUND = (b"\x01vorbis", b"OpusHead", b"\x7fFLAC", b"Speex   ")
"""Beginnings of the first packet of a stream of sound."""
_FEW_PAGES = 4
"""So few pages missing behind the headers are lost; where a radio stream was joined, far more came before."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page whose check sum is right; ``skipped`` is the number of other bytes before it."""

    flags: int
    granule: int
    serial: int
    number: int
    body: bytes
    skipped: int


@dataclass(frozen=True, slots=True)
class Loss:
    """Samples that the streams of sound had, one after another, and the number of damaged places."""

    expected: int
    places: int


def pages(
    file: Reader | BinaryIO, cancelled: Callable[[], bool] = no_cancel, start: int = 0
) -> Iterator[Page]:
    """Yield the undamaged pages from a byte on; :class:`.Cancelled` when ``cancelled()`` is true."""
    file.seek(start)
    held, skipped, ended = b"", 0, False
    while not ended:
        if cancelled():
            raise Cancelled
        chunk = file.read(_CHUNK)
        held, at, ended = held + chunk, 0, not chunk
        while (found := held.find(_MARK, at)) >= 0 and (ended or len(held) - found >= _LARGEST):
            data = held[found : found + _size(held, found)]
            skipped += found - at
            if _is_whole(data):
                if isinstance(file, Reader):
                    file.found_sound()
                yield _page(data, skipped)
                at, skipped = found + len(data), 0
            else:
                at, skipped = found + 1, skipped + 1
        kept = found if found >= 0 else max(at, len(held) - len(_MARK) + 1)
        held, skipped = held[kept:], skipped + kept - at


def last_page(file: Reader | BinaryIO) -> Page | None:
    """Return the last page, if it is not damaged; tags may follow it."""
    size = file.seek(0, 2)
    found = deque(pages(file, start=max(0, size - 2 * _LARGEST)), maxlen=1)
    return found[0] if found else None


def loss(file: Reader, begin: int, cancelled: Callable[[], bool] = no_cancel) -> Loss | None:
    """Return what a file held; None where none of it was lost, or that cannot be known.

    Parameters
    ----------
    file:
        An Ogg file.
    begin:
        Granule position at which the first sound was found.
    cancelled:
        As of :func:`pages`.
    """
    streams: list[_Stream] = []
    others: set[int] = set()
    places = pending = 0
    for page in pages(file, cancelled):
        pending += page.skipped > 0 and bool(streams)
        known = streams and page.serial == streams[-1].serial
        if page.flags & _FIRST and not page.body.startswith(_SOUND):
            others.add(page.serial)
        elif page.flags & _FIRST or not (known or page.serial in others):
            if streams and not streams[-1].heard:
                return None  # two at the same time, as in a film of two languages
            others.update(stream.serial for stream in streams[-1:])
            streams.append(_Stream(page.serial, page.number, damaged=not page.flags & _FIRST))
            places, pending = places + pending, 0
        elif known:
            streams[-1].add(page, pending > 0, begin if len(streams) == 1 else page.granule)
            places, pending = places + pending, 0
    if not places and not any(stream.damaged for stream in streams):
        return None
    return Loss(sum(stream.end - stream.begin for stream in streams), places)


@dataclass(slots=True)
class _Stream:
    """One stream of sound so far; ``begin`` and ``end`` are granule positions."""

    serial: int
    number: int
    begin: int = 0
    end: int = 0
    missing: int = 0
    damaged: bool = False
    heard: bool = False

    def add(self, page: Page, damaged: bool, begin: int) -> None:
        """Add the next page; where a recording joined the stream in the middle, its sound is from ``begin`` on."""
        self.missing += (page.number - self.number - 1) % (1 << 32)
        self.damaged |= damaged
        self.number = page.number
        if page.granule <= 0:  # headers, or no packet ends there
            return
        if self.heard or self.missing <= _FEW_PAGES:
            self.damaged |= self.missing > 0
        elif not self.damaged:
            self.begin = begin
        self.end, self.missing, self.heard = max(self.end, page.granule), 0, True


def _size(held: bytes, start: int) -> int:
    """Return the bytes of a page, or what is there of its header."""
    head = start + _HEADER.size
    if len(held) < head:
        return len(held) - start
    count = held[head - 1]
    return _HEADER.size + count + sum(held[head : head + count])


def _is_whole(page: bytes) -> bool:
    if len(page) < _HEADER.size or page[4]:  # the version is zero
        return False
    return len(page) == _size(page, 0) and struct.unpack_from("<I", page, 22)[0] == checksum(page)


def checksum(page: bytes) -> int:
    """Return the CRC-32 of a page as Ogg has it: polynomial 04c11db7, mirrored against that of zlib, without masks."""
    data = (page[:22] + bytes(4) + page[26:]).translate(_MIRRORED)
    mirrored = zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int.from_bytes(mirrored.to_bytes(4, "little").translate(_MIRRORED), "big")


def _page(page: bytes, skipped: int) -> Page:
    _, _, flags, granule, serial, number, _, count = _HEADER.unpack_from(page)
    return Page(flags, granule, serial, number, page[_HEADER.size + count :], skipped)
