"""The nouns every layer shares, as frozen dataclasses that pickle and print as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import EMPTY, Message

FloatArray = NDArray[np.floating[Any]]
Source = Literal["file", "batch", "live"]
Alias = Literal["champion", "fallback"]
Mode = Literal["song", "excerpt"]

GENRES: tuple[str, ...] = (
    "blues", "classical", "country", "disco", "hiphop",
    "jazz", "metal", "pop", "reggae", "rock",
)  # fmt: skip
"""The ten genres the starter models know; a person's own labels work just as well."""


@dataclass(frozen=True, slots=True)
class GenreScore:
    """One genre and its probability, 0 to 1."""

    genre: str
    probability: float

    def to_dict(self) -> dict[str, Any]:
        return {"genre": self.genre, "probability": self.probability}


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a song with one answer; times in seconds from the start."""

    start_s: float
    end_s: float
    genre: str
    probability: float

    def to_dict(self) -> dict[str, Any]:
        return {
            "start_s": self.start_s,
            "end_s": self.end_s,
            "genre": self.genre,
            "probability": self.probability,
        }


@dataclass(frozen=True, slots=True)
class ModelRef:
    """Which model answered.

    ``because`` is empty while the champion serves as it should, else a sentence
    ("answered by fallback, because …").
    """

    name: str
    version: str
    alias: str
    family: str = ""
    because: Message = EMPTY

    def to_dict(self) -> dict[str, str]:
        """The ``model`` object of the command-line contract."""
        return {"name": self.name, "version": self.version, "alias": self.alias}


@dataclass(frozen=True, slots=True)
class Spectrogram:
    """A display spectrogram: decibels relative to full scale on a linear frequency axis.

    Attributes
    ----------
    db:
        ``(n_freq, n_cols)`` float16, row 0 is 0 Hz, the last row ``sample_rate / 2``.
    sample_rate:
        Hz of the analysed signal.
    column_s:
        Seconds from one column to the next.
    """

    db: NDArray[np.float16]
    sample_rate: int
    column_s: float

    @property
    def duration_s(self) -> float:
        """Seconds the picture covers."""
        return float(self.db.shape[1] * self.column_s)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app says about one clip, or why it cannot say anything.

    ``features`` is the pooled row of the feature contract (float64, ``(n_features,)``);
    it travels to the store and is left out of the JSON.
    """

    path: str
    genre: str = ""
    confidence: float = 0.0
    top: tuple[GenreScore, ...] = ()
    unusual: bool = False
    segments: tuple[Segment, ...] = ()
    model: ModelRef | None = None
    duration_s: float = 0.0
    elapsed_ms: float = 0.0
    error: Problem | None = None
    warnings: tuple[Message, ...] = ()
    probabilities: tuple[GenreScore, ...] = field(default=(), repr=False)
    clip_hash: str = ""
    feature_version: str = ""
    features: FloatArray | None = field(default=None, repr=False, compare=False)

    @property
    def ok(self) -> bool:
        """True when there is a genre."""
        return self.error is None

    def to_dict(self, *, timeline: bool = True) -> dict[str, Any]:
        """One line of ``predict --json``; ``segments`` is empty without ``timeline``."""
        return {
            "path": self.path,
            "genre": self.genre or None,
            "confidence": self.confidence if self.ok else None,
            "top": [score.to_dict() for score in self.top],
            "unusual": self.unusual,
            "segments": [s.to_dict() for s in self.segments] if timeline else [],
            "model": self.model.to_dict() if self.model else None,
            "duration_s": round(self.duration_s, 3),
            "elapsed_ms": round(self.elapsed_ms, 1),
            "warnings": list(self.warnings),
            "error": self.error.to_dict() if self.error else None,
        }


@dataclass(frozen=True, slots=True)
class AnalyseRequest:
    """One file to classify.

    Attributes
    ----------
    path:
        The file; text, so that it crosses processes as the user typed it.
    model:
        ``"champion"``, ``"fallback"`` or a version number. ``"champion"`` lets the monitoring
        decide which one serves; the other two are taken literally.
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
