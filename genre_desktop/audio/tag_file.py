"""Files as mutagen is given them: with a limit on what is read, since it reserves whatever a tag declares.

Where there is a decoder process, its limits on memory and time hold as well, also for a file whose tags are then written
by this process (:func:`.tags.write_tags`). Elsewhere these are all.
"""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Any, ClassVar

MOST_BYTES = 64_000_000
"""Read while parsing the tags of one file: pictures included, they have a tenth of it at most."""
_EACH = 256
"""What a read counts as beside its bytes: zeros can be a million empty parts."""
_LARGE = 1 << 16


class TooLargeError(Exception):
    """A file has more tags than are read; no ``OSError``, which mutagen would catch."""


class _Limited:
    """Reads within :data:`MOST_BYTES` until :meth:`saving`; then only each read has this limit."""

    _left = MOST_BYTES
    _saving = False

    def read(self: Any, size: int | None = -1) -> bytes:
        """Read as any file, but reserve no more than what is there; :class:`TooLargeError` beyond the limit."""
        if size is None or not 0 <= size <= _LARGE:
            position = self.tell()
            there = max(0, self.seek(0, io.SEEK_END) - position)
            self.seek(position)
            size = there if size is None or size < 0 else min(size, there)
        if size > (MOST_BYTES if self._saving else self._left):
            self._left = -1  # for ever: mutagen tries other formats
            raise TooLargeError
        data: bytes = super().read(size)  # type: ignore[misc]
        self._left -= 0 if self._saving else _EACH + len(data)
        return data

    def saving(self) -> None:
        """Let everything behind the tags be moved from now on."""
        self._saving = True


class TagFile(_Limited, io.BufferedReader):
    """A file whose tags are read."""


class WritableTagFile(_Limited, io.BufferedRandom):
    """A file whose tags are written."""

    def __init__(self, path: Path) -> None:
        super().__init__(io.FileIO(path, "r+"))


class _LimitedZlib:
    """In place of the module in mutagen, which decompresses frames of ID3 to any size."""

    error: ClassVar = zlib.error
    left: ClassVar = MOST_BYTES

    @classmethod
    def decompress(cls, data: bytes) -> bytes:
        """As ``zlib.decompress``; :class:`TooLargeError` beyond what is left for the file."""
        stream = zlib.decompressobj()
        whole = stream.decompress(data, max(1, cls.left))
        cls.left -= len(whole)
        if stream.unconsumed_tail:
            raise TooLargeError
        if not stream.eof:
            raise zlib.error("it ends within")
        return whole


def limit_decompression() -> None:
    """Let mutagen decompress :data:`MOST_BYTES` in all from now on; called for each file."""
    from mutagen.id3 import _frames

    _LimitedZlib.left = MOST_BYTES
    # WORKAROUND: mutagen decompresses whatever a frame declares, and has no setting for it.
    vars(_frames)["zlib"] = _LimitedZlib
