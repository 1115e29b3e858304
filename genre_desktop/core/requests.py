"""What can be asked of the inference worker, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from genre_desktop.core.types import Answer, Source, Spectrogram

Mode = Literal["song", "excerpt"]


@dataclass(frozen=True, slots=True)
class AnalyseRequest:
    """One file to classify.

    Attributes
    ----------
    path:
        The file; text, so that it crosses processes as the person typed it.
    model:
        ``"champion"``, ``"fallback"`` or a version number. ``"champion"`` lets the watch
        decide who serves; the other two are taken literally.
    mode:
        ``"song"`` reads the whole file in windows, ``"excerpt"`` one 30 s window from its middle.
    spectrogram:
        Also return the display spectrogram.
    source:
        Where the request came from, for the record of predictions.
    """

    path: str
    model: str = "champion"
    mode: Mode = "song"
    spectrogram: bool = False
    source: Source = "file"


@dataclass(frozen=True, slots=True)
class Analysis:
    """An answer and, where asked for, the picture that goes with it."""

    answer: Answer
    spectrogram: Spectrogram | None = None
    prediction_id: int | None = None
