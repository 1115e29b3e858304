from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genre_desktop.audio.decoding.content_hash import clip_hash
from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.core.live import LiveWindow
from genre_desktop.core.own_files import set_aside
from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.store.batch_checkpoints import BatchRequest, BatchStore
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import AnalyseRequest, Analysis, Answer, BatchPlace
from genre_desktop.jobs import operations
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.operations import content_hashes, predict_window, spectrogram
from genre_desktop.jobs.workers.main import find
from tests.core.store.samples import failure

DEMO = str(shipped("resources", "demo.flac"))


class FixedPredictor:
    """A predictor with one outcome."""

    def __init__(self, outcome: Answer | BaseException) -> None:
        self.outcome = outcome

    def analyse(self, *arguments: object) -> Analysis:
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return Analysis(self.outcome)


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[ProcessResources]:
    opened = ProcessResources(Home(tmp_path).create())
    yield opened
    opened.close()


def predicting(parts: ProcessResources, outcome: Answer | BaseException) -> TaskContext:
    parts.__dict__["predictor"] = FixedPredictor(outcome)
    return TaskContext(parts)


def recorded(parts: ProcessResources) -> list[Any]:
    return PredictionLog(parts.database).recent()


def test_an_answer_is_remembered_with_its_source(parts: ProcessResources) -> None:
    context = TaskContext(parts)
    operations.warm(context)
    analysis = operations.analyse(context, AnalyseRequest(DEMO, source="batch"))
    assert analysis.answer.ok
    (row,) = recorded(parts)
    assert (row.id, row.path, row.genre, row.source) == (
        analysis.prediction_id,
        DEMO,
        analysis.answer.genre,
        "batch",
    )
    assert operations.measure(context, AnalyseRequest(DEMO)).answer.genre == analysis.answer.genre
    assert len(recorded(parts)) == 1


def test_an_answer_of_a_batch_is_stored_with_its_place(parts: ProcessResources) -> None:
    batches = BatchStore(parts.database)
    batch = batches.open(BatchRequest(("music",)))
    for path, answer in (
        ("music/a.wav", Answer("/music/a.wav", "jazz")),
        ("music/b.wav", failure("/music/b.wav")),
    ):
        request = AnalyseRequest(answer.path, source="batch", place=BatchPlace(batch, path, "1:2"))
        operations.analyse(predicting(parts, answer), request)
    assert batches.stamps(batch, ["music/a.wav"]) == {"music/a.wav": "1:2"}
    (found,) = batches.find(batch, ["music/a.wav"])
    assert found is not None
    assert (found.answer.genre, found.prediction_id) == ("jazz", 1)
    assert len(recorded(parts)) == 2


def test_a_problem_is_an_answer_and_is_remembered_too(parts: ProcessResources) -> None:
    context = predicting(
        parts,
        AppError(
            "empty-file/made-up", title="The file is empty", reason="It has 0 bytes.", hint="Copy it again."
        ),
    )
    analysis = operations.analyse(context, AnalyseRequest("/music/\udcff.wav"))
    assert analysis.answer.error is not None
    assert analysis.answer.error.code == "empty-file"
    assert analysis.answer.path == "/music/\udcff.wav"
    (row,) = recorded(parts)
    assert (row.path, row.error_code) == ("/music/\\udcff.wav", "empty-file")


def test_a_bug_is_an_answer_with_its_trace_in_the_log(
    parts: ProcessResources, caplog: pytest.LogCaptureFixture
) -> None:
    analysis = operations.analyse(predicting(parts, ValueError("a bug")), AnalyseRequest("a.wav"))
    assert analysis.answer.error is not None
    assert analysis.answer.error.reason == "ValueError: a bug"
    assert "Traceback" in caplog.text


@pytest.mark.parametrize("error", [Cancelled(), MemoryError()])
def test_cancelling_and_running_out_of_memory_are_no_answers(
    parts: ProcessResources, error: BaseException
) -> None:
    with pytest.raises(type(error)):
        operations.analyse(predicting(parts, error), AnalyseRequest("a.wav"))
    assert recorded(parts) == []


def test_nothing_is_recorded_when_the_user_switched_it_off(parts: ProcessResources) -> None:
    parts.home.settings.write_text(json.dumps({"format": 1, "values": {"privacy.remember": False}}))
    analysis = operations.analyse(predicting(parts, Answer("a.wav", "jazz")), AnalyseRequest("a.wav"))
    assert (analysis.answer.genre, analysis.prediction_id) == ("jazz", None)
    assert recorded(parts) == []


@pytest.mark.parametrize("damaged", ["settings.json", "genre_desktop.db"])
def test_a_damaged_file_is_set_aside_and_the_answer_is_recorded(
    parts: ProcessResources, damaged: str
) -> None:
    (parts.home.root / damaged).write_text("{ not what it should be" * 100)
    analysis = operations.analyse(predicting(parts, Answer("a.wav", "jazz")), AnalyseRequest("a.wav"))
    assert (analysis.answer.genre, analysis.answer.warnings) == ("jazz", ())
    assert [row.id for row in recorded(parts)] == [analysis.prediction_id]
    assert len(set_aside.found(parts.home.root)) == 1


def test_an_answer_is_worth_more_than_its_record(
    parts: ProcessResources, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    Database(parts.home.store).close()
    with closing(sqlite3.connect(parts.home.store)) as connection:
        connection.execute("PRAGMA user_version = 999")
    analysis = operations.analyse(predicting(parts, Answer("a.wav", "jazz")), AnalyseRequest("a.wav"))
    assert (analysis.answer.genre, analysis.prediction_id) == ("jazz", None)
    assert "could not be saved" in analysis.answer.warnings[0]
    assert "could not be saved" in caplog.text


# -- spectrograms and content hashes ---------------------------------------------------------------------


def test_the_demo_clip_has_a_spectrogram_of_its_whole_length(parts: ProcessResources) -> None:
    drawn = find(operations.SPECTROGRAM)(TaskContext(parts), DEMO)
    assert drawn.duration_s == pytest.approx(12.0, abs=0.1)
    assert np.isfinite(drawn.db).all()
    assert drawn.db.max() > -40


def test_a_missing_file_has_no_spectrogram(parts: ProcessResources, tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        spectrogram(TaskContext(parts), str(tmp_path / "none.mp3"))
    assert caught.value.problem.code == "missing-file"


def test_a_spectrogram_can_be_cancelled(parts: ProcessResources) -> None:
    with pytest.raises(Cancelled):
        spectrogram(TaskContext(parts, lambda: True), DEMO)


def test_content_hashes_come_without_decoding_and_unreadable_files_have_none(
    parts: ProcessResources, tmp_path: Path
) -> None:
    (tmp_path / "text.mp3").write_text("silent")
    paths = [DEMO, str(tmp_path / "none.mp3"), str(tmp_path / "text.mp3")]
    found = find(operations.CONTENT_HASHES)(TaskContext(parts), paths)
    assert found == [clip_hash(DEMO), "", ""]
    with pytest.raises(Cancelled):
        content_hashes(TaskContext(parts, lambda: True), paths)


@pytest.mark.parametrize("name", ["analyse", operations.PREDICT_WINDOW])
def test_operations_are_found_by_their_names(name: str) -> None:
    assert find(name) is getattr(operations, name.rpartition(":")[2])


# -- live windows in the real predictor --------------------------------------------------------------------

SR = 22050


@pytest.fixture
def context(parts: ProcessResources) -> TaskContext:
    return TaskContext(parts)


@pytest.fixture(scope="module")
def demo() -> np.ndarray:
    return read(DEMO).samples


def test_live_answer_is_like_the_file_answer(context: TaskContext, demo: np.ndarray) -> None:
    request = AnalyseRequest(DEMO)
    answer = operations.measure(context, request).answer
    reading = predict_window(context, LiveWindow(demo, SR, 12.0))
    assert reading.heard == "music"
    assert not reading.tentative
    assert reading.elapsed_ms > 0
    assert reading.work_ms > 0
    # Of the file four patches are encoded, of a live window the newest three seconds.
    assert [s.genre for s in reading.probabilities[:2]] == [s.genre for s in answer.probabilities[:2]]
    assert reading.probabilities[0].probability == pytest.approx(answer.confidence, abs=0.15)


def test_windows_that_follow_one_another_are_answered_as_on_their_own(
    context: TaskContext, demo: np.ndarray
) -> None:
    for first in (0, 21 * 512, 43 * 512):
        samples = demo[first : first + SR * 6]
        following = predict_window(context, LiveWindow(samples, SR, first / SR + 6, first=first))
        alone = predict_window(context, LiveWindow(samples, SR, first / SR + 6))
        assert [(s.genre, s.probability) for s in following.probabilities] == [
            (s.genre, pytest.approx(s.probability, abs=1e-6)) for s in alone.probabilities
        ]


def test_what_came_before_a_pause_has_no_part_in_the_answer(context: TaskContext, demo: np.ndarray) -> None:
    noise = np.random.default_rng(0).normal(scale=0.2, size=2 * SR).astype(np.float32)
    music = demo[: 5 * SR]
    window = np.concatenate([noise, np.zeros(2 * SR, np.float32), music])
    reading = predict_window(context, LiveWindow(window, SR, 60.0, first=51 * SR))
    assert reading.tentative
    assert reading.length_s == 5.0
    assert reading.probabilities == predict_window(context, LiveWindow(music, SR, 60.0)).probabilities


def test_music_that_begins_gets_no_genre_before_there_is_enough(
    context: TaskContext, demo: np.ndarray
) -> None:
    window = np.concatenate([np.zeros(8 * SR, np.float32), demo[: 2 * SR]])
    reading = predict_window(context, LiveWindow(window, SR, 60.0))
    assert (reading.heard, reading.probabilities, reading.error) == ("beginning", (), None)


def test_only_named_windows_are_remembered(context: TaskContext, demo: np.ndarray) -> None:
    predict_window(context, LiveWindow(demo[: SR * 10], SR, 10.0))
    predict_window(context, LiveWindow(demo[: SR * 10], SR, 10.5, remember="Live, 10:32:07"))
    kept = PredictionLog(context.parts.database).recent(10)
    assert [(p.source, p.path) for p in kept] == [("live", "Live, 10:32:07")]


def test_silence_has_no_genre_and_is_not_remembered(context: TaskContext) -> None:
    reading = predict_window(context, LiveWindow(np.zeros(SR * 5, np.float32), SR, 5.0, remember="x"))
    assert (reading.heard, reading.probabilities, reading.error) == ("silence", (), None)
    assert reading.tentative
    assert PredictionLog(context.parts.database).recent(10) == []


def test_a_broken_window_says_what_is_wrong(context: TaskContext) -> None:
    broken = np.full(SR * 3, np.nan, np.float32)
    reading = predict_window(context, LiveWindow(broken, SR, 3.0))
    assert reading.error is not None
    assert reading.error.code == "non-finite"
