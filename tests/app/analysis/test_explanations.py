from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis.explanations import ExplanationFetcher
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.core.explanations import Explanation, SimilarClip
from genre_desktop.jobs import explain as operations
from tests.fixtures.qt import GONE, Workers, answer

WHY = Explanation("rock", "vote", "contributions", (), ())


def row(key: int) -> ResultRow:
    path = Path(f"/m/{key}.mp3")
    return ResultRow(key, path, State.DONE, answer(path, clip_hash=f"hash {key}"), prediction_id=key + 100)


@pytest.fixture
def details(client: WorkerClient, workers: Workers) -> ExplanationFetcher:
    return ExplanationFetcher(client)


def test_reasons_are_asked_once_with_all_that_is_known(
    details: ExplanationFetcher, workers: Workers, qtbot: QtBot
) -> None:
    one = row(1)
    details.ask("why", one)
    details.ask("why", one)  # on its way
    (request,) = workers.asked(operations.EXPLAIN)
    asked = request.payload
    assert (asked.path, asked.genre, asked.model) == (str(one.path), "rock", "1")
    assert (asked.clip_hash, asked.prediction_id) == ("hash 1", 101)
    assert workers.lanes[request.id] == "live"
    with qtbot.waitSignal(details.came) as came:
        workers.say(request, WHY)
    assert came.args == ["why", one, WHY]
    assert details.get("why", one) is WHY
    details.ask("why", one)
    assert workers.asked(operations.EXPLAIN) == []
    one.answer = answer(one.path, "jazz")  # read afresh
    assert details.get("why", one) is None


def test_similar_clips_are_fetched_again(details: ExplanationFetcher, workers: Workers, qtbot: QtBot) -> None:
    one, found = row(1), (SimilarClip("/m/x.mp3", "rock", own=True, likeness=0.9),)
    for _ in range(2):
        details.ask("similar", one)
        with qtbot.waitSignal(details.came):
            workers.say(workers.asked(operations.SIMILAR)[0], found)
    assert details.get("similar", one) == found


def test_only_the_last_request_is_sent_and_nothing_is_cancelled(
    details: ExplanationFetcher, workers: Workers, qtbot: QtBot
) -> None:
    rows = [row(number) for number in range(4)]
    for one in rows:
        details.ask("why", one)
    (first,) = workers.asked(operations.EXPLAIN)
    with qtbot.waitSignal(details.came) as came:
        workers.say(first, WHY)
    assert came.args[1] is rows[0]
    (last,) = workers.asked(operations.EXPLAIN)
    assert last.payload.path == str(rows[3].path)
    with qtbot.waitSignal(details.came):
        workers.say(last, WHY)
    assert workers.asked(operations.EXPLAIN) == []
    assert workers.cancelled == []
    assert details.get("why", rows[1]) is None


def test_one_question_of_each_kind_at_a_time(details: ExplanationFetcher, workers: Workers) -> None:
    details.ask("why", row(1))
    details.ask("similar", row(1))
    assert len(workers.asked(operations.EXPLAIN)) == len(workers.asked(operations.SIMILAR)) == 1


def test_a_file_that_is_read_afresh_meanwhile_is_asked_about_again(
    details: ExplanationFetcher, workers: Workers, qtbot: QtBot
) -> None:
    one = row(1)
    details.ask("why", one)
    (stale,) = workers.asked(operations.EXPLAIN)
    one.answer = answer(one.path, "jazz")
    details.ask("why", one)
    workers.say(stale, WHY)
    qtbot.waitUntil(lambda: [r.id for r in workers.asked(operations.EXPLAIN)] not in ([], [stale.id]))
    assert details.get("why", one) is None  # what came was about the answer before
    (fresh,) = workers.asked(operations.EXPLAIN)
    assert fresh.payload.genre == "jazz"
    with qtbot.waitSignal(details.came):
        workers.say(fresh, WHY)


def test_why_there_is_none(details: ExplanationFetcher, workers: Workers, qtbot: QtBot) -> None:
    one = row(1)
    details.ask("why", one)
    with qtbot.waitSignal(details.failed) as failed:
        workers.fail(workers.asked(operations.EXPLAIN)[0])
    assert failed.args == ["why", one, GONE]
    details.ask("why", one)
    assert len(workers.asked(operations.EXPLAIN)) == 1


def test_a_row_without_an_answer_asks_nothing(details: ExplanationFetcher, workers: Workers) -> None:
    details.ask("why", ResultRow(1, Path("/m/1.mp3")))
    assert workers.asked(operations.EXPLAIN) == []
