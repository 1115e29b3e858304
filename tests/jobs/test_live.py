"""Live windows in the real predictor with the starter models."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.decode import read
from genre_desktop.core.live import LiveWindow
from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import AnalyseRequest
from genre_desktop.jobs import operations
from genre_desktop.jobs.context import Context, Parts
from genre_desktop.jobs.live import listen

SR = 22050


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return Context(Parts(Home(tmp_path).create()))


@pytest.fixture(scope="module")
def demo() -> np.ndarray:
    return read(str(shipped("resources", "demo.flac"))).samples


def test_live_answer_equals_the_file_answer(context: Context, demo: np.ndarray) -> None:
    request = AnalyseRequest(str(shipped("resources", "demo.flac")))
    answer = operations.measure(context, request).answer
    reading = listen(context, LiveWindow(demo, SR, 12.0))
    assert reading.heard == "music"
    assert not reading.tentative
    assert reading.elapsed_ms > 0
    assert reading.work_ms > 0
    assert [s.genre for s in reading.probabilities] == [s.genre for s in answer.probabilities]
    assert np.allclose([s.probability for s in reading.probabilities],
                       [s.probability for s in answer.probabilities])  # fmt: skip


def test_windows_that_follow_one_another_are_answered_as_on_their_own(
    context: Context, demo: np.ndarray
) -> None:
    for first in (0, 21 * 512, 43 * 512):
        samples = demo[first : first + SR * 6]
        following = listen(context, LiveWindow(samples, SR, first / SR + 6, first=first))
        alone = listen(context, LiveWindow(samples, SR, first / SR + 6))
        assert [(s.genre, s.probability) for s in following.probabilities] == [
            (s.genre, pytest.approx(s.probability, abs=1e-6)) for s in alone.probabilities
        ]


def test_what_came_before_a_pause_has_no_part_in_the_answer(context: Context, demo: np.ndarray) -> None:
    noise = np.random.default_rng(0).normal(scale=0.2, size=2 * SR).astype(np.float32)
    music = demo[: 5 * SR]
    window = np.concatenate([noise, np.zeros(2 * SR, np.float32), music])
    reading = listen(context, LiveWindow(window, SR, 60.0, first=51 * SR))
    assert reading.tentative
    assert reading.length_s == 5.0
    assert reading.probabilities == listen(context, LiveWindow(music, SR, 60.0)).probabilities


def test_music_that_begins_gets_no_genre_before_there_is_enough(context: Context, demo: np.ndarray) -> None:
    window = np.concatenate([np.zeros(8 * SR, np.float32), demo[: 2 * SR]])
    reading = listen(context, LiveWindow(window, SR, 60.0))
    assert (reading.heard, reading.probabilities, reading.error) == ("beginning", (), None)


def test_only_named_windows_are_remembered(context: Context, demo: np.ndarray) -> None:
    listen(context, LiveWindow(demo[: SR * 10], SR, 10.0))
    listen(context, LiveWindow(demo[: SR * 10], SR, 10.5, remember="Live, 10:32:07"))
    kept = PredictionLog(context.parts.database).recent(10)
    assert [(p.source, p.path) for p in kept] == [("live", "Live, 10:32:07")]


def test_silence_has_no_genre_and_is_not_remembered(context: Context) -> None:
    reading = listen(context, LiveWindow(np.zeros(SR * 5, np.float32), SR, 5.0, remember="x"))
    assert (reading.heard, reading.probabilities, reading.error) == ("silence", (), None)
    assert reading.tentative
    assert PredictionLog(context.parts.database).recent(10) == []


def test_a_broken_window_says_what_is_wrong(context: Context) -> None:
    broken = np.full(SR * 3, np.nan, np.float32)
    reading = listen(context, LiveWindow(broken, SR, 3.0))
    assert reading.error is not None
    assert reading.error.code == "non-finite"
