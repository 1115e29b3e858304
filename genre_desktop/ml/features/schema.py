"""The feature schema: names, order, units and sources of the features of a clip.

The list is the 57 columns of the widely used GTZAN table, names unchanged, columns of a second
published table that plain librosa calls reproduce (see ``docs/features.md`` for the evidence), and
the outputs of the music encoder: listener tags as log-odds, and its embedding.

Versions only append: version 1 is the first 156 columns. Its rows are widened by NaN, and its
models read the columns they know, so both remain usable.

``python -m genre_desktop.ml.features.schema`` prints the table of that document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError
from genre_desktop.core.feature_groups import TOPICS
from genre_desktop.core.music_tags import ENCODER_TAGS

FEATURE_VERSION = "2"
"""Changes whenever columns are appended, or the value of a column changes."""

SAMPLE_RATE = 22050
"""Hz; every number below is of a mono signal at this rate."""

N_MFCC = 20
N_CHROMA = 12
N_CONTRAST = 7
N_TONNETZ = 6
N_EMBEDDING = 200

Statistic = Literal["mean", "var", "std", "max", "value"]
Group = Literal[
    "chroma", "level", "spectrum", "zero crossings", "hpss", "rhythm", "mfcc",
    "power spectrum", "contrast", "polynomial", "mel", "chroma cqt", "tonnetz",
]  # fmt: skip
Table = Literal["gtzan_features_30s.csv", "gtzan_features_167.csv"]
TABLE_57: Table = "gtzan_features_30s.csv"
TABLE_167: Table = "gtzan_features_167.csv"


@dataclass(frozen=True, slots=True)
class Feature:
    """One column.

    Attributes
    ----------
    name:
        Unique; the column's name in stored rows and bundles.
    unit:
        Unit of the value (a variance of hertz is ``Hz²``); empty for pure numbers.
    source:
        The librosa call whose output the statistic summarises, at its defaults (2048 samples
        per frame, hop of 512) unless written otherwise. ``P`` is the power spectrogram of the
        clip with its mean subtracted.
    statistic:
        Over all frames (and bands, where the source has several); ``value``: already one number.
    group:
        Columns computed together; the unit of the ablation.
    table, column:
        The published table that contains the same number, and its name there.
    """

    name: str
    unit: str
    source: str
    statistic: Statistic
    group: Group
    table: Table
    column: str


def _published(base: str, unit: str, source: str, group: Group) -> Iterator[Feature]:
    """Yield mean and variance, as in the 57-column table."""
    square = f"{unit}²" if unit else ""
    yield Feature(f"{base}_mean", unit, source, "mean", group, TABLE_57, f"{base}_mean")
    yield Feature(f"{base}_var", square, source, "var", group, TABLE_57, f"{base}_var")


def _further(
    base: str, column: str, unit: str, source: str, group: Group, stats: Iterable[Statistic] = ("mean", "std")
) -> Iterator[Feature]:
    """Yield statistics as in the 167-column table."""
    for stat in stats:
        yield Feature(f"{base}_{stat}", unit, source, stat, group, TABLE_167, f"{column}_{stat}")


def _first_57() -> Iterator[Feature]:
    yield from _published("chroma_stft", "", "feature.chroma_stft(y)", "chroma")
    yield from _published("rms", "", "feature.rms(y)", "level")
    yield from _published("spectral_centroid", "Hz", "feature.spectral_centroid(y)", "spectrum")
    yield from _published("spectral_bandwidth", "Hz", "feature.spectral_bandwidth(y)", "spectrum")
    yield from _published("rolloff", "Hz", "feature.spectral_rolloff(y)", "spectrum")
    yield from _published("zero_crossing_rate", "", "feature.zero_crossing_rate(y)", "zero crossings")
    yield from _published("harmony", "", "effects.hpss(y)[0]", "hpss")
    yield from _published("perceptr", "", "effects.hpss(y)[1]", "hpss")
    yield Feature("tempo", "BPM", "beat.beat_track(y)[0]", "value", "rhythm", TABLE_57, "tempo")
    for i in range(N_MFCC):
        yield from _published(f"mfcc{i + 1}", "", f"feature.mfcc(y)[{i}]", "mfcc")


def _from_power() -> Iterator[Feature]:
    group: Group = "power spectrum"
    level: tuple[Statistic, ...] = ("mean", "std", "max")
    yield from _further("power_rms", "rms", "", "feature.rms(S=P)", group, level)
    yield from _further("power_centroid", "centroid", "Hz", "feature.spectral_centroid(S=P)", group)
    yield from _further("power_bandwidth", "bandwidth", "Hz", "feature.spectral_bandwidth(S=P)", group)
    for percent in ("85", "95"):
        call = f"feature.spectral_rolloff(S=P, roll_percent=0.{percent})"
        yield from _further(f"power_rolloff{percent}", f"rolloff{percent}", "Hz", call, group)
    yield from _further("power_flatness", "flatness", "", "feature.spectral_flatness(S=P)", group)
    for i in range(N_CONTRAST):
        call = f"feature.spectral_contrast(S=P)[{i}]"
        yield from _further(f"contrast_{i}", f"contrast_{i}", "dB", call, "contrast")
    for i, unit in enumerate(("Hz⁻²", "Hz⁻¹", "")):
        call = f"feature.poly_features(S=P, order=2)[{i}]"
        yield from _further(f"poly_{i}", f"poly_{i}", unit, call, "polynomial")
    yield from _further("mel_power", "mel_spec", "", "feature.melspectrogram(S=P)", "mel")


def _from_pitch() -> Iterator[Feature]:
    for i in range(N_CHROMA):
        name = f"chroma_stft_{i}"
        yield from _further(name, name, "", f"feature.chroma_stft(y)[{i}]", "chroma")
    for i in range(N_CHROMA):
        name = f"chroma_cqt_{i}"
        yield from _further(name, name, "", f"feature.chroma_cqt(y)[{i}]", "chroma cqt")
    for i in range(N_TONNETZ):
        yield from _further(f"tonnetz_{i}", f"tonnetz_{i}", "", f"feature.tonnetz(y)[{i}]", "tonnetz")


def _from_rhythm() -> Iterator[Feature]:
    crossings = "feature.zero_crossing_rate(y)"
    yield from _further("zero_crossing_rate", "zcr", "", crossings, "zero crossings", ("max",))
    onsets = "onset.onset_detect(y) / duration"
    yield Feature("onset_rate", "1/s", onsets, "value", "rhythm", TABLE_167, "onset_rate")
    call = "feature.tempo(y)"
    yield Feature("tempo_mean_onset", "BPM", call, "value", "rhythm", TABLE_167, "tempo_bpm")
    share = "decompose.hpss(D): |H|² / (|H|² + |P|²)"
    yield Feature("harmonic_share", "", share, "value", "hpss", TABLE_167, "hpss_harm_ratio")


FEATURES: tuple[Feature, ...] = (*_first_57(), *_from_rhythm(), *_from_power(), *_from_pitch())
"""The columns computed by signal processing, in the order of a feature row."""

SIGNAL_NAMES: tuple[str, ...] = tuple(feature.name for feature in FEATURES)
PUBLISHED_57: tuple[str, ...] = SIGNAL_NAMES[:57]
"""The columns of the 57-feature table, names and order unchanged."""
TAG_NAMES: tuple[str, ...] = tuple(f"tag_{re.sub('[ -]', '_', tag.lower())}" for tag in ENCODER_TAGS)
"""Log-odds of the encoder's tags, averaged over the patches of a window."""
EMBEDDING_NAMES: tuple[str, ...] = tuple(f"embedding_{i}" for i in range(N_EMBEDDING))
"""Its last hidden layer, averaged likewise."""
ENCODER_NAMES: tuple[str, ...] = TAG_NAMES + EMBEDDING_NAMES
NAMES: tuple[str, ...] = SIGNAL_NAMES + ENCODER_NAMES
"""Every column, in the order of a feature row."""

VERSIONS: dict[str, tuple[str, ...]] = {"2": NAMES, "1": SIGNAL_NAMES}
"""Columns of every version that is still read, newest first; each is a prefix of :data:`NAMES`."""


def table_columns() -> dict[str, Feature]:
    """Return each feature by its name, for the lookup of its column in the published tables."""
    return {feature.name: feature for feature in FEATURES}


def check_version(found: str) -> None:
    """Refuse a model or a stored row of a version that is not in :data:`VERSIONS`.

    Raises
    ------
    AppError
        ``feature-version``.
    """
    if found not in VERSIONS:
        raise AppError("feature-version", found=found or "unknown", known=FEATURE_VERSION)


def widen(rows: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Append NaN to rows ``(…, n)`` of an older version, up to ``(…, n_features)``."""
    missing = np.full((*rows.shape[:-1], len(NAMES) - rows.shape[-1]), np.nan)
    return np.concatenate([np.asarray(rows, np.float64), missing], axis=-1)


def has_encoding(rows: NDArray[np.floating[Any]]) -> NDArray[np.bool_]:
    """Return for rows ``(…, n_features)`` whether they hold the encoder's columns, ``(…,)``."""
    return np.asarray(np.isfinite(rows[..., len(SIGNAL_NAMES) :]).all(axis=-1))


def markdown() -> str:
    """Return the schema as a Markdown table for ``docs/features.md``."""
    head = "| # | name | unit | source (librosa) | statistic | group |\n| --: | --- | --- | --- | --- | --- |"
    rows = (
        f"| {i} | `{f.name}` | {f.unit} | `{f.source}` | {f.statistic} | {f.group} |"
        for i, f in enumerate(FEATURES)
    )
    return "\n".join((head, *rows))


if __name__ == "__main__":
    print(markdown())  # noqa: T201  # output for the document


@cache
def feature_group_columns() -> dict[str, tuple[int, ...]]:
    """Return the column indices of each feature group, by the group's key."""
    return {
        group.key: tuple(
            index for index, name in enumerate(SIGNAL_NAMES) if re.fullmatch(group.pattern, name)
        )
        for group in TOPICS
    }
