"""Confirming and correcting answers with clicks and keys in a real store, with undo and redo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import Analysis
from genre_desktop.ui.pages.analyse.correction_panel import CorrectionPanel
from genre_desktop.ui.theme.theme import Theme
from tests.fixtures.qt import answer
from tests.ui.conftest import Desk


def opened(desk: Desk, *names: str, genre: str = "rock", **changes: Any) -> list[ResultRow]:
    """Open files whose answers are remembered in the store, as the worker does; ``changes`` are fields of them."""
    before = len(desk.rows)
    desk.window.open_paths([Path("/music") / name for name in names])
    desk.until(lambda: len(desk.rows) == before + len(names))
    log = PredictionLog(desk.window.context.database)
    for request in desk.workers.asked():
        found = answer(request.payload.path, genre, clip_hash=f"hash of {request.payload.path}", **changes)
        desk.workers.say(request, Analysis(found, None, log.add(found, "file")))
    desk.until(lambda: all(row.answer is not None for row in desk.rows))
    desk.until(lambda: not desk.window.context.session.busy)
    desk.page.model.settle()
    return desk.rows[before:]


def labels(desk: Desk) -> dict[str, str]:
    """What the store says, by file name."""
    return {Path(word.path).name: word.label for word in Corrections(desk.window.context.database).latest()}


def choice(desk: Desk, genre: str) -> QPushButton:
    """The button of a genre."""

    def found() -> list[QPushButton]:
        buttons = desk.page.card.corrections.findChildren(QPushButton)
        return [it for it in buttons if it.property("genre") == genre and it.isVisible()]

    desk.until(lambda: len(found()) == 1)
    return found()[0]


def test_speech_cannot_be_confirmed_but_given_a_genre(desk: Desk) -> None:
    (row,) = opened(desk, "a.mp3", genre="")
    row.answer = replace(row.answer, kind="speech", genre="", top=(), confidence=0.0)
    desk.page.table.show_row(row)
    desk.page.confirm()
    assert labels(desk) == {}
    desk.page.correct("jazz")
    assert labels(desk) == {"a.mp3": "jazz"}
    assert (row.kind, row.genre) == ("music", "jazz")


def test_one_click_corrects_and_the_row_shows_it_in_words(desk: Desk) -> None:
    (row,) = opened(desk, "a.mp3")
    desk.bot.mouseClick(choice(desk, "jazz"), Qt.MouseButton.LeftButton)
    assert labels(desk) == {"a.mp3": "jazz"}
    assert (row.genre, row.corrected) == ("jazz", True)
    shown = [str(desk.page.model.index(0, place).data()) for place in range(4)]
    assert shown[1:] == ["Jazz", "", "Corrected"]
    texts = [label.text() for label in desk.page.card.findChildren(QLabel) if label.isVisible()]
    assert "Jazz" in texts
    assert "You corrected this. The model’s answer was Rock (60 %)." in texts
    assert not [text for text in texts if "sure" in text]
    assert choice(desk, "jazz").property("chosen") is True


def test_one_key_corrects_every_chosen_row_and_ctrl_z_takes_it_back(desk: Desk) -> None:
    rows = opened(desk, "a.mp3", "b.mp3")
    desk.page.table.setFocus()
    desk.page.table.selectAll()
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_3)
    assert labels(desk) == {"a.mp3": "country", "b.mp3": "country"}
    desk.bot.keyClick(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert labels(desk) == {}
    assert [row.genre for row in rows] == ["rock", "rock"]
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    desk.bot.keyClick(desk.window, Qt.Key.Key_Z, both)
    assert labels(desk) == {"a.mp3": "country", "b.mp3": "country"}
    assert all(row.corrected for row in rows)


def test_confirming_with_k_and_with_return(desk: Desk) -> None:
    opened(desk, "a.mp3")
    desk.page.table.setFocus()
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_K)
    opened(desk, "b.mp3", genre="jazz")
    desk.page.table.setFocus()
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_Return)
    assert labels(desk) == {"a.mp3": "rock", "b.mp3": "jazz"}
    assert [row.corrected for row in desk.rows] == [False, False]
    assert desk.page.model.index(0, 3).data() == "Confirmed"


def test_an_own_label_gets_a_button_and_a_key(desk: Desk) -> None:
    (row,) = opened(desk, "a.mp3")
    field = desk.page.card.corrections.own
    field.setFocus()
    desk.bot.keyClicks(field, "Krautpop 1")
    assert labels(desk) == {}  # digits typed into a field are text
    desk.bot.keyClick(field, Qt.Key.Key_Return)
    assert labels(desk) == {"a.mp3": "Krautpop 1"}
    assert choice(desk, "Krautpop 1").text().startswith("R")
    desk.bot.keyClick(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    opened(desk, "b.mp3")
    desk.page.table.setFocus()
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_R)
    assert row.genre == "rock"


def test_another_spelling_is_the_same_genre(desk: Desk) -> None:
    opened(desk, "a.mp3")
    desk.page.correct("Hip-Hop")
    assert labels(desk) == {"a.mp3": "hiphop"}


def test_what_was_said_earlier_shows_when_the_file_is_opened_again(desk: Desk) -> None:
    rows = opened(desk, "a.mp3")
    desk.page.correct("blues")
    desk.window.context.session.remove(rows)
    (again,) = opened(desk, "a.mp3")
    assert (again.genre, again.corrected) == ("blues", True)


def test_an_answer_that_was_not_kept_cannot_be_corrected_and_says_why(desk: Desk) -> None:
    desk.open("a.mp3")
    desk.page.correct("blues")
    assert desk.window.notice.isVisible()
    assert desk.window.notice.accessibleName() == "This answer is not in the history"
    assert not desk.window.context.undo.canUndo()


@pytest.mark.parametrize(("scale", "columns"), [(100, 3), (150, 2)])
def test_every_genre_stays_readable_in_a_narrow_card(
    theme: Theme, settings: Settings, qtbot: QtBot, scale: int, columns: int
) -> None:
    settings["ui.text_scale"] = scale
    theme.apply()
    panel = CorrectionPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(350, 500)
    panel.show()
    qtbot.waitExposed(panel)
    choices = [each for each in panel.findChildren(QPushButton) if each.property("genre")]
    assert len(choices) == 10
    qtbot.waitUntil(lambda: all(each.width() >= each.sizeHint().width() for each in choices))
    assert len({each.x() for each in choices}) >= columns - 1
    assert len({each.x() for each in choices}) <= columns


def test_the_button_names_the_keys_that_confirm(desk: Desk) -> None:
    confirm = desk.page.card.corrections.confirm
    assert confirm.text() == "Confirm  K"
    desk.page.card.corrections.show_count(98)
    assert confirm.text() == "Confirm all  K"
    desk.page.card.corrections.show_count(1)
    desk.window.context.actions["edit.confirm"].setShortcut("Ctrl+K")
    assert confirm.text() == "Confirm  Ctrl+K"
    desk.window.context.actions["edit.confirm"].setShortcut("")
    assert confirm.text() == "Confirm"


def test_a_known_genre_searches_no_library_for_its_spelling(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (row,) = opened(desk, "a.mp3")
    monkeypatch.setattr(desk.page.corrector, "labels", lambda: pytest.fail("the library was searched"))
    desk.page.correct("blues")
    assert row.label == "blues"
