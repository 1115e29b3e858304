"""Saving the list of results from the window."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from genre_desktop.app.analysis.rows import State
from genre_desktop.app.files.exporter import results_of
from genre_desktop.core.types import SongTags
from tests.fixtures.qt import GONE
from tests.ui.conftest import Desk
from tests.ui.pages.analyse.test_correction_panel import opened


def choose(monkeypatch: pytest.MonkeyPatch, path: Path, kind: str = "") -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), kind))


def save(desk: Desk) -> None:
    desk.window.context.actions["file.export"].trigger()
    desk.until(desk.window.notice.isVisible)
    desk.window.file_actions.exporter.close()


def test_the_shown_rows_are_saved_as_csv_with_failures(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = desk.open("a.mp3", "b.mp3", genre="jazz")
    bad.state, bad.answer, bad.problem = State.FAILED, None, GONE
    choose(monkeypatch, tmp_path / "list.csv")
    save(desk)
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {Path(row["path"]).name: row for row in csv.DictReader(file)}
    assert rows["a.mp3"]["genre"] == "jazz"
    assert rows["b.mp3"]["error_code"] == GONE.code
    assert good.answer is not None


def test_a_corrected_row_is_saved_with_the_genre_of_the_list(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (row,) = opened(desk, "a.mp3", genre="jazz")
    desk.window.analyse.table.show_row(row)
    desk.window.analyse.correct("country")
    choose(monkeypatch, tmp_path / "list.json")
    save(desk)
    (saved,) = json.loads((tmp_path / "list.json").read_text("utf-8"))
    assert (saved["genre"], saved["model_genre"], saved["corrected"]) == ("country", "jazz", True)


def test_the_tags_of_the_file_are_saved_as_the_list_has_them(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (row,) = desk.open("a.mp3", bpm=120.5, key="A minor", song=SongTags("Title", "Artist", "Album", "Jazz"))
    desk.window.context.session.set_file_genres({row.path: "Rock"})
    choose(monkeypatch, tmp_path / "list.json")
    save(desk)
    (saved,) = json.loads((tmp_path / "list.json").read_text("utf-8"))
    names = "bpm", "key", "camelot", "title", "artist", "album", "file_genre"
    assert [saved[name] for name in names] == [120.5, "A minor", "8A", "Title", "Artist", "Album", "Rock"]


def test_json_is_chosen_by_the_file_filter(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open("a.mp3")
    choose(monkeypatch, tmp_path / "list", "JSON (*.json)")
    save(desk)
    (row,) = json.loads((tmp_path / "list.json").read_text("utf-8"))
    assert Path(row["path"]).name == "a.mp3"


def test_a_missing_folder_is_reported(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.open("a.mp3")
    choose(monkeypatch, tmp_path / "does not exist" / "list.csv")
    save(desk)
    assert not list(tmp_path.glob("no such folder*"))


def test_unfinished_rows_are_left_out(desk: Desk) -> None:
    rows = desk.open("a.mp3", "b.mp3")
    rows[1].state, rows[1].answer = State.WAITING, None
    assert [Path(result.answer.path).name for result in results_of(rows, pytest.fail)] == ["a.mp3"]
