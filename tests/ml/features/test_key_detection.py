"""Keys of scales, cadences and synthesised songs; none where no key is clear."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from genre_desktop.core.music.keys import KEYS, Key
from genre_desktop.ml.features import key_detection
from tests.ml.measured_music import measure
from tests.ml.signals import noise
from tools.synthetic_songs import RATE, click, song


def cadence(key: Key, cents: float = 0.0) -> NDArray[np.float32]:
    """Tonic, subdominant, dominant, tonic: triads of one second, with a bass."""
    third = 4 if key.mode == "major" else 3
    chords = ((0, third, 7), (5, 5 + third, 12), (7, 11, 14), (0, third, 7))
    t = np.arange(RATE) / RATE
    out = []
    for notes in chords:
        pitches = [48 + key.tonic + notes[0] - 12, *(60 + key.tonic + note for note in notes)]
        hertz = [440 * 2 ** ((pitch - 69 + cents / 100) / 12) for pitch in pitches]
        tone = sum(np.sin(2 * np.pi * f * k * t) / k**2 for f in hertz for k in (1, 2, 3))
        out.append(tone * np.minimum(1, (1 - t) * 20))
    return (0.05 * np.concatenate(out * 2)).astype(np.float32)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_a_cadence_has_its_key(key: Key) -> None:
    assert key_detection.key(measure(cadence(key)).pitch_classes) == key


@pytest.mark.parametrize("cents", [-35, -20, 15, 35])
def test_the_key_follows_the_tuning(cents: int) -> None:
    key = Key(4, "minor")
    assert key_detection.key(measure(cadence(key, cents)).pitch_classes) == key


@pytest.mark.parametrize("seed", [5000, 5013, 5022])
def test_a_song_has_its_key(seed: int) -> None:
    made = song(seed, 20)
    assert key_detection.key(measure(made.samples).pitch_classes) == made.key


def test_a_transposed_song_has_equally_probable_keys() -> None:
    classes = measure(cadence(Key(0, "major"))).pitch_classes
    chances = key_detection.probabilities(classes)
    turned = key_detection.probabilities(np.roll(classes, 5, axis=1))
    assert np.roll(chances.reshape(2, 12), 5, axis=1).ravel() == pytest.approx(turned)
    assert chances.sum() == pytest.approx(1)


def test_noise_and_a_metronome_have_no_key() -> None:
    for samples in (noise(10), click(100, 10)):
        assert key_detection.key(measure(samples).pitch_classes) is None


def test_pitch_classes_count_from_c_and_are_relative_to_their_mean() -> None:
    t = np.arange(4 * RATE) / RATE
    found = measure((0.3 * np.sin(2 * np.pi * 440 * t)).astype(np.float32)).pitch_classes
    assert found.shape == (key_detection.PARTS, 12)
    assert found.mean(axis=1) == pytest.approx(1)
    assert found[[1, 3]].argmax(axis=1).tolist() == [9, 9]
