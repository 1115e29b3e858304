from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from genre_desktop.core.logs import reader, setup
from genre_desktop.core.logs.reader import FileFollower, Record, log_files, parse
from genre_desktop.core.paths import Home


@pytest.fixture
def real_log(tmp_path: Path) -> Iterator[Path]:
    """A file in the format of the program's log."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield setup.set_up(tmp_path)
    for handler in [h for h in root.handlers if h not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    logging.captureWarnings(False)


def test_what_logging_wrote_is_read_back(real_log: Path) -> None:
    log = logging.getLogger("some.module")
    log.info("it began")
    try:
        raise ValueError("a bug")
    except ValueError:
        log.exception("it broke")
    log.warning("it went on")
    began, broke, went_on = parse(real_log.read_text("utf-8"))
    assert (began.level, began.source, began.text) == ("INFO", "some.module", "it began")
    assert broke.text.splitlines()[0] == "it broke"
    assert broke.text.splitlines()[-1] == "ValueError: a bug"
    assert went_on.at_least("WARNING")
    assert not went_on.at_least("ERROR")


def test_what_a_job_said_has_a_time_and_no_logger() -> None:
    (first, second) = parse("12:30:01 Reading 20 clips\n12:30:09 Done\n")
    assert first == Record("12:30:01", "INFO", "", "Reading 20 clips")
    assert str(second) == "12:30:09 INFO     Done"


def test_lines_that_begin_nothing_are_kept() -> None:
    assert list(parse("Fatal Python error\nline two")) == [
        Record("", "INFO", "", "Fatal Python error\nline two")
    ]


def test_a_follower_returns_only_new_complete_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.log"
    path.write_text("one\ntwo\nthr")
    tail = FileFollower(path)
    assert tail.read() == "one\ntwo\n"
    assert tail.read() == ""
    with path.open("a") as file:
        file.write("ee\nfour\n")
    assert tail.read() == "three\nfour\n"
    assert not tail.renewed


def test_a_rotated_file_is_read_from_its_start(tmp_path: Path) -> None:
    path = tmp_path / "x.log"
    path.write_text("one\ntwo\n")
    tail = FileFollower(path)
    tail.read()
    path.write_text("new\n")
    assert tail.read() == "new\n"
    assert tail.renewed


def test_of_a_long_file_the_end_is_read_from_a_whole_line_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "FIRST_BYTES", 10)
    path = tmp_path / "x.log"
    path.write_text("a long line\nanother\nlast\n")
    assert FileFollower(path).read() == "last\n"


def test_log_files_are_the_programs_own_and_the_newest_jobs(tmp_path: Path) -> None:
    home = Home(tmp_path).create()
    jobs = home.logs / "jobs"
    jobs.mkdir()
    (home.logs / "genre-desktop.log").touch()
    for place, name in enumerate(("retrain-20260101-101010-1-000001", "drift-20260102-101010-1-000002")):
        (jobs / f"{name}.log").touch()
        os.utime(jobs / f"{name}.log", (place, place))
    assert [file.writer for file in log_files(home)] == ["window", "drift", "retrain"]
    assert [file.writer for file in log_files(home, jobs=1)] == ["window", "drift"]
