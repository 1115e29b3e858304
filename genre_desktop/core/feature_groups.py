"""The property of music that each feature describes, such as brightness, bass rhythm or a listener tag.

The text of each property is in ``app/i18n/reason_text.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from genre_desktop.core.music_tags import ENCODER_TAGS, TAGS, shown_name

_TAG = "tag:"


@dataclass(frozen=True, slots=True)
class FeatureGroup:
    """A property of music.

    Attributes
    ----------
    key:
        Its identifier.
    pattern:
        Regular expression that matches the full names of its columns.
    together:
        Whether its columns only have a meaning together, so that no single one is shown.
    """

    key: str
    pattern: str
    together: bool = False


_BANDS = (("bass", "0"), ("low-middle", "[12]"), ("middle", "[34]"), ("treble", "[56]"))
"""Octave bands of the spectral contrast: below 200, 200 to 800, 800 to 3200 Hz, and above."""
_CEPSTRA = (("body", "[3-6]"), ("colour", "([7-9]|1[0-2])"), ("grain", "(1[3-9]|20)"))


def tag_column(encoder_tag: str) -> str:
    """Return the name of the column of a tag of :data:`~genre_desktop.core.music_tags.ENCODER_TAGS`."""
    return f"tag_{re.sub('[ -]', '_', encoder_tag.lower())}"


def tag_of(key: str) -> str:
    """Return the listener tag of a feature group, or an empty text."""
    return key.removeprefix(_TAG) if key.startswith(_TAG) else ""


def _tag_group(tag: str) -> FeatureGroup:
    columns = [tag_column(one) for one in ENCODER_TAGS if shown_name(one) == tag]
    return FeatureGroup(f"{_TAG}{tag}", "|".join(columns))


TOPICS: tuple[FeatureGroup, ...] = (
    FeatureGroup("loudness", r"(rms|power_rms|mel_power|poly_2|mfcc1)_mean|power_rms_max"),
    FeatureGroup("dynamics", r"(rms|mfcc1)_var|(power_rms|mel_power|poly_2)_std"),
    FeatureGroup("brightness", r"(spectral_centroid|rolloff|power_centroid|power_rolloff\d+|mfcc2)_mean"),
    FeatureGroup(
        "brightness-changes", r"(spectral_centroid|rolloff|mfcc2)_var|(power_centroid|power_rolloff\d+)_std"
    ),
    FeatureGroup("sharpness", r"zero_crossing_rate_(mean|max)"),
    FeatureGroup("sharpness-changes", r"zero_crossing_rate_var"),
    FeatureGroup("breadth", r"(spectral|power)_bandwidth_mean"),
    FeatureGroup("breadth-changes", r"spectral_bandwidth_var|power_bandwidth_std"),
    FeatureGroup("tones", r"harmony_(mean|var)"),
    FeatureGroup("drums", r"perceptr_(mean|var)"),
    FeatureGroup("balance", r"harmonic_share"),
    FeatureGroup("tempo", r"tempo|tempo_mean_onset"),
    FeatureGroup("onsets", r"onset_rate"),
    FeatureGroup("noise", r"power_flatness_mean"),
    FeatureGroup("noise-changes", r"power_flatness_std"),
    FeatureGroup("tilt", r"poly_[01]_(mean|std)", together=True),
    FeatureGroup("notes", r"chroma_stft_(mean|var)"),
    FeatureGroup("chords", r"chroma_(stft|cqt)_\d+_mean", together=True),
    FeatureGroup("chord-changes", r"chroma_(stft|cqt)_\d+_std", together=True),
    FeatureGroup("harmony", r"tonnetz_\d_mean", together=True),
    FeatureGroup("harmony-changes", r"tonnetz_\d_std", together=True),
    *(FeatureGroup(f"{band}-tones", rf"contrast_{number}_mean") for band, number in _BANDS),
    *(FeatureGroup(f"{band}-rhythm", rf"contrast_{number}_std") for band, number in _BANDS),
    *(FeatureGroup(part, rf"mfcc{number}_mean") for part, number in _CEPSTRA),
    *(FeatureGroup(f"{part}-changes", rf"mfcc{number}_var") for part, number in _CEPSTRA),
    *(_tag_group(tag) for tag in TAGS),
    FeatureGroup("embedding", r"embedding_\d+", together=True),
)


def topic_of(name: str) -> FeatureGroup | None:
    """Return the group of a feature column; None for a name that this feature version does not have."""
    return next((topic for topic in TOPICS if re.fullmatch(topic.pattern, name)), None)
