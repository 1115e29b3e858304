"""The scheduler in its own thread, with real schedules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.app.jobs.scheduler_thread import SchedulerThread
from genre_desktop.app.sound.live_listener import LiveListener
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.jobs.schedule import job_store
from genre_desktop.jobs.schedule.scheduler import JobScheduler

PATIENCE_S = 30.0


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path).create()


def never(name: str, params: dict[str, Any]) -> Any:
    pytest.fail(f"{name} was started")


def test_the_schedule_opens_beside_the_window_and_ends_with_it(home: Home) -> None:
    clock = SchedulerThread(home, never)
    clock.start()
    assert clock.opened.wait(PATIENCE_S)
    clock.close()
    assert set(job_store.next_runs(home.schedule)) == {"drift", "retrain", "sweep", "maintenance"}
    again = SchedulerThread(home, never)  # the first has released the lock
    again.start()
    assert again.opened.wait(PATIENCE_S)
    again.close()


def test_a_second_program_waits_for_the_first(home: Home) -> None:
    first, second = SchedulerThread(home, never), SchedulerThread(home, never)
    first.start()
    assert first.opened.wait(PATIENCE_S)
    second.start()
    first.close()
    second.refresh()
    assert second.opened.wait(PATIENCE_S)
    second.close()


def test_closing_before_the_start_is_fine(home: Home) -> None:
    clock = SchedulerThread(home, never)
    clock.close()
    assert not clock.opened.is_set()


def test_a_damaged_store_raises_nothing(home: Home) -> None:
    home.store.write_bytes(b"this is no database" * 100)
    clock = SchedulerThread(home, never)
    clock.start()
    clock.close()
    assert not clock.opened.is_set()


def test_settings_are_applied(home: Home) -> None:
    clock = SchedulerThread(home, never)
    clock.start()
    assert clock.opened.wait(PATIENCE_S)
    Settings.load(home.settings)["train.every_days"] = 0
    clock.refresh()
    clock.close()
    again = SchedulerThread(home, never)
    again.start()
    assert again.opened.wait(PATIENCE_S)
    again.close()
    assert "retrain" not in job_store.next_runs(home.schedule)


def test_scheduled_jobs_wait_while_live_mode_listens(home: Home, qtbot: QtBot) -> None:
    """The window's listener, whatever the device does, and the scheduler, connected as in the program."""
    client, started = WorkerClient(), list[str]()
    listener = LiveListener(client, Settings.load(home.settings), home.takes)
    start: Any = lambda name, _params: started.append(name)  # noqa: E731  # its process is not used
    schedule = JobScheduler(home, start, is_live=lambda: client.live, is_on_battery=lambda: False)
    try:
        listener.start()
        schedule.due(["drift"])
        assert started == []
        assert next(row.waiting for row in schedule.rows() if row.name == "drift") == "live analysis stops"
        listener.stop()
        schedule.tick()
        assert started == ["drift"]
    finally:
        schedule.close()
        listener.close()
        client.close()
