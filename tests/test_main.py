from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]


def genre_desktop(*arguments: str, home: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {
        k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    environment |= {"PYTHONPATH": str(REPOSITORY), "GENRE_DESKTOP_HOME": str(home), **variables}
    command = [sys.executable, "-m", "genre_desktop", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_module_runs(tmp_path: Path) -> None:
    done = genre_desktop("--version", home=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "genre-desktop 0.1.0\n", "")


def test_a_process_that_mlflow_starts_by_mistake_leaves_at_once(tmp_path: Path) -> None:
    done = genre_desktop("/some/where/_capture_modules.py", "--model-path", "x", home=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_without_a_display_the_demo_clip_is_classified(tmp_path: Path) -> None:
    done = genre_desktop(home=tmp_path)
    assert done.returncode == 0
    first, *rest = done.stderr.splitlines()
    assert "no display" in first
    assert rest == []
    lines = done.stdout.splitlines()
    assert lines[0].endswith("demo.flac")
    assert all("%" in line for line in lines[1:4])
    assert "champion" in lines[4]
