"""The tempo of synthesised music, and no tempo where there is no beat."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.ml.features import tempo
from tests.ml.measured_music import measure
from tests.ml.signals import noise
from tools.synthetic_songs import RATE, click, song


@pytest.mark.parametrize("bpm", [60, 72, 90, 120, 150, 174])
def test_a_metronome_has_its_own_tempo(bpm: int) -> None:
    found = tempo.tempo(measure(click(bpm, 20)).pulse)
    assert found == pytest.approx(bpm, abs=0.2)


@pytest.mark.parametrize("seed", [5000, 5001, 5003])
def test_a_song_with_drums_has_its_own_tempo_to_a_tenth(seed: int) -> None:
    made = song(seed, 20)
    found = tempo.tempo(measure(made.samples).pulse)
    assert found == pytest.approx(made.bpm, abs=0.15)
    assert found == round(found, 1)


def test_tempo_does_not_depend_on_the_level() -> None:
    samples = click(100, 15)
    loud, quiet = (tempo.tempo(measure(level * samples).pulse) for level in (1.0, 0.05))
    assert loud == quiet


def test_noise_a_held_chord_and_single_bangs_have_no_tempo() -> None:
    t = np.arange(20 * RATE) / RATE
    held = 0.3 * np.sin(2 * np.pi * 220 * t) + 0.2 * np.sin(2 * np.pi * 277 * t)
    bangs = 0.001 * noise(20)
    for second in (2.0, 5.3, 11.9):
        bangs[int(second * RATE) :][:2000] += 0.5 * noise(1)[:2000]
    for samples in (noise(20), held.astype(np.float32), bangs):
        assert tempo.tempo(measure(samples).pulse) is None


def test_candidates_are_metrical_relatives_within_the_limits_of_a_beat() -> None:
    found = tempo.candidates(measure(click(120, 15)).pulse)
    assert any(abs(beat / 120 - 1) < 0.02 for beat in found)
    assert all(tempo.SLOWEST <= beat <= tempo.FASTEST for beat in found)
