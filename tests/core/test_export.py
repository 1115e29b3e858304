from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from genre_desktop.core import export
from genre_desktop.core.errors import AppError
from genre_desktop.core.export import Result
from genre_desktop.core.messages import message
from genre_desktop.core.types import Answer, GenreScore, TagScore
from tests.core.test_serialization import FAILED, FULL, SPOKEN
from tests.fixtures.small_disk import fill


def test_csv_has_a_row_for_answers_and_failures_alike(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    export.write_csv(path, [Result(FULL), Result(FAILED)])
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
    assert (answered["bpm"], answered["key"], answered["camelot"]) == ("128.0", "A minor", "8A")
    assert [answered[name] for name in ("title", "artist", "album", "file_genre")] == [
        "Título", "'=Artist", "Album", "Rock, Soul",
    ]  # fmt: skip
    assert failed["title"] == failed["file_genre"] == ""
    assert (failed["bpm"], failed["key"], failed["camelot"]) == ("", "", "")
    assert (failed["kind"], failed["tags"], failed["style"]) == ("", "", "")
    assert (failed["genre"], failed["confidence"], failed["model"]) == ("", "", "")
    assert (failed["error_code"], failed["error"]) == ("unreadable-file", "This file cannot be read")


def test_csv_has_no_genre_and_no_confidence_for_speech() -> None:
    row = export.csv_row(Result(SPOKEN))
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
    export.write_csv(tmp_path / "out.csv", [Result(answer)])
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert text.replace("\n", "").isprintable()
    assert text.count("\n") == 2
    (row,) = csv.DictReader(text.splitlines())
    assert (row["path"], row["genre"]) == ("'-a\\n\\u202e.wav", "'=HYPERLINK(A1)\\x1b[31m")
    assert (row["second"], row["tags"], row["style"]) == ("'-2", "'+1", "'@x")
    assert row["warnings"] == "'=1\\r\\x00"
    assert row["confidence"] == "0.6123"
    assert not [value for value in row.values() if value[:1] in tuple("=+-@\t\r")]

    export.write_json(tmp_path / "out.json", [Result(answer)])
    text = (tmp_path / "out.json").read_text("utf-8")
    assert text.replace("\n", "").isprintable()
    assert [row["path"] for row in json.loads(text)] == [answer.path]


def test_a_cancelled_csv_keeps_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    def interrupted() -> None:
        with export.CsvFile(path) as file:
            file.add(Result(FULL))
            assert not path.exists()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text("utf-8-sig").count("rock") == 2  # of the list and the model
    assert list(tmp_path.iterdir()) == [path]


CORRECTED, CONFIRMED, NO_SPEECH = Result(FULL, "country"), Result(FULL, "rock"), Result(SPOKEN, "hiphop")


def test_the_genre_is_the_one_of_the_list_and_the_model_s_stands_beside_it(tmp_path: Path) -> None:
    results = [CORRECTED, CONFIRMED, Result(FULL), NO_SPEECH]
    export.write_csv(tmp_path / "out.csv", results)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    shown = ["genre", "model_genre", "confidence", "corrected", "kind"]
    assert [[row[name] for name in shown] for row in rows] == [
        ["country", "rock", "0.6123", "yes", "music"],
        ["rock", "rock", "0.6123", "", "music"],
        ["rock", "rock", "0.6123", "", "music"],
        ["hiphop", "", "", "yes", "music"],
    ]
    export.write_json(tmp_path / "out.json", results)
    parsed = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert [[row[name] for name in shown] for row in parsed] == [
        ["country", "rock", FULL.confidence, True, "music"],
        ["rock", "rock", FULL.confidence, False, "music"],
        ["rock", "rock", FULL.confidence, False, "music"],
        ["hiphop", None, None, True, "music"],
    ]


def test_json_holds_what_predict_prints(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    export.write_json(path, [Result(FULL), Result(FAILED)])
    rows = [Result(answer).to_dict() for answer in (FULL, FAILED)]
    whole = json.dumps(rows, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
    assert path.read_bytes() == whole
    export.write_json(tmp_path / "none.json", [])
    assert (tmp_path / "none.json").read_text() == "[]"
    for row, answer in zip(json.loads(path.read_text("utf-8")), (FULL, FAILED), strict=True):
        assert row == answer.to_dict() | {"model_genre": answer.genre or None, "corrected": False}


@pytest.mark.parametrize("write", [export.write_csv, export.write_json])
def test_a_folder_that_takes_no_file_is_a_plain_problem(
    tmp_path: Path, write: Callable[[Path, list[Result]], None]
) -> None:
    blocker = tmp_path / "file"
    blocker.touch()
    with pytest.raises(AppError, match="could not be saved"):
        write(blocker / "out", [Result(FULL)])


def test_a_full_disk_is_named(small_disk: Path) -> None:
    fill(small_disk)
    for write in (export.write_csv, export.write_json):
        with pytest.raises(AppError) as caught:
            write(small_disk / "out", [Result(Answer("a.wav", "jazz"))])
        assert caught.value.problem.code == "no-space"
