"""The functions that workers run; the command line calls them too, so that both give the same answers."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from genre_desktop.core.errors import AppError, Cancelled, Problem, concerns_home, problem_of
from genre_desktop.core.live import LiveReading, LiveWindow
from genre_desktop.core.messages import N_, Message
from genre_desktop.core.serialization import surrogate_safe
from genre_desktop.core.store.batch_checkpoints import BatchRow, BatchStore
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import AnalyseRequest, Analysis, Answer, Spectrogram
from genre_desktop.jobs.context import TaskContext

if TYPE_CHECKING:
    from genre_desktop.ml.data.folder_import import ExtractedClip
    from genre_desktop.ml.data.import_item import ImportItem

CONTENT_HASHES = f"{__name__}:content_hashes"
PREDICT_WINDOW = f"{__name__}:predict_window"
SPECTROGRAM = f"{__name__}:spectrogram"
"""Names of the operations."""

_NOT_STORED = N_("This answer could not be saved: {reason}")

log = logging.getLogger(__name__)


def warm(context: TaskContext, _payload: object = None) -> None:
    """Load the models and open the store, so that the first file does not wait for it.

    Raises
    ------
    AppError
        No model can serve, or the store cannot be opened, unless its disk is full or it was deleted: answers go on.
    """
    from genre_desktop.audio.sandbox import pool

    pool.prepare()  # it starts while the models are loaded
    context.parts.predictor.warm()
    try:
        _ = context.parts.database
    except AppError as error:
        if not concerns_home(error):
            raise
        log.info("the store cannot be opened: %s", error)


def analyse(context: TaskContext, request: AnalyseRequest) -> Analysis:
    """Classify one file and record the answer; a problem of the file or the models is ``answer.error``.

    Raises
    ------
    Cancelled
        ``context.cancelled()`` was true.
    """
    return record(context, _again(context, request) or measure(context, request), request)


def _again(context: TaskContext, request: AnalyseRequest) -> Analysis | None:
    """Return the answer from stored features where an earlier answer is given and they suffice."""
    if request.previous is None:
        return None
    from genre_desktop.ml.inference import stored_features

    try:
        answers = PredictionLog(context.parts.database)
        return stored_features.answer_again(context.parts.predictor, answers, request)
    except (AppError, OSError, sqlite3.Error):
        log.info("the earlier answer cannot be read", exc_info=True)
        return None


def measure(context: TaskContext, request: AnalyseRequest) -> Analysis:
    """As :func:`analyse`, but without a record: for measuring models."""
    started = time.perf_counter()
    try:
        return context.parts.predictor.analyse(request, context.cancelled, context.progress)
    except (Cancelled, MemoryError):
        raise
    except Exception as error:
        return failed(request.path, _problem(error, request.path), time.perf_counter() - started)


def record(context: TaskContext, analysis: Analysis, request: AnalyseRequest) -> Analysis:
    """Record an answer unless the user switched that off; one that cannot be recorded has a warning."""
    try:
        return store(context, analysis, request)
    except (AppError, OSError, sqlite3.Error) as error:  # an answer is worth more than its record
        _log_not_stored("an answer could not be saved", error)
        warning = Message(_NOT_STORED, {"reason": problem_of(error).reason})
        warnings = (*analysis.answer.warnings, warning)
        return replace(analysis, answer=replace(analysis.answer, warnings=warnings))


def _log_not_stored(text: str, error: Exception) -> None:
    if concerns_home(error):  # reported with the answer, or by the window's alert
        log.info(text)
    else:
        log.warning(text, exc_info=error)


def is_not_stored(warning: str) -> bool:
    """Return whether a warning is that of :func:`record`."""
    return isinstance(warning, Message) and warning.text == _NOT_STORED


def store(context: TaskContext, analysis: Analysis, request: AnalyseRequest) -> Analysis:
    """As :func:`record`, but raise what prevents it: ``AppError``, ``OSError`` or ``sqlite3.Error``."""
    if not context.parts.settings["privacy.remember"]:
        return analysis
    answer, db = replace(analysis.answer, path=surrogate_safe(analysis.answer.path)), context.parts.database
    with db.transaction():
        stored = replace(analysis, prediction_id=PredictionLog(db).add(answer, request.source))
        if request.place is not None and answer.ok:
            row = BatchRow(request.place.path, request.place.stamp, stored)
            BatchStore(db).add(request.place.batch_id, [row])
    return stored


def predict_window(context: TaskContext, window: LiveWindow) -> LiveReading:
    """Classify the last seconds of live sound; record the answer of a window with a name."""
    from genre_desktop.ml.inference import live

    result = live.listen(context.parts.predictor, window)
    if window.remember and result.answer is not None:
        try:
            if context.parts.settings["privacy.remember"]:
                PredictionLog(context.parts.database).add(result.answer, "live")
        except (AppError, OSError, sqlite3.Error) as error:  # an answer is worth more than its record
            _log_not_stored("a live answer could not be saved", error)
    return result.reading


def spectrogram(context: TaskContext, path: str) -> Spectrogram:
    """Compute the display spectrogram of a whole file.

    Raises
    ------
    AppError
        The file cannot be read.
    Cancelled
        ``context.cancelled()`` was true.
    """
    from genre_desktop.audio.sandbox.client import SAMPLE_RATE, open_audio
    from genre_desktop.audio.spectrogram import SpectrogramBuilder

    builder = SpectrogramBuilder(SAMPLE_RATE)
    with open_audio(path, cancelled=context.cancelled) as decoder:
        for block in decoder.blocks():
            builder.add(block)
    return builder.result()


def content_hashes(context: TaskContext, paths: Sequence[str]) -> list[str]:
    """Return the ``clip_hash`` of each file without decoding it; empty for one that cannot be read."""
    from genre_desktop.audio.sandbox.client import clip_hash

    hashes = []
    for path in paths:
        context.check_cancelled()
        try:
            hashes.append(clip_hash(path, context.cancelled))
        except AppError:
            hashes.append("")
    return hashes


def measure_clip(context: TaskContext, item: ImportItem) -> ExtractedClip:
    """Measure one file of an import.

    Raises
    ------
    AppError
        As :func:`.folder_import.measure`; also ``encoder-missing`` where the item needs the encoder.
    Cancelled
        ``context.cancelled()`` was true.
    """
    from genre_desktop.ml.data import folder_import

    encoder = context.parts.encoder if item.encoded else None
    return folder_import.measure(item, encoder, context.cancelled)


def with_display_path(analysis: Analysis, path: str) -> Analysis:
    """Return the analysis under the path that the user gave."""
    return replace(analysis, answer=replace(analysis.answer, path=path))


def failed(path: str, problem: Problem, seconds: float = 0.0) -> Analysis:
    """Return the analysis of a file that failed."""
    return Analysis(Answer(path=path, error=problem, elapsed_ms=seconds * 1000.0))


def _problem(error: Exception, path: str) -> Problem:
    if not isinstance(error, AppError):
        log.error("analysing %s failed", surrogate_safe(path), exc_info=error)
    return problem_of(error)
