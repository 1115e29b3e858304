"""Tells a file that was cut off from one that is whole.

Decoders read a truncated file silently short, so what was read is compared with what the header
promised, in seconds where it names a duration, else in bytes.
"""

from __future__ import annotations

import struct
from typing import Protocol

_HEAD = 64 * 1024
_OGG_PAGE = 65_307
"""Largest possible Ogg page, in bytes."""
_UNKNOWN = 0x7FFFF000
"""Sizes from here on are placeholders of programs that wrote to a pipe."""
_ASF_FILE_PROPERTIES = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")
_W64_RIFF = bytes.fromhex("726966662e91cf11a5d628db04c10000")
_MKV_SEGMENT = bytes.fromhex("18538067")

_EXACT = ("flac", "aiff", "wav", "w64", "caf", "au", "wv", "tta", "ape", "mov")
"""Containers whose header states the duration of the sound itself."""


_TOLERANCE_S = 0.25
"""Codecs pad and trim; differences this small are no loss."""
_TOLERANCE_BYTES = 1024


class Readable(Protocol):
    """The part of a binary file that is used here."""

    def read(self, size: int = -1, /) -> bytes:
        """Up to ``size`` bytes."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """The new position."""


def truncation_message(
    file: Readable, container: str, stated_s: float | None, has_video: bool, found_s: float
) -> str:
    """A sentence saying how much of a file was read, or empty text where nothing is missing.

    ``stated_s`` is the header's duration, ``found_s`` what was decoded, both in seconds.
    """
    if stated_s and found_s < stated_s - _TOLERANCE_S and states_duration(file, container, has_video):
        return _read_of(found_s, stated_s)
    size = file.seek(0, 2)
    promised = declared_size(file)
    if promised is not None and promised - size > _TOLERANCE_BYTES:
        return _read_of(found_s, found_s * promised / size)
    if ogg_is_cut(file):
        return f"The file breaks off: {found_s:.1f} s could be read, and what came after is missing."
    return ""


def _read_of(found_s: float, expected_s: float) -> str:
    return f"The file breaks off: {found_s:.1f} s of {expected_s:.1f} s could be read."


def declared_size(file: Readable) -> int | None:
    """How long the file should be by its own header; None where the format does not say."""
    file.seek(0)
    head = file.read(_HEAD)
    for reader in (_riff, _w64, _asf, _matroska):
        size = reader(head)
        if size is not None:
            return size
    return None


def states_duration(file: Readable, container: str, has_video: bool) -> bool:
    """True where the header's duration is that of the sound, not an estimate from the bit rate."""
    if container == "mp3":
        return _mp3_has_index(file)
    if container.startswith("matroska"):
        return not has_video  # else the duration of the longest stream
    return container.split(",", 1)[0] in _EXACT


def ogg_is_cut(file: Readable) -> bool:
    """True where an Ogg file does not close with a page marked as the last."""
    file.seek(0)
    if file.read(4) != b"OggS":
        return False
    size = file.seek(0, 2)
    file.seek(max(0, size - _OGG_PAGE))
    tail = file.read()
    last = tail.rfind(b"OggS")
    return last < 0 or last + 5 >= len(tail) or not tail[last + 5] & 0x04


def _riff(head: bytes) -> int | None:
    # RIFF counts little-endian, FORM (aiff) big-endian, both without their first eight bytes.
    order = {b"RIFF": "<I", b"FORM": ">I"}.get(head[:4])
    if order is None or len(head) < 8:
        return None
    size = int(struct.unpack(order, head[4:8])[0])
    return 8 + size if 0 < size < _UNKNOWN else None


def _w64(head: bytes) -> int | None:
    return int(struct.unpack("<Q", head[16:24])[0]) if head.startswith(_W64_RIFF) else None


def _asf(head: bytes) -> int | None:
    # File Properties Object: identifier, size (8), file identifier (16), file size (8).
    start = head.find(_ASF_FILE_PROPERTIES)
    if start < 0 or not head.startswith(bytes.fromhex("3026b275")):
        return None
    field = head[start + 40 : start + 48]
    return int(struct.unpack("<Q", field)[0]) or None if len(field) == 8 else None


def _matroska(head: bytes) -> int | None:
    # EBML: the length of the size field is told by the leading zeros of its first byte.
    start = head.find(_MKV_SEGMENT)
    if not head.startswith(bytes.fromhex("1a45dfa3")) or start < 0 or start + 12 > len(head):
        return None
    first = head[start + 4]
    length = 9 - first.bit_length()
    if not 1 <= length <= 8:
        return None
    raw = int.from_bytes(head[start + 4 : start + 4 + length], "big")
    size = raw & ((1 << (7 * length)) - 1)
    unknown = size == (1 << (7 * length)) - 1
    return None if unknown else start + 4 + length + size


def _mp3_has_index(file: Readable) -> bool:
    file.seek(0)
    head = file.read(10)
    start = 0
    if head[:3] == b"ID3" and len(head) == 10:
        size = 0
        for byte in head[6:10]:  # seven bits a byte
            size = size << 7 | byte & 0x7F
        start = 10 + size
    file.seek(start)
    frame = file.read(4096)
    return any(mark in frame for mark in (b"Xing", b"Info", b"VBRI"))
