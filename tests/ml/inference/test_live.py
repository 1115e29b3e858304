"""A live window becomes a reading: music with genres, or another kind of sound without."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.core.live import LiveWindow
from genre_desktop.core.paths import Home
from genre_desktop.ml.inference.live import listen
from genre_desktop.ml.inference.predictor import Predictor
from tests.ml.features.test_sound_kind import demo, voice

SR = 22_050


@pytest.fixture
def predictor(home: Home) -> Predictor:
    return Predictor(home)


def window(samples: np.ndarray) -> LiveWindow:
    return LiveWindow(samples.astype(np.float32), SR, len(samples) / SR, remember="Microphone")


def test_music_has_a_genre_and_speech_has_none(predictor: Predictor) -> None:
    heard = listen(predictor, window(demo(10.0)))
    assert heard.reading.heard == "music"
    assert heard.reading.probabilities
    assert heard.answer is not None
    spoken = listen(predictor, window(voice(10.0)))
    assert (spoken.reading.heard, spoken.reading.probabilities, spoken.answer) == ("speech", (), None)


def test_a_pause_separates_what_came_before(predictor: Predictor) -> None:
    samples = np.concatenate([demo(4.0), np.zeros(2 * SR), voice(4.0)])
    assert listen(predictor, window(samples)).reading.heard == "speech"
