"""Actions on the models, with real jobs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.jobs.manager import JobManager
from genre_desktop.app.jobs.model_actions import ModelActions
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.drift_checks import DriftCheck, DriftLog
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import ModelRef
from genre_desktop.ml.drift import codec_shift
from tests.core.store.samples import answer

JOB_MS = 60_000


@pytest.fixture
def actions(qtbot: QtBot, home: Home, db: Database) -> Iterator[ModelActions]:
    jobs = JobManager(home)
    yield ModelActions(jobs, lambda: db)
    jobs.close()


def test_a_job_runs_once_at_a_time_and_its_end_is_reported(qtbot: QtBot, actions: ModelActions) -> None:
    with qtbot.waitSignal(actions.finished, timeout=JOB_MS) as blocker:
        actions.run("maintenance")
        assert actions.busy("maintenance")
        actions.run("maintenance")
    assert blocker.args[0].title == "Database maintenance finished"
    assert not actions.busy("maintenance")


def test_a_report_needs_clips(qtbot: QtBot, actions: ModelActions) -> None:
    with qtbot.waitSignal(actions.failed, timeout=JOB_MS) as blocker:
        actions.open_report()
    assert blocker.args[0].code == "too-few-clips"
    assert not actions.busy("drift")


@pytest.mark.timeout(300)
def test_without_a_report_a_job_writes_one_and_it_opens(
    qtbot: QtBot, home: Home, db: Database, actions: ModelActions
) -> None:
    """Real clips' features, the real job, the whole of Evidently's report."""
    log, messages = PredictionLog(db), list[str]()
    for number, row in enumerate(codec_shift.load().before[:40]):
        model = ModelRef("genre", "1", "champion")
        log.add(answer(str(number), features=row, model=model), "batch")
    actions._jobs.changed.connect(lambda job: messages.append(job.message))
    with qtbot.waitSignal(actions.report_ready, timeout=4 * JOB_MS) as blocker:
        actions.open_report()
    (path,) = blocker.args
    assert path.parent == home.reports
    html = path.read_text("utf-8")
    assert "out of 156" in html
    loaded = re.findall(r"""<(?:script|link|img|iframe)[^>]*?(?:src|href)=["'](?!data:)([^"']+)""", html)
    assert loaded == []
    assert "Writing the report" in messages
    assert actions.last_report() == path


def test_the_newest_report_that_is_still_there_is_opened(
    qtbot: QtBot, actions: ModelActions, db: Database, tmp_path: Path
) -> None:
    kept, gone = tmp_path / "kept.html", tmp_path / "gone.html"
    kept.write_text("<html></html>")
    for path in (kept, gone):
        DriftLog(db).add(DriftCheck("1", 9, 9, 0.1, 0.3, False, html_path=str(path)))
    with qtbot.waitSignal(actions.report_ready) as blocker:
        actions.open_report()
    assert blocker.args == [kept]


def test_a_report_of_older_music_is_not_taken_for_the_new(
    actions: ModelActions, db: Database, tmp_path: Path
) -> None:
    old = tmp_path / "old.html"
    old.write_text("<html></html>")
    log = DriftLog(db)
    log.add(DriftCheck("1", 9, 9, 0.5, 0.3, True, counted=True, html_path=str(old)))
    log.add(DriftCheck("1", 9, 9, 0.5, 0.3, True))  # another look at the same clips
    assert actions.last_report() == old
    log.add(DriftCheck("1", 9, 9, 0.1, 0.3, False, level="mild", counted=True))
    assert actions.last_report() is None
