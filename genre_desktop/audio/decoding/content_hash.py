"""Content hash of the audio in a file: unaffected by edited tags and other file names."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from genre_desktop.audio.decoding.container import Reader, audio_stream, open_container, open_file
from genre_desktop.audio.decoding.packets import PacketReader
from genre_desktop.core.errors import no_cancel


def clip_hash(path: str | os.PathLike[str], cancelled: Callable[[], bool] = no_cancel) -> str:
    """Return the ``clip_hash`` of :class:`.decoder.Decoder` without decoding: milliseconds for a song.

    Raises
    ------
    AppError
        As :class:`.decoder.Decoder` on entering.
    Cancelled
        ``cancelled()`` was true.
    """
    with open_file(path) as file:
        return hash_of(file, Path(path).name, cancelled)


def hash_of(file: Reader, name: str, cancelled: Callable[[], bool] = no_cancel) -> str:
    """As :func:`clip_hash`, of an opened file."""
    with open_container(file, name) as container:
        reader = PacketReader(file, container, audio_stream(container, name), cancelled, 0.0)
        reader.enough = True  # packets are hashed, not decoded
        for _ in reader.frames():
            pass
        file.check(name)
        return reader.digest
