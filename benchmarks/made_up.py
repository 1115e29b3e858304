"""Made-up answers, in no time: what a batch costs beside the analysis of its files."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Self

import numpy as np

from genre_desktop.core.music_tags import TAGS
from genre_desktop.core.paths import Home
from genre_desktop.core.types import (
    GENRES,
    AnalyseRequest,
    Analysis,
    Answer,
    GenreScore,
    ModelRef,
    Segment,
    TagScore,
)
from genre_desktop.jobs import operations
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.executor import ExecutorLoad, OnRequest
from genre_desktop.jobs.messages import Lane, Result

ANALYSE = f"{__name__}:analyse"
MEASURE = f"{__name__}:measure"
"""Names of the operations."""

_DIFFERENT = 500
_FEATURES = 156
_SEGMENT_S = 30.0
_MODEL = ModelRef("genre", "1", "champion", "vote")


@cache
def _answers() -> list[Answer]:
    generator = np.random.default_rng(0)
    return [_answer(generator) for _ in range(_DIFFERENT)]


def _answer(generator: np.random.Generator) -> Answer:
    """Return the answer for a song: features, probabilities, timeline and tags."""
    probabilities = np.sort(generator.dirichlet(np.full(len(GENRES), 0.3)))[::-1]
    genres = generator.permutation(GENRES)
    scores = tuple(GenreScore(str(g), float(p)) for g, p in zip(genres, probabilities, strict=True))
    segments = int(generator.integers(4, 14))
    tags = zip(generator.choice(TAGS, 5, replace=False), (0.9, 0.7, 0.5, 0.3, 0.2), strict=True)
    return Answer(
        "",
        scores[0].genre,
        scores[0].probability,
        scores[:3],
        bool(generator.random() < 0.02),
        tuple(
            Segment(k * _SEGMENT_S, (k + 1) * _SEGMENT_S, scores[k % 2].genre, scores[k % 2].probability)
            for k in range(segments)
        ),
        _MODEL,
        duration_s=segments * _SEGMENT_S,
        elapsed_ms=float(generator.gamma(4, 300)),
        probabilities=scores,
        feature_version="1",
        features=generator.standard_normal(_FEATURES),
        tags=tuple(TagScore(str(tag), score) for tag, score in tags),
    )


def made_up(request: AnalyseRequest) -> Analysis:
    """Return an answer as large as a real one, without reading the file."""
    number = hash(request.path) & (1 << 64) - 1
    answer = _answers()[number % _DIFFERENT]
    return Analysis(replace(answer, path=request.path, clip_hash=f"{number:064x}"))


def measure(context: TaskContext, request: AnalyseRequest) -> Analysis:
    """Answer, without a record."""
    return made_up(request)


def analyse(context: TaskContext, request: AnalyseRequest) -> Analysis:
    """Answer, recorded as real ones are."""
    return operations.record(context, made_up(request), request)


def use_on_cluster() -> None:
    """Let the executor of a cluster record what :func:`measure` returned, where :data:`ANALYSE` was asked for."""
    from genre_desktop.jobs.cluster import executor

    executor._WITHOUT_RECORD[ANALYSE] = MEASURE


def write(context: TaskContext, requests: Sequence[AnalyseRequest]) -> list[Analysis]:
    """Answer some files and record them in one transaction, as the executor of a cluster does."""
    with context.parts.database.transaction():
        return [operations.store(context, made_up(request), request) for request in requests]


class InstantExecutor:
    """An executor that answers at once, in a thread, and writes the answers in groups as they come."""

    def __init__(self, home: Home, group: int = 256) -> None:
        self._resources, self._group = ProcessResources(home), group
        self._context = TaskContext(self._resources)
        self._ids = itertools.count(1)
        self._requests: queue.SimpleQueue[tuple[int, AnalyseRequest, OnRequest] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="instant", daemon=True)
        self._thread.start()

    def submit(
        self, op: str, payload: Any = None, lane: Lane = "file", on_event: OnRequest | None = None
    ) -> int:
        """Queue a file; its answer follows."""
        assert on_event is not None
        number = next(self._ids)
        self._requests.put((number, payload, on_event))
        return number

    def cancel(self, request_id: int) -> None:
        """Do nothing: everything is soon answered."""

    def load(self) -> ExecutorLoad:
        """Return one worker."""
        return ExecutorLoad(1)

    def stop(self) -> None:
        """Stop the thread."""
        self._requests.put(None)
        self._thread.join()
        self._resources.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def _run(self) -> None:
        while (first := self._requests.get()) is not None:
            group = [first]
            while len(group) < self._group and not self._requests.empty():
                if (following := self._requests.get()) is None:
                    return
                group.append(following)
            stored = write(self._context, [request for _, request, _ in group])
            for (number, _, on_event), analysis in zip(group, stored, strict=True):
                on_event(Result(number, analysis))
