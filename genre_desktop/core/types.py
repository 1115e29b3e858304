"""Data types of all layers: frozen dataclasses that can be pickled and converted to JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import EMPTY, Message
from genre_desktop.core.music.keys import camelot

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.floating[Any]]

Item = TypeVar("Item")
Source = Literal["file", "batch", "live"]
Alias = Literal["champion", "fallback"]
Mode = Literal["song", "excerpt"]
Kind = Literal["music", "speech", "noise", "silence"]
"""What a recording is; only music gets a genre."""

GENRES: tuple[str, ...] = (
    "blues", "classical", "country", "disco", "hiphop",
    "jazz", "metal", "pop", "reggae", "rock",
)  # fmt: skip
"""The ten genres of the starter models; users may add others."""


@dataclass(frozen=True, slots=True)
class GenreScore:
    """One genre and its probability, 0 to 1."""

    genre: str
    probability: float

    def to_dict(self) -> dict[str, Any]:
        return {"genre": self.genre, "probability": self.probability}


@dataclass(frozen=True, slots=True)
class TagScore:
    """One listener tag (:data:`genre_desktop.core.music_tags.TAGS`) and how prominent it is, 0 to 1."""

    tag: str
    score: float

    def to_dict(self) -> dict[str, Any]:
        return {"tag": self.tag, "score": self.score}


@dataclass(frozen=True, slots=True)
class SongTags:
    """What the tags of a file say about the song; empty where they say nothing.

    Several genres are separated by commas.
    """

    title: str = ""
    artist: str = ""
    album: str = ""
    genre: str = ""

    def to_dict(self) -> dict[str, str | None]:
        """Return the fields of the command-line contract."""
        return {
            "title": self.title or None,
            "artist": self.artist or None,
            "album": self.album or None,
            "file_genre": self.genre or None,
        }


@dataclass(frozen=True, slots=True)
class Segment:
    """A section of a song with one genre, or without music; times in seconds from the start.

    ``genre`` is empty and ``probability`` 0 unless ``kind`` is ``music``.
    """

    start_s: float
    end_s: float
    genre: str
    probability: float
    kind: Kind = "music"

    def to_dict(self) -> dict[str, Any]:
        return {
            "start_s": self.start_s,
            "end_s": self.end_s,
            "genre": self.genre or None,
            "probability": self.probability,
            "kind": self.kind,
        }


def join_segments(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Join adjacent segments of the same genre or kind; the probability is their mean, weighted by length."""
    result: list[Segment] = []
    for segment in segments:
        before = result[-1] if result else None
        if before and _alike(before, segment) and abs(before.end_s - segment.start_s) < 0.01:
            one, two = before.end_s - before.start_s, segment.end_s - segment.start_s
            mean = (before.probability * one + segment.probability * two) / max(one + two, 1e-9)
            result[-1] = replace(before, end_s=segment.end_s, probability=mean)
        else:
            result.append(segment)
    return tuple(result)


def _alike(one: Segment, two: Segment) -> bool:
    return (one.genre, one.kind) == (two.genre, two.kind)


@dataclass(frozen=True, slots=True)
class ModelRef:
    """The model that answered.

    ``because`` is why the champion did not answer, else empty.
    """

    name: str
    version: str
    alias: str
    family: str = ""
    because: Message = EMPTY

    def to_dict(self) -> dict[str, str]:
        """Return the ``model`` object of the command-line contract."""
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
        """Duration in seconds."""
        return float(self.db.shape[1] * self.column_s)


@dataclass(frozen=True, slots=True)
class Answer:
    """The result for one clip, or the problem that prevented it.

    ``features`` is the pooled feature row (float64, ``(n_features,)``), which is stored but not
    part of the JSON. ``tags`` are the prominent listener tags, highest first; ``style`` is the one
    that names what the model's genres lack, or empty. ``genre`` is empty unless ``kind`` is ``music``.
    ``bpm`` are beats per minute, None without a clear beat; ``key`` is a :attr:`.Key.name`, empty where none is clear.
    ``song`` is what the file's own tags say.
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
    kind: Kind = "music"
    tags: tuple[TagScore, ...] = ()
    style: str = ""
    bpm: float | None = None
    key: str = ""
    song: SongTags = SongTags()

    @property
    def ok(self) -> bool:
        """True when the clip was analysed; it may be speech or noise, without a genre."""
        return self.error is None

    @property
    def has_genre(self) -> bool:
        """True when the clip was analysed and is music."""
        return self.ok and bool(self.genre)

    def to_dict(self, *, timeline: bool = True) -> dict[str, Any]:
        """Return one line of ``predict --json``; ``segments`` is empty without ``timeline``."""
        return {
            "path": self.path,
            "genre": self.genre or None,
            "confidence": self.confidence if self.has_genre else None,
            "top": [score.to_dict() for score in self.top],
            "kind": self.kind,
            "tags": [tag.to_dict() for tag in self.tags],
            "style": self.style or None,
            "bpm": self.bpm,
            "key": self.key or None,
            "camelot": camelot(self.key) or None,
            **self.song.to_dict(),
            "unusual": self.unusual,
            "segments": [s.to_dict() for s in self.segments] if timeline else [],
            "model": self.model.to_dict() if self.model else None,
            "duration_s": round(self.duration_s, 3),
            "elapsed_ms": round(self.elapsed_ms, 1),
            "warnings": list(self.warnings),
            "error": self.error.to_dict() if self.error else None,
        }


@dataclass(frozen=True, slots=True)
class BatchPlace:
    """Where a file belongs in a resumable batch: the batch's id, the path as its user named it, its stamp."""

    batch_id: int
    path: str
    stamp: str


@dataclass(frozen=True, slots=True)
class AnalyseRequest:
    """One file to classify.

    Attributes
    ----------
    path:
        The file, as the user typed it.
    model:
        ``"champion"`` (the model in use, which may be the fallback), ``"fallback"`` or a version number.
    mode:
        ``"song"`` analyses the whole file in windows, ``"excerpt"`` one 30 s window from its middle.
    spectrogram:
        Also return the display spectrogram.
    source:
        Origin of the request, stored with the prediction.
    place:
        Where the answer is stored in the same transaction, so that no kill comes between; None outside of batches.
    previous:
        Id of an earlier answer to the file; if its stored features suffice, the file is not decoded.
    """

    path: str
    model: str = "champion"
    mode: Mode = "song"
    spectrogram: bool = False
    source: Source = "file"
    place: BatchPlace | None = None
    previous: int | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """An answer and, if requested, the spectrogram."""

    answer: Answer
    spectrogram: Spectrogram | None = None
    prediction_id: int | None = None


@dataclass(frozen=True, slots=True)
class ItemResult(Generic[Item]):
    """One item of many with the value of its operation, or with the problem."""

    item: Item
    value: Any = None
    problem: Problem | None = None
