"""Classification of one live window, with the extractor and the models that files use."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError
from genre_desktop.core.live import LiveReading, LiveWindow
from genre_desktop.core.types import Answer
from genre_desktop.ml.features import schema, sound_kind, speech_detection
from genre_desktop.ml.inference.model_router import RoutedPrediction
from genre_desktop.ml.inference.predictor import TOP, Predictor, describe


@dataclass(frozen=True, slots=True)
class LiveResult:
    """A reading, and the answer to record when there was music."""

    reading: LiveReading
    answer: Answer | None = None


def listen(predictor: Predictor, window: LiveWindow) -> LiveResult:
    """Classify one window of sound at 22050 Hz; errors are returned in ``reading.error``, never raised."""
    started, worked = time.perf_counter(), time.process_time()
    result = _classify(predictor, _since_pause(window))
    elapsed_ms = (time.perf_counter() - started) * 1000.0
    work_ms = (time.process_time() - worked) * 1000.0
    reading = replace(result.reading, elapsed_ms=elapsed_ms, work_ms=work_ms)
    answer = None if result.answer is None else replace(result.answer, elapsed_ms=elapsed_ms)
    return LiveResult(reading, answer)


def _classify(predictor: Predictor, window: LiveWindow) -> LiveResult:
    length_s = len(window.samples) / window.sample_rate
    content = speech_detection.classify(window.samples, window.sample_rate)
    if content != "music":
        return LiveResult(LiveReading(content, window.ended_s, length_s))
    try:
        row = predictor.extractor.extract_live(window.samples, window.first)
        kind = sound_kind.classify_window(window.samples, sound_kind.encoding_of(row))
        if kind != "music":
            return LiveResult(LiveReading(kind, window.ended_s, length_s))
        unencoded = predictor.extractor.encoder_problem
        prediction = predictor.router.answer(row[np.newaxis], unencoded=unencoded)
    except AppError as error:
        return LiveResult(LiveReading("music", window.ended_s, length_s, error=error.problem))
    scores = prediction.scores()
    tags, style = describe(row, prediction.model.classes, scores[0].probability, bool(prediction.unusual[0]))
    reading = LiveReading("music", window.ended_s, length_s, scores, prediction.ref, tags=tags)
    return LiveResult(reading, replace(_answer(window, reading, prediction, row), tags=tags, style=style))


def _since_pause(window: LiveWindow) -> LiveWindow:
    """Drop what came before the last pause: mixed with the current sound it would distort the result."""
    start = speech_detection.after_pause(window.samples, window.sample_rate)
    first = None if window.first is None else window.first + start
    return replace(window, samples=window.samples[start:], first=first)


def _answer(
    window: LiveWindow, reading: LiveReading, prediction: RoutedPrediction, row: NDArray[np.float64]
) -> Answer:
    first = reading.probabilities[0]
    return Answer(
        path=window.remember,
        genre=first.genre,
        confidence=first.probability,
        top=reading.probabilities[:TOP],
        unusual=bool(prediction.unusual[0]),
        model=prediction.ref,
        duration_s=reading.length_s,
        probabilities=reading.probabilities,
        feature_version=schema.FEATURE_VERSION,
        features=row,
    )
