"""Listener tags that stand out in a song, and styles that a model's genres lack.

The encoder's probabilities are low and differ much from tag to tag: rock music has "rock" at 0.3, cheerful music
"happy" at 0.01. A tag's log-odds are therefore compared with those of varied music. The score is a logistic function
of both, the standard score in that distribution and the log-odds themselves, fitted to the genres of GTZAN that are
also tags (``tools/make_tag_reference.py``): the probability that a listener who picks one of ten equally frequent
styles agrees with the tag.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.labels import label_key
from genre_desktop.core.music_tags import ENCODER_TAGS, shown_name
from genre_desktop.core.paths import shipped
from genre_desktop.core.types import TagScore

if TYPE_CHECKING:
    from genre_desktop.core.types import FloatArray

Floats = NDArray[np.float64]

MOST = 6
"""Tags of one song."""
LEAST_SCORE = 0.5
"""A tag is listed when it is more likely right than wrong."""

CLEAR_SCORE = 2.6
"""Least standard score of a style that no genre names; a normal distribution exceeds it in 0.5 % of cases."""
CLEAR_MARGIN = 0.5
"""Least distance, in log-odds, of such a style from every tag that a genre names."""
SURE = 0.7
"""Confidence from which the model's genre is right, whatever style the tags name, unless the song is unusual."""

_ROCK = ("rock", "indie", "alternative")
_ELECTRONIC = ("electronic", "electronica", "electro", "edm", "techno", "trance", "dance")
_NAMED_BY: dict[str, tuple[str, ...]] = {
    "rock": _ROCK,
    "alternative": _ROCK,
    "alternative rock": (*_ROCK, "alternativerock"),
    "classic rock": ("rock", "classicrock"),
    "hard rock": ("rock", "metal", "hardrock"),
    "indie": (*_ROCK, "indierock", "indiepop", "pop"),
    "indie rock": (*_ROCK, "indierock"),
    "indie pop": ("indie", "indiepop", "pop"),
    "progressive rock": ("rock", "progressiverock", "progrock", "prog"),
    "pop": ("pop",),
    "metal": ("metal", "heavymetal"),
    "heavy metal": ("metal", "heavymetal"),
    "punk": ("punk", "punkrock", "hardcore"),
    "jazz": ("jazz",),
    "blues": ("blues",),
    "country": ("country",),
    "hip-hop": ("hiphop", "rap", "trap"),
    "electronic": (*_ELECTRONIC, "house"),
    "house": (*_ELECTRONIC, "house", "deephouse"),
    "ambient": ("ambient", "newage", "drone", "downtempo", "chillout"),
    "folk": ("folk", "folkrock", "celtic", "singersongwriter", "singer/songwriter", "acoustic"),
    "soul": ("soul", "neosoul", "motown", "rnb", "r&b"),
    "rnb": ("rnb", "r&b", "rhythmandblues", "soul"),
    "funk": ("funk",),
}  # fmt: skip
"""Labels (as :func:`~genre_desktop.core.labels.label_key`) that name each style. Tags that are no style of their own,
such as "experimental" and "dance", are not listed."""


@dataclass(frozen=True, eq=False)
class TagReference:
    """Distribution of the tags in varied music, and the calibration of scores.

    Attributes
    ----------
    levels:
        ``(n_levels,)`` standard scores of the quantiles.
    quantiles:
        ``(n_levels, 50)`` log-odds of each tag, increasing along the first axis.
    weights:
        ``(3,)`` of standard score, log-odds and constant.
    """

    levels: Floats
    quantiles: Floats
    weights: Floats

    def standard_scores(self, log_odds: Floats) -> Floats:
        """Return ``(50,)`` standard scores of log-odds ``(50,)``, extrapolated outside the quantiles."""
        return np.array(
            [_interpolate(x, q, self.levels) for x, q in zip(log_odds, self.quantiles.T, strict=True)]
        )

    def scores(self, log_odds: Floats) -> Floats:
        """Return ``(50,)`` probabilities that a listener agrees with each tag."""
        ease, slope, constant = self.weights
        return np.asarray(
            1 / (1 + np.exp(-(ease * self.standard_scores(log_odds) + slope * log_odds + constant)))
        )


@cache
def tag_reference() -> TagReference:
    """Load ``data/tag_reference.npz``."""
    with shipped("data", "tag_reference.npz").open("rb") as file, np.load(file, allow_pickle=False) as stored:
        levels = np.array([NormalDist().inv_cdf(level) for level in stored["levels"].tolist()])
        return TagReference(levels, stored["quantiles"].astype(np.float64), stored["weights"])


def describe(tag_log_odds: FloatArray) -> tuple[TagScore, ...]:
    """Return the tags that stand out, highest score first, at most :data:`MOST`.

    Parameters
    ----------
    tag_log_odds:
        ``(50,)`` mean log-odds of a song in the order of the encoder's tags. With a missing value there are no tags.
    """
    row = np.asarray(tag_log_odds, dtype=np.float64)
    if not np.isfinite(row).all():
        return ()
    found: dict[str, float] = {}
    for tag, score in zip(ENCODER_TAGS, tag_reference().scores(row).tolist(), strict=True):
        found[shown_name(tag)] = max(score, found.get(shown_name(tag), 0.0))
    best = sorted(found.items(), key=lambda item: -item[1])[:MOST]
    return tuple(TagScore(tag, round(score, 3)) for tag, score in best if score >= LEAST_SCORE)


def unnamed_style(
    tag_log_odds: FloatArray, genres: Iterable[str], confidence: float, unusual: bool = False
) -> str:
    """Return the style of a song that none of a model's genres names, or an empty text.

    Parameters
    ----------
    tag_log_odds:
        ``(50,)`` as for :func:`describe`.
    genres:
        The model's genres.
    confidence:
        Probability of the genre that it answered.
    unusual:
        Whether the song is unlike the model's training music, so that its confidence means little.
    """
    row = np.asarray(tag_log_odds, dtype=np.float64)
    if not np.isfinite(row).all() or (confidence >= SURE and not unusual):
        return ""
    labels = {label_key(genre) for genre in genres}
    styles = [shown_name(tag) for tag in ENCODER_TAGS]
    named = [i for i, style in enumerate(styles) if not labels.isdisjoint(_NAMED_BY.get(style, ()))]
    least = max((row[i] for i in named), default=-np.inf) + CLEAR_MARGIN
    clear = tag_reference().standard_scores(row) >= CLEAR_SCORE
    unnamed = [
        i for i, style in enumerate(styles)
        if style in _NAMED_BY and i not in named and clear[i] and row[i] >= least
    ]  # fmt: skip
    return styles[max(unnamed, key=lambda i: row[i])] if unnamed else ""


def _interpolate(x: float, quantiles: Floats, levels: Floats) -> float:
    # Outside, the slope of the outer two intervals: one alone may be very short.
    if x > quantiles[-1]:
        return float(
            levels[-1] + (x - quantiles[-1]) * (levels[-1] - levels[-3]) / (quantiles[-1] - quantiles[-3])
        )
    if x < quantiles[0]:
        return float(levels[0] + (x - quantiles[0]) * (levels[2] - levels[0]) / (quantiles[2] - quantiles[0]))
    return float(np.interp(x, quantiles, levels))
