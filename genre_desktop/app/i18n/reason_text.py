"""Texts of an explanation: names of the properties, and comparisons of their values with usual ones."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from genre_desktop.app.i18n.genre_names import genre_name
from genre_desktop.app.i18n.tag_names import standard_name
from genre_desktop.app.i18n.translate import decimal, mark, tr
from genre_desktop.core.explanations import Explanation, Reason, SimilarClip
from genre_desktop.core.feature_groups import tag_of, topic_of
from genre_desktop.core.music_tags import group_of

TOPICS: dict[str, str] = {
    "loudness": mark("Loudness (RMS level)"),
    "dynamics": mark("Swings between loud and quiet (RMS variation)"),
    "brightness": mark("Brightness (spectral centroid and roll-off)"),
    "brightness-changes": mark("Changes of brightness (variation of the centroid)"),
    "sharpness": mark("Sharpness and hiss (zero crossings)"),
    "sharpness-changes": mark("Changes of sharpness (variation of zero crossings)"),
    "breadth": mark("Breadth of the sound (bandwidth)"),
    "breadth-changes": mark("Changes of breadth (variation of the bandwidth)"),
    "tones": mark("Sustained tones (harmonic part)"),
    "drums": mark("Drums and attacks (percussive part)"),
    "balance": mark("Melody against drums (harmonic share)"),
    "tempo": mark("Tempo (beats per minute)"),
    "onsets": mark("Busyness (notes and beats a second)"),
    "noise": mark("Noise against tone (spectral flatness)"),
    "noise-changes": mark("Changes between noise and tone (variation of the flatness)"),
    "tilt": mark("Balance of low and high (spectral slope)"),
    "notes": mark("Richness of notes (chroma)"),
    "chords": mark("Keys and chords (chroma, whatever the key)"),
    "chord-changes": mark("Chord changes (variation of the chroma)"),
    "harmony": mark("Harmony (tonal centroid)"),
    "harmony-changes": mark("Movement of the harmony (variation of the tonal centroid)"),
    "bass-tones": mark("Clear notes in the bass (contrast below 200 Hz)"),
    "low-middle-tones": mark("Clear notes in the low middle (contrast 200 to 800 Hz)"),
    "middle-tones": mark("Clear notes in the middle (contrast 800 to 3200 Hz)"),
    "treble-tones": mark("Clear notes in the treble (contrast above 3200 Hz)"),
    "bass-rhythm": mark("Bass rhythm (variation below 200 Hz)"),
    "low-middle-rhythm": mark("Rhythm in the low middle (variation 200 to 800 Hz)"),
    "middle-rhythm": mark("Rhythm in the middle (variation 800 to 3200 Hz)"),
    "treble-rhythm": mark("Rhythm in the treble (variation above 3200 Hz)"),
    "body": mark("Body of the sound (MFCC 3 to 6)"),
    "colour": mark("Tone colour (MFCC 7 to 12)"),
    "grain": mark("Grain of the sound (MFCC 13 to 20)"),
    "body-changes": mark("Changes of the sound's body (variation of MFCC 3 to 6)"),
    "colour-changes": mark("Changes of tone colour (variation of MFCC 7 to 12)"),
    "grain-changes": mark("Changes of the sound's grain (variation of MFCC 13 to 20)"),
    "embedding": mark("Overall sound (embedding of the music encoder)"),
}
"""The name of every group of ``core/feature_groups.py`` but the listener tags."""

_METHODS = {
    "contributions": mark(
        "Measured inside the model: the exact share of each property in its score, the mean over its voices."
    ),
    "replacing": mark(
        "This kind of model has no exact shares. It was asked again with one property after the other taken "
        "from other songs; what the genre loses by it, the property gave."
    ),
}
_USUAL, _FAR = 0.7, 2.0
"""In standard deviations: the most for a usual value, and the least for one far from usual."""
_ALIKE = (
    (1.0, mark("almost the same")),
    (0.99, mark("very much alike")),
    (0.95, mark("much alike")),
    (0.8, mark("alike")),
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
        return tr("Sounds: {properties}", properties=others) if others else ""
    text = tr("Sounds like {style}", style=styles[0])
    if len(styles) > 1:
        text = tr("Sounds like {one} and {other}", one=", ".join(styles[:-1]), other=styles[-1])
    return f"{text}; {others}" if others else text


def unlike(explanation: Explanation) -> str:
    """Return by what an unusual song differs from the training music; empty for others."""
    if not explanation.unlike:
        return ""
    return tr(
        "Differs most from the training music in: {properties}. The percentages only compare the genres with "
        "each other; a high one does not mean that the song resembles the training music.",
        properties="; ".join(topic_name(key) for key in explanation.unlike),
    )


def method(explanation: Explanation) -> str:
    """Return how the reasons were computed, for the tool tip."""
    return tr(_METHODS[explanation.method])


def alike(neighbour: SimilarClip) -> str:
    """Return ``very much alike · 97 %``."""
    text = next((text for limit, text in _ALIKE if neighbour.likeness >= limit), mark("somewhat alike"))
    return f"{tr(text)} · {int(100 * neighbour.likeness)} %"


def _line(reason: Reason, explanation: Explanation, strongest: float) -> ReasonText:
    genre = genre_name(explanation.genre)
    factor = decimal(math.exp(min(abs(reason.weight), 9.0)))
    if reason.weight > 0:
        tip = tr("By itself this makes {genre} {factor} times as likely.", genre=genre, factor=factor)
    else:
        tip = tr("By itself this makes {genre} {factor} times less likely.", genre=genre, factor=factor)
    return ReasonText(
        title=topic_name(reason.topic),
        caption=_caption(reason, genre if explanation.usual_known else ""),
        factor=f"× {factor}" if reason.weight > 0 else f"÷ {factor}",
        share=abs(reason.weight) / strongest,
        tip=tr("{tip} Number that mattered most: {feature}.", tip=tip, feature=reason.feature),
    )


def _caption(reason: Reason, genre: str) -> str:
    if tag_of(reason.topic):
        share = f"{min(99, int(100 * NormalDist().cdf(abs(reason.standing))))} %"
        text = mark("More pronounced than in {share} of varied music")
        if reason.standing < 0:
            text = mark("Less pronounced than in {share} of varied music")
        return tr(text, share=share)
    if reason.value is None or reason.low is None or reason.high is None:
        return tr("Many numbers that mean something only together")
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
    if abs(reason.standing) <= _USUAL:
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
