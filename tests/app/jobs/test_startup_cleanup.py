"""The registry is put in order once, after the first answers, if it has to be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis.session import AnalysisSession
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.app.jobs import startup_cleanup
from genre_desktop.app.jobs.manager import Job
from genre_desktop.app.jobs.startup_cleanup import StartupCleanup
from genre_desktop.jobs.messages import JobEnded
from genre_desktop.jobs.tasks.registry import UPKEEP_NEEDED
from tests.fixtures.qt import PATIENCE_MS, Workers


class Jobs(QObject):
    """Records the started jobs."""

    ended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.started: list[str] = []

    def start(self, name: str, params: dict[str, Any] | None = None) -> None:
        self.started.append(name)


@pytest.mark.parametrize(("needed", "started"), [(("sweep", "remeasure"), ["sweep", "remeasure"]), ((), [])])
def test_due_jobs_follow_the_first_answers(qtbot: QtBot, needed: tuple[str, ...], started: list[str]) -> None:
    client, jobs = WorkerClient(), Jobs()
    workers, session = Workers(client), AnalysisSession(client)
    sweep = StartupCleanup(session, client, jobs)  # type: ignore[arg-type]
    session.open_paths([Path("/music/a.mp3")])
    qtbot.waitUntil(lambda: len(workers.asked()) == 1, timeout=PATIENCE_MS)
    assert workers.asked(UPKEEP_NEEDED) == []
    workers.answer_all()
    qtbot.waitUntil(lambda: len(workers.asked(UPKEEP_NEEDED)) == 1, timeout=PATIENCE_MS)
    workers.say(workers.asked(UPKEEP_NEEDED)[0], needed)
    later: list[object] = []
    client.ask("later", None, later.append)  # answers arrive in order
    workers.say(workers.asked("later")[0], None)
    qtbot.waitUntil(lambda: bool(later), timeout=PATIENCE_MS)
    session.cancel()
    assert jobs.started == started
    assert workers.asked(UPKEEP_NEEDED) == []
    session.close()
    client.close()
    sweep.deleteLater()


@pytest.mark.parametrize(
    ("name", "status", "asked"),
    [("retrain", "died", 1), ("retrain", "cancelled", 1), ("retrain", "succeeded", 0), ("sweep", "died", 0)],
)
def test_a_killed_job_is_cleaned_up_after_at_once(qtbot: QtBot, name: str, status: Any, asked: int) -> None:
    client, jobs = WorkerClient(), Jobs()
    workers, session = Workers(client), AnalysisSession(client)
    sweep = StartupCleanup(session, client, jobs)  # type: ignore[arg-type]
    jobs.ended.emit(Job(1, name, {}, 0.0, ended=JobEnded(status)))
    assert len(workers.asked(UPKEEP_NEEDED)) == asked
    for request in workers.asked(UPKEEP_NEEDED):
        workers.say(request, ("sweep",))
    qtbot.waitUntil(lambda: len(jobs.started) == asked, timeout=PATIENCE_MS)
    session.close()
    client.close()
    sweep.deleteLater()


def test_without_a_file_it_is_done_a_while_after_the_start(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(startup_cleanup, "IDLE_MS", 10)
    client, jobs = WorkerClient(), Jobs()
    workers, session = Workers(client), AnalysisSession(client)
    sweep = StartupCleanup(session, client, jobs)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: len(workers.asked(UPKEEP_NEEDED)) == 1, timeout=PATIENCE_MS)
    workers.say(workers.asked(UPKEEP_NEEDED)[0], ("sweep",))
    qtbot.waitUntil(lambda: jobs.started == ["sweep"], timeout=PATIENCE_MS)
    session.close()
    client.close()
    sweep.deleteLater()
