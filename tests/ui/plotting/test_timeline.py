from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from pytestqt.qtbot import QtBot

from genre_desktop.core.types import Segment, join_segments
from genre_desktop.ui.plotting.timeline import TimelineStrip, describe, fitting_label
from genre_desktop.ui.theme.genre_colours import colour_of
from genre_desktop.ui.theme.theme import Theme

SONG = (
    Segment(0, 10, "rock", 0.8),
    Segment(10, 20, "rock", 0.6),
    Segment(20, 40, "jazz", 0.5),
)


@pytest.fixture
def strip(theme: Theme, qtbot: QtBot) -> TimelineStrip:
    strip = TimelineStrip(theme)
    qtbot.addWidget(strip)
    strip.resize(400, 32)
    strip.show_range(0, 40)
    strip.show_segments(SONG)
    strip.show()
    qtbot.waitExposed(strip)
    return strip


def test_neighbours_of_one_genre_are_joined() -> None:
    assert join_segments(SONG) == (Segment(0, 20, "rock", pytest.approx(0.7)), SONG[2])
    apart = (Segment(0, 10, "rock", 0.8), Segment(12, 20, "rock", 0.6))
    assert join_segments(apart) == apart


def test_stretches_have_their_colours_and_places(strip: TimelineStrip) -> None:
    image = strip.grab().toImage()
    ratio = image.width() / strip.width()
    middle = round(26 * ratio)  # below the words
    assert image.pixelColor(round(150 * ratio), middle).name() == colour_of("rock").lower()
    assert image.pixelColor(round(350 * ratio), middle).name() == colour_of("jazz").lower()


def test_zooming_with_the_spectrogram(strip: TimelineStrip) -> None:
    strip.show_range(30, 40)
    image = strip.grab().toImage()
    assert image.pixelColor(image.width() // 4, image.height() - 6).name() == colour_of("jazz").lower()


def test_of_many_stretches_only_as_many_as_pixels_are_drawn(strip: TimelineStrip) -> None:
    strip.show_segments([Segment(s, s + 1, ("rock", "jazz")[s % 2], 0.5) for s in range(3900)])
    strip.show_range(0, 3900)
    drawn = list(strip._visible(strip.rect()))
    assert strip.width() - 2 <= len(drawn) <= strip.width() + 2
    part = list(strip._visible(QRect(200, 0, 8, 32)))
    assert len(part) <= 12
    assert set(part) <= set(drawn)  # a part that is drawn again looks as before
    colours = {strip.grab().toImage().pixelColor(x, 16).name() for x in range(100, 300)}
    assert colours == {colour_of("rock").lower(), colour_of("jazz").lower()}


def test_the_playback_position_leaves_nothing_behind(strip: TimelineStrip, qtbot: QtBot) -> None:
    before = strip.grab().toImage()
    for second in (12.0, 12.3, None):
        strip.show_cursor(second)
        qtbot.wait(1)
    assert strip.grab().toImage() == before


def test_the_keyboard_moves_and_describes(strip: TimelineStrip, qtbot: QtBot) -> None:
    strip.setFocus()
    with qtbot.waitSignal(strip.chosen) as chosen:
        qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert chosen.args[0].genre == "jazz"
    assert strip.accessibleDescription() == "Jazz 50 % from 0:20 to 0:40"
    qtbot.keyClick(strip, Qt.Key.Key_Right)  # the end: it stays
    with qtbot.waitSignal(strip.chosen) as chosen:
        qtbot.keyClick(strip, Qt.Key.Key_Home)
    assert chosen.args[0].start_s == 0


def test_the_mouse_chooses(strip: TimelineStrip, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.chosen) as chosen:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(350, 16))
    assert chosen.args[0] == SONG[2]


def test_it_has_a_description_for_screen_readers(strip: TimelineStrip) -> None:
    assert strip.accessibleName() == "Timeline"
    assert strip.accessibleDescription().startswith("2 sections: Rock 70 % from 0:00 to 0:20")


@pytest.mark.parametrize(("room", "label"), [(200, "Rock  70 %"), (50, "Rock"), (25, "Ro"), (5, "")])
def test_the_longest_label_that_fits(room: int, label: str) -> None:
    assert fitting_label(Segment(0, 1, "rock", 0.7), lambda text: 10 * len(text), room) == label


def test_speech_between_genres_has_its_own_name_and_no_percentage() -> None:
    spoken = Segment(0, 10, "", 0.0, "speech")
    assert describe(spoken) == "Speech from 0:00 to 0:10"
    assert fitting_label(spoken, lambda text: 10 * len(text), 200) == "Speech"
    silent = Segment(10, 20, "", 0.0, "silence")
    assert join_segments([spoken, silent]) == (spoken, silent)
    assert join_segments([spoken, replace(spoken, start_s=10, end_s=20)]) == (replace(spoken, end_s=20),)


def test_a_stretch_without_an_answer() -> None:
    assert describe(Segment(0, 10, "", 0.0)) == "no answer 0 % from 0:00 to 0:10"
