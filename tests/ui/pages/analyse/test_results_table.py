"""The results table: selecting many rows, undoing removals and arranging columns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSettings, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QTableView

from genre_desktop.app.analysis.rows import State
from genre_desktop.app.analysis.table_model import COLUMNS, ResultsModel
from genre_desktop.core.settings import Settings
from genre_desktop.core.types import SongTags, TagScore
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.window.main_window import MainWindow
from tests.ui.conftest import Desk
from tests.ui.pages.analyse.test_correction_panel import opened

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def names(desk: Desk) -> list[str]:
    return [row.name for row in desk.page.model.shown]


def click(desk: Desk, place: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    table = desk.page.table
    where = table.visualRect(desk.page.model.index(place, 0)).center()
    desk.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, keys, where)


def titles(desk: Desk) -> list[str]:
    """Return the visible headings from left to right."""
    table, header = desk.page.table, desk.page.table.horizontalHeader()
    order = sorted(range(header.count()), key=header.visualIndex)
    model = desk.page.model
    return [
        model.headerData(place, Qt.Orientation.Horizontal)
        for place in order
        if not table.isColumnHidden(place)
    ]


def test_several_rows_are_chosen_with_ctrl_and_shift(desk: Desk) -> None:
    desk.open("a.mp3", "b.mp3", "c.mp3", "d.mp3")
    click(desk, 0)
    click(desk, 2, CTRL)
    assert [row.name for row in desk.page.table.selected] == ["a.mp3", "c.mp3"]
    click(desk, 0)
    click(desk, 2, SHIFT)
    assert [row.name for row in desk.page.table.selected] == ["a.mp3", "b.mp3", "c.mp3"]


def test_a_click_on_a_heading_sorts_and_the_third_click_brings_the_first_order_back(desk: Desk) -> None:
    desk.open("b.mp3", "c.mp3", "a.mp3")
    header = desk.page.table.horizontalHeader()
    where = QPoint(header.sectionViewportPosition(0) + 30, header.height() // 2)
    seen = []
    for _ in range(3):
        desk.bot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
        seen.append([name[0] for name in names(desk)])
    assert seen == [["a", "b", "c"], ["c", "b", "a"], ["b", "c", "a"]]


def test_a_removal_is_undone_to_where_the_rows_were(desk: Desk) -> None:
    desk.open("a.mp3", "b.mp3", "c.mp3", "d.mp3", genre="jazz")
    click(desk, 1)
    click(desk, 2, CTRL)
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_Delete)
    assert names(desk) == ["a.mp3", "d.mp3"]
    assert desk.window.context.undo.undoText() == "removal of 2 files from the list"
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_Z, CTRL)
    desk.page.model.settle()
    assert names(desk) == ["a.mp3", "b.mp3", "c.mp3", "d.mp3"]
    assert {row.genre for row in desk.rows} == {"jazz"}
    assert desk.workers.asked() == []  # nothing is analysed again
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_Z, CTRL | SHIFT)
    assert names(desk) == ["a.mp3", "d.mp3"]


def test_clearing_is_undone_and_what_was_unread_is_read(desk: Desk, tmp_path: Path) -> None:
    desk.open("a.mp3")
    (tmp_path / "b.mp3").touch()
    desk.window.open_paths([tmp_path / "b.mp3"])
    desk.until(lambda: len(desk.workers.asked()) == 1)
    desk.window.context.actions["edit.clear"].trigger()
    assert desk.workers.asked() == []
    desk.window.context.actions["edit.undo"].trigger()
    desk.until(lambda: len(desk.workers.asked()) == 1)
    desk.workers.answer_all()
    desk.until(lambda: [row.state for row in desk.rows] == [State.DONE, State.DONE])


def test_a_file_that_was_opened_again_meanwhile_keeps_its_new_row(desk: Desk) -> None:
    desk.open("a.mp3", "b.mp3")
    desk.page.clear()
    desk.open("a.mp3")
    desk.window.context.undo.undo()
    desk.page.model.settle()
    assert sorted(names(desk)) == ["a.mp3", "b.mp3"]


def test_columns_moved_and_hidden_are_remembered_and_reset(desk: Desk) -> None:
    header = desk.page.table.horizontalHeader()
    first = titles(desk)
    header.moveSection(header.visualIndex(5), 1)
    menu = QMenu(desk.window)
    desk.page.table.fill(menu)
    next(action for action in menu.actions() if action.text() == "Runner-up").trigger()
    moved = titles(desk)
    assert moved[:2] == ["File", "Duration"]
    assert "Runner-up" not in moved
    desk.window.close()
    context = desk.window.context
    context.memory = QSettings(context.memory.fileName(), QSettings.Format.IniFormat)
    again = MainWindow(context)
    desk.bot.addWidget(again)
    other = Desk(again, desk.workers, desk.bot)
    assert titles(other) == moved
    other.page.table.reset_columns()
    assert titles(other) == first


def test_columns_of_tags_are_switched_on_and_sorted(desk: Desk) -> None:
    desk.open("a.mp3", tags=(TagScore("soul", 0.9),))
    desk.open("b.mp3", tags=(TagScore("folk", 0.9), TagScore("sad", 0.5)))
    table = desk.page.table
    assert not {"Tags", "Style", "Mood", "Era", "Voice and instruments"} & set(titles(desk))
    menu = table.column_menu()
    for title in ("Tags", "Mood"):
        next(action for action in menu.actions() if action.text() == title).trigger()
    menu.deleteLater()
    assert titles(desk)[-2:] == ["Tags", "Mood"]
    place = next(place for place, column in enumerate(COLUMNS) if column.key == "tags")
    table.sortByColumn(place, Qt.SortOrder.AscendingOrder)
    assert [desk.page.model.index(line, place).data() for line in (0, 1)] == ["Folk, Sad", "Soul"]
    state = table.save_columns()
    table.reset_columns()
    assert "Tags" not in titles(desk)
    table.restore_columns(state)
    assert titles(desk)[-2:] == ["Tags", "Mood"]


def test_columns_of_a_version_without_tags_come_back_without_them(desk: Desk, theme: Theme) -> None:
    class OldModel(ResultsModel):
        def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
            return 7

    old = QTableView()
    desk.bot.addWidget(old)
    old.setModel(OldModel())
    old.horizontalHeader().setSectionsMovable(True)
    old.horizontalHeader().moveSection(5, 1)
    old.setColumnHidden(4, True)
    table = desk.page.table
    table.restore_columns(b"1" + bytes(old.horizontalHeader().saveState().data()))
    assert titles(desk)[:5] == ["File", "Duration", "Genre", "Confidence", "Status"]


def test_columns_of_a_version_without_tempo_come_back_without_them(desk: Desk) -> None:
    table = desk.page.table
    new = ("bpm", "key", "title", "artist", "album", "file_genre")
    places = [[column.key for column in COLUMNS].index(key) for key in new]
    for place in places:
        table.setColumnHidden(place, False)
    state = table.save_columns()
    table.restore_columns(b"4" + state[1:])
    assert all(map(table.isColumnHidden, places))
    table.restore_columns(state)
    assert not any(map(table.isColumnHidden, places))


def test_columns_of_tempo_key_and_file_tags_are_switched_on_sorted_and_searched(desk: Desk) -> None:
    desk.open("a.mp3", bpm=140.0, key="C major", song=SongTags("Zebra", "Anna", "X", "Rock"))
    desk.open("b.mp3", bpm=90.0, key="D♭ major", song=SongTags("Apple", "Zoe", "Y", "Jazz"))
    desk.open("c.mp3")
    table = desk.page.table
    shown = ["BPM", "Key", "Title", "Artist", "Album", "Genre in file"]
    assert not set(shown) & set(titles(desk))
    menu = table.column_menu()
    for action in menu.actions():
        if action.text() in shown:
            action.trigger()
    menu.deleteLater()
    assert titles(desk)[-6:] == shown
    first = {"bpm": "b", "key": "b", "title": "b", "artist": "a", "album": "a", "file_genre": "b"}
    for key, name in first.items():
        place = next(place for place, column in enumerate(COLUMNS) if column.key == key)
        table.sortByColumn(place, Qt.SortOrder.AscendingOrder)
        other = "b" if name == "a" else "a"
        assert names(desk) == [f"{name}.mp3", f"{other}.mp3", "c.mp3"]
    for typed, left in (("zebra", "a"), ("zoe", "b"), ("8b", "a"), ("85-95bpm", "b"), ("jazz x", "")):
        desk.page.filters.search.setText(typed)
        desk.until(lambda left=left: names(desk) == ([f"{left}.mp3"] if left else []))  # type: ignore[misc]


def test_the_view_menu_offers_the_columns_to_the_keyboard(desk: Desk) -> None:
    (view,) = [entry.menu() for entry in desk.window.menuBar().actions() if entry.text() == "&View"]
    (columns,) = [entry.menu() for entry in view.actions() if entry.text() == "Col&umns"]  # type: ignore[attr-defined]
    columns.aboutToShow.emit()
    assert [action.text() for action in columns.actions()][:2] == ["Genre", "Confidence"]


def test_the_menu_of_the_rows(desk: Desk) -> None:
    desk.open("a.mp3")
    click(desk, 0)
    menu = desk.page.row_menu()
    offered = [action.objectName() for action in menu.actions() if action.isEnabled() and action.objectName()]
    assert offered == [
        "edit.confirm", "play.toggle", "edit.show_in_folder", "edit.copy_path", "edit.copy_details", "file.similar", "file.path",
        "file.tags",
        "edit.again", "edit.remove",
    ]  # fmt: skip
    menu.deleteLater()


def test_the_headings_know_nothing_of_chosen_rows(desk: Desk) -> None:
    """Otherwise Qt queries every cell of every selected row to paint them: 0.4 s for 20,000 rows."""
    desk.open("a.mp3", "b.mp3")
    desk.page.table.selectAll()
    assert desk.page.table.chosen == 2
    assert not desk.page.table.horizontalHeader().selectionModel().hasSelection()


def test_what_was_chosen_stays_chosen_when_other_rows_go(desk: Desk) -> None:
    a, b, c, d, e = desk.open("a.mp3", "b.mp3", "c.mp3", "d.mp3", "e.mp3")
    click(desk, 0)
    for place in (1, 3, 4):
        click(desk, place, CTRL)
    desk.window.context.session.remove([c])
    assert desk.page.table.selected == [a, b, d, e]
    desk.window.context.session.remove([a, e])
    assert desk.page.table.selected == [b, d]
    assert desk.page.table.chosen == 2


def test_compact_rows_are_chosen_in_the_menu_of_columns_and_kept(desk: Desk, settings: Settings) -> None:
    desk.open("a.mp3")
    table = desk.page.table
    before = table.rowHeight(0)
    next(action for action in table.column_menu().actions() if action.text() == "Compact rows").trigger()
    assert table.rowHeight(0) < before
    assert settings["results.compact"]
    menu = table.column_menu()
    assert next(action for action in menu.actions() if action.text() == "Compact rows").isChecked()
    settings["results.compact"] = False
    desk.window.context.changes.changed.emit("results.compact")
    assert table.rowHeight(0) == before


def test_an_older_table_loses_the_column_of_the_model_unless_its_user_set_widths(desk: Desk) -> None:
    table, model = desk.page.table, [column.key for column in COLUMNS].index("model")
    assert table.isColumnHidden(model)
    table.setColumnHidden(model, False)
    state = table.save_columns()
    table.restore_columns(state)
    assert not table.isColumnHidden(model)
    table.restore_columns(b"2" + state[1:])
    assert table.isColumnHidden(model)
    for of_user in (b"3", b"5"):
        table.restore_columns(of_user + state[1:])
        assert not table.isColumnHidden(model)


def group_by(desk: Desk, title: str) -> None:
    """Choose what to group by in the menu of columns."""
    menu = desk.page.table.column_menu()
    (choices,) = [action.menu() for action in menu.actions() if action.text() == "Group by"]
    next(action for action in choices.actions() if action.text() == title).trigger()  # type: ignore[attr-defined]
    menu.deleteLater()


def layout(desk: Desk) -> list[str]:
    model = desk.page.model
    return [model.index(place, 0).data() for place in range(model.rowCount())]


def grouped(desk: Desk) -> None:
    """Open two folders, whose songs are in the list by turns, and group them."""
    opened(desk, "one/a.mp3", genre="rock", confidence=0.9)
    opened(desk, "two/b.mp3", genre="jazz")
    opened(desk, "one/c.mp3", genre="blues", confidence=0.5)
    group_by(desk, "Folder")
    assert layout(desk) == ["music/one", "a.mp3", "c.mp3", "music/two", "b.mp3"]


def test_grouping_is_chosen_in_the_menu_and_remembered(desk: Desk) -> None:
    grouped(desk)
    assert desk.page._summary.text() == "3 files"
    again = MainWindow(desk.window.context)
    desk.bot.addWidget(again)
    assert again.analyse.model.view.group == "folder"
    menu = again.analyse.table.column_menu()
    (choices,) = [action.menu() for action in menu.actions() if action.text() == "Group by"]
    assert [a.text() for a in choices.actions() if a.isChecked()] == ["Folder"]  # type: ignore[attr-defined]
    menu.deleteLater()
    group_by(desk, "None")
    assert layout(desk) == ["a.mp3", "b.mp3", "c.mp3"]


def test_the_selected_heading_says_how_its_group_voted(desk: Desk) -> None:
    grouped(desk)
    click(desk, 0)
    assert desk.page.current is None
    assert desk.page.card._group._title.text() == "music/one"
    assert desk.page.card._group._text.text().startswith("2 of 2 songs voted: Rock, 58 %.")
    desk.page.correct("blues")
    desk.page.model.settle()
    assert desk.page.card._group._text.text().startswith("2 of 2 songs voted: Blues, 100 %.")
    assert desk.page.card._group.isVisible()
    desk.window.context.theme.choose("dark")
    assert desk.page.card._group.isVisible()
    click(desk, 1)
    assert desk.page.current is desk.rows[0]
    assert not desk.page.card._group.isVisible()
    click(desk, 0)
    desk.page.model.set_view(replace(desk.page.model.view, search="nothing like this"))
    assert desk.page.card._nothing.isVisible()


def test_the_card_of_a_group_has_a_button_for_its_genre(desk: Desk) -> None:
    grouped(desk)
    click(desk, 0)
    (button,) = desk.page.card._group.findChildren(QPushButton)
    desk.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [row.genre for row in desk.rows] == ["rock", "jazz", "rock"]
    desk.window.context.undo.undo()
    assert [row.genre for row in desk.rows] == ["rock", "jazz", "blues"]


def test_a_group_is_given_the_genre_of_its_vote_with_the_keyboard_and_undone(desk: Desk) -> None:
    grouped(desk)
    action = desk.window.context.actions["edit.group_genre"]
    click(desk, 1)
    assert not action.isEnabled()
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_Up)
    assert action.isEnabled()
    assert desk.page.table.chosen == 2
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_G, CTRL)
    assert [row.label for row in desk.rows] == ["rock", "", "rock"]
    assert desk.window.context.undo.undoText() == "genre of 2 files"
    desk.window.context.undo.undo()
    assert [row.genre for row in desk.rows] == ["rock", "jazz", "blues"]
    assert not any(row.label for row in desk.rows)
    desk.window.context.undo.redo()
    assert [row.genre for row in desk.rows] == ["rock", "jazz", "rock"]


def test_all_groups_at_once_and_each_has_its_own_genre(desk: Desk) -> None:
    grouped(desk)
    desk.page.table.selectAll()
    assert desk.page.table.chosen == 3
    assert [row.name for row in desk.page.table.selected] == ["a.mp3", "c.mp3", "b.mp3"]
    desk.page.correct_groups()
    assert [row.genre for row in desk.rows] == ["rock", "jazz", "rock"]
    assert desk.window.context.undo.count() == 1


def test_the_selected_heading_stays_selected_when_rows_come(desk: Desk) -> None:
    grouped(desk)
    click(desk, 3)
    desk.window.context.session.open_paths([Path("/music/one/d.mp3")], quietly=True)
    desk.until(lambda: len(desk.rows) == 4)
    desk.page.model.settle()
    assert layout(desk) == ["music/one", "a.mp3", "c.mp3", "d.mp3", "music/two", "b.mp3"]
    assert [group.title for group, _ in desk.page.table.groups] == ["music/two"]
    assert desk.page.card._group._title.text() == "music/two"


def test_the_next_song_is_not_a_heading_and_headings_do_not_play(desk: Desk) -> None:
    grouped(desk)
    click(desk, 2)
    desk.page.play("next")
    assert desk.page.current is desk.rows[1]
    desk.page.play("previous")
    assert desk.page.current is desk.rows[2]
    click(desk, 0)
    desk.page.play("previous")
    assert desk.page.current is None
    assert not desk.window.context.actions["play.toggle"].isEnabled()
