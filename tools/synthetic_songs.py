"""Synthesise music of known tempo and key: drums, bass, chords and a melody, drawn from a seed.

Everything is on the beat's grid but for a few milliseconds, without swing, and stays in its key. The tempo is where
the notes say it is: the bar's accents fall on its beats, which are between 60 and 180 a minute.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.music.keys import KEYS, Key

Signal = NDArray[np.float64]
Pattern = tuple[float, ...]
"""Beats of a bar."""

RATE = 22_050

_SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}
_PROGRESSIONS = {
    "major": ("1451", "1645", "1564", "1415", "1251", "1465", "1345", "1625"),
    "minor": ("1451", "1671", "1465", "1761", "1651", "1415", "1641", "1475"),
}
"""Degrees of the chords, one a bar."""

_EIGHTHS = tuple(i / 2 for i in range(8))
_SIXTEENTHS = tuple(i / 4 for i in range(16))
_DRUMS: tuple[tuple[int, Pattern, Pattern, Pattern], ...] = (
    (4, (0, 2), (1, 3), _EIGHTHS),
    (4, (0, 1, 2, 3), (1, 3), tuple(i + 0.5 for i in range(4))),
    (4, (0, 2, 2.5), (1, 3), _EIGHTHS),
    (4, (0, 1.5, 2), (1, 3), _SIXTEENTHS),
    (4, (0, 0.75, 2), (1, 3), _EIGHTHS),
    (4, (0, 1, 2, 3), (), (0, 1, 2, 3)),
    (4, (0, 2), (1, 3), (0, 1, 2, 3)),
    (4, (0, 2, 3.5), (1, 3), _EIGHTHS),
    (3, (0,), (1, 2), (0, 1, 2)),
    (4, (), (), ()),
)
"""Beats of a bar, and where bass drum, snare and hi-hat are in it; the last has no drums."""


@dataclass(frozen=True)
class Song:
    """Samples float32 ``(n,)`` at :data:`RATE`, and what is true of them; ``detuned`` is in cents."""

    samples: NDArray[np.float32]
    bpm: float
    key: Key
    drums: int
    detuned: float
    timbres: tuple[str, ...]


def song(seed: int, seconds: float = 30.0, bpm: float | None = None, key: Key | None = None) -> Song:
    """Synthesise one song; consecutive seeds go through the 24 keys."""
    rng = np.random.default_rng([2026, seed])
    bpm = round(float(rng.uniform(60, 180)), 1) if bpm is None else bpm
    key = KEYS[seed % len(KEYS)] if key is None else key
    detuned = float(rng.uniform(-35, 35)) if rng.random() < 0.4 else float(rng.normal(0, 3))
    drums = int(rng.integers(len(_DRUMS)))
    composer = _Composer(rng, seconds, bpm, key, detuned)
    timbres = tuple(str(name) for name in rng.choice(list(_TIMBRES), 3))
    composer.drums(drums)
    if rng.random() < 0.85:
        composer.bass(timbres[0])
    composer.chords(timbres[1], sparse=drums < len(_DRUMS) - 1)
    if rng.random() < 0.8:
        composer.melody(timbres[2])
    noise = 10 ** rng.uniform(-4, -2.5) * rng.standard_normal(len(composer.out))
    samples = composer.out / np.abs(composer.out).max() * rng.uniform(0.2, 0.9) + noise
    return Song(samples.astype(np.float32), bpm, key, drums, detuned, timbres)


def click(bpm: float, seconds: float = 30.0) -> NDArray[np.float32]:
    """Synthesise a metronome without accents, float32 ``(n,)``."""
    out = np.zeros(int(seconds * RATE), np.float32)
    t = _time(int(0.03 * RATE))
    sound = 0.6 * np.sin(2 * np.pi * 1500 * t) * np.exp(-120 * t)
    for number in range(int(seconds * bpm / 60)):
        start = int((0.1 + number * 60 / bpm) * RATE)
        out[start : start + len(sound)] += sound[: max(0, len(out) - start)]
    return out


class _Composer:
    """Adds the parts of one song to ``out``."""

    def __init__(
        self, rng: np.random.Generator, seconds: float, bpm: float, key: Key, detuned: float
    ) -> None:
        self._rng, self._key, self._detuned = rng, key, detuned
        self.out = np.zeros(int(seconds * RATE))
        self._beat_s = 60 / bpm
        self._first_s = rng.uniform(0, 0.5)
        self._beats = int((seconds - self._first_s) / self._beat_s)
        self._per_bar = 4
        self._degrees = [int(d) - 1 for d in rng.choice(_PROGRESSIONS[key.mode])]

    def drums(self, which: int) -> None:
        """Add a drum pattern, which also sets the beats of a bar."""
        self._per_bar, kick, snare, hat = _DRUMS[which]
        levels = self._rng.uniform((0.5, 0.35, 0.1), (1.0, 0.8, 0.3))
        for where, sound, level in zip((kick, snare, hat), (_kick, _snare, _hat), levels, strict=True):
            hit = sound(self._rng)
            for bar in range(0, self._beats, self._per_bar):
                for beat in where:
                    self._add(bar + beat, hit * level * self._rng.uniform(0.85, 1.0))

    def bass(self, timbre: str) -> None:
        """Add the roots of the chords, on each beat, on the first and third, or on eighths."""
        steps = (1.0, 2.0, 0.5)[int(self._rng.integers(3))] if self._per_bar == 4 else 1.0
        for beat in np.arange(0, self._beats, steps):
            on = beat % self._per_bar
            level = 0.45 if on == 0 else 0.35 if on % 1 == 0 else 0.22
            degree = self._degree(beat)
            self._note(beat, steps * 0.9, self._pitch(degree, 36), timbre, level)

    def chords(self, timbre: str, sparse: bool) -> None:
        """Add triads: one a bar where ``sparse``, or on some beats; without drums on each beat."""
        steps = float(self._rng.choice([self._per_bar, 1.0])) if sparse else 1.0
        lowest = int(self._rng.choice([48, 60]))
        inverted = int(self._rng.integers(3))
        for beat in np.arange(0, self._beats, steps):
            degree = self._degree(beat)
            level = 0.16 if beat % self._per_bar == 0 else 0.12
            for i, third in enumerate((0, 2, 4)):
                pitch = self._pitch(degree + third, lowest + 12 * (i < inverted))
                if third == 2 and degree == 4:
                    pitch = self._leading(pitch)
                self._note(beat, steps * 0.95, pitch, timbre, level)

    def melody(self, timbre: str) -> None:
        """Add a melody of quarters and eighths: tones of the chord on the first beat of a bar, steps elsewhere."""
        beat, place = 0.0, 0
        while beat < self._beats:
            root = self._degree(beat)
            if beat % self._per_bar == 0:
                place = root + int(self._rng.choice([0, 2, 4]))
            else:
                place += int(self._rng.choice([-1, 1, -2, 2, 0], p=[0.35, 0.35, 0.1, 0.1, 0.1]))
            place = min(max(place, -3), 9)
            length = 0.5 if beat % 1 or self._rng.random() < 0.3 else 1.0
            level = 0.25 if beat % 1 == 0 else 0.18
            pitch = self._pitch(place, 72)
            self._note(beat, length * 0.9, self._leading(pitch) if root == 4 else pitch, timbre, level)
            beat += length

    def _degree(self, beat: float) -> int:
        return self._degrees[int(beat // self._per_bar) % len(self._degrees)]

    def _pitch(self, degree: int, lowest: int) -> int:
        octave, step = divmod(degree, 7)
        return lowest + self._key.tonic + _SCALES[self._key.mode][step] + 12 * octave

    def _leading(self, pitch: int) -> int:
        """Raise the seventh of a minor scale, as its dominant chord does."""
        return pitch + (self._key.mode == "minor" and (pitch - self._key.tonic) % 12 == 10)

    def _note(self, beat: float, beats: float, pitch: int, timbre: str, level: float) -> None:
        hertz = 440 * 2 ** ((pitch - 69 + self._detuned / 100) / 12)
        n = int(beats * self._beat_s * RATE)
        sound = _TIMBRES[timbre](hertz, n, self._rng)
        fade = min(n, int(0.02 * RATE))
        sound[n - fade :] *= np.linspace(1, 0, fade)
        self._add(beat, level * self._rng.uniform(0.9, 1.0) * sound)

    def _add(self, beat: float, sound: Signal) -> None:
        at = self._first_s + beat * self._beat_s + self._rng.normal(0, 0.003)
        start = max(0, int(at * RATE))
        part = sound[: max(0, len(self.out) - start)]
        self.out[start : start + len(part)] += part


def _time(n: int) -> Signal:
    return np.asarray(np.arange(n) / RATE)


def _harmonics(hertz: float, n: int, amplitudes: NDArray[np.floating]) -> Signal:
    t = 2 * np.pi * hertz * _time(n)
    out = np.zeros(n)
    for k, amplitude in enumerate(amplitudes, start=1):
        if k * hertz < RATE / 2.2:
            out += amplitude * np.sin(k * t)
    return out


def _attack(n: int, seconds: float) -> Signal:
    return np.asarray(np.minimum(1.0, _time(n) / seconds))


def _piano(hertz: float, n: int, rng: np.random.Generator) -> Signal:
    return _harmonics(hertz, n, 0.6 ** np.arange(8)) * np.exp(-2.5 * _time(n)) * _attack(n, 0.004)


def _organ(hertz: float, n: int, rng: np.random.Generator) -> Signal:
    return _harmonics(hertz, n, np.array([0.7, 0.5, 0.3, 0.35, 0, 0.2, 0, 0.15])) * _attack(n, 0.015)


def _strings(hertz: float, n: int, rng: np.random.Generator) -> Signal:
    slow = np.sin(2 * np.pi * 5.5 * _time(n) + rng.uniform(0, 6)) * 0.004 / 5.5 * hertz
    phase = 2 * np.pi * hertz * _time(n) + 2 * np.pi * slow
    return np.asarray(sum(np.sin(k * phase) / k for k in range(1, 9)) * _attack(n, 0.06) * 0.7)


def _square(hertz: float, n: int, rng: np.random.Generator) -> Signal:
    amplitudes = np.array([1 / k if k % 2 else 0.0 for k in range(1, 16)])
    return _harmonics(hertz, n, amplitudes) * _attack(n, 0.003) * np.exp(-0.8 * _time(n)) * 0.7


def _plucked(hertz: float, n: int, rng: np.random.Generator) -> Signal:
    k = np.arange(1, 13)
    t = _time(n)
    waves = np.sin(2 * np.pi * hertz * k[:, None] * t) * np.exp(-(1.5 + 0.9 * k[:, None]) * t)
    waves[k * hertz > RATE / 2.2] = 0
    return np.asarray((waves / k[:, None] ** 0.8).sum(axis=0) * _attack(n, 0.002))


def _bell(hertz: float, n: int, rng: np.random.Generator) -> Signal:
    t = _time(n)
    modulation = 1.2 * np.exp(-6 * t) * np.sin(2 * np.pi * 2 * hertz * t)
    return np.asarray(np.sin(2 * np.pi * hertz * t + modulation) * np.exp(-1.5 * t) * _attack(n, 0.003))


def _sine(hertz: float, n: int, rng: np.random.Generator) -> Signal:
    return np.sin(2 * np.pi * hertz * _time(n)) * _attack(n, 0.01)


_TIMBRES: dict[str, Callable[[float, int, np.random.Generator], Signal]] = {
    "piano": _piano,
    "organ": _organ,
    "strings": _strings,
    "square": _square,
    "plucked": _plucked,
    "bell": _bell,
    "sine": _sine,
}


def _kick(rng: np.random.Generator) -> Signal:
    t = _time(int(0.25 * RATE))
    sweep = 2 * np.pi * (48 * t + rng.uniform(60, 120) / 30 * (1 - np.exp(-30 * t)))
    return np.asarray(np.sin(sweep) * np.exp(-rng.uniform(9, 16) * t) * _attack(len(t), 0.001))


def _snare(rng: np.random.Generator) -> Signal:
    t = _time(int(0.2 * RATE))
    body = np.sin(2 * np.pi * rng.uniform(170, 220) * t) * np.exp(-25 * t)
    return np.asarray(0.5 * body + 0.5 * rng.standard_normal(len(t)) * np.exp(-rng.uniform(15, 28) * t))


def _hat(rng: np.random.Generator) -> Signal:
    t = _time(int(0.08 * RATE))
    noise = np.diff(rng.standard_normal(len(t) + 1))
    return np.asarray(noise * np.exp(-rng.uniform(40, 80) * t))
