from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from genre_desktop.core import export
from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import message
from genre_desktop.core.types import Answer, GenreScore, TagScore
from tests.core.test_serialization import FAILED, FULL, SPOKEN
from tests.fixtures.small_disk import fill


def test_csv_has_a_row_for_answers_and_failures_alike(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    export.write_csv(path, [FULL, FAILED])
    with path.open(encoding="utf-8-sig", newline="") as file:
        answered, failed = csv.DictReader(file)
    assert tuple(answered) == export.COLUMNS
    assert answered["path"] == "/music/\\udcff and 🎸.wav"
    assert (answered["genre"], answered["confidence"]) == ("rock", "0.6123")
    assert (answered["second"], answered["second_probability"], answered["third"]) == ("metal", "0.2000", "")
    assert (answered["unusual"], answered["model_version"], answered["alias"]) == ("yes", "7", "fallback")
    assert answered["error"] == ""
    assert (answered["kind"], answered["tags"], answered["style"]) == (
        "music",
        "electronic; 80s",
        "electronic",
    )
    assert (failed["kind"], failed["tags"], failed["style"]) == ("", "", "")
    assert (failed["genre"], failed["confidence"], failed["model"]) == ("", "", "")
    assert (failed["error_code"], failed["error"]) == ("unreadable-file", "This file cannot be read")


def test_csv_has_no_genre_and_no_confidence_for_speech() -> None:
    row = export.csv_row(SPOKEN)
    assert (row["kind"], row["genre"], row["confidence"]) == ("speech", "", "")
    assert (row["duration_s"], row["error"]) == ("12.000", "")


def test_a_hostile_name_is_text_in_every_cell(tmp_path: Path) -> None:
    """A spreadsheet computes none of it, and each answer has one line of printable text."""
    label = "=HYPERLINK(A1)\x1b[31m"
    answer = replace(
        FULL,
        path="-a\n\u202e.wav",
        genre=label,
        style="@x",
        tags=(TagScore("+1", 1.0),),
        top=(*FULL.top[:1], GenreScore("-2", 0.2)),
        warnings=(message("{name}", name="=1\r\0"),),
    )
    export.write_csv(tmp_path / "out.csv", [answer])
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert text.replace("\n", "").isprintable()
    assert text.count("\n") == 2
    (row,) = csv.DictReader(text.splitlines())
    assert (row["path"], row["genre"]) == ("'-a\\n\\u202e.wav", "'=HYPERLINK(A1)\\x1b[31m")
    assert (row["second"], row["tags"], row["style"]) == ("'-2", "'+1", "'@x")
    assert row["warnings"] == "'=1\\r\\x00"
    assert row["confidence"] == "0.6123"
    assert not [value for value in row.values() if value[:1] in tuple("=+-@\t\r")]

    export.write_json(tmp_path / "out.json", [answer])
    text = (tmp_path / "out.json").read_text("utf-8")
    assert text.replace("\n", "").isprintable()
    assert [row["path"] for row in json.loads(text)] == [answer.path]


def test_a_cancelled_csv_keeps_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    def interrupted() -> None:
        with export.CsvFile(path) as file:
            file.add(FULL)
            assert not path.exists()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text("utf-8-sig").count("rock") == 1
    assert list(tmp_path.iterdir()) == [path]


def test_json_holds_what_predict_prints(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    export.write_json(path, [FULL, FAILED])
    rows = [answer.to_dict() for answer in (FULL, FAILED)]
    whole = json.dumps(rows, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
    assert path.read_bytes() == whole
    export.write_json(tmp_path / "none.json", [])
    assert (tmp_path / "none.json").read_text() == "[]"
    first, second = json.loads(path.read_text("utf-8"))
    assert first == FULL.to_dict()
    assert second == FAILED.to_dict()


@pytest.mark.parametrize("write", [export.write_csv, export.write_json])
def test_a_folder_that_takes_no_file_is_a_plain_problem(
    tmp_path: Path, write: Callable[[Path, list[Answer]], None]
) -> None:
    blocker = tmp_path / "file"
    blocker.touch()
    with pytest.raises(AppError, match="could not be saved"):
        write(blocker / "out", [FULL])


def test_a_full_disk_is_named(small_disk: Path) -> None:
    fill(small_disk)
    for write in (export.write_csv, export.write_json):
        with pytest.raises(AppError) as caught:
            write(small_disk / "out", [Answer("a.wav", "jazz")])
        assert caught.value.problem.code == "no-space"
