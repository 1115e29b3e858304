from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import AnalyseRequest, Analysis, Answer
from genre_desktop.jobs import operations
from genre_desktop.jobs.context import Context, Parts

DEMO = str(shipped("resources", "demo.flac"))


class Says:
    """A predictor with one thing to say."""

    def __init__(self, thing: Answer | BaseException) -> None:
        self.thing = thing

    def analyse(self, *arguments: object) -> Analysis:
        if isinstance(self.thing, BaseException):
            raise self.thing
        return Analysis(self.thing)


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    opened = Parts(Home(tmp_path).create())
    yield opened
    opened.close()


def says(parts: Parts, thing: Answer | BaseException) -> Context:
    parts.__dict__["predictor"] = Says(thing)
    return Context(parts)


def remembered(parts: Parts) -> list[Any]:
    return PredictionLog(parts.database).recent()


def test_an_answer_is_remembered_with_its_source(parts: Parts) -> None:
    context = Context(parts)
    operations.warm(context)
    analysis = operations.analyse(context, AnalyseRequest(DEMO, source="batch"))
    assert analysis.answer.ok
    (row,) = remembered(parts)
    assert (row.id, row.path, row.genre, row.source) == (
        analysis.prediction_id,
        DEMO,
        analysis.answer.genre,
        "batch",
    )
    assert operations.measure(context, AnalyseRequest(DEMO)).answer.genre == analysis.answer.genre
    assert len(remembered(parts)) == 1


def test_a_problem_is_an_answer_and_is_remembered_too(parts: Parts) -> None:
    context = says(parts, AppError("empty-file", "The file is empty", "It has 0 bytes.", "Copy it again."))
    analysis = operations.analyse(context, AnalyseRequest("/music/\udcff.wav"))
    assert analysis.answer.error is not None
    assert analysis.answer.error.code == "empty-file"
    assert analysis.answer.path == "/music/\udcff.wav"
    (row,) = remembered(parts)
    assert (row.path, row.error_code) == ("/music/\\udcff.wav", "empty-file")


def test_a_bug_is_an_answer_with_its_trace_in_the_log(parts: Parts, caplog: pytest.LogCaptureFixture) -> None:
    analysis = operations.analyse(says(parts, ValueError("a bug")), AnalyseRequest("a.wav"))
    assert analysis.answer.error is not None
    assert analysis.answer.error.reason == "ValueError: a bug"
    assert "Traceback" in caplog.text


@pytest.mark.parametrize("error", [Cancelled(), MemoryError()])
def test_cancelling_and_running_out_of_memory_are_no_answers(parts: Parts, error: BaseException) -> None:
    with pytest.raises(type(error)):
        operations.analyse(says(parts, error), AnalyseRequest("a.wav"))
    assert remembered(parts) == []


def test_the_person_may_not_want_to_be_remembered(parts: Parts) -> None:
    parts.home.settings.write_text(json.dumps({"format": 1, "values": {"privacy.remember": False}}))
    analysis = operations.analyse(says(parts, Answer("a.wav", "jazz")), AnalyseRequest("a.wav"))
    assert (analysis.answer.genre, analysis.prediction_id) == ("jazz", None)
    assert remembered(parts) == []


@pytest.mark.parametrize("broken", ["settings.json", "genre_desktop.db"])
def test_an_answer_is_worth_more_than_its_record(
    parts: Parts, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    (parts.home.root / broken).write_text("{ not what it should be" * 100)
    analysis = operations.analyse(says(parts, Answer("a.wav", "jazz")), AnalyseRequest("a.wav"))
    assert (analysis.answer.genre, analysis.prediction_id) == ("jazz", None)
    assert "could not be remembered" in analysis.answer.warnings[0]
    assert "could not be remembered" in caplog.text
