from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from genre_desktop.core.logs import setup


@pytest.fixture(autouse=True)
def put_back() -> Iterator[None]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in [h for h in root.handlers if h not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    logging.captureWarnings(False)


def test_the_file_gets_everything_the_console_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = io.StringIO()
    monkeypatch.setattr(sys, "stderr", console)
    path = setup.set_up(tmp_path / "logs")
    log = logging.getLogger("some.module")
    log.info("quiet")
    try:
        raise ValueError("a bug")
    except ValueError:
        log.exception("It failed on caf\udce9")
    logging.getLogger("py.warnings").warning("for developers")
    assert console.getvalue().splitlines() == ["ERROR: It failed on caf\\udce9"]
    written = path.read_text("utf-8")
    for part in ("INFO some.module: quiet", "caf\\udce9", "ValueError: a bug", "Traceback", "for developers"):
        assert part in written


def test_setting_up_again_replaces(tmp_path: Path) -> None:
    first = setup.set_up(tmp_path, "first")
    second = setup.set_up(tmp_path, "second")
    logging.getLogger("x").info("once")
    assert first.read_text() == ""
    assert second.read_text().count("once") == 1


def test_without_a_folder_to_write_the_console_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = io.StringIO()
    monkeypatch.setattr(sys, "stderr", console)
    (tmp_path / "file").touch()
    setup.set_up(tmp_path / "file" / "logs")
    logging.getLogger("x").warning("seen")
    assert console.getvalue() == "WARNING: seen\n"


def test_a_windowed_app_has_no_console(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    path = setup.set_up(tmp_path)
    logging.getLogger("x").warning("kept")
    assert "kept" in path.read_text()


def test_the_file_rotates_and_goes_on_when_it_cannot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "MAX_BYTES", 200)
    path = setup.set_up(tmp_path)
    log = logging.getLogger("x")
    for n in range(30):
        log.info("a line of some length, number %d", n)
    assert len(list(tmp_path.iterdir())) == 1 + setup.KEEP

    def denied(self: Path | str, target: str) -> None:
        raise PermissionError("another process has it open")

    monkeypatch.setattr("os.rename", denied)
    for n in range(30, 60):
        log.info("a line of some length, number %d", n)
    assert "number 59" in path.read_text()
