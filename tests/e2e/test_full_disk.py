"""Commands on a full disk: answers go on and are not stored, everything else says what is full, where and how much is needed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from genre_desktop.core.paths import Home, shipped
from tests.e2e.subprocess_runner import run_script
from tests.fixtures.cli import Outcome, finish, start
from tests.fixtures.small_disk import fill

pytestmark = pytest.mark.timeout(600)

DEMO = shipped("resources", "demo.flac")
SENTENCE = r"There is not enough space for {path}\S*: 0\.0 MB are free, about 50 MB are needed\."
FORBIDDEN = re.compile(r"Traceback|Logging error|registry is busy|backup|unexpectedly|Log:")

Command = Callable[..., Outcome]


@pytest.fixture(params=["fresh", "existing"])
def command(request: pytest.FixtureRequest, small_disk: Path) -> Command:
    """Runs a command on a home whose disk has not a byte left."""
    home = Home(small_disk / "home")
    if request.param == "existing":
        assert finish(start("predict", str(DEMO), home=home.root)).code == 0
        home.create()
    fill(small_disk)

    def run(*words: str) -> Outcome:
        outcome = finish(start(*words, home=home.root))
        assert not FORBIDDEN.search(outcome.out + outcome.err), outcome
        return outcome

    run.home = home  # type: ignore[attr-defined]
    run.sentence = SENTENCE.format(path=home.root)  # type: ignore[attr-defined]
    return run


def named(command: Command, text: str) -> int:
    """How often a text names the disk, the free and the needed space."""
    return len(re.findall(command.sentence, text))  # type: ignore[attr-defined]


@pytest.fixture
def music(tmp_path: Path) -> Path:
    for name in ("rock", "jazz"):
        (tmp_path / "music" / name).mkdir(parents=True)
        shutil.copy(DEMO, tmp_path / "music" / name / "a.flac")
    return tmp_path / "music"


def test_one_file_is_answered_and_not_stored(command: Command) -> None:
    outcome = command("predict", str(DEMO))
    assert outcome.code == 0, outcome
    assert "answered by the champion" in outcome.out
    assert "could not be saved" in outcome.out
    assert named(command, outcome.out + outcome.err) == 1


def test_many_files_are_answered_and_that_is_said_once(command: Command, music: Path) -> None:
    outcome = command("predict", "--recursive", str(music))
    assert outcome.code == 0, outcome
    assert len(re.findall(r"^\w+ +\d+ %", outcome.out, re.MULTILINE)) == 2
    assert "the answers are not saved" in outcome.err
    assert named(command, outcome.out + outcome.err) == 1


def test_a_model_is_measured(command: Command, music: Path) -> None:
    outcome = command("evaluate", str(music))
    assert outcome.code == 0, outcome
    assert "accuracy" in outcome.out


@pytest.mark.parametrize(
    "words", [("tag", "{demo}"), ("import", "{music}"), ("train",), ("models",), ("jobs",)]
)
def test_others_name_the_disk(command: Command, words: tuple[str, ...], music: Path) -> None:
    outcome = command(*(word.format(demo=DEMO, music=music) for word in words))
    assert outcome.code == 1, outcome
    assert outcome.err.startswith("The disk is full")
    assert named(command, outcome.err) == 1


def test_the_doctor_names_the_disk_and_answers_the_demo(command: Command) -> None:
    outcome = command("doctor")
    assert outcome.code == 1, outcome
    assert named(command, outcome.out) == 3
    assert re.search(r"ok +demo +classified as", outcome.out)


def test_the_window_answers_has_an_alert_and_stores_again_with_space(
    command: Command, small_disk: Path, tmp_path: Path
) -> None:
    files = [tmp_path / "a.flac", tmp_path / "b.flac"]
    for file in files:
        shutil.copy(DEMO, file)
    out = tmp_path / "seen.json"
    home = command.home  # type: ignore[attr-defined]
    done = run_script("full_disk_script", home.root, small_disk / "filler", *files, out)
    assert done.returncode == 0, done
    assert not re.search("Traceback|WARNING|ERROR", done.stderr), done.stderr
    assert json.loads(out.read_text()) == {
        "visible": True,
        "full": ["disk-full"],
        "genres": ["disco", "disco"],
        "stored": [False, True],
        "notice": False,
    }
