"""Facts about the screen that matter in a report: platform plugin, sizes, scale, theme."""

from __future__ import annotations

from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from genre_desktop.ui.theme.theme import Theme


def facts(window: QWidget, theme: Theme) -> dict[str, str]:
    """For :class:`genre_desktop.app.diagnostics.Diagnostics`; only from the window's thread."""
    found = {
        "qt": f"{qVersion()} ({QGuiApplication.platformName()})",
        "language": QLocale().name(),
        "window": f"{window.width()} × {window.height()}",
        "theme": f"{theme.mode} ({theme.palette.name})",
    }
    for number, screen in enumerate(QGuiApplication.screens(), 1):
        size = screen.size()
        found[f"screen {number}"] = f"{size.width()} × {size.height()} at {screen.devicePixelRatio():g}"
    return found
