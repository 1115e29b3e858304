"""Draws the spectrogram of one file; runs in a worker process, so no Qt here and nothing heavy on top."""

from __future__ import annotations

from genre_desktop.audio.spectrum import SpectrogramBuilder
from genre_desktop.core.types import Spectrogram
from genre_desktop.jobs.context import Context

OPERATION = f"{__name__}:spectrogram"
"""How a worker is asked for it."""


def spectrogram(context: Context, path: str) -> Spectrogram:
    """The picture of the whole file, and nothing but the picture: no answer, no record.

    Raises
    ------
    AppError
        The file cannot be read.
    Cancelled
        ``context.cancelled()`` was true.
    """
    from genre_desktop.audio.decode import SAMPLE_RATE, Decoder

    builder = SpectrogramBuilder(SAMPLE_RATE)
    with Decoder(path, cancelled=context.cancelled) as decoder:
        for block in decoder.blocks():
            builder.add(block)
    return builder.result()
