"""Array types and functions shared by the whole package."""

from __future__ import annotations

import math
import struct
import tokenize
import zipfile
import zlib
from io import BytesIO
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
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


def read_array(data: bytes) -> NDArray[Any]:
    """Read a ``.npy`` file, without pickle.

    NumPy reserves the memory that the header asks for before it reads, so the header is compared with the
    size of the file first.

    Raises
    ------
    ValueError
        It is damaged, or its header asks for more than the file holds.
    """
    _check_size(BytesIO(data), len(data))
    array: NDArray[Any] = npy.read_array(BytesIO(data), allow_pickle=False)
    check_text(array)
    return array


def open_archive(file: IO[bytes]) -> zipfile.ZipFile:
    """Open a ZIP archive whose members are stored or deflated, as ours always are.

    The other methods raise errors of their own, and LZMA reserves the memory that its header asks for.

    Raises
    ------
    zipfile.BadZipFile
        It is damaged, or compressed in another way.
    """
    archive = zipfile.ZipFile(file)
    if any(
        each.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for each in archive.infolist()
    ):
        archive.close()
        raise zipfile.BadZipFile("compressed by another method than deflate")
    return archive


def read_arrays(file: IO[bytes]) -> dict[str, NDArray[Any]]:
    """Read the arrays of a ``.npz`` file, each by :func:`read_array`.

    Raises
    ------
    Exception
        One of :data:`DAMAGED_ARCHIVE`.
    """
    with open_archive(file) as archive:
        return {name.removesuffix(".npy"): read_array(archive.read(name)) for name in archive.namelist()}


def _check_size(file: IO[bytes], size: int) -> None:
    version = npy.read_magic(file)
    if version not in ((1, 0), (2, 0)):
        raise ValueError(f"array format {version}")
    header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, _, dtype = header(file)
    if dtype.hasobject or math.prod(shape) * dtype.itemsize > size:
        raise ValueError(f"array of {dtype} {shape}")


def softmax(logits: Floats) -> Floats:
    """Return probabilities along the last axis, which sum to 1."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    values: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return values
