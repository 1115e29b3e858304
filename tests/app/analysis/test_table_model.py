from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis.results_filter import ResultsFilter
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.analysis.table_model import COLUMNS, ROW_ROLE, ResultsModel, clock, percent, status
from genre_desktop.app.i18n import tag_names
from genre_desktop.core.music_tags import TagVocabulary
from genre_desktop.core.types import Answer, SongTags, TagScore
from tests.fixtures.qt import GONE, answer

PLACES = {column.key: place for place, column in enumerate(COLUMNS)}


def rows(*confidences: float | None) -> list[ResultRow]:
    made = []
    for key, confidence in enumerate(confidences):
        row = ResultRow(key, Path(f"/music/{key}.mp3"))
        if confidence is not None:
            row.state, row.answer = State.DONE, answer(row.path, "rock", confidence)
        made.append(row)
    return made


@pytest.fixture
def model(qtbot: QtBot) -> ResultsModel:
    return ResultsModel()


def shown(model: ResultsModel) -> list[int]:
    return [row.key for row in model.shown]


def test_it_keeps_the_rules_of_qt_models(model: ResultsModel, qtmodeltester: ModelTester) -> None:
    model.add(rows(0.2, None, 0.9))
    qtmodeltester.check(model)
    model.sort(PLACES["confidence"])
    qtmodeltester.check(model)


def test_tags_are_shown_by_group_in_the_words_of_the_user(model: ResultsModel) -> None:
    row = rows(0.25)[0]
    tags = tuple(TagScore(tag, 0.5) for tag in ("house", "happy", "80s", "electronic", "instrumental"))
    row.answer = answer(row.path, "rock", tags=tags)
    model.add([row])

    def texts() -> list[str]:
        return [model.index(0, PLACES[key]).data() for key in ("tags", "style", "mood", "era", "voice")]

    assert texts() == [
        "House, Happy, 1980s, Electronic, Instrumental", "House, Electronic", "Happy", "1980s", "Instrumental",
    ]  # fmt: skip
    tag_names.set_vocabulary(TagVocabulary({"house": "Dance music", "happy": ""}))
    model.touch_all()
    assert texts() == [
        "Dance music, 1980s, Electronic, Instrumental", "Dance music, Electronic", "", "1980s", "Instrumental",
    ]  # fmt: skip


def test_cells_of_speech_have_no_percentage(model: ResultsModel) -> None:
    (row,) = rows(0.9)
    row.answer = Answer(str(row.path), kind="speech", duration_s=60.0)
    model.add([row])
    texts = {column.key: model.index(0, place).data() for place, column in enumerate(COLUMNS)}
    assert texts == {
        "file": "0.mp3",
        "genre": "Speech",
        "confidence": "",
        "status": "No genre",
        "runner_up": "",
        "duration": "1:00",
        "model": "",
    } | dict.fromkeys(
        ("tags", "style", "mood", "era", "voice", "bpm", "key", "title", "artist", "album", "file_genre"), ""
    )
    row.label = "jazz"
    assert model.index(0, PLACES["genre"]).data() == "Jazz"
    tip = model.index(0, PLACES["genre"]).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "You corrected this. The model’s answer was Speech."


def test_tempo_key_and_tags_of_the_file_have_cells(model: ResultsModel) -> None:
    (row,) = rows(0.25)
    song = SongTags("So \x1b[1mWhat", "Miles Davis", "Kind of Blue", "Jazz, Cool")
    row.answer = answer(row.path, "rock", bpm=136.04, key="D minor", song=song)
    model.add([row])
    texts = [
        model.index(0, PLACES[key]).data() for key in ("bpm", "key", "title", "artist", "album", "file_genre")
    ]
    assert texts == ["136.0", "7A · D minor", "So \\x1b[1mWhat", "Miles Davis", "Kind of Blue", "Jazz, Cool"]
    index = model.index(0, PLACES["key"])
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Key: 7A · D minor"
    assert all(
        COLUMNS[PLACES[key]].optional for key in ("bpm", "key", "title", "artist", "album", "file_genre")
    )


def test_cells_show_words_and_headings(model: ResultsModel) -> None:
    model.add(rows(0.25))
    texts = {column.key: model.index(0, place).data() for place, column in enumerate(COLUMNS)}
    assert texts == {
        "file": "0.mp3",
        "genre": "Rock",
        "confidence": "25 %",
        "status": "Done",
        "runner_up": "Blues",
        "duration": "1:00",
        "model": "champion v1",
        "tags": "",
        "style": "",
        "mood": "",
        "era": "",
        "voice": "",
        "bpm": "",
        "key": "",
        "title": "",
        "artist": "",
        "album": "",
        "file_genre": "",
    }
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) == "File"
    assert model.index(0, 0).data(ROW_ROLE) is model.shown[0]
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == str(Path("/music/0.mp3"))
    assert model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "Genre: Rock"


def test_a_problem_is_shown_in_the_status_column(model: ResultsModel) -> None:
    (row,) = rows(None)
    row.state, row.problem = State.FAILED, GONE
    model.add([row])
    index = model.index(0, PLACES["status"])
    assert index.data() == GONE.title
    assert GONE.hint in index.data(Qt.ItemDataRole.ToolTipRole)


def test_how_far_a_long_file_is() -> None:
    (row,) = rows(None)
    row.state = State.WORKING
    assert status(row) == "Analysing…"
    row.fraction = 0.4
    assert status(row) == "40 % done"


def test_sorting_moves_rows_and_what_points_at_them(model: ResultsModel) -> None:
    model.add(rows(0.2, 0.9, None, 0.5))
    pointer = QPersistentModelIndex(model.index(1, 0))
    model.sort(PLACES["confidence"])
    assert shown(model) == [0, 3, 1, 2]
    assert pointer.row() == 2
    model.sort(PLACES["confidence"], Qt.SortOrder.DescendingOrder)
    assert shown(model) == [1, 3, 0, 2]
    assert pointer.row() == 0
    model.sort(-1)
    assert shown(model) == [0, 1, 2, 3]


def test_filtering_and_finding_places(model: ResultsModel) -> None:
    model.add(rows(0.2, None))
    model.set_view(replace(model.view, states=frozenset({State.DONE})))
    assert shown(model) == [0]
    assert model.place_of(model.rows[0]) == 0
    assert model.place_of(model.rows[1]) is None
    model.set_view(ResultsFilter())
    assert shown(model) == [0, 1]


def test_rows_that_change_find_their_place_a_little_later(model: ResultsModel, qtbot: QtBot) -> None:
    model.add(rows(0.2, None))
    model.sort(PLACES["confidence"], Qt.SortOrder.DescendingOrder)
    late = model.rows[1]
    late.state, late.answer = State.DONE, answer(late.path, "pop", 0.9)
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.touch(late)
    assert [changed.args[0].row(), changed.args[1].column()] == [1, len(COLUMNS) - 1]
    assert shown(model) == [0, 1]
    qtbot.waitUntil(lambda: shown(model) == [1, 0])


def test_new_rows_pass_the_filter_and_arrive_in_one_batch(model: ResultsModel, qtbot: QtBot) -> None:
    model.set_view(ResultsFilter(search="1.mp3"))
    with qtbot.waitSignal(model.rowsInserted) as inserted:
        model.add(rows(0.1, 0.2, 0.3))
    assert inserted.args[1:] == [0, 0]
    assert shown(model) == [1]


def test_taking_rows_off(model: ResultsModel) -> None:
    model.add(rows(0.1, 0.2, 0.3))
    model.remove(model.rows[1:2])
    assert shown(model) == [0, 2]
    assert [row.key for row in model.rows] == [0, 2]


def test_twenty_thousand_rows(model: ResultsModel, qtmodeltester: ModelTester) -> None:
    many = rows(*((7919 * number % 20_000) / 20_000 for number in range(20_000)))
    model.add(many)
    model.sort(PLACES["confidence"])
    confidences = [row.confidence for row in model.shown]
    assert confidences == sorted(confidences)  # type: ignore[type-var]
    model.set_view(replace(model.view, search="199"))
    assert all("199" in row.name for row in model.shown)
    assert model.rowCount() == sum("199" in row.name for row in many)
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount(QModelIndex()) == len(COLUMNS)


@pytest.mark.parametrize(
    ("seconds", "words"), [(None, ""), (0, "0:00"), (59.6, "1:00"), (61, "1:01"), (3 * 3600 + 65, "3:01:05")]
)
def test_clock(seconds: float | None, words: str) -> None:
    assert clock(seconds) == words


def test_percent() -> None:
    assert [percent(None), percent(0.0), percent(0.876), percent(1.0)] == ["", "0 %", "88 %", "100 %"]
