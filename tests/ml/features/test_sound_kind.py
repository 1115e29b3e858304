"""Windows of music, speech, noise and silence are distinguished, with the encoder and without."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.paths import shipped
from genre_desktop.ml.features import schema, sound_kind
from genre_desktop.ml.features.encoder import log_mel
from genre_desktop.ml.features.encoder.encoder import Encoder
from genre_desktop.ml.features.sound_kind import classify_window, encoding_of, overall
from tests.fixtures.shared_data import shared_data
from tools import synthetic_audio

SR = schema.SAMPLE_RATE


@cache
def encoder() -> Encoder:
    return Encoder.load(shipped("models", "encoder", "musicnn.onnx"))


def encoding(samples: np.ndarray) -> np.ndarray:
    last = max(0, len(samples) - log_mel.PATCH_SAMPLES)
    patches = [log_mel.patch_of(samples, int(place)) for place in np.linspace(0, last, 3)]
    found = encoder().encode(np.stack(patches))
    return np.hstack([found.logits, found.embedding]).mean(axis=0).astype(np.float64)


def voice(seconds: float = 20.0, seed: int = 0) -> np.ndarray:
    return synthetic_audio.voice(seconds, SR, seed)[:, 0]


def music(seconds: float = 20.0) -> np.ndarray:
    return synthetic_audio.music(seconds, SR, 1)[:, 0]


def white(seconds: float = 20.0) -> np.ndarray:
    return (0.1 * np.random.default_rng(0).standard_normal(round(seconds * SR))).astype(np.float32)


def tone(seconds: float = 20.0) -> np.ndarray:
    return (0.3 * np.sin(2 * np.pi * 440 * np.arange(round(seconds * SR)) / SR)).astype(np.float32)


def demo(seconds: float = 12.0) -> np.ndarray:
    return read(str(shipped("resources", "demo.flac"))).samples[: round(seconds * SR)]


@pytest.mark.parametrize("seconds", [5.0, 10.0, 30.0])
@pytest.mark.parametrize(
    ("make", "expected"),
    [(voice, "speech"), (music, "music"), (demo, "music"), (tone, "music"), (white, "noise")],
)
def test_each_kind_is_found_in_windows_of_any_length(
    make: Callable[[float], np.ndarray], expected: str, seconds: float
) -> None:
    samples = make(seconds)
    assert classify_window(samples, encoding(samples)) == expected


@pytest.mark.parametrize("decibels", [-30, -15, 0])
def test_the_level_does_not_matter(decibels: int) -> None:
    for make, expected in ((voice, "speech"), (music, "music")):
        samples = make(10.0) * np.float32(10 ** (decibels / 20))
        assert classify_window(samples, encoding(samples)) == expected


def test_a_voice_over_loud_music_is_music() -> None:
    backing = demo()
    samples = voice(12.0)[: len(backing)] * 0.3 + backing
    assert classify_window(samples, encoding(samples)) == "music"


def test_without_the_encoder_only_clear_speech_is_found() -> None:
    found = [classify_window(make(), None) for make in (voice, music, demo, tone, white)]
    assert found == ["speech", "music", "music", "music", "music"]


def test_speech_in_one_part_only_is_not_enough_without_the_encoder() -> None:
    samples = np.concatenate([voice(10.0), music(20.0)])
    assert classify_window(samples, None) == "music"


def test_hardly_anything_is_silence() -> None:
    samples = white() * np.float32(1e-3)
    assert classify_window(samples, None) == "silence"


def test_the_encoders_columns_of_a_row() -> None:
    row = np.arange(float(len(schema.NAMES)))
    np.testing.assert_array_equal(encoding_of(row), row[len(schema.SIGNAL_NAMES) :])
    row[-1] = np.nan
    assert encoding_of(row) is None
    assert encoding_of(row[: len(schema.SIGNAL_NAMES)]) is None


@pytest.mark.parametrize(
    ("kinds", "lengths", "expected"),
    [
        (["music"], [30], "music"),
        (["speech", "music", "music"], [30, 30, 30], "music"),  # an introduction
        (["speech", "music"], [30, 30], "music"),
        (["speech", "speech", "music"], [30, 30, 30], "speech"),
        (["speech", "noise", "noise"], [30, 10, 10], "speech"),
        (["noise", "speech", "silence"], [30, 10, 10], "noise"),
    ],
)
def test_half_of_a_recording_makes_it_music(kinds: list, lengths: list[float], expected: str) -> None:
    assert overall(kinds, lengths) == expected


def test_weights_for_other_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "kinds.npz"
    np.savez(path, columns=np.array(["one"]))
    with pytest.raises(ValueError, match="other columns"):
        sound_kind.KindModel.load(path)


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["198-209-0000.ogg", "3436-172162-0000.ogg"])
def test_recorded_speech_is_found_in_every_window(name: str) -> None:
    samples = read(str(shared_data("mixed") / name)).samples
    windows = [samples[i : i + 10 * SR] for i in range(0, len(samples) - 10 * SR + 1, 10 * SR)]
    assert {classify_window(window, encoding(window)) for window in windows} == {"speech"}


@pytest.mark.shared_data
def test_recorded_music_stays_music() -> None:
    clips = sorted(shared_data("gtzan_mini").glob("hiphop/*.flac"))
    clips += [path for path in shared_data("mixed").glob("*.ogg") if path.stem[:1].isalpha()]
    found = [classify_window(samples, encoding(samples)) for samples in (read(str(p)).samples for p in clips)]
    assert found == ["music"] * len(clips)
