from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis.group_row import GroupRow
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


def in_folders(*songs: tuple[str, str, float]) -> list[ResultRow]:
    """Return a row for each folder, genre and confidence; without a genre it waits."""
    made = []
    for key, (folder, genre, confidence) in enumerate(songs):
        row = ResultRow(key, Path(f"/music/{folder}/{key}.mp3"))
        if genre:
            row.state, row.answer = State.DONE, answer(row.path, genre, confidence)
        made.append(row)
    return made


def layout(model: ResultsModel) -> list[str]:
    """Return the headings and the rows, as names."""
    return [model.index(place, 0).data() for place in range(model.rowCount())]


def heading(model: ResultsModel, place: int) -> GroupRow:
    found = model.row_at(place)
    assert isinstance(found, GroupRow)
    return found


def test_rows_are_below_the_headings_of_their_folders_where_the_first_one_is(
    model: ResultsModel, qtmodeltester: ModelTester
) -> None:
    model.add(in_folders(("b", "rock", 0.2), ("a", "rock", 0.9), ("b", "rock", 0.7), ("a", "jazz", 0.4)))
    model.set_view(replace(model.view, group="folder"))
    qtmodeltester.check(model)
    assert layout(model) == ["music/b", "0.mp3", "2.mp3", "music/a", "1.mp3", "3.mp3"]
    assert (model.n_shown, model.total, shown(model)) == (4, 4, [0, 2, 1, 3])
    model.sort(PLACES["confidence"], Qt.SortOrder.DescendingOrder)
    assert layout(model) == ["music/a", "1.mp3", "3.mp3", "music/b", "2.mp3", "0.mp3"]
    model.set_view(replace(model.view, genre="jazz"))
    assert layout(model) == ["music/a", "3.mp3"]
    model.set_view(replace(model.view, genre="none of them"))
    assert layout(model) == []
    model.set_view(ResultsFilter(group="folder", ranks={2: 0}))
    assert layout(model) == ["2.mp3", "0.mp3", "1.mp3", "3.mp3"]  # a review has its own order
    qtmodeltester.check(model)


def test_pointers_follow_rows_and_headings_when_groups_move(model: ResultsModel) -> None:
    model.add(in_folders(("b", "rock", 0.2), ("a", "rock", 0.9), ("b", "rock", 0.7)))
    model.set_view(replace(model.view, group="folder"))
    row, group = QPersistentModelIndex(model.index(2, 0)), QPersistentModelIndex(model.index(3, 0))
    assert (row.data(), group.data()) == ("2.mp3", "music/a")
    model.sort(PLACES["confidence"], Qt.SortOrder.DescendingOrder)
    assert layout(model) == ["music/a", "1.mp3", "music/b", "2.mp3", "0.mp3"]
    assert (row.row(), row.data(), group.row(), group.data()) == (3, "2.mp3", 0, "music/a")
    assert model.place_of(heading(model, 2)) == 2


def test_rows_that_are_added_or_removed_find_their_groups(model: ResultsModel) -> None:
    rows = in_folders(("a", "rock", 0.2), ("b", "rock", 0.9), ("a", "rock", 0.7), ("c", "", 0.0))
    model.set_view(replace(model.view, group="folder"))
    model.add(rows[:2])
    model.settle()
    model.add(rows[2:])
    model.settle()
    assert layout(model) == ["music/a", "0.mp3", "2.mp3", "music/b", "1.mp3", "music/c", "3.mp3"]
    model.remove([rows[1], rows[0]])
    assert layout(model) == ["music/a", "2.mp3", "music/c", "3.mp3"]
    model.add([rows[0]])  # as when the removal is undone: before the others
    model.settle()
    assert layout(model) == ["music/a", "0.mp3", "2.mp3", "music/c", "3.mp3"]
    model.remove(rows)
    assert layout(model) == []


def test_a_heading_has_the_mean_of_the_probabilities_weighted_by_confidence(model: ResultsModel) -> None:
    rows = in_folders(("a", "rock", 0.9), ("a", "blues", 0.5), ("a", "speech", 0.0), ("a", "", 0.0))
    rows[2].answer = Answer(str(rows[2].path), kind="speech", duration_s=60.0)
    model.add(rows)
    model.set_view(replace(model.view, group="folder"))
    group = heading(model, 0)
    # The runner-up of rock is blues with 0.06, that of blues classical with 0.3.
    share = 0.9 * 0.9 / 1.4
    assert group.genre == "rock"
    assert group.confidence == pytest.approx(share)
    assert group.runner_up == "blues"
    assert group.brief is not None
    assert group.brief.top[1].probability == pytest.approx((0.9 * 0.06 + 0.5 * 0.5) / 1.4)
    assert (group.count, group.voted, group.duration_s) == (4, 2, 180.0)
    texts = {key: model.index(0, PLACES[key]).data() for key in ("genre", "confidence", "status", "duration")}
    assert texts == {"genre": "Rock", "confidence": percent(share), "status": "4 songs", "duration": "3:00"}
    tip = model.index(0, PLACES["genre"]).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("2 of 4 songs voted: Rock, 58 %.")
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Group: music/a"


def test_the_users_genre_counts_fully_and_hidden_songs_vote_too(model: ResultsModel) -> None:
    rows = in_folders(("a", "rock", 0.6), ("a", "rock", 0.6), ("a", "jazz", 0.3))
    model.add(rows)
    model.set_view(replace(model.view, group="folder"))
    assert heading(model, 0).genre == "rock"
    rows[2].label = "jazz"
    model.touch(rows[2])
    model.settle()
    assert heading(model, 0).genre == "jazz"
    assert heading(model, 0).confidence == pytest.approx(1.0 / 2.2)
    model.set_view(replace(model.view, genre="rock"))
    assert layout(model) == ["music/a", "0.mp3", "1.mp3"]
    assert (heading(model, 0).genre, heading(model, 0).voted) == ("jazz", 3)


def test_a_group_without_an_answer_has_no_genre(model: ResultsModel) -> None:
    model.add(in_folders(("a", "", 0.0)))
    model.set_view(replace(model.view, group="folder"))
    assert (heading(model, 0).genre, heading(model, 0).confidence) == ("", None)
    tip = model.index(0, PLACES["genre"]).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "No song of this group has a genre yet."


def test_albums_are_groups_by_the_tags_of_the_files(model: ResultsModel) -> None:
    rows = in_folders(
        ("a", "rock", 0.9), ("b", "rock", 0.9), ("b/CD 1", "rock", 0.9), ("b/CD 2", "rock", 0.9)
    )
    for row, album in zip(rows, ("Blue", "Blue", "Red", "red"), strict=True):
        row.answer = answer(row.path, "rock", song=SongTags(album=album))
    model.add(rows)
    model.set_view(replace(model.view, group="album"))
    assert layout(model) == ["Blue", "0.mp3", "Blue", "1.mp3", "Red", "2.mp3", "3.mp3"]
    model.set_view(replace(model.view, group="folder"))
    assert [name for name in layout(model) if "/" in name] == ["music/a", "music/b", "b/CD 1", "b/CD 2"]


def test_a_heading_stands_for_its_shown_rows(model: ResultsModel) -> None:
    model.add(in_folders(("b", "rock", 0.2), ("a", "rock", 0.9), ("b", "jazz", 0.7), ("b", "rock", 0.3)))
    model.set_view(replace(model.view, group="folder"))
    assert layout(model) == ["music/b", "0.mp3", "2.mp3", "3.mp3", "music/a", "1.mp3"]

    def members(*places: int) -> list[int]:
        found = [row.key for row in model.members(list(places))]
        assert model.count_members(list(places)) == len(found)
        return found

    assert members(0) == [0, 2, 3]
    assert members(0, 2) == [0, 2, 3]
    assert members(5, 3) == [3, 1]
    assert members(*range(6)) == [0, 2, 3, 1]
    assert members() == []
    assert model.headings([0, 1, 4]) == [0, 4]
    model.set_view(replace(model.view, genre="rock"))
    assert members(0) == [0, 3]


def test_rows_with_a_genre_and_the_genres_of_those_that_are_shown(model: ResultsModel) -> None:
    made = rows(0.9, None, 0.8, 0.7, 0.6)
    made[2].label = "polka"
    made[3].answer = answer(made[3].path, "", 0.0, kind="speech")
    assert model.shown_genres(np.array([0])) == (np.array([-1]), [])
    model.add(made)
    assert [row.key for row in model.music] == [0, 2, 4]
    keys = np.array([4, 2, 99, 0])
    genres, names = model.shown_genres(keys)
    assert [names[place] if place >= 0 else None for place in genres] == ["rock", "polka", None, "rock"]
    model.set_view(ResultsFilter(genre="polka"))
    assert (model.shown_genres(keys)[0] >= 0).tolist() == [False, True, False, False]
    assert [row.key for row in model.music] == [0, 2, 4]
    model.remove(made)
    assert model.shown_genres(keys)[0].tolist() == [-1] * 4
