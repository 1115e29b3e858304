"""A small collection of our own for pictures: pieces put together from the parts of the demo clip.

``from tools.make_sample_music import write_all``. Same files each time; what the models say of them is theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soundfile

from tools import make_demo_clip as parts
from tools.make_demo_clip import Signal


def write_all(folder: Path) -> list[Path]:
    """Write the pieces as flac files into ``folder``; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, beat_s, compose in PIECES:
        with tempo(beat_s):
            sound = np.asarray(compose(np.random.default_rng(1)))
        path = folder / f"{name}.flac"
        soundfile.write(path, (0.8 * sound / np.abs(sound).max()).astype(np.float32), parts.RATE)
        written.append(path)
    return written


@contextmanager
def tempo(beat_s: float) -> Iterator[None]:
    """The composer's clock, set for a while."""
    before = parts.BEAT_S, parts.LENGTH
    parts.BEAT_S, parts.LENGTH = beat_s, int(parts.BARS * 4 * beat_s * parts.RATE)
    try:
        yield
    finally:
        parts.BEAT_S, parts.LENGTH = before


def broken_chords(decay_s: float, partials: int) -> Signal:
    """The chords note by note, over a long root."""
    track = np.zeros(parts.LENGTH)
    for bar, notes in enumerate(parts.CHORDS):
        place_note(track, notes[0] - 12, 4 * bar, 4 * parts.BEAT_S, partials, 2 * decay_s)
        for eighth in range(8):
            note = notes[eighth % len(notes)] + 12 * (eighth > 3)
            place_note(track, note, 4 * bar + eighth / 2, 1.5 * parts.BEAT_S, partials, decay_s)
    return track


def off_beats() -> Signal:
    """Short chords between the beats."""
    track = np.zeros(parts.LENGTH)
    for bar, notes in enumerate(parts.CHORDS):
        for eighth in (1, 3, 5, 7):
            for note in notes:
                parts.place(track, parts.tone(note + 12, 0.12, 10, 0.06), 4 * bar + eighth / 2, 0.1)
    return track


def place_note(track: Signal, note: int, beat: float, length_s: float, partials: int, decay_s: float) -> None:
    """One note of a broken chord."""
    parts.place(track, parts.tone(note, length_s, partials, decay_s), beat, 0.2)


Compose = Callable[[np.random.Generator], Signal]

PIECES: tuple[tuple[str, float, Compose], ...] = (
    ("Night Drive", 0.5, lambda _: parts.compose()),
    ("Rooftop", 0.5, lambda g: np.tanh(8 * (2 * parts.chords(0.0) + parts.bass())) + 0.5 * parts.drums(g)),
    ("Señorita Nova", 0.62, lambda g: off_beats() + 1.3 * parts.bass() + 0.5 * parts.drums(g)),
    ("Ночной рейс", 0.8, lambda _: broken_chords(0.8, 3)),
    ("Corner Shop", 0.5, lambda g: parts.bass() + 1.2 * parts.drums(g)),
    ("Paper Planes at Noon", 0.35, lambda _: broken_chords(0.3, 6)),
)
"""Name, seconds a beat, and how it is put together."""
