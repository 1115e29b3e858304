from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from genre_desktop import cli, commands
from genre_desktop.audio.devices import input_devices
from genre_desktop.commands import alerts, doctor
from genre_desktop.commands.terminal import Terminal
from genre_desktop.core.errors import AppError
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.paths import Home
from genre_desktop.core.store.alerts import AlertMessage
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.job_runs import JobRuns
from genre_desktop.ui import application
from tests.fixtures.cli import Run


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "home" / "genre_desktop.db")
    yield opened
    opened.close()


def test_help_names_every_command(run: Run) -> None:
    shown = run("--help")
    assert shown.code == 0
    for command in commands.load():
        assert f"    {command.NAME} " in shown.out
        assert run(command.NAME, "--help").code == 0


def test_version(run: Run) -> None:
    assert run("--version").out == "genre-desktop 0.1.0\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("predict",),
        ("predict", "--model", "best", "a.wav"),
        ("predict", "--model", "0", "a.wav"),
        ("predict", "--workers", "0", "a.wav"),
        ("models", "promote"),
        ("models", "sell"),
        ("alerts", "acknowledge", "x"),
        ("--no-such-option",),
        ("predcit", "a.wav"),
    ],
)
def test_wrong_usage_is_reported_on_standard_error(run: Run, arguments: tuple[str, ...]) -> None:
    shown = run(*arguments)
    assert shown.code == 2
    assert shown.out == ""
    assert "error:" in shown.err


def test_wrong_usage_prints_no_control_character_of_a_file_name(run: Run) -> None:
    shown = run("predict", "-\x1b[31m\u202e.mp3", "a.wav")
    assert shown.code == 2
    assert "\\x1b[31m\\u202e.mp3" in shown.err
    assert shown.err.replace("\n", "").isprintable()


def test_a_misspelt_command_is_recognised_but_a_file_of_that_name_is_opened(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "did you mean 'predict'" in run("--home", str(tmp_path), "predcit").err
    opened: list[Any] = []
    monkeypatch.setattr(cli, "_window", lambda arguments: opened.append(arguments.files) or 0)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "predcit").touch()
    for arguments in (("predcit",), ("song.mp3", "b.wav"), ("--", "predict"), ("totally-different",)):
        assert run(*arguments).code == 0
    assert opened == [["predcit"], ["song.mp3", "b.wav"], ["predict"], ["totally-different"]]


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        ([], None),
        (["--json", "predict", "a"], "predict"),
        (["--home", "predict", "models"], "models"),
        (["--home=predict", "jobs"], "jobs"),
        (["--", "predict"], None),
        (["--home"], None),
    ],
)
def test_the_first_argument(arguments: list[str], first: str | None) -> None:
    assert cli.first_word(arguments) == first


def test_home_and_json_count_before_and_after_the_command(run: Run, tmp_path: Path) -> None:
    for number, arguments in enumerate(
        [
            ("--home", "{}", "--json", "alerts"),
            ("alerts", "--home", "{}", "--json"),
            ("--json", "alerts", "--home", "{}"),
        ]
    ):
        home = tmp_path / f"home {number}"
        assert run(*(part.format(home) for part in arguments)).json == []
        assert (home / "logs" / "command-line.log").exists()
    assert not (tmp_path / "home").exists()


def test_alerts(run: Run, database: Database) -> None:
    assert run("alerts").out == "No alerts.\n"
    centre = AlertService(database)
    drift = centre.raise_(
        AlertMessage(
            "drift", "warning", "Your music changed", "40 % drifted.", "The fallback serves.", "Retrain."
        )
    )
    centre.raise_(AlertMessage("job-died", "error", "Retraining died", "It is gone."))
    listed = run("alerts", "--json").json
    assert [row["title"] for row in listed] == ["Retraining died", "Your music changed"]
    assert {"id", "level", "title", "time", "acknowledged"} <= set(listed[0])
    shown = run("alerts").out
    for text in ("Your music changed", "40 % drifted.", "The fallback serves.", "Retrain.", "warning"):
        assert text in shown
    assert run("alerts", "acknowledge", str(drift.id)).code == 0
    assert {row["id"]: row["acknowledged"] for row in run("alerts", "--json").json}[drift.id] is True
    run("alerts", "acknowledge")
    assert all(row["acknowledged"] for row in run("alerts", "--json").json)
    assert run("alerts", "acknowledge", "99").code == 1


def test_jobs_show_the_schedule_and_the_last_outcome(run: Run, database: Database) -> None:
    runs = JobRuns(database)
    runs.finish(runs.start("drift"), "succeeded")
    lost = runs.start("retrain")
    rows = {row["name"]: row for row in run("jobs", "--json").json}
    assert {"name", "trigger", "next_run", "last_status", "last_seconds"} <= set(rows["drift"])
    assert rows["drift"]["last_status"] == "succeeded"
    assert rows["retrain"]["last_status"] == "died"
    found = runs.get(lost)
    assert found is not None
    assert found.status == "died"
    assert "never run" in run("jobs").out


def test_jobs_run(run: Run) -> None:
    good = run("jobs", "run", "tests.jobs.sample_operations:job_waits_not", "--json")
    assert good.code == 0
    assert (good.json["status"], good.json["result"]) == ("succeeded", {"sum": 0})
    assert "adding" in good.err
    bad = run("jobs", "run", "tests.jobs.sample_operations:job_fails")
    assert bad.code == 1
    assert "Nothing to train on\n  The library is empty.\n  Import some music." in bad.err
    assert "Log: " in bad.err


def test_jobs_that_cannot_run_like_this_say_so(run: Run) -> None:
    assert run("jobs", "run", "dance", "--json").json["error"]["code"] == "no-such-job"
    assert "genre-desktop import --help" in run("jobs", "run", "import").err


class Failing:
    """A command that raises an error."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def __call__(self, terminal: object, arguments: object) -> int:
        print("noise from some library")
        raise self.error


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (AppError("c", title="What", reason="Why.", hint="Next."), 1, "What\n  Why.\n  Next.\n"),
        (ValueError("a bug"), 1, "ValueError: a bug"),
        (KeyboardInterrupt(), 130, "Cancelled."),
        (BrokenPipeError(), 1, ""),
    ],
    ids=["problem", "bug", "ctrl-c", "pipe"],
)
def test_a_command_that_fails_prints_its_problem(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: BaseException, code: int, text: str
) -> None:
    monkeypatch.setattr(alerts, "run", Failing(error))
    monkeypatch.setattr(Terminal, "discard_output", lambda self: None)
    shown = run("alerts")
    assert shown.code == code
    assert text in shown.err
    assert shown.out == ""
    assert "Traceback" not in shown.err
    if isinstance(error, ValueError):
        assert "Traceback" in (tmp_path / "home" / "logs" / "command-line.log").read_text()


def test_a_library_of_a_newer_version_is_refused(run: Run, database: Database) -> None:
    database.connection.execute("PRAGMA user_version=999")
    shown = run("alerts", "--json")
    assert shown.code == 1
    assert shown.json["error"]["code"] == "store-newer"


def test_an_impossible_home_is_reported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    shown = run("alerts", "--home", str(tmp_path / "file" / "home"))
    assert shown.code == 1
    assert "home" in shown.err
    assert "Traceback" not in shown.err


def test_the_table_in_the_docs_is_current() -> None:
    from tools.command_line_docs import PATH, document

    assert PATH.read_text("utf-8") == document(), "run: python -m tools.command_line_docs"


@pytest.mark.parametrize(
    ("platform", "variables", "shown"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("linux", {"DISPLAY": ""}, False),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_where_there_is_a_display(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], shown: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", platform)
    assert cli.has_display() is shown


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (AppError("c", title="What", reason="Why.", hint="Next."), 1, "What: Why. Next."),
        (ValueError("a bug"), 1, "a bug"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_a_window_that_cannot_open_says_why(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, text: str
) -> None:
    def broken(home: Home, files: list[Path], *, first: bool) -> int:
        raise error

    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(application, "run", broken)
    shown = run("song.mp3")
    assert (shown.code, shown.out) == (code, "")
    assert text in shown.err
    assert "Traceback" not in shown.err


class _Device(NamedTuple):
    name: str
    default: bool

    id = "ALSA/x"
    host_api = "ALSA"
    channels = 2

    def to_dict(self) -> dict[str, object]:
        return {"id": self.id, "name": self.name, "host_api": "ALSA", "channels": 2, "default": self.default}


def test_devices(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    found = (_Device("Built-in microphone", True), _Device("USB", False))
    monkeypatch.setattr(input_devices, "input_devices", lambda: found)
    assert run("devices", "--json").json == [device.to_dict() for device in found]
    assert run("devices").out.splitlines()[1].split() == ["*", "Built-in", "microphone", "ALSA", "2"]
    monkeypatch.setattr(input_devices, "input_devices", lambda: ())
    assert run("devices", "--json").json == []
    assert "No input devices" in run("devices").out


def test_doctor_finds_everything_in_place(run: Run) -> None:
    shown = run("doctor", "--json")
    found = shown.json
    assert shown.code == 0
    assert found["ok"] is True
    assert {"versions", "platform", "home", "store", "settings", "registry", "demo", "sound"} <= set(found)
    assert found["versions"]["python"]
    assert set(found["registry"]["aliases"]) == {"champion", "fallback"}
    assert found["demo"]["genre"]


def test_doctor_reports_what_is_broken(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_registry", lambda terminal: {"aliases": {}})  # slow
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.json").write_text("{")
    (home / "genre_desktop.db").write_text("not a database, but long enough to look like one " * 100)
    shown = run("doctor", "--json")
    assert shown.code == 0
    assert {Path(path).name.partition(".damaged")[0] for path in shown.json["own_files"]["set_aside"]} == {
        "settings.json",
        "genre_desktop.db",
    }
    assert "settings.json could not be read; it was moved aside to" in shown.err
    with closing(sqlite3.connect(home / "genre_desktop.db")) as connection:
        connection.execute("PRAGMA user_version=99")
    (home / "settings.json").write_text('{"format": 99, "values": {}}')
    shown = run("doctor", "--json")
    assert shown.code == 1
    assert shown.json["ok"] is False
    assert shown.json["settings"]["error"]["code"] == "settings-newer"
    assert shown.json["store"]["error"]["code"] == "store-newer"
    text = run("doctor").out
    assert "FAILED  store" in text
    assert "Some checks failed." in text


@pytest.mark.parametrize("command", [["predict", "song.mp3"], ["song.mp3"]])
def test_a_home_that_cannot_be_used_is_named_with_the_way_out(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: list[str]
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    (tmp_path / "file").write_text("x")
    shown = run(*command, "--home", str(tmp_path / "file"))
    assert shown.code == 1
    assert str(tmp_path / "file") in shown.err
    assert "GENRE_DESKTOP_HOME" in shown.err
