from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.core.messages import message
from genre_desktop.jobs.messages import (
    Progress,
    Ready,
    RequestCancelled,
    Result,
    WorkerRestarted,
    WorkersUnavailable,
)
from tests.fixtures.qt import GONE, Workers


@pytest.fixture
def client() -> WorkerClient:
    return WorkerClient()


def test_questions_wait_for_the_workers(client: WorkerClient, qtbot: QtBot) -> None:
    events: list[object] = []
    client.ask("analyse", "a.mp3", events.append)
    workers = Workers(client)
    (request,) = workers.asked()
    assert request.payload == "a.mp3"
    workers.progress(request, 0.5)
    workers.say(request, "done")
    qtbot.waitUntil(lambda: events == [Progress(request.id, 0.5), Result(request.id, "done")])


def test_everybody_gets_their_own_answer(client: WorkerClient, qtbot: QtBot) -> None:
    workers = Workers(client)
    answers: dict[str, object] = {}
    for name in "abc":
        client.ask("echo", name, lambda event, name=name: answers.update({name: event.value}))
    for request in reversed(workers.asked("echo")):
        workers.say(request, request.payload.upper())
    qtbot.waitUntil(lambda: answers == {"a": "A", "b": "B", "c": "C"})


def test_cancelling_before_there_are_workers(client: WorkerClient) -> None:
    events: list[object] = []
    ticket = client.ask("analyse", "a.mp3", events.append)
    client.cancel(ticket)
    assert isinstance(events[0], RequestCancelled)
    assert Workers(client).asked() == []


def test_cancelling_at_the_workers(client: WorkerClient, qtbot: QtBot) -> None:
    workers = Workers(client)
    events: list[object] = []
    ticket = client.ask("analyse", "a.mp3", events.append, lane="live")
    (request,) = workers.asked()
    assert workers.lanes[request.id] == "live"
    client.cancel(ticket)
    qtbot.waitUntil(lambda: events == [RequestCancelled(request.id)])
    client.cancel(ticket)  # has ended: no effect
    assert workers.cancelled == [request.id]


def test_news_about_the_workers(client: WorkerClient, qtbot: QtBot) -> None:
    news: list[object] = []
    for signal in (client.ready, client.restarted, client.unavailable):
        signal.connect(news.append)
    sent = [Ready(1, 0.5), WorkerRestarted(message("it died")), WorkersUnavailable(GONE)]
    for event in sent:
        client.bridge(event)
    qtbot.waitUntil(lambda: news == sent)


def test_events_of_the_host_itself_answer_no_question(client: WorkerClient, qtbot: QtBot) -> None:
    events: list[object] = []
    workers = Workers(client)
    client.bridge(Result(1, "whose?"))
    client.ask("analyse", "a.mp3", events.append)
    workers.say(workers.asked()[0], "mine")
    qtbot.waitUntil(lambda: [event.value for event in events] == ["mine"])


def test_workers_that_are_attached_later_get_only_what_waits(client: WorkerClient) -> None:
    client.ask("analyse", "a.mp3", lambda event: None)
    first, second = Workers(client), Workers(client)
    client.ask("analyse", "b.mp3", lambda event: None)
    assert [request.payload for request in first.asked()] == ["a.mp3"]
    assert [request.payload for request in second.asked()] == ["b.mp3"]


def test_nothing_is_called_back_after_closing(client: WorkerClient, qtbot: QtBot) -> None:
    events: list[object] = []
    workers = Workers(client)
    client.ask("analyse", "a.mp3", events.append)
    request = workers.asked()[0]
    client.close()
    workers.say(request, "too late")
    qtbot.wait(20)
    assert events == []
