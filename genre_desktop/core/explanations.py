"""Explanations of an answer: the reasons for the genre, and similar clips."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from genre_desktop.core.types import TagScore

if TYPE_CHECKING:
    from genre_desktop.core.types import FloatArray

Method = Literal["contributions", "replacing"]
"""How reasons were computed: exact contributions of the model's parts, or by replacing inputs."""

USUAL = 0.7
"""Largest distance of a usual value from the median, in standard deviations."""


@dataclass(frozen=True, slots=True)
class DetailsRequest:
    """A request to explain the answer for one song.

    Attributes
    ----------
    genre:
        The genre to explain.
    model:
        Number of the model version that answered.
    clip_hash:
        Hash of the audio, which excludes the song itself from similar clips; empty when unknown.
    features:
        Pooled row ``(n_features,)`` of ``feature_version``; None: to be loaded or computed.
    prediction_id:
        Id of the answer in the store, from where the row can be loaded.
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
    """One property of a song that is evidence for or against a genre.

    Attributes
    ----------
    topic:
        Key of the property (:data:`~genre_desktop.core.feature_groups.TOPICS`).
    weight:
        Its contribution to the log probability of the genre, relative to the average genre.
    feature, unit:
        Its most important feature. Variances are shown as standard deviations, in a familiar unit.
    value, low, high:
        Value of that feature, and the interquartile range of the genre's clips; None where single features
        have no meaning, and for listener tags.
    standing:
        Distance of ``value`` from the genre's median, in standard deviations of the genre; for a listener tag
        from the median of varied music.
    among_all:
        True if ``low``, ``high`` and ``standing`` refer to the clips of all genres: where a value far from usual
        for the genre is evidence for it, or a usual one evidence against it.
    """

    topic: str
    weight: float
    feature: str
    unit: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    standing: float = 0.0
    among_all: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """Reasons: listener tags first, then features, each the strongest first.

    Attributes
    ----------
    usual_known:
        False when there are no statistics of the genre's own clips: ``low`` and ``high`` then refer to all genres.
    tags:
        The listener tags that the song is described by, if the model uses them.
    unlike:
        Keys of the properties by which the song differs most from the training music, if it is unusual.
    """

    genre: str
    family: str
    method: Method
    pro: tuple[Reason, ...]
    contra: tuple[Reason, ...]
    usual_known: bool = True
    tags: tuple[TagScore, ...] = ()
    unlike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SimilarClip:
    """A clip that is similar to the song.

    Attributes
    ----------
    path:
        Path of the user's file; for a reference clip its name only.
    own:
        Whether it is the user's clip.
    likeness:
        Share of all pairs of clips in the library that are less similar than these two, 0 to 1.
    """

    path: str
    genre: str
    own: bool
    likeness: float
