"""The active theme: follows the system or the user's choice and notifies widgets of changes."""

from __future__ import annotations

import contextlib
import logging
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QDir, QObject, Qt, QTemporaryDir, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from shiboken6 import isValid

from genre_desktop.core.paths import write_atomically
from genre_desktop.core.settings import Settings
from genre_desktop.ui.theme import icons, stylesheet
from genre_desktop.ui.theme.palette import PALETTES, Palette

log = logging.getLogger(__name__)

_ICON_DELAY_MS = 500
_ASSETS = ("chevron-down", "chevron-up", "check")
_PREFIX = "theme"
"""Qt's name for the folder of the images."""


class HasIcon(Protocol):
    """Anything with ``setIcon``: an action, a button."""

    def setIcon(self, icon: QIcon, /) -> None: ...  # noqa: D102


class Theme(QObject):
    """Colours and text size of the whole program.

    ``changed`` is emitted after a switch, for widgets that paint themselves. Icons set by
    :meth:`set_icon` are re-tinted automatically. ``assets`` is the folder for images that style sheets
    can only refer to as files; ``system`` returns the system's colour scheme, which is read again
    whenever Qt reports a change.
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
        self._temporary: QTemporaryDir | None = None
        self._icons: list[tuple[weakref.ref[HasIcon], str, str]] = []
        self._pending_icons: list[tuple[weakref.ref[HasIcon], str, str]] = []
        self._icon_timer = QTimer(self, interval=_ICON_DELAY_MS)
        self._icon_timer.timeout.connect(self._set_next_icon)
        self._font, self._scale = QFont(app.font()), 1.0
        self.palette: Palette = PALETTES["light"]
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.apply()

    @property
    def mode(self) -> str:
        """The user's choice: ``system``, ``light`` or ``dark``."""
        return str(self._settings["ui.theme"])

    def choose(self, mode: str) -> None:
        """Save the user's choice and switch at once."""
        self._settings["ui.theme"] = mode
        self.apply()

    def scaled(self, pixels: int) -> int:
        """Return the size of a picture that is ``pixels`` wide at 100 % text; large text enlarges it too."""
        return round(pixels * max(1.0, self._scale))

    def apply(self) -> None:
        """Apply the chosen colours and text size to the whole application."""
        self.palette = PALETTES["dark" if self._dark() else "light"]
        font = QFont(self._font)
        self._scale = int(self._settings["ui.text_scale"]) / 100
        font.setPointSizeF(self._font.pointSizeF() * self._scale)
        self._app.setFont(font)
        self._app.setPalette(_qt_palette(self.palette))
        # Qt applies a sheet that follows another to every widget once for each of its ancestors.
        self._app.setStyleSheet("")
        self._app.setStyleSheet(
            stylesheet.write(self.palette, QFontInfo(font).pixelSize(), self._write_assets(), self.scaled)
        )
        self._update_icons()
        self.changed.emit()

    def icon(self, name: str, tone: str = "text") -> QIcon:
        """Return an icon in one of the palette's colours."""
        return icons.icon(
            name,
            getattr(self.palette, tone),
            self.palette.outline,
            self.palette.on_accent_soft,
            icons.SIZES + (icons.LARGE if self.scaled(100) > 100 else ()),
        )

    def set_icon(self, target: HasIcon, name: str, tone: str = "text") -> None:
        """Set an icon that follows the theme for the lifetime of ``target``."""
        self._icons = [entry for entry in self._icons if entry[0]() is not target]
        self._icons.append((weakref.ref(target), name, tone))
        target.setIcon(self.icon(name, tone))

    def set_pixmap(self, target: QLabel, name: str, side: int, tone: str = "muted") -> None:
        """Show an icon as it is in the current theme; ``side`` in logical pixels at 100 % text."""
        colour = getattr(self.palette, tone)
        target.setPixmap(icons.pixmap(name, self.scaled(side), colour, target.devicePixelRatioF()))

    def bind_icon(self, target: HasIcon, name: str, tone: str = "text") -> None:
        """Set an icon after the window is shown: drawing all menu icons takes a tenth of a second."""
        self._pending_icons.append((weakref.ref(target), name, tone))
        self._icon_timer.start(_ICON_DELAY_MS)

    def _set_next_icon(self) -> None:
        reference, name, tone = self._pending_icons.pop(0)
        target = reference()
        if target is not None and isValid(target):
            self.set_icon(target, name, tone)
        if not self._pending_icons:
            self._icon_timer.stop()
        self._icon_timer.setInterval(0)

    def _update_icons(self) -> None:
        # Python may still hold a widget that Qt has deleted; setting its icon would fail.
        self._icons = [entry for entry in self._icons if isValid(entry[0]())]
        for reference, name, tone in self._icons:
            target = reference()
            if target is not None:
                target.setIcon(self.icon(name, tone))

    def _dark(self) -> bool:
        if self.mode != "system":
            return self.mode == "dark"
        scheme = self._system()
        if scheme == Qt.ColorScheme.Unknown:  # some Linux desktops express it through their palette only
            return self._dark_desktop
        return scheme == Qt.ColorScheme.Dark

    def _system_changed(self) -> None:
        if self.mode == "system":
            self.apply()

    def _write_assets(self) -> str:
        """Write the images; return the prefix of their names in a style sheet."""
        folder = self._assets / self.palette.name
        try:
            self._write_to(folder)
        except OSError as error:  # the disk is full, or the home is gone
            log.info("the images of the theme cannot be kept: %s", error)
            folder = self._for_now() / self.palette.name
            with contextlib.suppress(OSError):  # without images everything works
                self._write_to(folder)
        # Not the path itself: a quote in it would end the address, and Qt then drops the whole sheet.
        QDir.setSearchPaths(_PREFIX, [str(folder)])
        return f"{_PREFIX}:"

    def _write_to(self, folder: Path) -> None:
        for name in _ASSETS:
            path, data = folder / f"{name}.svg", icons.tinted(name, self.palette.muted).encode()
            if not path.is_file() or path.read_bytes() != data:
                write_atomically(path, data)

    def _for_now(self) -> Path:
        """Return a folder that is deleted at the end of the process; it may be missing."""
        if self._temporary is None:
            self._temporary = QTemporaryDir()
        return Path(self._temporary.path()) if self._temporary.isValid() else self._assets


def _qt_palette(palette: Palette) -> QPalette:
    # For what the style sheet does not reach: native parts, placeholders, plots.
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
