"""Changes that know nothing of the format."""

from __future__ import annotations

import struct

from fuzz.target import Choices, Mutator

LARGEST = 400_000
"""Bytes; longer inputs are cut, so that each run stays short."""

_INTEGERS = (
    0,
    1,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFF,
    0x10000,
    0xFFFFFF,
)


def flip_bits(data: bytes, choices: Choices) -> bytes:
    """Flip one to sixteen bits."""
    out = bytearray(data)
    for _ in range(choices.random.randint(1, 16)):
        out[choices.random.randrange(len(out))] ^= 1 << choices.random.randrange(8)
    return bytes(out)


def replace_bytes(data: bytes, choices: Choices) -> bytes:
    """Replace a few bytes that follow each other."""
    start, end = _span(data, choices, 16)
    return data[:start] + choices.random.randbytes(end - start) + data[end:]


def remove_span(data: bytes, choices: Choices) -> bytes:
    """Leave a span out."""
    start, end = _span(data, choices)
    return data[:start] + data[end:]


def repeat_span(data: bytes, choices: Choices) -> bytes:
    """Repeat a span."""
    start, end = _span(data, choices)
    return data[:end] + data[start:end] * choices.random.choice((1, 1, 2, 20)) + data[end:]


def clear_span(data: bytes, choices: Choices) -> bytes:
    """Fill a span with zeros or ones."""
    start, end = _span(data, choices)
    return data[:start] + choices.random.choice((b"\0", b"\xff")) * (end - start) + data[end:]


def cut(data: bytes, choices: Choices) -> bytes:
    """Keep the beginning only."""
    return data[: choices.random.randrange(len(data))]


def put_integer(data: bytes, choices: Choices) -> bytes:
    """Write an integer at the border of a type somewhere, most likely near the beginning."""
    value = choices.random.choice(_INTEGERS) + choices.random.choice((0, 0, 1, -1))
    size, order = choices.random.choice(("B", "H", "I", "Q")), choices.random.choice("<>")
    field = struct.pack(order + "Q", value & (2**64 - 1))
    width = struct.calcsize(size)
    field = field[:width] if order == "<" else field[-width:]
    reach = min(len(data), choices.random.choice((64, 512, len(data))))
    at = choices.random.randrange(reach)
    return data[:at] + field + data[at + width :]


def splice(data: bytes, choices: Choices) -> bytes:
    """Join the beginning of this input and the end of another."""
    if not choices.others:
        return flip_bits(data, choices)
    other = choices.random.choice(choices.others)
    return data[: choices.random.randrange(len(data))] + other[choices.random.randrange(len(other) + 1) :]


def insert_other(data: bytes, choices: Choices) -> bytes:
    """Insert a piece of another input."""
    if not choices.others:
        return repeat_span(data, choices)
    other = choices.random.choice(choices.others)
    start, end = _span(other, choices) if other else (0, 0)
    at = choices.random.randrange(len(data))
    return data[:at] + other[start:end] + data[at:]


BLIND: tuple[Mutator, ...] = (
    flip_bits,
    replace_bytes,
    remove_span,
    repeat_span,
    clear_span,
    cut,
    put_integer,
    put_integer,
    splice,
    insert_other,
)


def mutate(data: bytes, choices: Choices, own: tuple[Mutator, ...]) -> bytes:
    """Apply one to four changes; those of the format as often as the blind ones."""
    for _ in range(choices.random.choice((1, 1, 1, 2, 2, 3, 4))):
        kind = own if own and choices.random.random() < 0.5 else BLIND
        data = choices.random.choice(kind)(data or b"\0", choices)
    return data[:LARGEST]


def _span(data: bytes, choices: Choices, longest: int = 0) -> tuple[int, int]:
    start = choices.random.randrange(len(data))
    most = longest or choices.random.choice((4, 64, 1024, len(data)))
    return start, min(len(data), start + choices.random.randint(1, max(1, most)))
