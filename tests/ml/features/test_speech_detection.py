"""Speech and silence are not music; music is."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.paths import shipped
from genre_desktop.ml.features.speech_detection import after_pause, classify, is_speech
from tests.fixtures.shared_data import shared_data

SR = 22050


def windows(path: str, length_s: int = 10) -> list[np.ndarray]:
    samples = read(path).samples
    n = SR * length_s
    return [samples[a : a + n] for a in range(0, max(1, len(samples) - n + 1), n // 2)]


def voice_like(seconds: int = 10) -> np.ndarray:
    """Voiced and hissing syllables, four a second, with pauses between phrases."""
    rng = np.random.default_rng(3)
    t = np.arange(seconds * SR) / SR
    voiced = np.sign(np.sin(2 * np.pi * 120 * t)) * 0.2
    hiss = rng.standard_normal(len(t)) * 0.1
    syllable = np.maximum(0, np.sin(2 * np.pi * 4 * t)) ** 2
    hissing = np.sin(2 * np.pi * 2 * t) > 0.6
    phrase = (t % 2.5) < 1.6
    return np.where(hissing, hiss, voiced) * syllable * phrase


@pytest.mark.parametrize("level", [0.0, 1e-4])
def test_silence(level: float) -> None:
    noise = np.random.default_rng(0).standard_normal(SR * 3) * level
    assert classify(noise, SR) == "silence"


def test_a_single_click_in_silence_is_not_music_for_long() -> None:
    samples = np.zeros(SR * 3, np.float32)
    samples[SR] = 0.01
    assert classify(samples, SR) == "silence"


def demo(seconds: float) -> np.ndarray:
    return read(str(shipped("resources", "demo.flac"))).samples[: round(SR * seconds)]


def quiet(seconds: float) -> np.ndarray:
    return np.random.default_rng(1).standard_normal(round(SR * seconds)).astype(np.float32) * 1e-4


def test_music_that_has_ended_is_silence_though_the_window_holds_it() -> None:
    assert classify(np.concatenate([demo(9), quiet(1)]), SR) == "silence"
    assert classify(np.concatenate([demo(9.2), quiet(0.4)]), SR) == "music"  # a rest


def test_sound_that_has_just_begun_is_neither() -> None:
    assert classify(demo(2.9), SR) == "beginning"
    assert classify(demo(3), SR) == "music"


def test_a_voice_after_music_is_speech_before_the_window_holds_nothing_else() -> None:
    assert classify(np.concatenate([demo(6), voice_like(4)]), SR) == "speech"


@pytest.mark.parametrize(
    ("parts", "expected_s"),
    [
        ([demo(10)], 0.0),
        ([quiet(10)], 0.0),
        ([demo(5), quiet(0.9), demo(4)], 0.0),  # a rest, no pause
        ([demo(4), quiet(2), demo(4)], 6.0),
        ([quiet(3), demo(7)], 3.0),
        ([demo(2), quiet(2), demo(2), quiet(2), demo(2)], 8.0),
        ([demo(6), quiet(4)], 0.0),  # it is not over
        ([demo(2), quiet(2), demo(4), quiet(2)], 4.0),
        ([demo(0.3)], 0.0),
    ],
)
def test_what_came_before_the_last_pause_is_over(parts: list[np.ndarray], expected_s: float) -> None:
    start = after_pause(np.concatenate(parts), SR)
    assert expected_s * SR - SR / 2 <= start <= expected_s * SR


def test_demo_clip_is_music() -> None:
    assert {classify(w, SR) for w in windows(str(shipped("resources", "demo.flac")))} == {"music"}


def test_voice_like_sound_is_speech() -> None:
    assert classify(voice_like(), SR) == "speech"


def test_voice_over_music_is_music() -> None:
    backing = read(str(shipped("resources", "demo.flac"))).samples[: SR * 10]
    assert classify(voice_like()[: len(backing)] * 0.5 + backing, SR) == "music"


def test_too_short_to_tell_is_not_speech() -> None:
    assert not is_speech(voice_like(1)[: SR // 2], SR)


@pytest.mark.shared_data
def test_recorded_speech_is_found() -> None:
    for path in sorted(shared_data("mixed").glob("*-0000.ogg")):
        assert [classify(w, SR) for w in windows(str(path))] == ["speech"] * len(windows(str(path)))


@pytest.mark.shared_data
def test_recorded_music_is_hardly_ever_taken_for_speech() -> None:
    clips = sorted(shared_data("real_world").glob("*/*.ogg"))
    answers = [classify(w, SR) for path in clips[::4] for w in windows(str(path))]
    assert answers.count("music") >= 0.97 * len(answers)
