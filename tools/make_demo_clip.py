"""Writes ``resources/demo.flac``: twelve seconds of disco that we composed ourselves.

Six bars at 120 beats a minute in A minor: kick on every beat, clap on two and four, hi-hats in
sixteenths that open on the off-beat, an octave-jumping bass, and chords on the off-beats. Same seed, same samples.
Run ``python tools/make_demo_clip.py [FILE]``.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

Signal = NDArray[np.float64]

RATE = 44_100
BEAT_S = 0.5
BARS = 6
LENGTH = int(BARS * 4 * BEAT_S * RATE)
CHORDS = (
    (57, 60, 64, 67),
    (53, 57, 60, 64),
    (60, 64, 67, 71),
    (55, 59, 62, 65),
    (57, 60, 64, 67),
    (52, 56, 59, 62),
)
"""One chord a bar, as MIDI notes: Am7, Fmaj7, Cmaj7, G7, Am7, E7."""


def hertz(note: float) -> float:
    """Frequency of a MIDI note; 69 is 440 Hz."""
    return float(440.0 * 2.0 ** ((note - 69.0) / 12.0))


def time_axis(length_s: float) -> Signal:
    """Seconds of each sample of a sound ``length_s`` long."""
    return np.arange(int(length_s * RATE)) / RATE


@lru_cache(512)
def tone(note: float, length_s: float, partials: int, decay_s: float) -> Signal:
    """A band-limited saw with soft edges that fades with ``decay_s``; not to be written to."""
    t = time_axis(length_s)
    wave = sum(np.sin(2 * np.pi * hertz(note) * k * t) / k for k in range(1, partials + 1))
    edges = np.minimum(1.0, np.minimum(t / 0.004, (length_s - t) / 0.02))
    return np.asarray(wave * edges * np.exp(-t / decay_s))


def kick() -> Signal:
    """A sine that drops from 150 to 48 Hz."""
    t = time_axis(0.3)
    phase = 2 * np.pi * (48.0 * t + (150.0 - 48.0) * 0.035 * (1 - np.exp(-t / 0.035)))
    return np.asarray(np.sin(phase) * np.exp(-t / 0.11))


def noise_burst(generator: np.random.Generator, length_s: float, decay_s: float, tilt: float) -> Signal:
    """Noise with a fast decay; ``tilt`` towards 1 leaves only the highs, towards -1 the lows."""
    t = time_axis(length_s)
    noise = generator.standard_normal(t.size)
    return np.asarray((noise - tilt * np.roll(noise, 1)) * np.exp(-t / decay_s))


def place(track: Signal, sound: Signal, beat: float, gain: float) -> None:
    """Add ``sound`` to ``track`` at ``beat`` (quarters from the start), cut at the track's end."""
    start = round(beat * BEAT_S * RATE)
    sound = sound[: track.size - start]
    track[start : start + sound.size] += gain * sound


def drums(generator: np.random.Generator) -> Signal:
    """Kick, clap and hats for all bars."""
    track = np.zeros(LENGTH)
    for beat in range(4 * BARS):
        place(track, kick(), beat, 0.6)
        for sixteenth in (0.0, 0.25, 0.75):
            place(track, noise_burst(generator, 0.05, 0.015, 0.95), beat + sixteenth, 0.12)
        place(track, noise_burst(generator, 0.2, 0.08, 0.95), beat + 0.5, 0.3)
        if beat % 2:
            place(track, noise_burst(generator, 0.2, 0.06, 0.3), beat, 0.25)
    return track


def bass() -> Signal:
    """Root and octave in eighths."""
    track = np.zeros(LENGTH)
    for eighth in range(8 * BARS):
        root = CHORDS[eighth // 8][0] - 24
        place(track, tone(root + 12 * (eighth % 2), 0.23, 9, 0.25), eighth / 2, 0.2)
    return track


def chords(detune: float) -> Signal:
    """Off-beat stabs with a held pad under them; ``detune`` in semitones widens the stereo image."""
    track = np.zeros(LENGTH)
    for bar, notes in enumerate(CHORDS):
        for note in notes:
            place(track, tone(note + detune, 4 * BEAT_S, 4, 3.0), 4 * bar, 0.035)
            for beat in (0.5, 1.5, 2.5, 3.25, 3.75):
                place(track, tone(note + 12 + detune, 0.2, 14, 0.12), 4 * bar + beat, 0.08)
    return track


def compose(seed: int = 1979) -> Signal:
    """The clip, ``(n, 2)`` in -1 to 1, peaking at -1 dBFS."""
    generator = np.random.default_rng(seed)
    middle = drums(generator) + bass()
    stereo = np.stack([middle + chords(-0.04), middle + chords(0.04)], axis=1)
    stereo = np.tanh(1.2 * stereo)
    return np.asarray(stereo * 10 ** (-1 / 20) / np.abs(stereo).max())


def main(arguments: list[str]) -> int:
    """Write the clip; ``arguments`` may name another file."""
    target = Path(arguments[0]) if arguments else Path(__file__).parents[1] / "resources" / "demo.flac"
    target.parent.mkdir(parents=True, exist_ok=True)
    coarse = np.round(compose() * 2047).astype(np.int16) * 16  # 12 of 16 bits: a quarter smaller as flac
    soundfile.write(target, coarse, RATE, subtype="PCM_16", compression_level=1.0)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
