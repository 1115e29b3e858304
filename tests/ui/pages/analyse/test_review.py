"""Review mode in the window, by keys and clicks, with corrections in a real store."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.sound.playback import Playback
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import Analysis
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.pages.analyse.review import PLAY
from tests.fakes.player import Deck
from tests.fixtures.qt import answer
from tests.ui.conftest import Desk
from tests.ui.pages.analyse.test_correction_panel import labels

CONFIDENCES = {"a.mp3": 0.45, "b.mp3": 0.9, "c.mp3": 0.35, "d.mp3": 0.38, "e.mp3": 0.95}


@pytest.fixture
def rows(desk: Desk) -> dict[str, ResultRow]:
    """Five answers by file name; the order of the three doubtful ones is c, d, a."""
    desk.window.open_paths([Path("/music") / name for name in CONFIDENCES])
    desk.until(lambda: len(desk.rows) == len(CONFIDENCES))
    log = PredictionLog(desk.window.context.database)
    for request in desk.workers.asked():
        path = request.payload.path
        found = answer(path, "rock", CONFIDENCES[Path(path).name], clip_hash=f"hash of {path}")
        desk.workers.say(request, Analysis(found, None, log.add(found, "file")))
    desk.until(lambda: not desk.window.context.session.busy and all(row.answer for row in desk.rows))
    desk.page.model.settle()
    return {row.name: row for row in desk.rows}


@pytest.fixture
def deck(context: AppContext) -> Deck:
    """Fake players, in place before the window is made."""
    deck = Deck()
    context.__dict__["playback"] = Playback(100, deck.make, lambda: deck.trouble)
    return deck


def shown(desk: Desk) -> list[str]:
    return [row.name for row in desk.page.model.shown]


def selected(desk: Desk) -> list[str]:
    return [row.name for row in desk.page.table.selected]


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    desk.bot.keyClick(desk.page.table, key, modifier)


def left(desk: Desk) -> str:
    return desk.page.review.bar.left.text()


def test_answers_are_reviewed_with_keys_alone(desk: Desk, rows: dict[str, ResultRow]) -> None:
    press(desk, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert desk.page.review.bar.isVisible()
    assert (shown(desk), selected(desk)) == (["c.mp3", "d.mp3", "a.mp3"], ["c.mp3"])
    assert left(desk) == "3 answers left to review"
    press(desk, Qt.Key.Key_Return)
    assert (selected(desk), left(desk)) == (["d.mp3"], "2 answers left to review")
    press(desk, Qt.Key.Key_Tab)
    assert selected(desk) == ["a.mp3"]
    press(desk, Qt.Key.Key_Tab)
    assert selected(desk) == ["d.mp3"]
    press(desk, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert selected(desk) == ["a.mp3"]
    press(desk, Qt.Key.Key_3)
    assert (selected(desk), left(desk)) == (["d.mp3"], "One answer left to review")
    press(desk, Qt.Key.Key_K)
    assert (shown(desk), left(desk)) == ([], "All answers are reviewed")
    assert labels(desk) == {"a.mp3": desk.page.card.corrections.labels[2], "c.mp3": "rock", "d.mp3": "rock"}
    press(desk, Qt.Key.Key_Escape)
    assert not desk.page.review.bar.isVisible()
    assert shown(desk) == list(CONFIDENCES)


def test_undo_returns_to_the_row_and_redo_goes_on(desk: Desk, rows: dict[str, ResultRow]) -> None:
    desk.page.toggle_review()
    press(desk, Qt.Key.Key_Return)
    press(desk, Qt.Key.Key_Return)
    assert selected(desk) == ["a.mp3"]
    desk.window.context.actions["edit.undo"].trigger()
    assert (selected(desk), left(desk)) == (["d.mp3"], "2 answers left to review")
    desk.window.context.actions["edit.redo"].trigger()
    assert selected(desk) == ["a.mp3"]


def test_the_next_row_is_selected_whenever_only_doubtful_ones_are_shown(
    desk: Desk, rows: dict[str, ResultRow]
) -> None:
    desk.page.filters.show_doubtful()
    assert shown(desk) == ["a.mp3", "c.mp3", "d.mp3"]
    desk.page.table.show_rows([rows["a.mp3"], rows["c.mp3"]])
    desk.page.confirm()
    assert (shown(desk), selected(desk)) == (["d.mp3"], ["d.mp3"])
    desk.window.context.actions["edit.undo"].trigger()
    assert selected(desk) == ["a.mp3", "c.mp3"]
    press(desk, Qt.Key.Key_Tab)  # leaves the table, which is in no review
    assert selected(desk) == ["a.mp3", "c.mp3"]


def test_without_that_filter_the_selection_stays(desk: Desk, rows: dict[str, ResultRow]) -> None:
    desk.page.table.show_row(rows["a.mp3"])
    desk.page.confirm()
    desk.page.model.settle()
    assert selected(desk) == ["a.mp3"]


def test_another_filter_ends_the_review(desk: Desk, rows: dict[str, ResultRow]) -> None:
    desk.page.toggle_review()
    desk.page.filters.states.setCurrentIndex(1)
    assert not desk.page.review.active
    assert shown(desk) == list(CONFIDENCES)


def test_a_search_narrows_the_review(desk: Desk, rows: dict[str, ResultRow]) -> None:
    desk.page.toggle_review()
    desk.page.filters.search.setText("d.mp3")
    desk.until(lambda: shown(desk) == ["d.mp3"])
    assert left(desk) == "One answer left to review"


def test_the_action_needs_a_doubtful_answer(desk: Desk, rows: dict[str, ResultRow]) -> None:
    action = desk.window.context.actions["edit.review"]
    assert action.isEnabled()
    desk.page.toggle_review()
    for _ in range(3):
        press(desk, Qt.Key.Key_Return)
    assert action.isEnabled()  # to finish
    action.trigger()
    assert not desk.page.review.active
    assert not action.isEnabled()


def test_each_answer_is_played_from_its_clearest_part(
    deck: Deck, desk: Desk, rows: dict[str, ResultRow]
) -> None:
    desk.page.toggle_review()
    assert deck.log == []
    desk.bot.mouseClick(desk.page.review.bar.play, Qt.MouseButton.LeftButton)
    assert desk.window.context.settings[PLAY]
    desk.until(lambda: deck.log == [("c.mp3", 10.0)])
    press(desk, Qt.Key.Key_Return)
    desk.until(lambda: deck.log[1:] == [("d.mp3", 10.0)])
