"""Prediction for files: decoding, feature extraction, classification, segmentation.

This module imports nothing heavy; scikit-learn and the models are loaded by ``warm``.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError, Cancelled, no_cancel, problem_of
from genre_desktop.core.messages import EMPTY, Message, message
from genre_desktop.core.paths import Home
from genre_desktop.core.types import AnalyseRequest, Analysis, Answer, Kind, SongTags, Spectrogram, TagScore
from genre_desktop.ml.features import listener_tags, schema, sound_kind
from genre_desktop.ml.inference import segments
from genre_desktop.ml.inference.home_monitor import HomeMonitor
from genre_desktop.ml.inference.model_cache import ModelCache
from genre_desktop.ml.inference.model_router import HealthMonitor, ModelRouter, RoutedPrediction

if TYPE_CHECKING:
    from genre_desktop.audio.sandbox.client import AudioFile
    from genre_desktop.audio.spectrogram import SpectrogramBuilder
    from genre_desktop.ml.features.encoder.encoder import Encoder
    from genre_desktop.ml.features.song_music import SongMusic
    from genre_desktop.ml.features.window_extractor import WindowExtractor
    from genre_desktop.ml.features.windowing import WindowRow

Progress = Callable[[float | None, Message], None]
log = logging.getLogger(__name__)

TOP = 3
UNUSUAL_SHARE = 0.5
"""Share of unusual windows above which a clip is unusual."""


_OF_MODEL = (
    "genre", "confidence", "top", "probabilities", "unusual", "segments", "model", "tags", "style",
)  # fmt: skip
"""Fields of an answer that depend on the model."""


def no_progress(fraction: float | None, message: Message = EMPTY) -> None:
    """No-op default for ``progress``."""


def _song_music() -> SongMusic:
    from genre_desktop.ml.features.song_music import SongMusic

    return SongMusic()


@dataclass
class _ClipAnalysis:
    """Results of decoding and feature extraction, filled in step by step, so that a failure keeps the earlier ones."""

    rows: list[WindowRow] = field(default_factory=list)
    music: SongMusic = field(default_factory=_song_music)
    duration_s: float = 0.0
    clip_hash: str = ""
    warnings: tuple[Message, ...] = ()
    song: SongTags = field(default_factory=SongTags)
    spectrogram: Spectrogram | None = None


class Predictor:
    """Predictions for one home; one instance per process.

    ``monitor`` chooses the serving model and records model faults; by default the home's own.
    """

    def __init__(self, home: Home, monitor: HealthMonitor | None = None) -> None:
        self.home = home
        self.models = ModelCache(home)
        self._monitor = monitor

    @cached_property
    def router(self) -> ModelRouter:
        """Runs predictions on the serving model; for live windows and evaluations too."""
        return ModelRouter(self.models, self._monitor or HomeMonitor(self.home))

    @cached_property
    def extractor(self) -> WindowExtractor:
        """Feature extractor for samples at 22050 Hz; its filter banks are built once."""
        from genre_desktop.ml.features.window_extractor import WindowExtractor

        return WindowExtractor(self._encoder, concurrent=True)

    def _encoder(self) -> Encoder:
        from genre_desktop.ml.features.encoder.encoder import Encoder
        from genre_desktop.ml.features.encoder.identity import DIGEST
        from genre_desktop.ml.registry import encoder_store

        return Encoder.load(encoder_store.find(self.home, DIGEST))

    def warm(self) -> None:
        """Load the serving model and build the filter banks while the encoder is loaded, to speed up the first answer.

        In a fresh home the starters serve from where they were shipped, without MLflow.

        Raises
        ------
        AppError
            ``no-model`` when nothing can serve.
        """
        self.extractor.warm()
        self.router.prepare()

    def analyse(
        self,
        request: AnalyseRequest,
        cancelled: Callable[[], bool] = no_cancel,
        progress: Progress = no_progress,
    ) -> Analysis:
        """Classify one file; errors are returned in ``answer.error``.

        Raises
        ------
        Cancelled
            ``cancelled()`` was true.
        """
        started = time.perf_counter()
        clip = _ClipAnalysis()
        try:
            self._decode(request, clip, cancelled, progress)
            progress(None, message("Classifying"))
            answer = self._classify(request, clip, cancelled)
        except (Cancelled, MemoryError):
            raise
        except Exception as error:
            if not isinstance(error, AppError):
                log.exception("A clip could not be analysed")
            problem = problem_of(error)
            kind: Kind = "silence" if problem.code == "silence" else "music"
            answer = Answer(request.path, error=problem, kind=kind)
        answer = replace(
            answer,
            path=request.path,
            duration_s=clip.duration_s,
            clip_hash=clip.clip_hash,
            warnings=clip.warnings,
            song=clip.song,
            elapsed_ms=(time.perf_counter() - started) * 1000.0,
        )
        return Analysis(answer, clip.spectrogram)

    def answer_window(self, before: Answer, features: NDArray[np.float64], selector: str) -> Answer:
        """Answer again for music of one window, from the features ``(n_features,)`` of an earlier answer.

        Raises
        ------
        AppError
            No model can answer.
        """
        from genre_desktop.ml.features.windowing import WindowRow

        rows = [WindowRow(0.0, before.duration_s, features)]
        clip = _ClipAnalysis(rows, duration_s=before.duration_s)
        new = _answer(self.router.answer(features[None], selector), clip, rows)
        return replace(
            before, **{name: getattr(new, name) for name in _OF_MODEL}, features=features, elapsed_ms=0.0
        )

    def _classify(
        self, request: AnalyseRequest, clip: _ClipAnalysis, cancelled: Callable[[], bool]
    ) -> Answer:
        """Answer from the windows with music; those with speech or noise count only where they prevail."""
        _check(cancelled)
        kind = sound_kind.overall([row.kind for row in clip.rows], [row.length_s for row in clip.rows])
        if kind != "music":
            return _answer_without_genre(kind, clip)
        music = [row for row in clip.rows if row.kind == "music"]
        X = np.stack([row.features for row in music])
        prediction = self.router.answer(X, request.model, self.extractor.encoder_problem)
        _check(cancelled)  # ten hours are 2400 windows: a quarter of a second to predict
        return _answer(prediction, clip, music)

    def _decode(
        self, request: AnalyseRequest, clip: _ClipAnalysis, cancelled: Callable[[], bool], progress: Progress
    ) -> None:
        """Fill ``clip``; windows and spectrogram are made from the same blocks of one decoding run."""
        from genre_desktop.audio.sandbox.client import open_audio
        from genre_desktop.audio.song_tags import song_tags
        from genre_desktop.audio.spectrogram import SpectrogramBuilder
        from genre_desktop.ml.features import windowing

        whole = 0.0, None, request.mode
        start_s, length_s, mode = (
            whole if request.spectrogram else windowing.part_to_decode(request.path, request.mode)
        )
        with open_audio(request.path, start_s=start_s, length_s=length_s, cancelled=cancelled) as decoder:
            builder = SpectrogramBuilder(decoder.sample_rate) if request.spectrogram else None
            blocks = _blocks(decoder, builder, cancelled, progress, length_s)
            clip.duration_s = decoder.duration_s
            for row in windowing.rows(blocks, mode, self.extractor, decoder.info.duration_s):
                clip.rows.append(replace(row, start_s=row.start_s + start_s))
                if row.kind == "music":
                    clip.music.add(self.extractor.musical(), row.length_s)
            for _ in blocks:  # an excerpt ends before the file does; spectrogram and hash need the rest
                pass
            clip.duration_s, clip.clip_hash = decoder.duration_s, decoder.clip_hash
            clip.warnings = decoder.warnings
        clip.song = song_tags(Path(request.path), decoder.info)
        if builder is not None:
            clip.spectrogram = builder.result()


def _blocks(
    decoder: AudioFile,
    builder: SpectrogramBuilder | None,
    cancelled: Callable[[], bool],
    progress: Progress,
    expected_s: float | None,
) -> Iterator[NDArray[np.float32]]:
    """Yield the decoded blocks, adding them to the spectrogram and reporting progress."""
    done = 0.0
    expected_s = expected_s or decoder.info.duration_s
    for block in decoder.blocks():
        _check(cancelled)
        if builder is not None:
            builder.add(block)
        yield block
        done += len(block) / decoder.sample_rate
        progress(min(done / expected_s, 1.0) if expected_s else None, message("Measuring audio"))


def _check(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled


def _answer(prediction: RoutedPrediction, clip: _ClipAnalysis, music: list[WindowRow]) -> Answer:
    """Return the answer of a model for the windows with music."""
    from genre_desktop.ml.features import windowing

    model, scores = prediction.model, prediction.scores()
    features = windowing.pool((row.features for row in music), music)
    unusual = bool(prediction.unusual.mean() > UNUSUAL_SHARE)
    key = clip.music.key()
    tags, style = describe(features, model.classes, scores[0].probability, unusual)
    return Answer(
        path="",
        genre=scores[0].genre,
        confidence=scores[0].probability,
        top=scores[:TOP],
        unusual=unusual,
        segments=segments.segments(
            *_windows(clip.rows), prediction.windows, model.classes, model.pool, clip.duration_s
        ),
        model=prediction.ref,
        probabilities=scores,
        feature_version=schema.FEATURE_VERSION,
        features=features,
        tags=tags,
        style=style,
        bpm=clip.music.tempo(),
        key=key.name if key else "",
    )


def describe(
    features: NDArray[np.float64], genres: Sequence[str], confidence: float, unusual: bool
) -> tuple[tuple[TagScore, ...], str]:
    """Return the listener tags of a row, and the style that none of ``genres`` names; nothing without encoding."""
    log_odds = features[len(schema.SIGNAL_NAMES) :][: len(schema.TAG_NAMES)]
    style = listener_tags.unnamed_style(log_odds, genres, confidence, unusual)
    return listener_tags.describe(log_odds), style


def _answer_without_genre(kind: Kind, clip: _ClipAnalysis) -> Answer:
    """Return the answer for speech, noise or silence, with features in case that the user gives it a genre."""
    from genre_desktop.ml.features import windowing

    rows = clip.rows
    return Answer(
        path="",
        kind=kind,
        segments=segments.without_music(*_windows(rows), clip.duration_s),
        feature_version=schema.FEATURE_VERSION,
        features=windowing.pool((row.features for row in rows), rows),
    )


def _windows(rows: Sequence[WindowRow]) -> tuple[list[float], list[float], list[Kind]]:
    """Return starts, lengths and kinds of windows."""
    return [row.start_s for row in rows], [row.length_s for row in rows], [row.kind for row in rows]
