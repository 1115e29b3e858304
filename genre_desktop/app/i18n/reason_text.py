"""Texts of an explanation: names of the properties, and comparisons of their values with usual ones."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from genre_desktop.app.i18n.genre_names import genre_name
from genre_desktop.app.i18n.tag_names import standard_name
from genre_desktop.app.i18n.translate import decimal, mark, tr
from genre_desktop.core.explanations import USUAL, Explanation, Reason, SimilarClip
from genre_desktop.core.feature_groups import tag_of, topic_of
from genre_desktop.core.music_tags import group_of

TOPICS: dict[str, str] = {
    "loudness": mark("Loudness (RMS level)"),
    "dynamics": mark("Dynamics (RMS variation)"),
    "brightness": mark("Brightness (spectral centroid and roll-off)"),
    "brightness-changes": mark("Brightness variation (spectral centroid)"),
    "sharpness": mark("Sharpness (zero-crossing rate)"),
    "sharpness-changes": mark("Sharpness variation (zero-crossing rate)"),
    "breadth": mark("Spectral bandwidth"),
    "breadth-changes": mark("Spectral bandwidth variation"),
    "tones": mark("Sustained tones (harmonic part)"),
    "drums": mark("Drums and attacks (percussive part)"),
    "balance": mark("Melody versus drums (harmonic share)"),
    "tempo": mark("Tempo (beats per minute)"),
    "onsets": mark("Event density (notes and beats per second)"),
    "noise": mark("Noise versus tone (spectral flatness)"),
    "noise-changes": mark("Variation between noise and tone (spectral flatness)"),
    "tilt": mark("Balance of bass and treble (spectral slope)"),
    "notes": mark("Pitch variety (chroma)"),
    "chords": mark("Chords (chroma, independent of the key)"),
    "chord-changes": mark("Chord changes (chroma variation)"),
    "harmony": mark("Harmony (tonal centroid)"),
    "harmony-changes": mark("Harmony variation (tonal centroid)"),
    "bass-tones": mark("Clear notes in the bass (contrast below 200 Hz)"),
    "low-middle-tones": mark("Clear notes in the low mids (contrast 200 to 800 Hz)"),
    "middle-tones": mark("Clear notes in the mids (contrast 800 to 3200 Hz)"),
    "treble-tones": mark("Clear notes in the treble (contrast above 3200 Hz)"),
    "bass-rhythm": mark("Rhythm in the bass (variation below 200 Hz)"),
    "low-middle-rhythm": mark("Rhythm in the low mids (variation 200 to 800 Hz)"),
    "middle-rhythm": mark("Rhythm in the mids (variation 800 to 3200 Hz)"),
    "treble-rhythm": mark("Rhythm in the treble (variation above 3200 Hz)"),
    "body": mark("Timbre, broad shape (MFCC 3 to 6)"),
    "colour": mark("Timbre, medium detail (MFCC 7 to 12)"),
    "grain": mark("Timbre, fine detail (MFCC 13 to 20)"),
    "body-changes": mark("Timbre variation, broad shape (MFCC 3 to 6)"),
    "colour-changes": mark("Timbre variation, medium detail (MFCC 7 to 12)"),
    "grain-changes": mark("Timbre variation, fine detail (MFCC 13 to 20)"),
    "embedding": mark("Overall sound (embedding of the music encoder)"),
}
"""The name of every group of ``core/feature_groups.py`` but the listener tags."""

_METHODS = {
    "contributions": mark(
        "Exact contribution of each property to the model's score, averaged over its members."
    ),
    "replacing": mark(
        "This type of model has no exact contributions. Each property in turn was replaced by values "
        "from other songs; its contribution is the resulting loss in the genre's score."
    ),
}
_FAR = 2.0
"""Least distance of a value far from usual, in standard deviations."""
_ALIKE = (
    (1.0, mark("nearly identical")),
    (0.99, mark("extremely similar")),
    (0.95, mark("very similar")),
    (0.8, mark("similar")),
)
_MOST_STYLES = 3
_UNITS = {"1/s": mark("per second")}


@dataclass(frozen=True, slots=True)
class ReasonText:
    """The texts of a reason.

    ``share`` (0 to 1) is its strength relative to the strongest one; ``factor`` is by how much it multiplies the
    probability, as ``× 2.4``.
    """

    title: str
    caption: str
    factor: str
    share: float
    tip: str


def lines(explanation: Explanation, reasons: tuple[Reason, ...]) -> list[ReasonText]:
    """Return the texts of reasons; shares are relative to all reasons of the explanation."""
    everything = (*explanation.pro, *explanation.contra)
    strongest = max((abs(reason.weight) for reason in everything), default=1.0)
    return [_line(reason, explanation, strongest) for reason in reasons]


def called(feature: str) -> str:
    """Return the name of a feature column's group, or the column's own name if it has none."""
    topic = topic_of(feature)
    return topic_name(topic.key) if topic is not None else feature.replace("_", " ")


def topic_name(key: str) -> str:
    """Return the name of a feature group or listener tag."""
    tag = tag_of(key)
    return tr("Tag: {tag}", tag=standard_name(tag)) if tag else tr(TOPICS[key])


def sounds_like(explanation: Explanation) -> str:
    """Return ``Sounds like Jazz and Blues; Instrumental, Mellow``; empty if no tag describes the song."""
    styles = [standard_name(one.tag) for one in explanation.tags if group_of(one.tag) == "style"][
        :_MOST_STYLES
    ]
    others = ", ".join(standard_name(one.tag) for one in explanation.tags if group_of(one.tag) != "style")
    if not styles:
        return tr("Sound: {properties}", properties=others) if others else ""
    text = tr("Sounds like {style}", style=styles[0])
    if len(styles) > 1:
        text = tr("Sounds like {one} and {other}", one=", ".join(styles[:-1]), other=styles[-1])
    return f"{text}; {others}" if others else text


def unlike(explanation: Explanation) -> str:
    """Return by what an unusual song differs from the training music; empty for others."""
    if not explanation.unlike:
        return ""
    return tr(
        "Differs most from the training music in: {properties}. The percentages only compare the genres "
        "with each other; a high percentage does not mean that the song resembles the training music.",
        properties="; ".join(topic_name(key) for key in explanation.unlike),
    )


def method(explanation: Explanation) -> str:
    """Return how the reasons were computed, for the tool tip."""
    return tr(_METHODS[explanation.method])


def alike(neighbour: SimilarClip) -> str:
    """Return ``very much alike · 97 %``."""
    text = next((text for limit, text in _ALIKE if neighbour.likeness >= limit), mark("somewhat similar"))
    return f"{tr(text)} · {int(100 * neighbour.likeness)} %"


def _line(reason: Reason, explanation: Explanation, strongest: float) -> ReasonText:
    genre = genre_name(explanation.genre)
    factor = decimal(math.exp(min(abs(reason.weight), 9.0)))
    if reason.weight > 0:
        tip = tr("On its own, this makes {genre} {factor} times as likely.", genre=genre, factor=factor)
    else:
        tip = tr("On its own, this makes {genre} {factor} times less likely.", genre=genre, factor=factor)
    return ReasonText(
        title=topic_name(reason.topic),
        caption=_caption(reason, genre if explanation.usual_known and not reason.among_all else ""),
        factor=f"× {factor}" if reason.weight > 0 else f"÷ {factor}",
        share=abs(reason.weight) / strongest,
        tip=tr("{tip} Most influential measure: {feature}.", tip=tip, feature=reason.feature),
    )


def _caption(reason: Reason, genre: str) -> str:
    if tag_of(reason.topic):
        share = f"{min(99, int(100 * NormalDist().cdf(abs(reason.standing))))} %"
        text = mark("More pronounced than in {share} of varied music")
        if reason.standing < 0:
            text = mark("Less pronounced than in {share} of varied music")
        return tr(text, share=share)
    if reason.value is None or reason.low is None or reason.high is None:
        return tr("Combined measure")
    values = {
        "value": measure(reason.value, reason.unit),
        "low": measure(reason.low),
        "high": measure(reason.high, reason.unit),
        "genre": genre,
    }
    with_genre, without_genre = _COMPARISONS[_comparison(reason)]
    return tr(with_genre if genre else without_genre, **values)


_COMPARISONS: dict[str, tuple[str, str]] = {
    "usual": (
        mark("{value}, usual for {genre} ({low} to {high})"),
        mark("{value}, as in most music ({low} to {high})"),
    ),
    "more": (
        mark("{value}, more than usual for {genre} ({low} to {high})"),
        mark("{value}, more than in most music ({low} to {high})"),
    ),
    "less": (
        mark("{value}, less than usual for {genre} ({low} to {high})"),
        mark("{value}, less than in most music ({low} to {high})"),
    ),
    "much more": (
        mark("{value}, far more than usual for {genre} ({low} to {high})"),
        mark("{value}, far more than in most music ({low} to {high})"),
    ),
    "much less": (
        mark("{value}, far less than usual for {genre} ({low} to {high})"),
        mark("{value}, far less than in most music ({low} to {high})"),
    ),
}


def _comparison(reason: Reason) -> str:
    if abs(reason.standing) <= USUAL:
        return "usual"
    direction = "more" if reason.standing > 0 else "less"
    return f"much {direction}" if abs(reason.standing) > _FAR else direction


def measure(value: float, unit: str = "") -> str:
    """Return a number with three significant digits and its unit; tiny ones in scientific notation."""
    size = abs(value)
    if size and size < 0.001:
        text = f"{value:.0e}".replace("e-0", "e-").replace("-", "−")
    else:
        places = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3
        text = decimal(value, places).replace("-", "−")
    return f"{text} {tr(_UNITS.get(unit, unit))}".strip()
