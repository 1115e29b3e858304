"""What is said about a run, from folders of invented runs; and the roles of real processes."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.endurance import causes, judge, processes
from benchmarks.endurance.log_lines import LogLines
from benchmarks.endurance.records import RunFolder
from genre_desktop.core.messages import message
from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database

MIB = 2**20


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    """A run of three hours whose window stays at 200 MiB, and its worker at 100."""
    folder = RunFolder(tmp_path)
    folder.add("events", {"t": 0.0, "home": "", "what": "began", "seconds": 10_800})
    for minute in range(1, 181):
        for role, pid, size in (("window", 1, 200), ("worker", 2, 100)):
            add_sample(folder, minute, role, pid, size)
    folder.add("events", {"t": 10_800.0, "home": "long", "what": "ended", "how": "close", "code": 0, "early": False,
                          "orphans": []})  # fmt: skip
    return folder


def add_sample(folder: RunFolder, minute: float, role: str, pid: int, size: float, fds: int = 50) -> None:
    taken = {
        "pid": pid,
        "age": 60.0 * minute,
        "pss": size * MIB,
        "uss": size * MIB,
        "rss": size * MIB,
        "threads": 9,
    }
    folder.add("samples", {"t": 60.0 * minute, "home": "long", "role": role, "fds": fds, **taken})


def line_of(report: str, what: str) -> str:
    return next(line for line in report.splitlines() if line.startswith(f"| {what}"))


def test_a_run_without_findings(folder: RunFolder) -> None:
    report = judge.report(folder)
    assert "1.00 ×" in line_of(report, "memory of the window")
    assert "1.00 ×" in line_of(report, "memory of workers that lived throughout")
    assert line_of(report, "growth of file descriptors of the window").startswith(
        "| growth of file descriptors of the window | 0 "
    )
    assert "\n- " not in report


def test_growth_is_compared_with_the_first_quarter_of_an_hour(folder: RunFolder) -> None:
    for minute in range(170, 181):
        for _ in range(4):
            add_sample(folder, minute, "window", 1, 300, fds=90)
    report = judge.report(folder)
    assert "1.50 ×" in line_of(report, "memory of the window")
    assert "| 40 " in line_of(report, "growth of file descriptors of the window")


def test_a_line_that_was_cut_off_by_an_interruption_is_left_out(folder: RunFolder) -> None:
    with (folder.root / "samples.jsonl").open("a") as file:
        file.write('{"t": 1')
    assert "1.00 ×" in line_of(judge.report(folder), "memory of the window")


def test_ends_and_orphans(folder: RunFolder) -> None:
    for how, code, orphans in (("SIGTERM", 143, ["7 python"]), ("close", -11, [])):
        folder.note("restarted", "ended", how=how, code=code, early=False, orphans=orphans)
    report = judge.report(folder)
    assert "- orphan: restarted SIGTERM: 7 python" in report
    assert "'code': -11" in report
    assert "'code': 143" not in report


def test_alerts_need_as_many_causes(folder: RunFolder) -> None:
    home = Home(folder.home("long")).create()
    with closing(Database(home.store)) as database:
        for _ in range(3):
            AlertService(database).raise_(
                alert_messages.worker_restarted(message("it was ended by {name}", name="SIGKILL"))
            )
    folder.note("long", "killed worker", pid=3)
    folder.note("restarted", "killed worker", pid=4)
    folder.note("long", "killed worker", pid=5)
    report = judge.report(folder)
    assert line_of(report, "unexplained alerts").startswith("| unexplained alerts | 1 ")
    assert "- alert: long, 1 of 3 times" in report


def test_an_alert_of_a_job_that_was_killed_is_explained() -> None:
    events = causes.names([{"home": "long", "what": "killed drift"}])
    assert causes.explains(causes.ALERTS, "job-died:drift", "long", events) == 1
    assert causes.explains(causes.ALERTS, "job-died:retrain", "long", events) == 0
    assert causes.explains(causes.ALERTS, "champion-fault", "long", events) == 0


def test_log_lines_are_collected_once_also_from_a_rotated_file(folder: RunFolder) -> None:
    logs = folder.home("long") / "logs"
    logs.mkdir(parents=True)
    log, lines = logs / "genre-desktop.log", LogLines(folder)
    log.write_text("2026-01-01 10:00:00,000 ERROR a.b: first\n2026-01-01 10:00:01,000 INFO a.b: usual\n")
    lines.collect()
    lines.collect()
    log.rename(logs / "genre-desktop.log.1")
    log.write_text("2026-01-01 10:00:02,000 ERROR a.b: second\nTraceback\n")
    lines.collect()
    assert [line["text"] for line in folder.read("log")] == ["first", "second\nTraceback"]
    assert "- log: long genre-desktop.log 2026-01-01 10:00:02 a.b: second\nTraceback" in judge.report(folder)


def test_roles_of_processes() -> None:
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()', '--decoder-process'])"
    environ = {**os.environ, processes.MARK: "a test"}
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, env=environ) as child:
        assert child.stdin is not None
        while len(processes.marked("a test")) < 2:
            assert child.poll() is None
        known = dict(processes.of_window(os.getpid(), {child.pid: "worker"}))
        assert {"window", "worker", "decoder of worker"} <= set(known.values())
        taken = processes.sample(next(process for process, role in known.items() if role == "worker"))
        assert taken is not None
        assert taken["pss"] > 0
        child.stdin.close()
        child.wait()
    assert processes.marked("a test") == []
