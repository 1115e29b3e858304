from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QIcon
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from genre_desktop.core.paths import shipped
from genre_desktop.ui.actions.actions import ACTIONS
from genre_desktop.ui.actions.page_specs import PAGES
from genre_desktop.ui.theme import icons
from genre_desktop.ui.widgets.table_cells import STATE_LOOKS

NAMES = sorted(path.stem for path in shipped("resources", "icons").glob("*.svg"))


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_valid_and_shows_something(name: str, qapp: QApplication) -> None:
    assert QSvgRenderer(icons.tinted(name, "#123456").encode()).isValid()
    image = icons.pixmap(name, 24, "#123456", 2.0).toImage()
    assert image.width() == 48
    drawn = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    assert any(colour.alpha() > 200 for colour in drawn)


def test_icons_take_the_colour_they_are_asked_for(qapp: QApplication) -> None:
    image = icons.pixmap("theme", 24, "#FF0000").toImage()
    solid = [
        image.pixelColor(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() == 255
    ]
    assert {colour.name() for colour in solid} == {"#ff0000"}


def test_one_style(qapp: QApplication) -> None:
    line_icons = [name for name in NAMES if name != "genre-desktop"]
    assert {'stroke-width="1.75"' in icons.source(name) for name in line_icons} == {True}
    assert {'viewBox="0 0 24 24"' in icons.source(name) for name in line_icons} == {True}


def test_every_icon_that_is_named_is_there() -> None:
    named = {action.icon for action in ACTIONS} | {page.icon for page in PAGES}
    named |= {icon for icon, _ in STATE_LOOKS.values()}
    assert named - {""} <= set(NAMES)


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        icons.source("no-such-icon")


def test_disabled_and_checked_controls_get_their_own_tint(qapp: QApplication) -> None:
    icon = icons.icon("theme", "#FF0000", disabled="#00FF00", on="#0000FF")
    looks = {
        "#ff0000": icon.pixmap(16),
        "#00ff00": icon.pixmap(16, QIcon.Mode.Disabled),
        "#0000ff": icon.pixmap(16, QIcon.Mode.Normal, QIcon.State.On),
    }
    for colour, picture in looks.items():
        image = picture.toImage()
        inks = {
            QColor(image.pixelColor(x, y)).name()
            for x in range(16)
            for y in range(16)
            if image.pixelColor(x, y).alpha() == 255
        }
        assert inks == {colour}
