"""One live window: is it music, and then which genre; the same extractor and model as for files."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError
from genre_desktop.core.live import LiveReading, LiveWindow
from genre_desktop.core.types import Answer, GenreScore
from genre_desktop.ml.features import schema, speech_detection
from genre_desktop.ml.inference.model_router import RoutedPrediction
from genre_desktop.ml.inference.predictor import TOP, Predictor


@dataclass(frozen=True, slots=True)
class LiveResult:
    """A reading, and the answer to remember when there was music."""

    reading: LiveReading
    answer: Answer | None = None


def listen(predictor: Predictor, window: LiveWindow) -> LiveResult:
    """Judge one window of sound at 22050 Hz.

    Returns
    -------
    Heard
        Faults of the sound or the models are in ``reading.error``, never raised.
    """
    started, worked = time.perf_counter(), time.process_time()
    heard = _heard(predictor, window)
    elapsed_ms = (time.perf_counter() - started) * 1000.0
    work_ms = (time.process_time() - worked) * 1000.0
    reading = replace(heard.reading, elapsed_ms=elapsed_ms, work_ms=work_ms)
    answer = None if heard.answer is None else replace(heard.answer, elapsed_ms=elapsed_ms)
    return LiveResult(reading, answer)


def _heard(predictor: Predictor, window: LiveWindow) -> LiveResult:
    window = _since_pause(window)
    length_s = len(window.samples) / window.sample_rate
    heard = speech_detection.heard(window.samples, window.sample_rate)
    if heard != "music":
        return LiveResult(LiveReading(heard, window.ended_s, length_s))
    try:
        row = predictor.extractor.extract(window.samples, window.first)
        verdict = predictor.router.answer(row[np.newaxis])
    except AppError as error:
        return LiveResult(LiveReading("music", window.ended_s, length_s, error=error.problem))
    reading = LiveReading("music", window.ended_s, length_s, _scores(verdict), verdict.ref)
    return LiveResult(reading, _answer(window, reading, verdict, row))


def _since_pause(window: LiveWindow) -> LiveWindow:
    """Without what was before the last pause: it is over, and mixed with what is heard now it would be neither."""
    start = speech_detection.after_pause(window.samples, window.sample_rate)
    first = None if window.first is None else window.first + start
    return replace(window, samples=window.samples[start:], first=first)


def _scores(verdict: RoutedPrediction) -> tuple[GenreScore, ...]:
    pooled = verdict.model.pool(verdict.windows)
    order = np.argsort(-pooled, kind="stable")
    return tuple(GenreScore(verdict.model.classes[i], float(pooled[i])) for i in order)


def _answer(
    window: LiveWindow, reading: LiveReading, verdict: RoutedPrediction, row: NDArray[np.float64]
) -> Answer:
    first = reading.probabilities[0]
    return Answer(
        path=window.remember,
        genre=first.genre,
        confidence=first.probability,
        top=reading.probabilities[:TOP],
        unusual=bool(verdict.unusual[0]),
        model=verdict.ref,
        duration_s=reading.length_s,
        probabilities=reading.probabilities,
        feature_version=schema.FEATURE_VERSION,
        features=row,
    )
