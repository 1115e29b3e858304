"""The theme in force: follows the system or the person, and tells everyone when it changes."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QIcon, QPalette
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from genre_desktop.core.paths import write_atomically
from genre_desktop.core.settings import Settings
from genre_desktop.ui.theme import icons, stylesheet
from genre_desktop.ui.theme.palette import PALETTES, Palette

_SOON_MS = 500
_ASSETS = ("chevron-down", "chevron-up", "check")


class HasIcon(Protocol):
    """Anything with ``setIcon``: an action, a button."""

    def setIcon(self, icon: QIcon, /) -> None: ...  # noqa: D102


class Theme(QObject):
    """Colours and text size of the whole program.

    ``changed`` is emitted after a switch; widgets that paint themselves redraw then. Icons given out
    by :meth:`set_icon` are re-tinted without being asked.

    Parameters
    ----------
    assets:
        Folder for the few pictures that style sheets can only name as files.
    system:
        The system's colour scheme; asked anew whenever Qt says that it changed.
    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        settings: Settings,
        assets: Path,
        system: Callable[[], Qt.ColorScheme] | None = None,
    ) -> None:
        super().__init__(app)
        self._system = system or app.styleHints().colorScheme
        self._dark_desktop = app.palette().window().color().lightness() < 128
        self._app, self._settings, self._assets = app, settings, assets
        self._dressed: list[tuple[weakref.ref[HasIcon], str, str]] = []
        self._naked: list[tuple[weakref.ref[HasIcon], str, str]] = []
        self._dresser = QTimer(self, interval=_SOON_MS)
        self._dresser.timeout.connect(self._dress_next)
        self._font = QFont(app.font())
        self.palette: Palette = PALETTES["light"]
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.apply()

    @property
    def mode(self) -> str:
        """``system``, ``light`` or ``dark``: what the person chose."""
        return str(self._settings["ui.theme"])

    def choose(self, mode: str) -> None:
        """Remember the person's choice and switch at once."""
        self._settings["ui.theme"] = mode
        self.apply()

    def apply(self) -> None:
        """Put the chosen colours and text size on everything there is."""
        self.palette = PALETTES["dark" if self._dark() else "light"]
        font = QFont(self._font)
        font.setPointSizeF(self._font.pointSizeF() * int(self._settings["ui.text_scale"]) / 100)
        self._app.setFont(font)
        self._app.setPalette(_qt_palette(self.palette))
        self._app.setStyleSheet(
            stylesheet.write(self.palette, QFontInfo(font).pixelSize(), self._written_assets())
        )
        self._redress()
        self.changed.emit()

    def icon(self, name: str, tone: str = "text") -> QIcon:
        """An icon in one of the palette's colours."""
        return icons.icon(
            name, getattr(self.palette, tone), self.palette.outline, self.palette.on_accent_soft
        )

    def set_icon(self, target: HasIcon, name: str, tone: str = "text") -> None:
        """Give ``target`` an icon that follows the theme for as long as it lives."""
        self._dressed = [entry for entry in self._dressed if entry[0]() is not target]
        self._dressed.append((weakref.ref(target), name, tone))
        target.setIcon(self.icon(name, tone))

    def bind_icon(self, target: HasIcon, name: str, tone: str = "text") -> None:
        """As :meth:`set_icon`, once the window stands: drawing every menu's icons takes a tenth of a second."""
        self._naked.append((weakref.ref(target), name, tone))
        self._dresser.start(_SOON_MS)

    def _dress_next(self) -> None:
        reference, name, tone = self._naked.pop(0)
        target = reference()
        if target is not None and isValid(target):
            self.set_icon(target, name, tone)
        if not self._naked:
            self._dresser.stop()
        self._dresser.setInterval(0)

    def _redress(self) -> None:
        # A widget that Qt has deleted may live on in Python for a while; it takes no icons.
        self._dressed = [entry for entry in self._dressed if isValid(entry[0]())]
        for reference, name, tone in self._dressed:
            target = reference()
            if target is not None:
                target.setIcon(self.icon(name, tone))

    def _dark(self) -> bool:
        if self.mode != "system":
            return self.mode == "dark"
        scheme = self._system()
        if scheme == Qt.ColorScheme.Unknown:  # some Linux desktops say it through their palette only
            return self._dark_desktop
        return scheme == Qt.ColorScheme.Dark

    def _system_changed(self) -> None:
        if self.mode == "system":
            self.apply()

    def _written_assets(self) -> Path:
        folder = self._assets / self.palette.name
        for name in _ASSETS:
            write_atomically(folder / f"{name}.svg", icons.tinted(name, self.palette.muted).encode())
        return folder


def _qt_palette(palette: Palette) -> QPalette:
    # The style sheet does most; these reach what it cannot: native parts, placeholders, plots.
    roles = {
        QPalette.ColorRole.Window: palette.window,
        QPalette.ColorRole.WindowText: palette.text,
        QPalette.ColorRole.Base: palette.surface,
        QPalette.ColorRole.AlternateBase: palette.window,
        QPalette.ColorRole.Text: palette.text,
        QPalette.ColorRole.PlaceholderText: palette.muted,
        QPalette.ColorRole.Button: palette.surface,
        QPalette.ColorRole.ButtonText: palette.text,
        QPalette.ColorRole.ToolTipBase: palette.raised,
        QPalette.ColorRole.ToolTipText: palette.text,
        QPalette.ColorRole.Highlight: palette.accent,
        QPalette.ColorRole.HighlightedText: palette.on_accent,
        QPalette.ColorRole.Link: palette.accent,
        QPalette.ColorRole.Mid: palette.border,
    }
    result = QPalette()
    for role, colour in roles.items():
        result.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.outline))
    return result
