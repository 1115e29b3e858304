"""Texts that are as large as their room allows, measured in pixels of the painted picture."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.ui.pages.live.fitted_label import FittedLabel
from genre_desktop.ui.theme.theme import Theme

ROOMS = [(1840, 480), (940, 830), (1200, 330), (300, 120)]
NAMES = [
    "Pop",
    "Hip-Hop",
    "Drum & Bass",
    "Progressive psychedelic rock of the sixties",
    "H" * 40,
    "W" * 40,
    "x" * 200,
]


def painted(theme: Theme, qtbot: QtBot, text: str, room: tuple[int, int], least: float = 0.0) -> np.ndarray:
    """Return where the label has ink, ``(height, width)`` of bool."""
    page = QWidget()
    page.setObjectName("page")  # which has the window's colour
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    qtbot.addWidget(page)
    label = FittedLabel(theme, bold=True)
    label.setParent(page)
    label.least_capital = least
    page.resize(*room)
    label.resize(*room)
    label.setText(text)
    picture = page.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
    values = rows[:, : picture.width()].astype(int)
    found: np.ndarray = abs(values - values[0, 0]) > 60
    return found


def lines(ink: np.ndarray) -> list[int]:
    """Return the heights of the lines of text."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], ink.any(axis=1), [False]]).astype(int)))
    return (edges[1::2] - edges[::2]).tolist()


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("text", NAMES, ids=[name[:12] for name in NAMES])
def test_a_name_is_never_cut(theme: Theme, qtbot: QtBot, text: str, room: tuple[int, int]) -> None:
    ink = painted(theme, qtbot, text, room, least=room[1] / 7)
    assert ink.any()
    assert not any(edge.any() for edge in (ink[0], ink[-1], ink[:, 0], ink[:, -1]))


@pytest.mark.parametrize("room", ROOMS[:3])
def test_nothing_of_it_is_missing(theme: Theme, qtbot: QtBot, room: tuple[int, int]) -> None:
    """Forty bars, each with a gap beside it, on however many lines."""
    ink = painted(theme, qtbot, "I" * 40, room, least=room[1] / 7)
    bars, top = 0, 0
    for height in lines(ink):
        top += int(np.flatnonzero(ink[top:].any(axis=1))[0])
        middle = ink[top + height // 2]
        bars += int((np.diff(middle.astype(int)) == 1).sum())
        top += height
    assert bars == 40


def test_a_short_name_fills_its_room_and_a_longer_one_shrinks(theme: Theme, qtbot: QtBot) -> None:
    room = ROOMS[0]
    (short,) = lines(painted(theme, qtbot, "HHH", room))
    (long,) = lines(painted(theme, qtbot, "HHHHHHHHHHHHHHHH", room))
    assert 0.45 * room[1] < short < room[1]
    assert 0.1 * room[1] < long < 0.6 * short


def test_words_are_divided_only_where_they_would_be_too_small(theme: Theme, qtbot: QtBot) -> None:
    room = ROOMS[0]
    assert len(lines(painted(theme, qtbot, "H" * 16, room, least=80))) == 1
    divided = lines(painted(theme, qtbot, "H" * 40, room, least=80))
    assert len(divided) > 1
    assert min(divided) >= 80


def test_it_follows_the_theme_and_its_tone(theme: Theme, qtbot: QtBot) -> None:
    label = FittedLabel(theme)
    qtbot.addWidget(label)
    label.resize(400, 200)
    label.setText("HHH")

    def colours() -> set[str]:
        picture = label.grab().toImage()
        return {picture.pixelColor(x, 100).name() for x in range(400)}

    for mode in ("light", "dark"):
        theme.choose(mode)
        for tone in ("text", "warning"):
            label.set_tone(tone)
            assert getattr(theme.palette, tone).lower() in colours()
