"""Answer from the stored features of an earlier answer, without decoding the file.

They suffice for music that was analysed as one window: longer songs are answered from the features of each window,
of which only the mean is stored.
"""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from genre_desktop.audio.sandbox.client import clip_hash, probe
from genre_desktop.audio.song_tags import song_tags
from genre_desktop.core.errors import AppError
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import AnalyseRequest, Analysis, Answer
from genre_desktop.ml.features import schema, windowing
from genre_desktop.ml.inference.predictor import Predictor

log = logging.getLogger(__name__)


def answer_again(predictor: Predictor, answers: PredictionLog, request: AnalyseRequest) -> Analysis | None:
    """Return what analysing the file would, or None where it must be read or cannot be answered.

    Tempo, key, listener tags and warnings are those of the earlier answer; the file's own tags are read again.
    """
    started = time.perf_counter()
    if request.previous is None or request.spectrogram:
        return None
    stored, before = answers.get(request.previous), answers.answer(request.previous, request.path)
    if stored is None or before is None or not _was_one_window(before):
        return None
    features = stored.features if stored.feature_version == schema.FEATURE_VERSION else None
    if features is None or not np.isfinite(features).all():
        return None
    try:
        if clip_hash(request.path) != before.clip_hash:
            return None
        answer = predictor.answer_window(before, features, request.model)
        answer = replace(answer, song=song_tags(Path(request.path), probe(request.path)))
    except AppError:  # analysing reports it
        log.info("the stored features of an answer cannot be used", exc_info=True)
        return None
    return Analysis(replace(answer, elapsed_ms=(time.perf_counter() - started) * 1000.0))


def _was_one_window(before: Answer) -> bool:
    longest = windowing.WINDOW_S + windowing.SLACK_S
    return before.ok and before.kind == "music" and 0 < before.duration_s <= longest
