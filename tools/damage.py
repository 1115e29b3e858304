"""Damages copies of sound files as disks, downloads and cut recordings do, for tests and benchmarks."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

Damage = Callable[[bytes, random.Random], bytes]

_CLUSTER = 4096
"""Bytes that a disk loses at once."""


def flipped_bits(data: bytes, choice: random.Random) -> bytes:
    """Flip 1 to 40 bits, anywhere behind the first 200 bytes."""
    out = bytearray(data)
    for _ in range(choice.choice((1, 5, 40))):
        out[choice.randrange(200, len(out))] ^= 1 << choice.randrange(8)
    return bytes(out)


def removed_span(data: bytes, choice: random.Random) -> bytes:
    """Leave out up to two thirds of the file."""
    start, end = _span(data, choice)
    return data[:start] + data[end:]


def zeroed_span(data: bytes, choice: random.Random) -> bytes:
    """Set up to two thirds of the file to zero, as where a download has holes."""
    start, end = _span(data, choice)
    return data[:start] + bytes(end - start) + data[end:]


def foreign_span(data: bytes, choice: random.Random) -> bytes:
    """Replace up to two thirds of the file by other content, as after a file system was damaged."""
    start, end = _span(data, choice)
    return data[:start] + choice.randbytes(end - start) + data[end:]


def zeroed_clusters(data: bytes, choice: random.Random) -> bytes:
    """Set one to five clusters to zero."""
    out = bytearray(data)
    for _ in range(choice.randint(1, 5)):
        start = choice.randrange(1, max(2, len(data) // _CLUSTER)) * _CLUSTER
        out[start : start + _CLUSTER] = bytes(len(out[start : start + _CLUSTER]))
    return bytes(out)


def moved_pages(data: bytes, choice: random.Random) -> bytes:
    """Exchange two Ogg pages behind the headers, or leave out up to half of them; of other files, equal spans."""
    pages = list(ogg_pages(data)) or [data[at : at + _CLUSTER] for at in range(0, len(data), _CLUSTER)]
    if len(pages) < 4:
        return removed_span(data, choice)
    one, other = choice.sample(range(2, len(pages)), 2)
    if choice.random() < 0.5:
        pages[one], pages[other] = pages[other], pages[one]
    else:
        del pages[one : one + choice.randint(1, max(1, len(pages) // 2))]
    return b"".join(pages)


KINDS: dict[str, Damage] = {
    damage.__name__: damage
    for damage in (flipped_bits, removed_span, zeroed_span, foreign_span, zeroed_clusters, moved_pages)
}
"""Every kind of damage by its name."""


def ogg_pages(data: bytes) -> Iterator[bytes]:
    """Yield the pages of an Ogg file."""
    at = data.find(b"OggS")
    while 0 <= at < len(data) - 27:
        count = data[at + 26]
        end = at + 27 + count + sum(data[at + 27 : at + 27 + count])
        yield data[at:end]
        at = data.find(b"OggS", end)


def _span(data: bytes, choice: random.Random) -> tuple[int, int]:
    size = int(len(data) * choice.choice((0.03, 0.1, 0.3, 0.66)))
    start = choice.randrange(min(200, len(data) - size), len(data) - size + 1)
    return start, start + size
