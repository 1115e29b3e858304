"""Files of sound: decoding, tags, and the whole way to an answer."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import numpy as np

from fuzz.mutation.containers import CONTAINERS, of_container
from fuzz.outcome import Broken
from fuzz.seeds import audio
from fuzz.target import Target
from genre_desktop.audio import tags
from genre_desktop.audio.decoding import decoder
from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import Message
from genre_desktop.core.paths import Home
from genre_desktop.core.types import AnalyseRequest
from genre_desktop.ml.inference.predictor import Predictor

_LONGEST = 3
"""Names of kinds kept in a signature."""


def decode(path: Path) -> str:
    """Decode the file and an excerpt of it."""
    with decoder.Decoder(path) as opened:
        info, size = opened.info, 0
        for block in opened.blocks():
            size += block.size
            if not np.isfinite(block).all():
                raise Broken("samples that are not finite")
    if abs(opened.duration_s - size / decoder.SAMPLE_RATE) > 1.0:
        raise Broken(f"the duration does not match the samples of {info.codec}")
    if not opened.clip_hash:
        raise Broken("a decoded file without a hash")
    excerpt = decoder.read(path, start_s=0.2, length_s=0.2)
    if excerpt.samples.size > decoder.SAMPLE_RATE:
        raise Broken("an excerpt that is too long")
    losses = " ".join(map(_kind, opened.warnings))
    length = "none" if not size else "short" if size < 5_000 else "whole"
    return f"{info.container[:12]} {info.codec} {info.sample_rate} {length} {losses}".strip()


def read_and_write_tags(path: Path) -> str:
    """Read genre, mood, tempo and key, write others, and read these."""
    before = tags.read_tags(path)
    original = path.read_bytes()
    try:
        tags.write_tags(path, ["Rock"], ["Calm"], ["120"], ["F#m"])
    except AppError as error:
        if path.read_bytes() != original:
            raise Broken("a file changed although its tags could not be written") from error
        return f"read {_shape(before)}, not written: {error.problem.key}"
    after = tags.read_tags(path)
    if (after.genres, after.bpm, after.key) != (("Rock",), ("120",), ("F#m",)):
        raise Broken(f"tags read back as {after!r}")
    return f"read {_shape(before)}"


def answer(path: Path) -> str:
    """Return the answer of the shipped models, as the worker does."""
    found = _predictor().analyse(AnalyseRequest(str(path))).answer
    if found.error is not None:
        if found.error.code == "unexpected":
            raise Broken(f"an unexpected problem: {found.error.params.get('error', '')}")
        return f"row {found.error.key}"
    if found.kind != "music":  # which has no genre
        return f"{found.kind} {len(found.segments)}"
    if not found.top or not np.isfinite(found.confidence):
        raise Broken("an answer without a genre")
    return f"{found.kind} {len(found.segments)} {' '.join(map(_kind, found.warnings))}"


@cache
def _predictor() -> Predictor:
    return Predictor(Home(Path(tempfile.mkdtemp(prefix="genre-fuzz-home-"))).create())


def _shape(found: tags.FileTags) -> str:
    return f"{min(len(found.genres), _LONGEST)} genres, {min(len(found.moods), _LONGEST)} moods, id3 {found.id3}, {found.had_tags}"


def _kind(text: str) -> str:
    return text.text.partition(" ")[0] if isinstance(text, Message) else "?"


TARGETS = (
    Target(
        "sound",
        "audio files of 12 containers and 20 codecs",
        audio.sounds,
        decode,
        (of_container, of_container, *CONTAINERS),
    ),
    Target(
        "tags",
        "tags of audio files, read and written",
        audio.tagged,
        read_and_write_tags,
        (of_container, of_container, *CONTAINERS),
        instrumented=("mutagen", "genre_desktop.audio.tags"),
    ),
    Target("answers", "audio files, up to the answer", audio.songs, answer, (of_container,)),
)
