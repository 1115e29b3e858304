from __future__ import annotations

import pytest

from genre_desktop.core.paths import Home
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.ml.registry.shared import contributor
from tests.fixtures.cli import Run
from tests.fixtures.mlflow_server import MlflowServer, running_server
from tests.ml.data.test_training_data import predicted


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory):
    """A server of its own: the job's process cannot use another experiment than users do."""
    with running_server(tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture
def home(run: Run, server: MlflowServer, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", server.uri)
    home = Home.locate().create()
    database = Database(home.store)
    for name in ("one", "two"):
        Corrections(database).add(predicted(database, name), "jazz")
    database.close()
    return home


def test_the_preview_lists_what_would_leave_and_the_command_sends_it(run: Run, home: Home) -> None:
    shown = run("models", "contribute", "--preview", "--json")
    assert shown.code == 0
    assert {
        "server",
        "contributor",
        "feature_version",
        "digest",
        "bytes",
        "clips",
        "windows",
        "left_out",
        "rows",
    } == set(shown.json)
    assert [set(row) for row in shown.json["rows"]] == [
        {"label", "recording", "group", "windows", "duration_s"}
    ] * 2
    sent = run("models", "contribute", "--json")
    assert sent.code == 0
    assert (sent.json["status"], sent.json["digest"]) == ("sent", shown.json["digest"])
    assert sent.json["contributor"] == contributor.of_home(home).id
    assert "already has these 2 clips" in run("models", "contribute").out


def test_the_preview_is_readable(run: Run, home: Home) -> None:
    shown = run("models", "contribute", "--preview").out
    assert shown.count("Jazz") == 2
    assert "2 clips with 2 rows of features" in shown
    assert "Never sent: audio, paths, file names" in shown
    assert "/music" not in shown


def test_a_problem_is_reported(run: Run, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://127.0.0.1:9")
    shown = run("models", "contribute", "--json")
    assert shown.code == 1
    assert shown.json["error"]["code"] == "registry-server-unreachable"
