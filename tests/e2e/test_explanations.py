"""Reasons and similar clips from a real worker process, asked for as the window does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis.explanations import ExplanationFetcher
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.core.explanations import Explanation
from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.types import AnalyseRequest, Analysis
from genre_desktop.jobs.messages import RequestEvent, Result
from genre_desktop.jobs.workers.pool import WorkerPool
from tests.fixtures.qt import quiet_platform

quiet_platform()
PATIENCE_MS = 60_000
DEMO = shipped("resources", "demo.flac")


@pytest.fixture
def client(tmp_path: Path, qtbot: QtBot) -> Iterator[WorkerClient]:
    client = WorkerClient()
    with WorkerPool(Home(tmp_path).create(), client.bridge) as host:
        client.attach(host)
        yield client
        client.close()


def test_a_worker_explains_and_compares(client: WorkerClient, qtbot: QtBot) -> None:
    analysed: list[Analysis] = []

    def then(event: RequestEvent) -> None:
        if isinstance(event, Result):
            analysed.append(event.value)

    client.ask("analyse", AnalyseRequest(str(DEMO)), then)
    qtbot.waitUntil(lambda: bool(analysed), timeout=PATIENCE_MS)
    row = ResultRow(1, DEMO, State.DONE, analysed[0].answer, prediction_id=analysed[0].prediction_id)
    details = ExplanationFetcher(client)
    found: dict[str, object] = {}
    details.came.connect(lambda kind, _row, value: found.__setitem__(kind, value))
    details.ask("why", row)
    details.ask("similar", row)
    qtbot.waitUntil(lambda: len(found) == 2, timeout=PATIENCE_MS)
    why, similar = found["why"], found["similar"]
    assert isinstance(why, Explanation)
    assert why.genre == row.answer.genre
    assert why.pro
    assert isinstance(similar, tuple)
    assert len(similar) == 5
    assert details.get("why", row) == why
