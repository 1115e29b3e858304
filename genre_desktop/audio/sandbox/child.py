"""The decoder process: imports what it needs, closes the door, and reads the files that it is given.

Run as ``python -m genre_desktop.audio.sandbox.child --decoder-process SOCKET MEMORY``, with two descriptors. It ends
when its owner does, whose end of the socket is closed then.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import io
import linecache
import mmap
import os
import pkgutil
import select
import signal
import socket
import struct
import sys
import time
from collections.abc import Iterable
from typing import Any

import av
import numpy as np

from genre_desktop.audio import tag_reading
from genre_desktop.audio.decoding.container import Reader
from genre_desktop.audio.decoding.content_hash import hash_of
from genre_desktop.audio.decoding.decoder import Decoder
from genre_desktop.audio.decoding.stereo import stereo_blocks
from genre_desktop.audio.sandbox import protocol
from genre_desktop.audio.sandbox.door import close_door
from genre_desktop.audio.tag_file import TagFile
from genre_desktop.core.errors import AppError, Cancelled

_TAG_FORMATS = (
    "aac", "ac3", "aiff", "apev2", "asf", "dsdiff", "dsf", "flac", "id3", "monkeysaudio", "mp3", "mp4", "musepack",
    "oggflac", "oggopus", "oggspeex", "oggtheora", "oggvorbis", "optimfrog", "smf", "tak", "trueaudio", "wave", "wavpack",
)  # fmt: skip
"""Modules of mutagen, which it imports when it opens the first file."""
_CHARACTER_SETS = (
    "ISO6937",
    *(f"ISO-8859-{n}" for n in range(1, 17)),
    "UCS-2BE",
    "KSC_5601",
    "GB2312",
    "BIG5",
)
"""Those of ETSI EN 300 468, annex A."""

_LOOK_EVERY_S = 0.02
_ALIVE_EVERY_S = 1.0
_HUNG_S = 45.0
"""After so long without a packet the process ends by itself; its owner, if there still is one, ends it earlier."""
_BUFFER = 65_536
_FRAMES = 16_384
"""Frames of playback that are sent together."""


class _File(io.RawIOBase):
    """A descriptor without a call of ``fstat``, for which the kernel also takes paths."""

    def __init__(self, descriptor: int, name: str) -> None:
        super().__init__()
        self.name = name
        self._descriptor = descriptor

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return os.readv(self._descriptor, [buffer])

    def seek(self, offset: int, whence: int = 0) -> int:
        return os.lseek(self._descriptor, offset, whence)


class DecoderTask:
    """Answers the requests of one owner.

    Parameters
    ----------
    connection:
        Datagrams with requests, the first of each file with its descriptor.
    memory:
        Shared memory for :data:`.protocol.SLOTS` blocks.
    """

    def __init__(self, connection: socket.socket, memory: mmap.mmap) -> None:
        self._connection = connection
        self._memory = np.frombuffer(memory, np.uint8)
        self._poll = select.poll()
        self._poll.register(connection, select.POLLIN)
        self._look_at = self._alive_at = 0.0
        self._credits = self._sent = 0

    def run(self) -> None:
        """Answer requests until the owner is gone."""
        while True:
            request, descriptors = self._receive()
            kind = next(iter(request))
            if kind == "close":
                self._send({"closed": True})
            elif descriptors:
                try:
                    self._answer(kind, request[kind], descriptors[0])
                finally:
                    os.close(descriptors[0])

    def cancelled(self) -> bool:
        """Whether the owner wants no more of the current file; called before every packet."""
        now = time.monotonic()
        if now < self._look_at:
            return False
        self._look_at = now + _LOOK_EVERY_S
        if now >= self._alive_at:
            self._alive_at = now + _ALIVE_EVERY_S
            signal.setitimer(signal.ITIMER_REAL, _HUNG_S)
            self._send({"alive": True})
        while self._poll.poll(0):
            if self._is_close():
                return True
        return False

    def open(self, descriptor: int, name: str) -> Reader:
        """Return the file of a descriptor."""
        return Reader(io.BufferedReader(_File(descriptor, name), _BUFFER))

    def _answer(self, kind: str, options: dict[str, Any], descriptor: int) -> None:
        signal.setitimer(signal.ITIMER_REAL, _HUNG_S)
        self._alive_at, self._credits, self._sent = time.monotonic() + _ALIVE_EVERY_S, protocol.SLOTS, 0
        try:
            message = {"audio": self._audio, "stereo": self._stereo, "hash": self._hash, "tags": self._tags}[
                kind
            ](descriptor, options)
            self._send(message)
        except Cancelled:
            self._send({"closed": True})
        except Exception as error:
            self._send(_failure(error))
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _audio(self, descriptor: int, options: dict[str, Any]) -> dict[str, Any]:
        file = self.open(descriptor, "")
        decoder = Decoder(
            "",
            sample_rate=options["sample_rate"],
            start_s=options["start_s"],
            length_s=options["length_s"],
            cancelled=self.cancelled,
            file=file,
        )
        with decoder:
            self._send({"info": protocol.probe_document(decoder.info)})
            self._send_blocks(decoder.blocks(self._wait_for_blocks()))
            return {"end": protocol.ending_document(decoder.duration_s, decoder.warnings, decoder.clip_hash)}

    def _stereo(self, descriptor: int, options: dict[str, Any]) -> dict[str, Any]:
        file = self.open(descriptor, "")
        blocks = stereo_blocks(file, "", options["rate"], options["from_s"], self.cancelled)
        self._send_blocks(_joined(blocks))
        return {"finished": True}

    def _hash(self, descriptor: int, _options: dict[str, Any]) -> dict[str, Any]:
        return {"hash": hash_of(self.open(descriptor, ""), "", self.cancelled)}

    def _tags(self, descriptor: int, options: dict[str, Any]) -> dict[str, Any]:
        file = TagFile(_File(descriptor, f"file{options['suffix']}"), _BUFFER)
        return {"tags": protocol.tags_document(tag_reading.tags_in(file, ""))}

    def _send_blocks(self, blocks: Iterable[np.ndarray[Any, np.dtype[np.float32]]]) -> None:
        for block in blocks:
            if not self._credits:
                self._wait_for_credit()
            data = np.ascontiguousarray(block, np.float32).reshape(-1).view(np.uint8)
            start = self._sent % protocol.SLOTS * protocol.SLOT_BYTES
            self._memory[start : start + data.size] = data
            self._credits -= 1
            self._sent += 1
            self._alive_at = time.monotonic() + _ALIVE_EVERY_S
            signal.setitimer(signal.ITIMER_REAL, _HUNG_S)
            self._send({"block": data.size // 4})

    def _wait_for_blocks(self) -> float:
        signal.setitimer(signal.ITIMER_REAL, 0)
        request, _ = self._receive()
        signal.setitimer(signal.ITIMER_REAL, _HUNG_S)
        if "blocks" not in request:
            raise Cancelled
        return float(request["blocks"])

    def _wait_for_credit(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        while not self._credits:
            if self._is_close():
                raise Cancelled

    def _is_close(self) -> bool:
        """Receive one message in the middle of a file: more room, or the end."""
        request, _ = self._receive()
        self._credits += "next" in request
        return "close" in request

    def _receive(self) -> tuple[dict[str, Any], list[int]]:
        data, descriptors, _, _ = socket.recv_fds(self._connection, protocol.LARGEST, 1)
        if not data:
            os._exit(0)  # the owner has ended
        return protocol.decode(data), list(descriptors)

    def _send(self, message: dict[str, Any]) -> None:
        self._connection.send(protocol.encode(message))


def _joined(blocks: Iterable[Any]) -> Iterable[Any]:
    pending: list[Any] = []
    for block in blocks:
        pending.append(block)
        if sum(map(len, pending)) >= _FRAMES:
            yield from _split(np.concatenate(pending))
            pending = []
    if pending:
        yield from _split(np.concatenate(pending))


def _split(frames: Any) -> Iterable[Any]:
    most = protocol.SLOT_BYTES // 8
    for start in range(0, len(frames), most):
        yield frames[start : start + most]


def _failure(error: BaseException) -> dict[str, Any]:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, MemoryError):
            return {"memory": True}
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, AppError):
        return {"problem": protocol.problem_document(error.problem)}
    if isinstance(error, OSError) and error.errno is not None:
        return {"os_error": error.errno}
    return {"failed": type(error).__name__}


def _import_all() -> None:
    """Import what would otherwise be imported with the first file of a kind, when it is no longer possible."""
    for name in (
        "ascii",
        "cp1252",
        "latin_1",
        "utf_16",
        "utf_16_be",
        "utf_16_le",
        "utf_32",
        "utf_8",
        "utf_8_sig",
    ):
        importlib.import_module(f"encodings.{name}")
    for name in _TAG_FORMATS:
        importlib.import_module(f"mutagen.{name}")
    for module in pkgutil.walk_packages(av.__path__, "av."):
        if not module.name.endswith("__main__"):
            with contextlib.suppress(ImportError):
                importlib.import_module(module.name)
    _load_character_sets()
    _check()


def _load_character_sets() -> None:
    """Let the C library load what FFmpeg converts names of broadcast programmes (.ts) with; kept open, so loaded."""
    with contextlib.suppress(AttributeError):  # a C library without it
        for name in _CHARACTER_SETS:
            ctypes.CDLL(None).iconv_open(b"UTF-8", name.encode())


def _show_no_sources() -> None:
    """Let tracebacks, which PyAV prints of exceptions that it drops, be made without opening sources."""
    linecache.checkcache = lambda filename=None: None
    linecache.updatecache = lambda filename, module_globals=None: []
    sys.excepthook = lambda *error: None
    sys.unraisablehook = lambda error: None


def _check() -> None:
    """Decode something, so that a system on which the door is too narrow is known before the first file."""
    sound = struct.pack("<400h", *range(400))
    header = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(sound), b"WAVE", b"fmt ", 16, 1, 1, 8000, 16_000, 2, 16, b"data", len(sound))  # fmt: skip
    with Decoder("", file=Reader(io.BytesIO(header + sound))) as decoder:
        for _ in decoder.blocks():
            pass


def main(arguments: list[str], task: type[DecoderTask] = DecoderTask) -> None:
    """Run the process; does not return.

    Parameters
    ----------
    arguments:
        Numbers of the descriptors of socket and memory, then ``1`` to close the door or ``0`` for limits only.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the owner handles Ctrl-C
    try:
        _show_no_sources()
        _import_all()
        connection = socket.socket(fileno=int(arguments[0]))
        memory = mmap.mmap(int(arguments[1]), protocol.MEMORY_BYTES)
        os.close(int(arguments[1]))
        answers = task(connection, memory)
        version, filtered = close_door(sealed=arguments[2] == "1")
        _check()
        connection.send(protocol.encode({"hello": {"landlock": version, "seccomp": filtered}}))
        answers.run()
    except BaseException:  # a traceback would open the sources
        os._exit(1)


if __name__ == "__main__":
    main(sys.argv[2:])
