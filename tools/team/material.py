"""Generated music for the demonstration: four styles, as many songs as wanted, each by an artist of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import mutagen
import numpy as np
import soundfile

from tools import make_demo_clip as parts
from tools.degraded_recordings import RATE, Samples, laptop
from tools.make_demo_clip import Signal
from tools.make_sample_music import broken_chords, off_beats, tempo

Compose = Callable[[np.random.Generator], Signal]

STYLES: dict[str, tuple[float, Compose]] = {
    "disco": (
        0.50,
        lambda dice: parts.drums(dice) + parts.bass() + 2 * parts.chords(dice.uniform(-0.1, 0.1)),
    ),
    "metal": (0.42, lambda dice: np.tanh(dice.uniform(6, 12) * (2 * parts.chords(0.0) + parts.bass()))),
    "reggae": (
        0.62,
        lambda dice: off_beats() + 1.3 * parts.bass() + dice.uniform(0.3, 0.6) * parts.drums(dice),
    ),
    "classical": (0.70, lambda dice: broken_chords(dice.uniform(0.4, 1.0), int(dice.integers(3, 7)))),
}
"""Seconds a beat, and how a song of the style is put together."""


def write_songs(
    folder: Path, each: int, *, seed: int, styles: Sequence[str] = tuple(STYLES), by_laptop: bool = False
) -> list[Path]:
    """Write ``each`` songs of every style into ``folder``, one folder a style; same arguments, same music.

    With ``by_laptop`` they sound as recorded by a laptop's microphone, unlike what a model has learned from.
    """
    written = []
    for style in styles:
        for number in range(each):
            path = folder / style / f"{style} {seed}-{number:02d}.flac"
            path.parent.mkdir(parents=True, exist_ok=True)
            samples = _compose(style, seed, number)
            soundfile.write(path, laptop(samples) if by_laptop else samples, RATE, subtype="PCM_16")
            tags = mutagen.File(path)
            tags["artist"] = f"The {seed}-{number:02d} {style} band"
            tags.save()
            written.append(path)
    return written


def _compose(style: str, seed: int, number: int) -> Samples:
    dice = np.random.default_rng([seed, number, list(STYLES).index(style)])
    beat_s, compose = STYLES[style]
    with tempo(beat_s * dice.uniform(0.9, 1.1)):
        sound = np.asarray(compose(dice))[::2]  # every other sample: 22050 Hz, and a little grit
    return np.asarray(0.8 * sound / np.abs(sound).max(), np.float32)
