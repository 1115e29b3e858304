from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QDir, QEvent, Qt
from PySide6.QtGui import QAction, QImage, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from genre_desktop.core.settings import Settings
from genre_desktop.ui.theme import stylesheet
from genre_desktop.ui.theme.palette import DARK, LIGHT, PALETTES
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import icon_button


@pytest.mark.parametrize("name", PALETTES)
def test_the_style_sheet_is_complete_and_uses_only_the_palette(name: str) -> None:
    palette = PALETTES[name]
    sheet = stylesheet.write(palette, 13, "theme:")
    assert "{{" not in sheet
    assert sheet.count("{") == sheet.count("}")
    colours = {getattr(palette, slot) for slot in palette.__slots__}
    assert set(re.findall(r"#[0-9A-Fa-f]{6}\b", sheet)) <= colours


def test_choosing_switches_at_once_and_is_remembered(
    theme: Theme, settings: Settings, qapp: QApplication, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.choose("dark")
    assert theme.palette is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.window.lower()
    assert DARK.accent in qapp.styleSheet()
    assert Settings.load(settings.path)["ui.theme"] == "dark"
    theme.choose("light")
    assert theme.palette is LIGHT


def test_like_the_system_follows_the_system(qapp: QApplication, settings: Settings, tmp_path: Path) -> None:
    scheme = [Qt.ColorScheme.Unknown]
    theme = Theme(qapp, settings, tmp_path, lambda: scheme[0])
    changed = qapp.styleHints().colorSchemeChanged

    def system_becomes(new: Qt.ColorScheme) -> str:
        scheme[0] = new
        changed.emit(new)
        return theme.palette.name

    assert (theme.mode, theme.palette.name) == ("system", "light")
    assert system_becomes(Qt.ColorScheme.Dark) == "dark"
    assert system_becomes(Qt.ColorScheme.Light) == "light"
    theme.choose("dark")
    assert system_becomes(Qt.ColorScheme.Light) == "dark"  # the user's choice has precedence
    shiboken6.delete(theme)


@pytest.mark.parametrize("name", ['a"b', "a'b", "a\\b", "a#b", "a%20b", "a b", "(a)", "a;}b{", "ümlaut 音楽"])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes no such names")
def test_the_theme_reaches_widgets_whatever_the_home_is_called(
    name: str, qapp: QApplication, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    settings["ui.theme"] = "dark"
    theme = Theme(qapp, settings, folder)

    def drawn() -> QImage:
        box = QCheckBox("a")
        box.setChecked(True)
        box.resize(80, 40)
        return box.grab().toImage()

    picture = drawn()
    colours = {picture.pixelColor(x, y).name() for x in range(40) for y in range(40)}
    assert DARK.accent.lower() in colours  # the border of the box, by the sheet
    qapp.setStyleSheet(qapp.styleSheet().replace('url("theme:check.svg")', "none"))
    assert drawn() != picture  # its tick, from the image
    shiboken6.delete(theme)


def test_icons_follow_and_dead_ones_are_forgotten(theme: Theme) -> None:
    action = QAction()
    theme.choose("light")
    theme.set_icon(action, "theme", "text")

    def ink() -> str:
        image = action.icon().pixmap(16).toImage()
        return next(
            image.pixelColor(x, y).name()
            for x in range(16)
            for y in range(16)
            if image.pixelColor(x, y).alpha() == 255
        )

    assert ink() == LIGHT.text.lower()
    theme.choose("dark")
    assert ink() == DARK.text.lower()
    shiboken6.delete(action)  # as Qt does with a closed dialog's, while Python still holds on
    theme.choose("light")


def test_text_size(theme: Theme, settings: Settings, qtbot: QtBot) -> None:
    label = QLabel("text")
    qtbot.addWidget(label)
    label.show()
    before = label.fontMetrics().height()
    settings["ui.text_scale"] = 200
    theme.apply()
    assert label.fontMetrics().height() >= 1.8 * before


def test_icons_and_check_boxes_grow_with_the_text(theme: Theme, settings: Settings, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = icon_button(theme, "close", "Close", window.close)
    box, picture = QCheckBox("box"), QLabel()
    layout = QVBoxLayout(window)
    for widget in (button, box, picture):
        layout.addWidget(widget)
    window.show()
    qtbot.waitExposed(window)

    def sizes() -> tuple[int, int, int]:
        theme.set_pixmap(picture, "close", 32)
        option = QStyleOptionButton()
        option.initFrom(box)
        mark = box.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, box)
        return button.iconSize().width(), mark.width() - 2, picture.sizeHint().width()  # without its border

    assert sizes() == (18, 16, 32)
    settings["ui.text_scale"] = 200
    theme.apply()
    assert sizes() == (36, 32, 64)
    drawn = button.icon().pixmap(button.iconSize())
    assert drawn.width() == 36
    settings["ui.text_scale"] = 75
    theme.apply()
    assert sizes() == (18, 16, 32)  # small icons would be hard to hit


class _Leaf(QLabel):
    restyled = 0

    def event(self, event: QEvent) -> bool:
        self.restyled += event.type() == QEvent.Type.StyleChange
        return super().event(event)


def test_a_switch_styles_a_widget_as_often_however_deep_it_lies(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    parent, leaves = window, []
    for _ in range(8):
        leaves.append(_Leaf("text", parent))
        parent = QWidget(parent)
    window.show()
    qtbot.waitExposed(window)
    for leaf in leaves:
        leaf.restyled = 0
    theme.choose("dark")
    assert {leaf.restyled for leaf in leaves} == {leaves[0].restyled}
    assert leaves[0].restyled > 0


def test_images_that_cannot_be_kept_are_in_a_folder_for_now(
    qapp: QApplication, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    theme = Theme(qapp, settings, tmp_path / "file" / "theme")
    folder = Path(QDir.searchPaths("theme")[0])
    assert (folder / "check.svg").is_file()
    assert not folder.is_relative_to(tmp_path)
    shiboken6.delete(theme)
