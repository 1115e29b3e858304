"""Array types and functions shared by the whole package."""

from __future__ import annotations

import struct
import tokenize
import zipfile
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[Any]

DAMAGED_ARCHIVE = (
    OSError, ValueError, KeyError, IndexError, EOFError, NotImplementedError, RuntimeError, SyntaxError, TypeError,
    OverflowError, struct.error, tokenize.TokenError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What reading arrays from a damaged archive raises: ``zipfile`` and NumPy, which parses headers as Python."""

_LAST_CODE_POINT = 0x10FFFF


def check_text(array: NDArray[Any]) -> None:
    """Raise ``ValueError`` if an array of text holds what is no character: NumPy makes strings of it all the same."""
    if array.dtype.kind == "U" and array.size:
        plain = np.ascontiguousarray(array.astype(array.dtype.newbyteorder("=")))
        if plain.itemsize and plain.view(np.uint32).max() > _LAST_CODE_POINT:
            raise ValueError("no text")


def softmax(logits: Floats) -> Floats:
    """Return probabilities along the last axis, which sum to 1."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    values: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return values
