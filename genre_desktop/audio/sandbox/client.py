"""Reads files in the decoder process, with the interface of :mod:`genre_desktop.audio.decoding.decoder`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from genre_desktop.audio import tag_reading
from genre_desktop.audio.decoding.container import MOST_MEGABYTES, Probe, Reader, open_file
from genre_desktop.audio.sandbox import pool, protocol
from genre_desktop.core.errors import AppError, no_cancel
from genre_desktop.core.messages import Message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from genre_desktop.audio.decoding.decoder import DecodedAudio, Decoder
    from genre_desktop.audio.sandbox.process import DecoderProcess, Reason

    Samples: TypeAlias = NDArray[np.float32]
    AudioFile: TypeAlias = "SealedDecoder | Decoder"

SAMPLE_RATE = 22_050
"""That of :mod:`genre_desktop.audio.decoding.decoder`, whose import would load FFmpeg."""


def open_audio(
    path: str | os.PathLike[str],
    *,
    sample_rate: int = SAMPLE_RATE,
    start_s: float = 0.0,
    length_s: float | None = None,
    cancelled: Callable[[], bool] = no_cancel,
) -> AudioFile:
    """Return a context manager that streams a file, with the interface and the errors of :class:`.Decoder`.

    Raises
    ------
    AppError
        On entering and while reading also ``decoder-stopped`` and ``decoder-missing``.
    """
    kind: type[AudioFile] = SealedDecoder
    if not pool.active():
        from genre_desktop.audio.decoding.decoder import Decoder

        kind = Decoder
    return kind(path, sample_rate=sample_rate, start_s=start_s, length_s=length_s, cancelled=cancelled)


def probe(path: str | os.PathLike[str]) -> Probe:
    """Return the metadata of a file; errors as :func:`open_audio`."""
    with open_audio(path) as decoder:
        return decoder.info


def read(
    path: str | os.PathLike[str],
    *,
    start_s: float = 0.0,
    length_s: float | None = None,
    cancelled: Callable[[], bool] = no_cancel,
) -> DecodedAudio:
    """As :func:`.decoder.read`; errors as :func:`open_audio`."""
    import numpy as np

    from genre_desktop.audio.decoding.decoder import DecodedAudio

    with open_audio(path, start_s=start_s, length_s=length_s, cancelled=cancelled) as decoder:
        blocks = list(decoder.blocks())
        samples = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
        return DecodedAudio(samples, SAMPLE_RATE, decoder.duration_s, decoder.warnings, decoder.clip_hash)


def clip_hash(path: str | os.PathLike[str], cancelled: Callable[[], bool] = no_cancel) -> str:
    """As :func:`.content_hash.clip_hash`; errors as :func:`open_audio`."""
    if not pool.active():
        from genre_desktop.audio.decoding import content_hash

        return content_hash.clip_hash(path, cancelled)
    name = Path(path).name
    with open_file(path) as file, _session(name, cancelled) as session:
        return protocol.clip_hash(session.ask("hash", {}, file.fileno(), "hash"))


def read_tags(path: Path) -> tag_reading.FileTags:
    """As :func:`.tag_reading.read`; errors also ``decoder-stopped`` and ``decoder-missing``."""
    if not pool.active():
        return tag_reading.read(path)
    with tag_reading.opened_file(path) as file, _session(path.name, no_cancel) as session:
        return protocol.tags(session.ask("tags", {"suffix": path.suffix[:10]}, file.fileno(), "tags"))


def stereo_blocks(
    path: Path, rate: int, from_s: float = 0.0, cancelled: Callable[[], bool] = no_cancel
) -> Iterator[Samples]:
    """Decode a file to stereo float32 blocks ``(n, 2)`` at ``rate``, from ``from_s`` on; errors as :func:`open_audio`."""
    if not pool.active():
        from genre_desktop.audio.decoding.stereo import stereo_blocks as decode

        with open_file(path) as file:
            yield from decode(file, path.name, rate, from_s, cancelled)
        return
    with open_file(path) as file, _session(path.name, cancelled) as session:
        session.send({"stereo": {"rate": rate, "from_s": from_s}}, file.fileno())
        for block in session.blocks(protocol.SLOT_BYTES // 4, "finished", finite=False):
            yield block[: block.size // 2 * 2].reshape(-1, 2)


class SealedDecoder:
    """Streams one file from the decoder process; a context manager with the interface of :class:`.Decoder`."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        sample_rate: int = SAMPLE_RATE,
        start_s: float = 0.0,
        length_s: float | None = None,
        cancelled: Callable[[], bool] = no_cancel,
    ) -> None:
        self.path = path
        self.sample_rate = sample_rate
        self.duration_s = 0.0
        self.warnings: tuple[Message, ...] = ()
        self.clip_hash = ""
        self.info: Probe
        self._options = {"sample_rate": sample_rate, "start_s": start_s, "length_s": length_s}
        self._cancelled = cancelled
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            file: Reader = stack.enter_context(open_file(self.path))
            self._session = stack.enter_context(_session(Path(self.path).name, self._cancelled))
            self.info = protocol.probe(self._session.ask("audio", self._options, file.fileno(), "info"))
            self.duration_s = self.info.duration_s or 0.0
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def blocks(self, block_s: float = 5.0) -> Iterator[Samples]:
        """Yield mono float32 blocks of ``block_s`` seconds, at most a megabyte; the last one is shorter. Call once."""
        size = max(1, round(block_s * self.sample_rate))
        if size * 4 > protocol.SLOT_BYTES:
            raise ValueError(f"blocks of {block_s} s do not fit into the shared memory")
        with self._session.translated():
            self._session.send({"blocks": block_s})
            yield from self._session.blocks(size, "end")
            end = protocol.ending(self._session.value)
        self.duration_s, self.warnings, self.clip_hash = end.duration_s, end.warnings, end.clip_hash


class _Session:
    """The messages about one file."""

    def __init__(self, process: DecoderProcess, name: str, cancelled: Callable[[], bool]) -> None:
        self.value: Any = None
        self._process, self._name, self._cancelled = process, name, cancelled

    def send(self, message: dict[str, Any], descriptor: int | None = None) -> None:
        self._process.send(message, descriptor)

    def ask(self, kind: str, options: dict[str, Any], descriptor: int, answer: str) -> Any:
        """Send a file and return the value of the answer."""
        self.send({kind: options}, descriptor)
        self._receive(answer)
        return self.value

    def blocks(self, size: int, end: str, finite: bool = True) -> Iterator[Samples]:
        """Yield blocks of at most ``size`` samples until ``end``, whose value is then :attr:`value`."""
        import numpy as np

        memory, count = np.frombuffer(self._process.memory, np.float32), 0
        room = protocol.SLOT_BYTES // 4
        while self._receive("block", end) == "block":
            start = count % protocol.SLOTS * room
            block = memory[start : start + protocol.whole(self.value, 0, size)].copy()
            if finite and not np.isfinite(block).all():
                raise protocol.MalformedError("samples")
            count += 1
            self.send({"next": True})
            yield block

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Raise what happens to the decoder process as ``AppError``; one that cannot be trusted any more is ended."""
        from genre_desktop.audio.sandbox.process import DiedError

        try:
            yield
        except DiedError as error:
            raise _stopped(error.reason, self._name, error.how) from error
        except protocol.MalformedError as error:
            self._process.end()
            raise _stopped("answer", self._name) from error

    def _receive(self, *kinds: str) -> str:
        while True:
            document = self._process.receive(self._cancelled)
            kind = protocol.one_of(
                document, *kinds, "alive", "closed", "problem", "memory", "os_error", "failed"
            )
            self.value = document[kind]
            if kind in kinds:
                return kind
            if kind != "alive":
                raise self._failure(kind)

    def _failure(self, kind: str) -> AppError:
        match kind:
            case "problem":
                return protocol.problem(self.value, self._name)
            case "memory":
                return AppError("decoder-stopped/memory", name=self._name, megabytes=MOST_MEGABYTES)
            case "os_error":
                reason = os.strerror(protocol.whole(self.value, 0, 4096))
                return AppError("unreadable-file", name=self._name, error=reason)
            case "failed":
                return _stopped("crashed", self._name, protocol.text(self.value, 100))
        raise protocol.MalformedError(kind)


def _stopped(reason: Reason, name: str, how: str = "") -> AppError:
    """Return the error for a decoder process that ended, or had to be ended, over the file ``name``."""
    from genre_desktop.audio.sandbox import process

    match reason:
        case "crashed":
            return AppError("decoder-stopped/crashed", name=name, how=how)
        case "forbidden":
            return AppError("decoder-stopped/forbidden", name=name)
        case "stalled":
            return AppError("decoder-stopped/stalled", name=name, seconds=process.STALLED_S)
        case "answer":
            return AppError("decoder-stopped/answer", name=name)


@contextmanager
def _session(name: str, cancelled: Callable[[], bool]) -> Iterator[_Session]:
    """Have the decoder process for one file."""
    with pool.lease(cancelled) as process:
        session = _Session(process, name, cancelled)
        try:
            with session.translated():
                yield session
        finally:
            process.abandon()
