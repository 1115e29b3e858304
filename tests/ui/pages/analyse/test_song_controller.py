"""Playback, seeking, reasons and similar clips of the current song, used by keys and clicks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel

from genre_desktop.app.sound.playback import Playback
from genre_desktop.core.explanations import Explanation, Reason, SimilarClip
from genre_desktop.core.types import TagScore
from genre_desktop.jobs import explain
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.pages.analyse.song_controller import SongController
from tests.fakes.player import SILENT, Deck, Turntable
from tests.fixtures.qt import GONE
from tests.ui.conftest import Desk

TEMPO = Reason("tempo", 0.9, "tempo", "BPM", 140.0, 120.0, 150.0, 0.1)
LOUD = Reason("loudness", -0.3, "rms_mean", "", 0.02, 0.1, 0.2, -3.0)
TAGS = (TagScore("classic rock", 0.9), TagScore("instrumental", 0.8))
WHY = Explanation("rock", "vote", "contributions", (TEMPO,), (LOUD,), tags=TAGS, unlike=("tempo",))
LIKE = (
    SimilarClip("/music/own/twin.mp3", "rock", own=True, likeness=0.99),
    SimilarClip("blues.00000.flac", "blues", own=False, likeness=0.9),
)


@pytest.fixture
def deck(context: AppContext) -> Deck:
    deck = Deck()
    context.__dict__["playback"] = Playback(100, deck.make, lambda: deck.trouble)
    return deck


@pytest.fixture
def song(deck: Deck, desk: Desk) -> SongController:
    desk.load_plots()
    desk.open("a.mp3", "b.mp3")
    desk.until(lambda: desk.page.panel.has_picture)
    desk.page.table.setFocus()
    return desk.page.song


def playing(desk: Desk, deck: Deck, number: int = 1) -> Turntable:
    desk.until(lambda: len(deck.players) == number and desk.page.song.playback._current is not None)
    return deck.players[-1]


def cursor(desk: Desk) -> float | None:
    """Return the position of the cursor, which spectrogram and timeline agree on."""
    view, strip = desk.page.panel.view, desk.page.panel.strip
    place = view._cursor[0].value() if view._cursor[0].isVisible() else None
    assert strip._cursor_s == pytest.approx(place)
    return place


def words(desk: Desk) -> str:
    return "\n".join(label.text() for label in desk.page.card.findChildren(QLabel) if label.isVisible())


def test_space_plays_and_pauses_and_the_cursor_moves(song: SongController, desk: Desk, deck: Deck) -> None:
    assert cursor(desk) is None
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_Space)
    player = playing(desk, deck)
    assert deck.log == [("a.mp3", 0.0)]
    player.position_s = 12.0
    desk.until(lambda: cursor(desk) == 12.0)
    assert song.playback_bar.time.text() == "0:12 / 1:00"
    assert song.playback_bar.button.accessibleName() == "Pause"
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_Space)
    assert not song.playback.playing
    assert cursor(desk) == 12.0
    desk.bot.mouseClick(song.playback_bar.button, Qt.MouseButton.LeftButton)
    playing(desk, deck, 2)
    assert deck.log[-1] == ("a.mp3", 12.0)


def test_arrows_skip_while_it_plays(song: SongController, desk: Desk, deck: Deck) -> None:
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_Right)  # nothing was begun: it does nothing
    assert song.playback.position_s == 0
    song.toggle()
    playing(desk, deck).position_s = 20.0
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_Right)
    playing(desk, deck, 2)
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_Left)
    playing(desk, deck, 3)
    desk.bot.keyClick(desk.page.panel.view, Qt.Key.Key_Left)  # the view has the focus after a click to seek
    playing(desk, deck, 4)
    assert [place for _, place in deck.log] == [0.0, 25.0, 20.0, 15.0]


def test_keys_belong_to_the_control_that_has_the_focus(song: SongController, desk: Desk, deck: Deck) -> None:
    tab = desk.page.card.answer.tabs["why"]
    tab.setFocus()
    desk.bot.keyClick(tab, Qt.Key.Key_Space)
    assert desk.page.card.answer.tab == "why"
    assert not song.playback.playing
    search = desk.page.filters.search
    search.setFocus()
    desk.bot.keyClicks(search, "a b")
    assert search.text() == "a b"
    assert not song.playback.playing


def test_a_click_seeks_and_a_drag_does_not(song: SongController, desk: Desk, deck: Deck) -> None:
    view, strip = desk.page.panel.view, desk.page.panel.strip
    place = view.mapFromScene(view.getViewBox().mapViewToScene(QPointF(30, 0.5)))
    desk.bot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.until(lambda: cursor(desk) == pytest.approx(30, abs=0.2))
    assert not song.playback.playing
    song.toggle()
    playing(desk, deck)
    left, right = strip._margins
    quarter = left + (strip.width() - left - right) // 4
    desk.bot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(quarter, 10))
    playing(desk, deck, 2)
    assert deck.log[-1][1] == pytest.approx(15, abs=0.2)
    desk.bot.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(quarter, 10))
    desk.bot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(quarter + 60, 10))
    assert len(deck.players) == 2
    assert view.getViewBox().viewRange()[0] == pytest.approx([0, 60], abs=0.1)


def test_a_cursor_that_leaves_the_view_turns_the_page(song: SongController, desk: Desk, deck: Deck) -> None:
    view = desk.page.panel.view
    view.getViewBox().setXRange(0, 10, padding=0)
    song.toggle()
    playing(desk, deck).position_s = 11.0
    desk.until(lambda: view.getViewBox().viewRange()[0][0] == pytest.approx(11.0))


def test_the_end_and_another_row_stop_it(song: SongController, desk: Desk, deck: Deck) -> None:
    song.toggle()
    player = playing(desk, deck)
    player.position_s = 60.0
    player.end(None)
    desk.until(lambda: not song.playback.playing)
    assert cursor(desk) is None
    song.toggle()
    player = playing(desk, deck, 2)
    desk.page.table.show_row(desk.rows[1])
    assert not song.playback.playing
    desk.until(lambda: player.stopped)
    assert song.playback.path == desk.rows[1].path
    desk.page.table.clearSelection()


def test_double_click_plays_the_row(song: SongController, desk: Desk, deck: Deck) -> None:
    table = desk.page.table
    where = table.visualRect(table.model().index(1, 0)).center()
    desk.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    desk.bot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    playing(desk, deck)
    assert deck.log == [("b.mp3", 0.0)]


def test_without_an_output_device_the_button_is_disabled_with_a_reason(
    song: SongController, desk: Desk, deck: Deck
) -> None:
    deck.trouble = SILENT
    song.playback.look()
    desk.until(lambda: not song.playback_bar.button.isEnabled())
    assert SILENT.reason in song.playback_bar.button.toolTip()
    assert song.playback_bar.time.text() == SILENT.title
    assert not desk.window.findChild(QAction, "play.toggle").isEnabled()
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_Space)
    assert deck.players == []


def test_a_playback_problem_is_reported(song: SongController, desk: Desk, deck: Deck) -> None:
    song.toggle()
    playing(desk, deck).end(GONE)
    desk.until(lambda: desk.window.notice.isVisible())
    assert desk.window.notice.accessibleName() == GONE.title


def test_volume_is_remembered(song: SongController, desk: Desk, deck: Deck) -> None:
    song.toggle()
    player = playing(desk, deck)
    desk.window.findChild(QAction, "play.softer").trigger()
    assert player.gain < 1.0
    desk.until(lambda: desk.window.context.settings["play.volume"] == song.playback_bar.volume.value())
    desk.window.context.settings["play.volume"] = 30
    desk.window.context.changes.changed.emit("play.volume")
    assert song.playback_bar.volume.value() == 30


def test_all_genres_are_shown_with_their_numbers(song: SongController, desk: Desk) -> None:
    bars = desk.page.card.answer.bars
    assert "Rock 60 %" in bars.accessibleDescription()
    row = desk.page.current
    assert len(bars._bars) == len(row.answer.probabilities)


def test_reasons_are_requested_when_their_tab_is_selected(song: SongController, desk: Desk) -> None:
    assert desk.workers.asked(explain.EXPLAIN) == []
    desk.bot.mouseClick(desk.page.card.answer.tabs["why"], Qt.MouseButton.LeftButton)
    assert "Loading the evidence…" in words(desk)
    (request,) = desk.workers.asked(explain.EXPLAIN)
    desk.workers.say(request, WHY)
    desk.until(lambda: "Evidence for Rock" in words(desk))
    shown = words(desk)
    assert shown.index("Sounds like Classic rock; Instrumental") < shown.index("Evidence for Rock")
    assert "Differs most from the training music in: Tempo (beats per minute)." in shown
    for text in ("Tempo (beats per minute)", "140 BPM, usual for Rock (120 to 150 BPM)", "× 2.5",
                 "Evidence against", "Loudness (RMS level)", "far less than usual", "÷ 1.3", "Exact contribution"):  # fmt: skip
        assert text in shown
    desk.page.table.show_row(desk.rows[1])
    assert "Evidence for Rock" not in words(desk)
    (request,) = desk.workers.asked(explain.EXPLAIN)
    desk.workers.fail(request)
    desk.until(lambda: GONE.title in words(desk))
    desk.page.table.show_row(desk.rows[0])
    assert "Evidence for Rock" in words(desk)  # known already
    assert desk.workers.asked(explain.EXPLAIN) == []


def test_similar_clips_are_listed_and_opened(
    song: SongController, desk: Desk, deck: Deck, tmp_path: Path
) -> None:
    desk.bot.mouseClick(desk.page.card.answer.tabs["similar"], Qt.MouseButton.LeftButton)
    twin = tmp_path / "twin.mp3"
    twin.touch()
    found = (SimilarClip(str(twin), "rock", own=True, likeness=0.991), *LIKE[1:])
    desk.workers.say(desk.workers.asked(explain.SIMILAR)[0], found)
    shown = desk.page.card.answer.similar.list
    desk.until(lambda: shown.isVisible() and shown.count() == 2)
    assert shown.item(0).text() == "twin.mp3\nRock  ·  extremely similar · 99 %"
    assert shown.item(1).text() == "blues.00000.flac\nBlues  ·  similar · 90 %  ·  reference clip"
    assert "Check the answer" not in words(desk)
    shown.itemActivated.emit(shown.item(1))  # no sound of it here
    shown.itemActivated.emit(shown.item(0))
    desk.until(lambda: len(desk.rows) == 3)
    desk.workers.answer_all()
    playing(desk, deck)
    assert deck.log == [("twin.mp3", 0.0)]


def test_similar_clips_of_another_genre_are_a_reason_to_check(song: SongController, desk: Desk) -> None:
    desk.page.card.answer.choose("similar")
    desk.page.card.answer.show_details((*LIKE[1:], *LIKE[1:]))
    assert "Rock among these 2 clips: 0. Check the answer." in words(desk)
    desk.page.card.answer.show_details(LIKE)
    assert "Check the answer" not in words(desk)


def test_a_similar_clip_without_its_file_is_reported(song: SongController, desk: Desk) -> None:
    song.wanted.emit(Path("/music/table.csv row 7"))
    assert desk.window.notice.isVisible()
    assert desk.window.notice.accessibleName() == "This clip cannot be played"
    assert len(desk.rows) == 2


def test_the_tab_is_remembered(song: SongController, desk: Desk) -> None:
    desk.page.card.answer.choose("similar")
    desk.page.save()
    assert desk.window.context.memory.value("analyse/tab") == "similar"


def test_previous_and_next_go_on_playing(song: SongController, desk: Desk, deck: Deck) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    first, second = desk.rows
    desk.page.table.show_row(first)
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_Right, control)
    assert desk.page.current is second
    assert not song.playback.playing
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_Left, control)
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_Space)
    playing(desk, deck)
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_Right, control)
    playing(desk, deck, 2)
    assert deck.log == [("a.mp3", 0.0), ("b.mp3", 0.0)]
    desk.bot.keyClick(desk.page.table, Qt.Key.Key_Right, control)  # there is no further one
    assert desk.page.current is second
    assert song.playback.playing
