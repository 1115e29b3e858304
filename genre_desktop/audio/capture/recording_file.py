"""The FLAC file of a recording, which stays whole when its disk fails."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import BinaryIO

from genre_desktop.core.disk.sync import sync_folder

_SYNC = b"\xff\xf8"
"""With this every block of sound begins."""
_INFO_AT, _INFO_BYTES = 8, 34
"""Place and length of STREAMINFO, the first part of the header (RFC 9639, section 8.2)."""
_LENGTH_AT = 18
"""Place of the eight bytes of which the last 36 bits are the number of frames; 0 while it is unknown."""
_LENGTH_MASK = (1 << 36) - 1


class RecordingFile:
    """A file for libsndfile that stores an error instead of raising it inside a C callback.

    libsndfile writes one block at a time. One that does not fit is removed again, and nothing is written after it.

    Attributes
    ----------
    failure:
        The first error.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._end = self._blocks = 0
        self.path = Path(file.name)
        self.failure: OSError | None = None

    def write(self, data: bytes) -> int:
        """Return the number of bytes written; 0 after a failure."""
        if self.failure is not None:
            return 0
        start = self._file.tell()
        appended = start == self._end
        try:
            self._write_all(data)
        except OSError as error:
            self.failure = error
            if appended:
                self._cut(start)
            return 0
        if appended:
            self._end += len(data)
            self._blocks += data.startswith(_SYNC)
        return len(data)

    def read(self, size: int = -1) -> bytes:
        """Read up to ``size`` bytes; libsndfile requires the method."""
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Return the new position."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the position."""
        return self._file.tell()

    def flush(self) -> None:
        """Do nothing: the file is unbuffered."""

    def settle(self, frames: int) -> int:
        """Put the length into the header, which libsndfile does not do after a failure; return it.

        ``frames``, those given to libsndfile, is returned where the disk does not say what it has of them.
        """
        with contextlib.suppress(OSError):
            return self._settled() if self._blocks else 0
        return frames

    def remove(self) -> None:
        """Delete the file, after :meth:`close`."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Write everything to the disk and close the file."""
        try:
            os.fsync(self._file.fileno())
            sync_folder(self.path.parent)
        except OSError as error:
            self.failure = self.failure or error
        with contextlib.suppress(OSError):
            self._file.close()

    def _settled(self) -> int:
        self._file.seek(_INFO_AT)
        info = self._file.read(_INFO_BYTES)
        block_frames = int.from_bytes(info[:2], "big")
        offset = _LENGTH_AT - _INFO_AT
        field = int.from_bytes(info[offset : offset + 8], "big")
        known = field & _LENGTH_MASK
        if known == 0:
            known = self._blocks * block_frames
            with contextlib.suppress(OSError):  # then players find the length out
                self._file.seek(_LENGTH_AT)
                self._write_all((field + known).to_bytes(8, "big"))
        return known

    def _write_all(self, data: bytes) -> None:
        left = memoryview(data)
        while left:  # a disk that is nearly full takes a part
            left = left[self._file.write(left) :]

    def _cut(self, end: int) -> None:
        with contextlib.suppress(OSError):
            self._file.truncate(end)
