"""The cluster of ``predict``, ``import`` and ``train``: arguments, environment, settings, and what happens there."""

from __future__ import annotations

import argparse
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.commands import analysis, import_, predict, train
from genre_desktop.commands.arguments import add_cluster, cluster_params
from genre_desktop.commands.terminal import Terminal
from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Library
from genre_desktop.jobs.cluster.address import VARIABLE, ClusterOptions
from genre_desktop.ml.features.schema import VERSIONS
from tests.fixtures.cli import Run
from tests.ml.data.test_folder_import import song

DEMO = shipped("resources", "demo.flac")
ELSEWHERE = "tcp://192.0.2.1:8786"


@pytest.fixture(autouse=True)
def no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


def parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_cluster(parser)
    return parser.parse_args(words)


def cluster(home: Home, *words: str) -> ClusterOptions | None:
    return analysis.cluster_of(Terminal(home, json_output=True), parsed(*words))


def test_the_variable_is_named_in_the_help() -> None:
    parser = argparse.ArgumentParser()
    add_cluster(parser)
    assert VARIABLE in parser.format_help()


@pytest.mark.parametrize("command", [predict, import_, train])
def test_three_commands_have_it(command: Any) -> None:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    words = [] if command is train else ["x"]
    assert cluster_params(parser.parse_args(words)) == {"cluster": "", "insecure": False}
    found = parser.parse_args([*words, "--cluster", "local:3", "--insecure"])
    assert cluster_params(found) == {"cluster": "local:3", "insecure": True}


def test_arguments_come_before_the_environment(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cluster(home) is None
    monkeypatch.setenv(VARIABLE, "local:2")
    assert cluster(home) == ClusterOptions("local:2")
    assert cluster(home, "--cluster", ELSEWHERE, "--insecure") == ClusterOptions(ELSEWHERE, insecure=True)


def test_the_address_in_the_settings_is_not_for_predict(home: Home) -> None:
    settings = Settings.load(home.settings)
    settings["cluster.address"] = ELSEWHERE
    settings["cluster.upload_mb"] = 7
    settings.save()
    assert cluster(home) is None
    assert cluster(home, "--cluster", "local:1") == ClusterOptions("local:1", upload_mb=7)


@pytest.mark.parametrize("command", ["predict", "import"])
def test_what_would_be_reached_without_encryption_is_refused(run: Run, command: str, tmp_path: Path) -> None:
    (tmp_path / "rock").mkdir()
    shutil.copy(DEMO, tmp_path / "rock" / "a.flac")
    shown = run(command, str(tmp_path), "--cluster", ELSEWHERE)
    assert shown.code == 1
    assert "without encryption" in shown.err


def test_a_file_and_a_folder_have_the_same_answers_there(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "Music" / "rock"
    folder.mkdir(parents=True)
    shutil.copy(DEMO, folder / "a.flac")
    (here,) = run("predict", "--json", str(folder / "a.flac")).rows
    (file,) = run("predict", "--json", str(folder / "a.flac"), "--cluster", "local:1").rows
    (row,) = run("predict", "--json", str(folder), "--cluster", "local:1").rows
    for there in (file, row):
        assert {**there, "elapsed_ms": 0} == {**here, "elapsed_ms": 0}


def test_a_missing_file_is_reported_as_ever(run: Run, tmp_path: Path) -> None:
    shown = run("predict", "--json", str(tmp_path / "none.mp3"), "--cluster", "local:1")
    assert shown.code == 1
    assert shown.json["error"]["code"] == "missing-file"


def test_an_import_gives_the_same_rows_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, genre in enumerate(("rock", "jazz", "pop")):
        song(tmp_path / "Music" / genre / "a.flac", number, artist=f"Band {number}")
        (tmp_path / "Music" / genre / "bad.flac").write_text("no music")
    here = run("import", "--json", str(tmp_path / "Music"), "--home", str(tmp_path / "here"))
    monkeypatch.setenv(VARIABLE, "local:2")
    there = run("import", "--json", str(tmp_path / "Music"), "--home", str(tmp_path / "there"))
    assert there.code == here.code == 1
    assert there.json == here.json
    assert (there.json["added"], len(there.json["skipped"])) == (3, 3)
    assert rows(tmp_path / "there") == rows(tmp_path / "here")


def rows(home: Path) -> list[tuple[Any, ...]]:
    """The clips of a library with their windows, without the order and the time of storing."""
    with closing(Database(Home(home).store)) as database:
        return sorted(
            (clip.content_hash, clip.path, clip.label, clip.group, clip.features.tobytes())
            for clip in Library(database).clips(VERSIONS)
        )
