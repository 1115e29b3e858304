from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.fixtures.cli import finish, start


def test_the_module_runs(tmp_path: Path) -> None:
    done = finish(start("--version", home=tmp_path))
    assert done == (0, "genre-desktop 0.1.0\n", "")


def test_a_process_that_mlflow_starts_by_mistake_leaves_at_once(tmp_path: Path) -> None:
    done = finish(start("/some/where/_capture_modules.py", "--model-path", "x", home=tmp_path))
    assert done == (0, "", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_without_a_display_the_demo_clip_is_classified(tmp_path: Path) -> None:
    done = finish(start(home=tmp_path))
    assert done.code == 0
    first, *rest = done.err.splitlines()
    assert "no display" in first
    assert rest == []
    lines = done.out.splitlines()
    assert lines[0].endswith("demo.flac")
    assert all("%" in line for line in lines[1:4])
    assert lines[4].lstrip().startswith("Tags: ")
    assert "BPM" in lines[5]
    assert "champion" in lines[6]
