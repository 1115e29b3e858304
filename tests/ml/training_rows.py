"""A small synthetic library: separable genres, several artists each, some clips of two windows."""

from __future__ import annotations

from typing import Any

import numpy as np

from genre_desktop.ml.data.dataset import TrainingRows
from genre_desktop.ml.features.schema import NAMES

LABELS = ("jazz", "polka", "rock")


def rows(
    artists: int = 4,
    per_artist: int = 3,
    *,
    labels: tuple[str, ...] = LABELS,
    seed: int = 0,
    sources: str = "audio",
    noise: float = 0.6,
    windows: int = 1,
) -> TrainingRows:
    """``len(labels) * artists * per_artist`` clips of positive numbers, as sizes and variances are."""
    rng = np.random.default_rng(seed)
    centres = {name: np.random.default_rng(i).normal(size=len(NAMES)) for i, name in enumerate(labels)}
    found: dict[str, list[Any]] = {"X": [], "y": [], "groups": [], "clips": []}
    for label in labels:
        for artist in range(artists):
            for clip in range(per_artist):
                for _ in range(windows):
                    found["X"].append(
                        np.exp(0.3 * (centres[label] + rng.normal(scale=noise, size=len(NAMES))))
                    )
                    found["y"].append(label)
                    found["groups"].append(f"{label} artist {artist}")
                    found["clips"].append(f"{label}-{artist}-{clip}")
    names = np.array(found["clips"], dtype=str)
    return TrainingRows(
        X=np.array(found["X"]),
        y=np.array(found["y"], dtype=str),
        groups=np.array(found["groups"], dtype=str),
        clips=names,
        names=names,
        sources=np.full(len(names), sources),
    )


def joined(*parts: TrainingRows) -> TrainingRows:
    """Concatenate libraries."""
    fields = ("X", "y", "groups", "clips", "names", "sources")
    return TrainingRows(*(np.concatenate([getattr(p, f) for p in parts]) for f in fields))
