"""Changes to the parts of audio containers, with lengths and check sums that stay valid, or lie on purpose."""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import cache

from fuzz.mutation.blind import flip_bits, put_integer, replace_bytes
from fuzz.target import Choices, Mutator

Parts = list[bytes]


def riff(data: bytes, choices: Choices) -> bytes:
    """Change chunks of RIFF or FORM (wav, aiff, avi)."""
    if data[:4] not in (b"RIFF", b"FORM", b"RF64") or len(data) < 12:
        return flip_bits(data, choices)
    order = ">" if data[:4] == b"FORM" else "<"
    chunks, at = [], 12
    while at + 8 <= len(data):
        (size,) = struct.unpack(order + "I", data[at + 4 : at + 8])
        end = min(len(data), at + 8 + size + size % 2)
        chunks.append(data[at:end])
        at = end
    chunks = _rearranged(chunks, choices, lambda chunk: _with_length(chunk, 4, order + "I", 8))
    body = data[8:12] + b"".join(chunks)
    size = choices.random.choice((len(body), len(body), 0, 0xFFFFFFFF))
    return data[:4] + struct.pack(order + "I", size) + body


def ogg(data: bytes, choices: Choices) -> bytes:
    """Change pages of Ogg, with valid check sums."""
    starts = _occurrences(data, b"OggS")
    if not starts:
        return flip_bits(data, choices)
    pages = [data[a:b] for a, b in zip(starts, [*starts[1:], len(data)], strict=True)]
    pages = _rearranged(pages, choices, lambda page: page)
    return b"".join(map(_with_sum, pages))


def mp4(data: bytes, choices: Choices) -> bytes:
    """Change boxes of MP4 at any depth; the sizes of the boxes around are corrected, or not."""
    boxes = _boxes(data)
    if not boxes:
        return flip_bits(data, choices)
    at, size, parents = choices.random.choice(boxes)
    box = data[at : at + size]
    changed = choices.random.choice(
        (
            box[:8] + (flip_bits(box[8:], choices) if len(box) > 8 else b""),
            box[:8] + (put_integer(box[8:], choices) if len(box) > 8 else b"\0" * 4),
            b"",
            box + box,
            struct.pack(">I", choices.random.choice((0, 1, 7, 8, 0x7FFFFFFF, 0xFFFFFFFF, size + 1)))
            + box[4:],
        )
    )
    out = bytearray(data[:at] + changed + data[at + size :])
    if choices.random.random() < 0.8:
        for parent, length in parents:
            out[parent : parent + 4] = struct.pack(">I", max(0, length + len(changed) - size) & 0xFFFFFFFF)
    return bytes(out)


def id3(data: bytes, choices: Choices) -> bytes:
    """Change the frames of an ID3v2 tag, or put a tag with a length that lies in front."""
    if data[:3] != b"ID3" or len(data) < 20:
        size = choices.random.choice((0, 10, len(data), 2**28 - 1))
        return (
            b"ID3"
            + bytes((choices.random.choice((2, 3, 4)), 0, choices.random.choice((0, 0x80, 0x40, 0xF0))))
            + _synchsafe(size)
            + data
        )
    end = min(len(data), 10 + _from_synchsafe(data[6:10]))
    frames, at = [], 10
    while at + 10 <= end and data[at : at + 1].isalnum():
        size = min(struct.unpack(">I", data[at + 4 : at + 8])[0], end - at - 10)
        frames.append(data[at : at + 10 + size])
        at += 10 + size
    frames = _rearranged(frames, choices, lambda frame: _with_length(frame, 4, ">I", 10))
    body = b"".join(frames)
    size = choices.random.choice((len(body), len(body), len(body), 0, 2**28 - 1))
    return (
        data[:3]
        + choices.random.choice((data[3:6], b"\2\0\0", b"\3\0\x80", b"\4\0\x40"))
        + _synchsafe(size)
        + body
        + data[end:]
    )


def flac_blocks(data: bytes, choices: Choices) -> bytes:
    """Change the metadata blocks of FLAC."""
    if data[:4] != b"fLaC":
        return flip_bits(data, choices)
    blocks, at = [], 4
    while at + 4 <= len(data):
        size = int.from_bytes(data[at + 1 : at + 4], "big")
        blocks.append(data[at : at + 4 + size])
        last = data[at] & 0x80
        at += 4 + size
        if last:
            break

    def sized(block: bytes) -> bytes:
        return (
            block[:1] + struct.pack(">I", max(0, len(block) - 4))[1:] + block[4:] if len(block) > 4 else block
        )

    return data[:4] + b"".join(_rearranged(blocks, choices, sized)) + data[at:]


def vints(data: bytes, choices: Choices) -> bytes:
    """Change lengths of EBML elements (webm, mkv), found by the markers of their sizes."""
    out = bytearray(data)
    reach = min(len(out), choices.random.choice((128, 1024, len(out))))
    for _ in range(choices.random.randint(1, 4)):
        at = choices.random.randrange(reach)
        out[at] = choices.random.choice((0xFF, 0x01, 0x80, 0x81, 0x40, 0x1A, 0x08))
    return bytes(out)


CONTAINERS: tuple[Mutator, ...] = (riff, ogg, mp4, id3, flac_blocks, vints)
_BY_START: tuple[tuple[bytes, Mutator], ...] = (
    (b"RIFF", riff), (b"FORM", riff), (b"OggS", ogg), (b"ID3", id3), (b"fLaC", flac_blocks), (b"\x1a\x45", vints),
)  # fmt: skip


def of_container(data: bytes, choices: Choices) -> bytes:
    """Change a part of whatever container this is."""
    if data[4:8] == b"ftyp":
        return mp4(data, choices)
    for start, mutator in _BY_START:
        if data.startswith(start):
            return mutator(data, choices)
    return choices.random.choice((put_integer, replace_bytes, id3))(data, choices)


def _rearranged(parts: Parts, choices: Choices, sized: Callable[[bytes], bytes]) -> Parts:
    """Change one part, or leave it out, repeat or move it; ``sized`` corrects its length after a change."""
    if not parts:
        return parts
    where = choices.random.randrange(len(parts))
    part, others = parts[where], parts[:where] + parts[where + 1 :]
    match choices.random.randrange(6):
        case 0:
            return others
        case 1:
            return (
                [*parts, part]
                if choices.random.random() < 0.5
                else [*parts[:where], part, part, *parts[where + 1 :]]
            )
        case 2:
            others.insert(choices.random.randrange(len(parts)), part)
            return others
        case 3:
            changed = part[:8] + choices.random.randbytes(choices.random.choice((0, 1, 40, 70_000)))
            return [*parts[:where], sized(changed), *parts[where + 1 :]]
        case _:
            change = choices.random.choice((flip_bits, put_integer, replace_bytes))
            changed = change(part or b"\0", choices)
            return [
                *parts[:where],
                sized(changed) if choices.random.random() < 0.5 else changed,
                *parts[where + 1 :],
            ]


def _with_length(part: bytes, at: int, code: str, header: int) -> bytes:
    if len(part) < header:
        return part
    return part[:at] + struct.pack(code, len(part) - header) + part[at + struct.calcsize(code) :]


def _with_sum(page: bytes) -> bytes:
    if len(page) < 27 or page[:4] != b"OggS":
        return page
    blank = page[:22] + b"\0\0\0\0" + page[26:]
    total = 0
    table = _table()
    for byte in blank:
        total = ((total << 8) & 0xFFFFFFFF) ^ table[(total >> 24) ^ byte]
    return blank[:22] + struct.pack("<I", total) + blank[26:]


@cache
def _table() -> tuple[int, ...]:
    """Return the remainders of Ogg's CRC-32 (polynomial 04c11db7, not reflected)."""
    found = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = ((value << 1) ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
        found.append(value)
    return tuple(found)


_NESTED = frozenset(
    (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta", b"ilst", b"edts", b"dinf", b"mvex")
)


def _boxes(data: bytes) -> list[tuple[int, int, list[tuple[int, int]]]]:
    """Return the boxes: start, size, and start and size of each box around."""
    found: list[tuple[int, int, list[tuple[int, int]]]] = []

    def walk(at: int, end: int, parents: list[tuple[int, int]]) -> None:
        while at + 8 <= end and len(found) < 500:
            (size,) = struct.unpack(">I", data[at : at + 4])
            size = size if 8 <= size <= end - at else end - at
            found.append((at, size, parents))
            if data[at + 4 : at + 8] in _NESTED and len(parents) < 12:
                walk(at + 8, at + size, [*parents, (at, size)])
            elif data[at + 4 : at + 8] == b"meta" and len(parents) < 12:
                walk(at + 12, at + size, [*parents, (at, size)])
            at += size

    walk(0, len(data), [])
    return found


def _occurrences(data: bytes, mark: bytes) -> list[int]:
    found, at = [], data.find(mark)
    while at >= 0:
        found.append(at)
        at = data.find(mark, at + 1)
    return found


def _synchsafe(size: int) -> bytes:
    return bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))


def _from_synchsafe(field: bytes) -> int:
    return sum((byte & 0x7F) << shift for byte, shift in zip(field, (21, 14, 7, 0), strict=True))
