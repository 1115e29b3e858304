"""Menus for settings with few choices: theme, frequency axis, colour map."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from genre_desktop.app.i18n.translate import mark, tr
from genre_desktop.core.settings import BY_KEY, Settings

CHOICE_TITLES: dict[str, str] = {
    "system": mark("Follow system"),
    "light": mark("Light"),
    "dark": mark("Dark"),
    "mel": mark("Mel"),
    "log": mark("Log"),
    "linear": mark("Linear"),
    "magma": mark("Magma"),
    "viridis": mark("Viridis"),
    "inferno": mark("Inferno"),
    "plasma": mark("Plasma"),
    "cividis": mark("Cividis"),
    "grey": mark("Grey"),
    "song": mark("The whole song"),
    "excerpt": mark("30 s from its middle"),
    "none": mark("None"),
    "folder": mark("Folder"),
    "album": mark("Album"),
    "auto": mark("Where the system supports it"),
    "off": mark("Off"),
    "en": "English",
    "de": "Deutsch",
}
"""The titles of the settings' choices."""


def choice_menu(key: str, settings: Settings, choose: Callable[[str], None], parent: QMenu) -> QMenu:
    """Return a submenu of ``parent`` with a checkable entry per choice of the setting ``key``."""
    option = BY_KEY[key]
    menu = parent.addMenu(tr(option.title))
    menu.setToolTip(tr(option.description))
    group = QActionGroup(menu)
    for choice in option.choices:
        action = QAction(tr(CHOICE_TITLES[choice]), menu, checkable=True)
        action.setData(choice)
        action.triggered.connect(lambda _checked=False, choice=choice: choose(choice))
        group.addAction(action)
        menu.addAction(action)
    menu.aboutToShow.connect(lambda: _check(group, str(settings[key])))
    _check(group, str(settings[key]))
    return menu


def _check(group: QActionGroup, current: str) -> None:
    for action in group.actions():
        action.setChecked(action.data() == current)
