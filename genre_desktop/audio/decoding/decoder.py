"""Decodes an audio or video file to mono float32 at 22 050 Hz, in blocks, exactly as ``librosa.load`` does.

Everything is decoded by FFmpeg (PyAV) in the file's own layout, averaged over channels and resampled
by soxr. Measured against ``librosa.load(path, sr=22050, mono=True)``: no difference for wav, flac and
aiff, 4e-7 for ogg, 3e-6 for mp3, 4e-7 for opus (with libopus; FFmpeg's own decoder differs by 3e-3).
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decoding.container import (
    Probe,
    Reader,
    audio_stream,
    describe,
    nothing_decoded,
    open_container,
    open_file,
)
from genre_desktop.audio.decoding.losses import loss_messages
from genre_desktop.audio.decoding.mixdown import SampleMixer
from genre_desktop.audio.decoding.packets import PacketReader
from genre_desktop.audio.resampler import Resampler, Samples
from genre_desktop.core.errors import AppError, no_cancel
from genre_desktop.core.messages import Message

SAMPLE_RATE = 22_050
"""Hz of the signal the features are computed from."""

_EXACT_UP_TO_S = 600.0
"""An excerpt that starts earlier is cut out of a full decode, bit for bit. For one that starts later the packets
before it are not decoded, which saves seconds and costs up to 100 ms of precision with some codecs."""
_EXACT_CODECS = ("mp3", "vorbis", "flac", "pcm_")
"""Beginnings of the names of codecs that decode the same from any packet on, a second later at most. Their packets
are always skipped; the resampler rounds differently, by 1e-6, and a file whose times jump back is cut elsewhere."""
_RATES = (1_000, 6_144_000)
"""Plausible sample rates in Hz; resampling from what damaged headers claim would take gigabytes."""
_PREROLL_S = 1
"""Whole seconds decoded ahead after seeking, until codecs and the resampler have converged."""
_LITTLE_S = 1.0
"""Where damage left less, the file is refused as damaged: too short for a genre, but no short clip."""


def probe(path: str | os.PathLike[str]) -> Probe:
    """Return the metadata of a file; errors as :class:`Decoder`."""
    with Decoder(path) as decoder:
        return decoder.info


@dataclass(frozen=True, slots=True)
class DecodedAudio:
    """A decoded file or excerpt; ``samples`` is float32 ``(n,)``, ``duration_s`` that of the whole file."""

    samples: NDArray[np.float32]
    sample_rate: int
    duration_s: float
    warnings: tuple[Message, ...]
    clip_hash: str


def read(
    path: str | os.PathLike[str],
    *,
    start_s: float = 0.0,
    length_s: float | None = None,
    cancelled: Callable[[], bool] = no_cancel,
) -> DecodedAudio:
    """Decode a file, or ``length_s`` seconds of it from ``start_s``; errors as :class:`Decoder`.

    Fewer samples are returned where the file ends earlier, none where it ends before ``start_s``.
    """
    with Decoder(path, start_s=start_s, length_s=length_s, cancelled=cancelled) as decoder:
        blocks = list(decoder.blocks())
        samples = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
        return DecodedAudio(samples, SAMPLE_RATE, decoder.duration_s, decoder.warnings, decoder.clip_hash)


class Decoder:
    """Streams one file; a context manager.

    Parameters
    ----------
    path:
        Any file; the format is detected from its content.
    sample_rate:
        Hz of the blocks.
    start_s, length_s:
        An excerpt, in seconds; the whole file by default.
    cancelled:
        Called before every packet.
    file:
        The opened file, where ``path`` is only its name; left open.

    Attributes
    ----------
    duration_s:
        Seconds of sound; from the header until the last block, then measured.
    warnings:
        After the last block: messages about missing or damaged parts.
    clip_hash:
        After the last block: blake2b-128 over the compressed sound, without tags and file name.

    Raises
    ------
    AppError
        On entering: ``missing-file``, ``is-a-directory``, ``unreadable-file``, ``empty-file``,
        ``not-audio``, ``no-audio-stream``, ``undecodable``. While reading also ``non-finite``, and ``undecodable``
        where damage left less than a second.
    Cancelled
        ``cancelled()`` was true.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        sample_rate: int = SAMPLE_RATE,
        start_s: float = 0.0,
        length_s: float | None = None,
        cancelled: Callable[[], bool] = no_cancel,
        file: Reader | None = None,
    ) -> None:
        self.path = path
        self._opened = file
        self.sample_rate = sample_rate
        self.warnings: tuple[Message, ...] = ()
        self.clip_hash = ""
        self._name = Path(path).name
        self._cancelled = cancelled
        self._skip = round(start_s * sample_rate)
        self._want = math.inf if length_s is None else round(length_s * sample_rate)
        self._start_s = start_s
        self._lead_s = 0
        self._stop_s = math.inf if length_s is None else start_s + length_s + _PREROLL_S
        self._decoded_s = 0.0
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            opened = nullcontext(self._opened) if self._opened is not None else open_file(self.path)
            self._file = stack.enter_context(opened)
            self._container = stack.enter_context(open_container(self._file, self._name))
            self._stream = audio_stream(self._container, self._name)
            self.info = describe(self._container, self._stream)
            self._lead_s = self._skipped_s()
            self.duration_s = self.info.duration_s or 0.0
            self._reader = PacketReader(
                self._file, self._container, self._stream, self._cancelled, self._lead_s
            )
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def blocks(self, block_s: float = 5.0) -> Iterator[Samples]:
        """Yield mono float32 blocks of ``block_s`` seconds; the last one is shorter. Call once."""
        size = max(1, round(block_s * self.sample_rate))
        pending: list[Samples] = []
        held = 0
        for piece in self._excerpt(self._resampled()):
            pending.append(piece)
            held += piece.size
            if held >= size:
                whole = np.concatenate(pending)
                ready = held - held % size
                yield from np.split(whole[:ready], ready // size)
                pending, held = [whole[ready:]], held - ready
        if held:
            yield np.concatenate(pending)
        self._conclude()

    def _skipped_s(self) -> int:
        """Return the whole seconds before the excerpt that are not decoded."""
        precise = self.info.codec.startswith(_EXACT_CODECS)
        precise = precise and self._stream.time_base * self.info.sample_rate <= 1
        return max(0, int(self._start_s) - _PREROLL_S) if precise or self._start_s > _EXACT_UP_TO_S else 0

    def _excerpt(self, pieces: Iterator[Samples]) -> Iterator[Samples]:
        """Drop what was decoded ahead of the excerpt, and what follows it."""
        skip, want = self._skip - self._lead_s * self.sample_rate, self._want
        for piece in pieces:
            part = piece[min(skip, piece.size) :]
            skip -= piece.size - part.size
            part = part[: int(min(want, part.size))]
            want -= part.size
            if part.size:
                yield part

    def _resampled(self) -> Iterator[Samples]:
        resampler: Resampler | None = None
        for samples, rate in self._from_lead():
            if resampler is None or resampler.rate_in != rate:
                if resampler is not None:
                    yield resampler.finish()
                resampler = self._resampler(rate)
            self._check_finite(samples, rate)
            yield resampler.feed(samples)
            self._decoded_s += samples.size / rate
        if resampler is not None:
            yield resampler.finish()

    def _resampler(self, rate: int) -> Resampler:
        if not _RATES[0] <= rate <= _RATES[1]:
            raise AppError("undecodable/sample-rate", name=self._name, rate=rate)
        return Resampler(rate, self.sample_rate)

    def _from_lead(self) -> Iterator[tuple[Samples, int]]:
        """Yield pieces at the native rate from ``_lead_s`` on: a whole second, to preserve the resampler's phase."""
        drop: int | None = None
        for samples, rate in self._pieces():
            if drop is None:
                first_s = self._reader.first_s or 0.0
                drop = max(0, round((self._lead_s - first_s) * rate))
                self._decoded_s = max(first_s, self._lead_s)
            kept = samples[min(drop, samples.size) :]
            drop -= samples.size - kept.size
            if kept.size:
                yield kept, rate

    def _pieces(self) -> Iterator[tuple[Samples, int]]:
        mixer = SampleMixer()
        for frame in self._reader.frames():
            yield from mixer.add(frame)
            self._reader.enough = self._decoded_s >= self._stop_s
        yield from mixer.flush()

    def _check_finite(self, samples: Samples, rate: int) -> None:
        finite = np.isfinite(samples)
        if not finite.all():
            when = self._decoded_s + int(np.argmin(finite)) / rate
            raise AppError("non-finite", name=self._name, when=when)

    def _conclude(self) -> None:
        self._file.check(self._name)
        reader = self._reader
        self.clip_hash = reader.digest
        if reader.packets == 0 or (
            reader.first_s is None and (reader.damaged or reader.stopped or not self._lead_s)
        ):
            raise nothing_decoded(self._file, self._stream, self._name, reader.packets)
        self.duration_s = round(reader.end_s if reader.enough or not self._decoded_s else self._decoded_s, 6)
        losses = loss_messages(self._file, self.info, self._stream, reader, self.duration_s, self._cancelled)
        self.warnings = tuple(losses)
        if self.warnings and self.duration_s < _LITTLE_S and not reader.enough:
            raise AppError("undecodable/damaged", name=self._name, found_s=self.duration_s)
