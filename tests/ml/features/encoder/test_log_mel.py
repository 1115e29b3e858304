"""The encoder's input equals librosa's, and a patch equals the same frames of the whole song."""

from __future__ import annotations

import librosa
import numpy as np
import pytest
import soxr

from genre_desktop.ml.features.encoder import log_mel
from genre_desktop.ml.features.encoder.identity import BANDS, PATCH_FRAMES, SAMPLE_RATE
from tests.ml.signals import RATE, Samples, broken_off, chirp, chord, noise, sine

SOUNDS = {
    "chord": chord(10),
    "noise": noise(10),
    "loud noise": noise(10, level=5),
    "chirp": chirp(10),
    "tone": sine(10, 440),
    "broken off": broken_off(10),
    "silence": np.zeros(10 * RATE, np.float32),
}
PATCH_HOP = 1764
"""Samples at 22050 Hz of five frames: the least distance at which a patch begins with a frame of the song."""


def of_song(samples: Samples, *, center: bool = True) -> Samples:
    """The published input of a whole song."""
    sound = soxr.resample(samples, RATE, SAMPLE_RATE, quality="HQ")
    mel = librosa.feature.melspectrogram(
        y=sound, sr=SAMPLE_RATE, n_fft=512, hop_length=256, n_mels=96, center=center
    )
    return np.log10(10000 * mel.T + 1)


@pytest.mark.parametrize("samples", SOUNDS.values(), ids=SOUNDS)
def test_equal_to_librosa(samples: Samples) -> None:
    sound = soxr.resample(samples, RATE, SAMPLE_RATE, quality="HQ")
    ours, plain = log_mel.log_mel(sound), of_song(samples, center=False)
    assert ours.dtype == np.float32
    assert ours == pytest.approx(plain, abs=1e-5)


@pytest.mark.parametrize("number", [1, 17, 80])
@pytest.mark.parametrize("samples", SOUNDS.values(), ids=SOUNDS)
def test_a_patch_equals_the_frames_of_the_song(samples: Samples, number: int) -> None:
    ours = log_mel.patch_of(samples, number * PATCH_HOP)
    assert ours.shape == (PATCH_FRAMES, BANDS)
    assert ours == pytest.approx(of_song(samples)[5 * number :][:PATCH_FRAMES], abs=5e-5)


def test_the_first_patch_of_a_song() -> None:
    ours, whole = log_mel.patch_of(SOUNDS["noise"], 0), of_song(SOUNDS["noise"])
    assert ours[1:] == pytest.approx(whole[1:PATCH_FRAMES], abs=5e-5)
    assert ours[0] == pytest.approx(whole[0], abs=0.002)


def test_the_last_three_seconds_need_nothing_that_follows() -> None:
    samples = noise(20)
    start = len(samples) - log_mel.PATCH_SAMPLES
    start -= start % log_mel.GRID
    after = np.concatenate([samples[: start + log_mel.PATCH_SAMPLES], np.zeros(RATE, np.float32)])
    assert np.array_equal(
        log_mel.patch_of(samples[: start + log_mel.PATCH_SAMPLES], start), log_mel.patch_of(after, start)
    )


def test_positions_are_rounded_to_20_ms() -> None:
    samples = SOUNDS["chirp"]
    assert np.array_equal(log_mel.patch_of(samples, 44100), log_mel.patch_of(samples, 44100 + 440))
    assert not np.array_equal(log_mel.patch_of(samples, 44100), log_mel.patch_of(samples, 44100 + 441))


@pytest.mark.parametrize("seconds", [0.1, 1.0, 2.9])
def test_a_clip_shorter_than_a_patch_is_repeated(seconds: float) -> None:
    samples = chirp(seconds)
    found, whole = log_mel.patch_of(samples, 0), of_song(samples)
    assert found.shape == (PATCH_FRAMES, BANDS)
    assert found[1 : len(whole)] == pytest.approx(whole[1:PATCH_FRAMES], abs=2e-4)
    assert np.array_equal(found[len(whole) :], found[: PATCH_FRAMES - len(whole)])
