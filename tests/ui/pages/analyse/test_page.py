"""The Analyse page in the window, used by drops, keys and clicks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QColor, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from genre_desktop.app.analysis.rows import State
from genre_desktop.core.types import ModelRef, Segment, TagScore
from genre_desktop.ui.pages.analyse.empty_state import EmptyState
from genre_desktop.ui.pages.analyse.result_card import details
from genre_desktop.ui.plotting.timeline import describe
from tests.fixtures.qt import GONE
from tests.ui.conftest import Desk, drop, mime
from tests.ui.pages.analyse.test_correction_panel import opened


def texts(desk: Desk) -> str:
    """Return all visible texts of the answer card."""
    return "\n".join(label.text() for label in desk.page.card.findChildren(QLabel) if label.isVisible())


def test_an_empty_window_has_an_introduction_with_buttons(desk: Desk) -> None:
    (empty,) = desk.page.findChildren(EmptyState)
    assert empty.isVisible()
    buttons = {button.text(): button for button in empty.findChildren(QPushButton)}
    assert list(buttons) == ["Open files…", "Open folder…", "Try the demo clip", "Check the microphone…"]
    desk.bot.mouseClick(buttons["Try the demo clip"], Qt.MouseButton.LeftButton)
    desk.until(lambda: [row.name for row in desk.rows] == ["demo.flac"])
    assert not empty.isVisible()


def test_dropping_a_file_shows_its_answer(desk: Desk, tmp_path: Path) -> None:
    desk.load_plots()
    song = tmp_path / "Größe “1” – नमस्ते 🎵 ‏שיר.mp3"
    song.touch()
    assert drop(desk.window, mime(song))
    desk.until(lambda: len(desk.workers.asked()) == 1)
    assert "Analysing…" in texts(desk)
    desk.workers.answer_all("jazz", confidence=0.71)
    desk.until(lambda: desk.page.panel.has_picture)
    shown = texts(desk)
    for words in (
        song.name.replace("\u200f", ""),
        "Jazz",
        "71 % confident",
        "genre v1 · champion · xgboost",
        "1:00",
    ):
        assert words in shown
    assert desk.page.panel.strip.segments[0].genre == "jazz"


def test_warnings_about_an_answer_are_shown(desk: Desk) -> None:
    desk.window.open_paths([Path("/music/odd.mp3")])
    desk.until(lambda: len(desk.workers.asked()) == 1)
    model = ModelRef("genre", "2", "fallback", "linear", "the champion gave no answer.")
    desk.workers.answer_all(
        "pop", confidence=0.3, unusual=True, warnings=("The file ends early.",), model=model
    )
    desk.until(lambda: desk.rows[0].state is State.DONE)
    shown = texts(desk)
    assert "Answered by fallback, because the champion gave no answer." in shown
    assert "Unlike the training music" in shown
    assert "The file ends early." in shown
    assert "Low confidence: 30 % confident, treat it as a guess" in shown


def test_speech_is_shown_without_a_genre(desk: Desk) -> None:
    desk.load_plots()
    desk.page.card.answer.choose("why")
    desk.window.open_paths([Path("/music/reading.mp3")])
    desk.until(lambda: len(desk.workers.asked()) == 1)
    sections = (Segment(0.0, 60.0, "", 0.0, "speech"),)
    desk.workers.answer_all(
        "", confidence=0.0, top=(), probabilities=(), model=None, kind="speech", segments=sections
    )
    desk.until(lambda: desk.rows[0].state is State.DONE and "Speech" in texts(desk))
    shown = texts(desk)
    assert "No genre" in shown
    assert "This is mostly speech" in shown
    assert "%" not in shown
    assert "Is it music?" in shown  # the page with the genres, whichever tab was chosen
    card = desk.page.card
    assert not card.answer.bars.isVisible()
    assert not card.answer.reasons.isVisible()
    assert not card.corrections.confirm.isVisible()
    assert not any(tab.isVisible() for tab in card.answer.tabs.values())
    genres = desk.page.filters.genres
    desk.until(lambda: [genres.itemText(i) for i in range(genres.count())] == ["All genres", "Speech"])
    assert describe(desk.page.panel.strip.segments[0]) == "Speech from 0:00 to 1:00"
    assert details(desk.rows[0]).splitlines()[-1] == "Speech"
    desk.window.open_paths([Path("/music/song.mp3")])
    desk.until(lambda: len(desk.workers.asked()) == 1)
    desk.workers.answer_all("jazz")
    desk.until(lambda: desk.rows[1].state is State.DONE)
    desk.page.table.show_row(desk.rows[1])
    desk.until(lambda: card.answer.reasons.isVisible())  # the tab chosen before
    assert "This is mostly" not in texts(desk)


def test_a_problem_shows_title_reason_and_hint_and_can_be_copied(desk: Desk) -> None:
    desk.window.open_paths([Path("/music/gone.mp3")])
    desk.until(lambda: len(desk.workers.asked()) == 1)
    desk.workers.fail(desk.workers.asked()[0])
    desk.until(lambda: desk.rows[0].state is State.FAILED)
    for words in (GONE.title, GONE.reason, GONE.hint, "gone.mp3"):
        assert words in texts(desk)
    buttons = {button.text(): button for button in desk.page.card.findChildren(QPushButton)}
    desk.bot.mouseClick(buttons["Copy details"], Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    for words in (str(Path("/music/gone.mp3")), GONE.title, GONE.reason, GONE.hint, GONE.code):
        assert words in copied
    desk.bot.mouseClick(buttons["Try again"], Qt.MouseButton.LeftButton)
    desk.until(lambda: len(desk.workers.asked()) == 1)


def test_an_answer_can_be_copied(desk: Desk) -> None:
    desk.open("a.mp3", genre="hiphop")
    desk.bot.keyClick(
        desk.window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    copied = QGuiApplication.clipboard().text()
    assert "Hip-Hop: 60 %" in copied
    assert "genre v1 · champion" in copied


TAGS = tuple(
    TagScore(tag, 0.9 - place / 10)
    for place, tag in enumerate(("house", "happy", "electronic", "90s", "instrumental", "party", "pop"))
)


def test_the_tags_that_stand_out_are_shown_by_group_six_at_most(desk: Desk) -> None:
    desk.open("a.mp3", genre="disco", tags=TAGS)
    assert texts(desk).count("Pop") == 0
    tags = desk.page.card.answer.tags
    assert tags.text().splitlines() == [
        "Style: House, Electronic", "Mood: Happy, Party", "Era: 1990s", "Voice and instruments: Instrumental",
    ]  # fmt: skip
    desk.page.copy_details()
    assert "Style: House, Electronic" in QGuiApplication.clipboard().text()
    desk.open("b.mp3")
    desk.page.table.show_row(desk.rows[1])
    assert not tags.isVisible()


def test_a_style_that_no_genre_names_is_shown_instead_of_the_confidence(desk: Desk) -> None:
    desk.open("a.mp3", genre="disco", style="electronic")
    shown = texts(desk)
    assert "Sounds like Electronic, which is not one of your genres. Nearest: Disco" in shown
    assert "confident" not in shown


def test_tags_are_searched_and_filtered(desk: Desk) -> None:
    desk.open("a.mp3", "b.mp3", tags=TAGS)
    filters = desk.page.filters
    assert filters.tags.isVisible()
    assert [filters.tags.itemText(i) for i in range(filters.tags.count())][:4] == [
        "All tags", "1990s", "Electronic", "Happy",
    ]  # fmt: skip
    desk.open("c.mp3", tags=TAGS[:1])
    filters.tags.setCurrentIndex(filters.tags.findText("Happy"))
    assert [row.name for row in desk.page.model.shown] == ["a.mp3", "b.mp3"]
    filters.clear()
    assert filters.tags.currentIndex() == 0
    filters.search.setText("HOUSE")
    desk.until(lambda: len(desk.page.model.shown) == 3)
    filters.search.setText("instrumental b.mp3")
    desk.until(lambda: [row.name for row in desk.page.model.shown] == ["b.mp3"])


def test_the_filters_move_below_the_search_when_text_is_large(desk: Desk) -> None:
    desk.window.resize(1280, 840)
    desk.open("a.mp3", tags=TAGS)
    filters = desk.page.filters
    top = lambda: filters.genres.mapTo(filters, QPoint(0, 0)).y()  # noqa: E731
    desk.until(lambda: top() == filters.search.y())
    desk.window.context.settings["ui.text_scale"] = 200
    desk.window.context.theme.apply()
    desk.window.resize(1024, 700)
    desk.until(lambda: top() > filters.search.geometry().bottom())
    assert filters.search.width() == filters.width()


def test_without_tags_there_is_no_filter_for_them(desk: Desk) -> None:
    desk.open("a.mp3")
    assert not desk.page.filters.tags.isVisible()


def test_searching_and_filtering(desk: Desk) -> None:
    desk.open("summer.mp3", "night.mp3", genre="rock")
    desk.open("rain.mp3", genre="jazz")
    desk.bot.keyClick(desk.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    search = desk.page.filters.search
    assert search.hasFocus()
    desk.bot.keyClicks(search, "SUM")
    desk.until(lambda: [row.name for row in desk.page.model.shown] == ["summer.mp3"])
    assert desk.page._summary.text() == "1 of 3 files"
    desk.bot.keyClick(search, Qt.Key.Key_Escape)
    desk.until(lambda: len(desk.page.model.shown) == 3)
    genres = desk.page.filters.genres
    assert [genres.itemText(i) for i in range(genres.count())] == ["All genres", "Jazz", "Rock"]
    genres.setCurrentIndex(1)
    assert [row.name for row in desk.page.model.shown] == ["rain.mp3"]
    states = desk.page.filters.states
    states.setCurrentIndex(2)
    assert desk.page.model.shown == []
    assert desk.page._nothing_found.isVisible()
    desk.page.filters.clear()
    assert len(desk.page.model.shown) == 3


def test_filters_keep_the_current_row_if_they_can(desk: Desk) -> None:
    desk.open("a.mp3", "b.mp3")
    second = desk.rows[1]
    desk.page.table.show_row(second)
    assert desk.page.current is second
    desk.page.filters.search.setText("b.mp3")
    desk.until(lambda: desk.page.model.shown == [second])
    assert desk.page.current is second
    assert desk.page.table.selected == [second]
    desk.page.filters.search.setText("a.mp3")
    desk.until(lambda: len(desk.page.model.shown) == 1 and second not in desk.page.model.shown)
    assert desk.page.current is None
    assert "No file selected" in texts(desk)


def test_clicking_a_heading_sorts_and_the_selection_follows(desk: Desk) -> None:
    desk.open("a.mp3", genre="rock")
    desk.open("b.mp3", genre="blues")
    desk.page.table.show_row(desk.rows[0])
    header = desk.page.table.horizontalHeader()
    x = header.sectionViewportPosition(1) + 20
    where = header.viewport().rect().topLeft() + header.viewport().rect().center() * 0
    where.setX(x)
    where.setY(header.height() // 2)
    desk.bot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert [row.genre for row in desk.page.model.shown] == ["blues", "rock"]
    assert desk.page.current is desk.rows[0]
    assert desk.page.table.selected == [desk.rows[0]]


def test_several_rows_are_removed_with_a_key(desk: Desk) -> None:
    desk.open("a.mp3", "b.mp3", "c.mp3")
    table = desk.page.table
    table.setFocus()
    for place in (0, 2):
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        table.selectionModel().select(desk.page.model.index(place, 0), flags)
    desk.bot.keyClick(table, Qt.Key.Key_Delete)
    desk.until(lambda: [row.name for row in desk.rows] in (["b.mp3"], ["c.mp3"], ["a.mp3"]))


def test_clearing_returns_to_the_beginning(desk: Desk) -> None:
    desk.open("a.mp3", "b.mp3")
    desk.page.clear()
    assert desk.rows == []
    (empty,) = desk.page.findChildren(EmptyState)
    assert empty.isVisible()


def test_columns_can_be_hidden_and_come_back_as_they_were(desk: Desk) -> None:
    table = desk.page.table
    menu = table.column_menu()
    runner_up = next(action for action in menu.actions() if action.text() == "Runner-up")
    runner_up.trigger()
    place = next(
        i for i in range(7) if desk.page.model.headerData(i, Qt.Orientation.Horizontal) == "Runner-up"
    )
    assert table.isColumnHidden(place)
    state = table.save_columns()
    runner_up.trigger()
    assert not table.isColumnHidden(place)
    table.restore_columns(state)
    assert table.isColumnHidden(place)
    table.restore_columns(b"nonsense")
    menu.deleteLater()


@pytest.mark.parametrize("theme_name", ["light", "dark"])
def test_every_state_can_be_drawn(desk: Desk, theme_name: str) -> None:
    desk.window.context.theme.choose(theme_name)
    desk.window.resize(1280, 840)
    desk.open("done.mp3")
    names = ("waiting.mp3", "failed.mp3", "cancelled.mp3", "unusual.mp3")
    desk.window.open_paths([Path("/music") / name for name in names])
    desk.until(lambda: len(desk.rows) == 5)
    for row, state in zip(desk.rows[1:4], (State.WAITING, State.FAILED, State.CANCELLED), strict=True):
        row.state = state
        row.problem = GONE if state is State.FAILED else None
        desk.page.model.touch(row)
        desk.page.table.show_row(row)
    image = desk.page.table.grab().toImage()
    danger = QColor(desk.window.context.theme.palette.danger)
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    distance = min(
        abs(p.red() - danger.red()) + abs(p.green() - danger.green()) + abs(p.blue() - danger.blue())
        for p in pixels
    )
    assert distance < 40  # thin strokes are blended with their ground


def widths(desk: Desk) -> list[int]:
    """Return the widths of the visible columns."""
    table = desk.page.table
    places = range(desk.page.model.columnCount())
    return [table.columnWidth(place) for place in places if not table.isColumnHidden(place)]


def test_columns_grow_with_the_text_until_the_user_drags_one(desk: Desk) -> None:
    desk.window.resize(1280, 840)
    desk.open("a.mp3")
    before = widths(desk)
    desk.window.context.settings["ui.text_scale"] = 150
    desk.window.context.theme.apply()
    assert all(now > then for now, then in zip(widths(desk)[1:-1], before[1:-1], strict=True))
    desk.page.table.horizontalHeader().resizeSection(1, 250)
    desk.window.context.settings["ui.text_scale"] = 100
    desk.window.context.theme.apply()
    assert widths(desk)[1] == 250


def test_the_file_column_fills_the_remaining_width(desk: Desk) -> None:
    desk.window.resize(1280, 840)
    desk.open("a.mp3")
    table = desk.page.table
    assert sum(widths(desk)) == table.viewport().width()
    state = table.save_columns()
    table.restore_columns(state)  # fitted columns stay fitted when they come back
    desk.window.resize(1500, 840)
    assert sum(widths(desk)) == table.viewport().width()


def test_the_menu_of_a_row_sets_its_genre_and_copies_its_path(desk: Desk) -> None:
    first, second = opened(desk, "a.mp3", "b.mp3")
    desk.page.table.show_rows([first, second])
    menu = desk.page.row_menu()
    (genres,) = [action.menu() for action in menu.actions() if action.menu()]
    next(action for action in genres.actions() if action.text() == "Jazz").trigger()
    assert [row.genre for row in (first, second)] == ["jazz", "jazz"]
    next(action for action in menu.actions() if action.objectName() == "edit.copy_path").trigger()
    assert QGuiApplication.clipboard().text() == "/music/a.mp3\n/music/b.mp3"


def test_the_folder_of_a_row_is_opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened_urls: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened_urls.append(url.toLocalFile()) or True
    )
    desk.open("a.mp3")
    desk.window.context.actions["edit.show_in_folder"].trigger()
    assert opened_urls == ["/music"]
