"""Messages on the pipe between this program and its worker and job processes, each with a checksum.

A process whose memory is damaged may write anything before it ends. Unpickling that can reserve gigabytes, so
only what arrives as it was sent is unpickled. This protects against damage, not against an attacker: both ends
are this program, and foreign bytes are read in the sandbox.
"""

from __future__ import annotations

import pickle
import zlib
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import Any

LIMIT = 2**30
"""Largest message in bytes."""

_CHECKSUM = 4


class DamagedMessageError(OSError):
    """What arrived is not what :func:`send` writes; the connection cannot be used any more."""


def send(connection: Connection, message: object) -> None:
    """Send a message.

    Raises
    ------
    OSError
        The other process has ended.
    Exception
        The message cannot be pickled, or is too large (ValueError); nothing was sent.
    """
    data = ForkingPickler.dumps(message)
    if len(data) > LIMIT - _CHECKSUM:
        raise ValueError(f"a message of {len(data)} bytes is too large")
    connection.send_bytes(_checksum(data) + data)


def receive(connection: Connection) -> Any:
    """Wait for the next message.

    Raises
    ------
    EOFError, OSError
        The other process has ended, or wrote a damaged message (:class:`DamagedMessageError`).
    """
    data = memoryview(connection.recv_bytes(LIMIT))
    if data[:_CHECKSUM] != _checksum(data[_CHECKSUM:]):
        raise DamagedMessageError("a message on the pipe is damaged")
    try:
        return pickle.loads(data[_CHECKSUM:])  # noqa: S301 - see above
    except Exception as error:  # the classes of another version, or no memory
        raise DamagedMessageError(f"a message on the pipe cannot be read: {error!r}") from error


def _checksum(data: memoryview) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECKSUM, "big")
