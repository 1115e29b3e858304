"""Play, pause, seek and stop, with a player that the test controls."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.sound.playback import Playback
from genre_desktop.core.errors import Problem
from tests.fakes.player import SILENT, Deck, Turntable
from tests.fixtures.qt import PATIENCE_MS

SONG, OTHER = Path("/music/a.mp3"), Path("/music/b.mp3")
GONE = Problem("missing-file/made-up", title="File not found", reason="There is no such file.", hint="Check.")


@pytest.fixture
def deck() -> Deck:
    return Deck()


@pytest.fixture
def playback(deck: Deck, qtbot: QtBot) -> Iterator[Playback]:
    playback = Playback(100, deck.make, lambda: deck.trouble)
    playback.choose(SONG, 60.0)
    yield playback
    playback.close()
    assert all(player.stopped for player in deck.players)


def current_player(playback: Playback, deck: Deck, qtbot: QtBot, number: int = 1) -> Turntable:
    qtbot.waitUntil(
        lambda: len(deck.players) == number and playback._current is not None, timeout=PATIENCE_MS
    )
    return deck.players[-1]


def test_playing_moves_the_cursor_and_pausing_keeps_the_place(
    playback: Playback, deck: Deck, qtbot: QtBot
) -> None:
    playback.toggle()
    assert playback.playing
    player = current_player(playback, deck, qtbot)
    player.position_s = 12.0
    with qtbot.waitSignal(playback.moved, check_params_cb=lambda s: s == 12.0, timeout=PATIENCE_MS):
        pass
    playback.toggle()
    assert not playback.playing
    assert playback.begun
    assert playback.position_s == 12.0
    qtbot.waitUntil(lambda: player.stopped, timeout=PATIENCE_MS)
    playback.toggle()
    current_player(playback, deck, qtbot, 2)
    assert deck.log == [("a.mp3", 0.0), ("a.mp3", 12.0)]


def test_seeking_while_playing_goes_on_there_and_stays_inside(
    playback: Playback, deck: Deck, qtbot: QtBot
) -> None:
    playback.seek(30.0)
    assert (playback.playing, playback.position_s) == (False, 30.0)
    playback.step(-100)
    assert playback.position_s == 0.0
    playback.toggle()
    current_player(playback, deck, qtbot)
    playback.seek(100.0)
    assert playback.position_s == 60.0
    current_player(playback, deck, qtbot, 2)
    assert deck.log[-1] == ("a.mp3", 60.0)


def test_commands_that_were_overtaken_are_left_out(playback: Playback, deck: Deck, qtbot: QtBot) -> None:
    deck.opening.clear()
    playback.toggle()
    qtbot.waitUntil(lambda: playback._commands.empty(), timeout=PATIENCE_MS)  # the device takes its time
    for place in (5, 10, 15, 20):
        playback.seek(place)
    deck.opening.set()
    current_player(playback, deck, qtbot, 2)
    assert deck.log == [("a.mp3", 0.0), ("a.mp3", 20.0)]
    assert deck.players[0].stopped


def test_at_the_end_it_stops_and_goes_back(playback: Playback, deck: Deck, qtbot: QtBot) -> None:
    playback.toggle()
    player = current_player(playback, deck, qtbot)
    with qtbot.waitSignal(playback.changed, timeout=PATIENCE_MS):
        player.end(None)
    assert (playback.playing, playback.begun, playback.position_s) == (False, False, 0.0)


def test_the_end_of_an_earlier_song_means_nothing(playback: Playback, deck: Deck, qtbot: QtBot) -> None:
    playback.toggle()
    first = current_player(playback, deck, qtbot)
    playback.choose(OTHER, 10.0)
    assert not playback.playing
    playback.toggle()
    current_player(playback, deck, qtbot, 2)
    first.end(GONE)
    playback.look()  # answered after it
    deck.trouble = SILENT
    with qtbot.waitSignal(playback.changed, timeout=PATIENCE_MS):
        pass
    assert playback.playing
    assert playback.path == OTHER


def test_another_song_starts_at_its_beginning(playback: Playback, deck: Deck, qtbot: QtBot) -> None:
    playback.seek(40.0)
    playback.choose(SONG, 61.0)  # the same
    assert playback.position_s == 40.0
    playback.choose(OTHER, 10.0)
    assert playback.position_s == 0.0
    playback.choose(None)
    playback.toggle()
    assert not playback.playing


def test_a_problem_is_emitted(playback: Playback, deck: Deck, qtbot: QtBot) -> None:
    playback.toggle()
    player = current_player(playback, deck, qtbot)
    with qtbot.waitSignal(playback.failed, timeout=PATIENCE_MS) as failed:
        player.end(GONE)
    assert failed.args == [GONE]
    assert playback.trouble is None
    playback.toggle()
    with qtbot.waitSignal(playback.failed, timeout=PATIENCE_MS):
        current_player(playback, deck, qtbot, 2).end(SILENT)
    assert playback.trouble == SILENT


def test_a_missing_loudspeaker_is_reported_and_checked_again(
    playback: Playback, deck: Deck, qtbot: QtBot
) -> None:
    deck.trouble = SILENT
    with qtbot.waitSignal(playback.changed, timeout=PATIENCE_MS):
        playback.look()
    assert playback.trouble == SILENT
    deck.trouble = None
    playback.choose(OTHER, 10.0)
    qtbot.waitUntil(lambda: playback.trouble is None, timeout=PATIENCE_MS)


def test_the_volume_follows_at_once(playback: Playback, deck: Deck, qtbot: QtBot) -> None:
    playback.set_volume(50)
    playback.toggle()
    player = current_player(playback, deck, qtbot)
    assert player.gain == pytest.approx(0.25)
    playback.set_volume(0)
    assert player.gain == 0.0
