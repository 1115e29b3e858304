"""Errors of the schedule's file reach users in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from genre_desktop.core.errors import AppError
from genre_desktop.jobs.schedule.job_store import JsonJobStore


def _nothing(name: str, key: str) -> None:
    """Do nothing."""


def test_a_file_that_cannot_be_opened_is_reported(tmp_path: Path) -> None:
    store = JsonJobStore(tmp_path / "gone" / "schedule.db", _nothing, "key")
    with pytest.raises(AppError) as caught:
        store.start(BackgroundScheduler(), "default")
    assert caught.value.problem.code == "schedule-failed"
    assert "schedule.db" in str(caught.value.problem.reason)
    (tmp_path / "gone").mkdir()
    store.start(BackgroundScheduler(), "default")
    assert store.get_all_jobs() == []
    store.shutdown()
