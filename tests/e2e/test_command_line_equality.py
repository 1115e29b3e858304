"""The real window with the real worker, in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.paths import Home, shipped
from tests.fixtures.shared_data import REPOSITORY

DEMO = shipped("resources", "demo.flac")

FORBIDDEN = {
    "librosa", "sklearn", "scipy", "xgboost", "mlflow", "evidently", "numba", "pandas", "optuna", "skops",
    "imblearn", "av", "soundfile", "soxr",
}  # fmt: skip

Seen = dict[str, Any]


def environment(home: Path) -> dict[str, str]:
    return os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "GENRE_DESKTOP_HOME": str(home),
        "PYTHONPATH": str(REPOSITORY),
    }


def open_window(home: Path, *files: Path) -> Seen:
    out = home.with_suffix(".json")
    words = [sys.executable, "-m", "tests.e2e.driver", str(home), str(out), *map(str, files)]
    done = subprocess.run(
        words, cwd=REPOSITORY, env=environment(home), capture_output=True, text=True, check=False, timeout=150
    )
    assert done.returncode == 0, done.stderr
    seen: Seen = json.loads(out.read_text("utf-8"))
    return seen


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("window")


@pytest.fixture(scope="module")
def bad(folder: Path) -> dict[str, Path]:
    """Files that cannot be analysed, by the code of their problem."""
    files = {
        "empty-file": folder / "nothing in it.mp3",
        "not-audio": folder / "text “quoted” 🎵 ‏שיר.mp3",
        "missing-file": folder / "gone.wav",
    }
    files["empty-file"].touch()
    files["not-audio"].write_text("this is a letter to a friend, not a song\n" * 50)
    return files


@pytest.fixture(scope="module")
def seen(folder: Path, bad: dict[str, Path]) -> Seen:
    capitals = folder / "DEMO CLIP.FLAC"
    shutil.copy(DEMO, capitals)
    return open_window(folder / "home", DEMO, capitals, *bad.values())


def test_the_window_gives_the_answer_of_the_command_line(seen: Seen, folder: Path) -> None:
    words = [sys.executable, "-m", "genre_desktop", "predict", "--json", "--timeline", str(DEMO)]
    done = subprocess.run(words, env=environment(folder / "home"), capture_output=True, text=True, check=True)
    line = json.loads(done.stdout)
    window = seen["answers"][0]
    assert line["genre"]
    assert window | {"elapsed_ms": 0} == line | {"elapsed_ms": 0}


def test_the_extension_does_not_matter(seen: Seen) -> None:
    assert seen["answers"][1]["top"] == seen["answers"][0]["top"]


def test_bad_files_are_rows_with_their_problem_and_the_rest_goes_on(seen: Seen, bad: dict[str, Path]) -> None:
    assert seen["problems"][2:] == list(bad)


def test_the_window_loads_no_machine_learning(seen: Seen) -> None:
    loaded = {name.partition(".")[0] for name in seen["modules"]}
    assert loaded & FORBIDDEN == set()
    assert not [name for name in seen["modules"] if name.startswith("genre_desktop.ml")]
    assert "pyqtgraph" in loaded  # so the list is that of a window at work


def test_nothing_is_left_behind(seen: Seen) -> None:
    assert seen["code"] == 0
    assert seen["children"] == []
    assert seen["threads"] == []
    assert seen["qt_threads"] == []


def test_what_was_answered_is_remembered(seen: Seen, folder: Path) -> None:
    from genre_desktop.core.store.database import Database

    database = Database(Home(folder / "home").store)
    rows = database.connection.execute(
        "SELECT path, genre FROM predictions WHERE source = 'batch' OR source = 'file'"
    )
    remembered = {row["path"]: row["genre"] for row in rows}
    database.close()
    assert remembered[str(DEMO)] == seen["answers"][0]["genre"]


def test_slow_imports_wait_until_the_window_is_there() -> None:
    code = "import sys, genre_desktop.ui.application; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert (
        loaded & (FORBIDDEN | {"pyqtgraph", "apscheduler", "sqlalchemy", "alembic", "sounddevice"}) == set()
    )
