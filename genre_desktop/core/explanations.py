"""What can be asked about a song beyond its genre: why this answer, and what sounds like it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from genre_desktop.core.types import FloatArray

Method = Literal["contributions", "replacing"]
"""How reasons were found: exact contributions of the model's own parts, or by replacing inputs."""


@dataclass(frozen=True, slots=True)
class DetailsRequest:
    """One song, and what was said about it.

    Attributes
    ----------
    genre:
        The genre to give reasons for.
    model:
        Number of the version that answered.
    clip_hash:
        Of the sound, so that a song is not compared with itself; empty when unknown.
    features:
        Its pooled row ``(n_features,)`` of ``feature_version``; None: to be looked up or measured.
    prediction_id:
        The answer's number in the store, where the row can be looked up.
    """

    path: str
    genre: str
    model: str
    clip_hash: str = ""
    feature_version: str = ""
    features: FloatArray | None = field(default=None, repr=False, compare=False)
    prediction_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One property of a song that spoke for or against a genre.

    Attributes
    ----------
    topic:
        Which property; a key of ``app.reasons``' words.
    weight:
        What it adds to the logarithm of the genre's probability, compared with the average genre.
    feature, unit:
        The number of the feature contract that mattered most in it. Variances are told as standard
        deviations, so that their unit is one that people know.
    value, low, high:
        That number here, and the middle half of the genre's clips; None where no single number means
        anything.
    standing:
        How far ``value`` lies from the genre's median, in standard deviations of the genre.
    """

    topic: str
    weight: float
    feature: str
    unit: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    standing: float = 0.0


@dataclass(frozen=True, slots=True)
class Explanation:
    """Reasons, the strongest first.

    ``usual_known`` is False when nothing is known about the genre's own clips: then ``low`` and ``high``
    are those of all genres together.
    """

    genre: str
    family: str
    method: Method
    pro: tuple[Reason, ...]
    contra: tuple[Reason, ...]
    usual_known: bool = True


@dataclass(frozen=True, slots=True)
class SimilarClip:
    """A clip that sounds like the song.

    Attributes
    ----------
    path:
        Of the person's file; for a reference clip its name only.
    own:
        Whether it is the person's.
    likeness:
        Share of pairs of clips in the library that are less alike than these two, 0 to 1.
    """

    path: str
    genre: str
    own: bool
    likeness: float
