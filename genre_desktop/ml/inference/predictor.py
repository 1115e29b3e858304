"""From a file to an answer: decode, measure, let the models judge, say it in genres and seconds.

Nothing heavy is imported with this module; scikit-learn and the models come with ``warm``.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError, Cancelled, Problem, no_cancel, problem_of
from genre_desktop.core.messages import EMPTY, Message, message
from genre_desktop.core.paths import Home
from genre_desktop.core.types import AnalyseRequest, Analysis, Answer, GenreScore, Spectrogram
from genre_desktop.ml.features import schema
from genre_desktop.ml.inference import segments
from genre_desktop.ml.inference.model_cache import ModelCache
from genre_desktop.ml.inference.model_router import HealthMonitor, ModelRouter, RoutedPrediction

if TYPE_CHECKING:
    from genre_desktop.audio.decoding.decoder import Decoder
    from genre_desktop.audio.spectrogram import SpectrogramBuilder
    from genre_desktop.ml.features.extractor import Extractor
    from genre_desktop.ml.features.windowing import WindowRow

Array = NDArray[np.float64]
Progress = Callable[[float | None, Message], None]
log = logging.getLogger(__name__)

TOP = 3
UNUSUAL_SHARE = 0.5
"""A clip is unusual when more than this share of its windows is."""


def no_progress(fraction: float | None, message: Message = EMPTY) -> None:
    """The ``progress`` of work that nobody watches."""


@dataclass
class _ClipAnalysis:
    """What decoding and measuring found, filled while it goes on, so that a failure keeps what is known."""

    rows: list[WindowRow] = field(default_factory=list)
    duration_s: float = 0.0
    clip_hash: str = ""
    warnings: tuple[Message, ...] = ()
    picture: Spectrogram | None = None


class Predictor:
    """Answers for one home; made once per process and kept.

    Parameters
    ----------
    home:
        Where registry, store and settings live.
    watch:
        Who serves, and where model faults are told; the home's own by default.
    """

    def __init__(self, home: Home, watch: HealthMonitor | None = None) -> None:
        self.home = home
        self.shelf = ModelCache(home)
        self._watch = watch

    @cached_property
    def router(self) -> ModelRouter:
        """Lets the right model judge feature rows; for live windows and evaluations too."""
        return ModelRouter(self.shelf, self._watch or _home_watch(self.home))

    @cached_property
    def extractor(self) -> Extractor:
        """Measures samples at 22050 Hz; its filter tables are read once."""
        from genre_desktop.ml.features.extractor import Extractor

        return Extractor()

    def warm(self) -> None:
        """Import, load the model that serves and measure a second of noise, so that the first answer is quick.

        On a fresh home the starters serve from where they were shipped; MLflow is not needed.

        Raises
        ------
        AppError
            ``no-model`` when nothing can serve.
        """
        noise = np.random.default_rng(0).normal(scale=0.1, size=schema.SAMPLE_RATE)
        self.extractor.extract(noise.astype(np.float32))
        self.router.prepare()

    def finish_startup(self) -> Problem | None:
        """What may wait until after the first answer: the fallback at hand, the starters registered.

        Loads MLflow (4 s, 130 MB) when the registry needs work; a job process may do that
        instead, see :mod:`.upkeep`. Returns what went wrong; answers do not depend on it.
        """
        from genre_desktop.ml.registry import maintenance

        try:
            self.shelf.get(self.shelf.find("fallback"))
            if maintenance.needed(self.home):
                maintenance.run(self.home)
        except AppError as error:
            log.warning("Upkeep of the models: %s", error)
            return error.problem
        return None

    def reload(self) -> None:
        """Look for changed models now; every request looks by itself too."""
        self.shelf.snapshot()

    def analyse(
        self,
        request: AnalyseRequest,
        cancelled: Callable[[], bool] = no_cancel,
        progress: Progress = no_progress,
    ) -> Analysis:
        """Answer for one file.

        Returns
        -------
        Analysis
            Whatever went wrong is in ``answer.error``.

        Raises
        ------
        Cancelled
            ``cancelled()`` was true.
        """
        started = time.perf_counter()
        heard = _ClipAnalysis()
        try:
            self._listen(request, heard, cancelled, progress)
            progress(None, message("Choosing a genre"))
            X = np.stack([row.features for row in heard.rows])
            answer = _answer(self.router.answer(X, request.model), heard)
        except (Cancelled, MemoryError):
            raise
        except Exception as error:
            if not isinstance(error, AppError):
                log.exception("A clip could not be analysed")
            answer = Answer(request.path, error=problem_of(error))
        answer = replace(
            answer,
            path=request.path,
            duration_s=heard.duration_s,
            clip_hash=heard.clip_hash,
            warnings=heard.warnings,
            elapsed_ms=(time.perf_counter() - started) * 1000.0,
        )
        return Analysis(answer, heard.picture)

    def _listen(
        self, request: AnalyseRequest, heard: _ClipAnalysis, cancelled: Callable[[], bool], progress: Progress
    ) -> None:
        """Decode once; windows and picture are made from the same blocks."""
        from genre_desktop.audio.decoding.decoder import Decoder
        from genre_desktop.ml.features import windowing

        start_s, length_s = _excerpt(request)
        with Decoder(request.path, start_s=start_s, length_s=length_s, cancelled=cancelled) as decoder:
            builder = _builder(request, decoder)
            blocks = _told(decoder, builder, cancelled, progress, length_s)
            heard.duration_s = decoder.duration_s
            mode = "song" if length_s else request.mode
            for row in windowing.rows(blocks, mode, self.extractor, decoder.info.duration_s):
                heard.rows.append(replace(row, start_s=row.start_s + start_s))
            for _ in blocks:  # an excerpt is found before the file ends; picture and hash want the rest
                pass
            heard.duration_s, heard.clip_hash = decoder.duration_s, decoder.clip_hash
            heard.warnings = decoder.warnings
        if builder is not None:
            heard.picture = builder.result()


def _excerpt(request: AnalyseRequest) -> tuple[float, float | None]:
    """Start and length of what has to be decoded.

    All of the file, unless an excerpt is wanted, nothing else of it, and it tells its length.
    """
    from genre_desktop.audio.decoding.decoder import probe
    from genre_desktop.ml.features import windowing

    if request.mode != "excerpt" or request.spectrogram:
        return 0.0, None
    duration = probe(request.path).duration_s
    if not duration:
        return 0.0, None
    ((start, length),) = windowing.plan(duration, "excerpt")
    return (start, length) if start else (0.0, None)


def _builder(request: AnalyseRequest, decoder: Decoder) -> SpectrogramBuilder | None:
    from genre_desktop.audio.spectrogram import SpectrogramBuilder

    return SpectrogramBuilder(decoder.sample_rate) if request.spectrogram else None


def _told(
    decoder: Decoder,
    builder: SpectrogramBuilder | None,
    cancelled: Callable[[], bool],
    progress: Progress,
    expected_s: float | None,
) -> Iterator[NDArray[np.float32]]:
    """The blocks, passed to the picture and told as progress."""
    done = 0.0
    expected_s = expected_s or decoder.info.duration_s
    for block in decoder.blocks():
        if cancelled():
            raise Cancelled
        if builder is not None:
            builder.add(block)
        yield block
        done += len(block) / decoder.sample_rate
        progress(min(done / expected_s, 1.0) if expected_s else None, message("Listening"))


def _answer(verdict: RoutedPrediction, heard: _ClipAnalysis) -> Answer:
    model, rows = verdict.model, heard.rows
    pooled = model.pool(verdict.windows)
    order = np.argsort(-pooled, kind="stable")
    scores = tuple(GenreScore(model.classes[i], float(pooled[i])) for i in order)
    return Answer(
        path="",
        genre=scores[0].genre,
        confidence=scores[0].probability,
        top=scores[:TOP],
        unusual=bool(verdict.unusual.mean() > UNUSUAL_SHARE),
        segments=segments.segments(
            [row.start_s for row in rows],
            [row.length_s for row in rows],
            verdict.windows,
            model.classes,
            model.pool,
            heard.duration_s,
        ),
        model=verdict.ref,
        probabilities=scores,
        feature_version=schema.FEATURE_VERSION,
        features=_pooled_features(rows),
    )


def _pooled_features(rows: list[WindowRow]) -> Array:
    from genre_desktop.ml.features import windowing

    return windowing.pool((row.features for row in rows), rows)


def _home_watch(home: Home) -> Any:
    from genre_desktop.core.monitoring.serving import ServingController
    from genre_desktop.core.monitoring.serving_state import FailoverPolicy
    from genre_desktop.core.settings import Settings
    from genre_desktop.core.store.database import Database

    try:
        confirmations = Settings.load(home.settings)["drift.confirmations"]
    except AppError:
        confirmations = FailoverPolicy().confirmations
    return ServingController(Database(home.store), FailoverPolicy(confirmations=confirmations))
