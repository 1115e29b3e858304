"""Reasons and similar clips as a worker gives them, with the shipped models and the demo clip."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.explanations import DetailsRequest
from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import AnalyseRequest, Analysis
from genre_desktop.jobs import explain, operations
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.workers.main import find

DEMO = str(shipped("resources", "demo.flac"))


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory):
    parts = ProcessResources(Home(tmp_path_factory.mktemp("home")).create())
    yield TaskContext(parts)
    parts.close()


@pytest.fixture(scope="module")
def analysis(context: TaskContext) -> Analysis:
    return operations.analyse(context, AnalyseRequest(DEMO))


def request(analysis: Analysis, **changes: object) -> DetailsRequest:
    answer = analysis.answer
    asked = DetailsRequest(
        DEMO, answer.genre, answer.model.version, answer.clip_hash, answer.feature_version, answer.features
    )
    return replace(asked, **changes)


def test_the_answer_of_the_champion_is_explained(context: TaskContext, analysis: Analysis) -> None:
    found = find(explain.EXPLAIN)(context, request(analysis))
    assert found.method == "contributions"
    assert found.usual_known
    assert found.pro
    assert found.contra
    assert pickle.loads(pickle.dumps(found)) == found


def test_the_fallbacks_too(context: TaskContext) -> None:
    answer = operations.measure(context, AnalyseRequest(DEMO, model="fallback")).answer
    asked = DetailsRequest(
        DEMO, answer.genre, answer.model.version, "", answer.feature_version, answer.features
    )
    assert explain.explain(context, asked).pro


def test_rows_come_from_the_store_or_are_extracted_again(context: TaskContext, analysis: Analysis) -> None:
    whole = explain.explain(context, request(analysis))
    stored = request(analysis, features=None, prediction_id=analysis.prediction_id, path="/moved/away.flac")
    assert explain.explain(context, stored) == whole
    before = PredictionLog(context.parts.database).count()
    assert explain.explain(context, request(analysis, features=None)) == whole
    assert PredictionLog(context.parts.database).count() == before  # only looked at


def test_similar_clips(context: TaskContext, analysis: Analysis) -> None:
    found = find(explain.SIMILAR)(context, request(analysis))
    assert len(found) == 5
    assert explain.similar(context, request(analysis)) == found
    assert len(explain._spaces) == 1


def test_what_cannot_be_explained_says_why(context: TaskContext, analysis: Analysis) -> None:
    with pytest.raises(AppError) as gone:
        explain.explain(context, request(analysis, model="77"))
    assert gone.value.problem.code == "model-unknown"
    with pytest.raises(AppError) as missing:
        explain.similar(context, request(analysis, features=None, path="/no/such.flac"))
    assert missing.value.problem.code == "missing-file"
