"""The line icons, tinted when drawn and sharp at every scale factor."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from genre_desktop.core.paths import shipped

SIZES = (16, 24, 32, 48)
"""Side lengths in device pixels at which an icon is rendered; Qt picks the nearest."""

LARGE = (64, 96)
"""Those for large text, which enlarges icons too."""


@lru_cache(maxsize=128)
def source(name: str) -> str:
    """Return the SVG text of an icon.

    Raises
    ------
    FileNotFoundError
        There is no icon of that name under ``resources/icons``.
    """
    return shipped("resources", "icons", f"{name}.svg").read_text("utf-8")


def tinted(name: str, colour: str) -> str:
    """Return the SVG text with its strokes in ``colour``."""
    return source(name).replace("currentColor", colour)


@lru_cache(maxsize=1024)
def pixmap(name: str, side: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """Return the icon as a square of ``side`` logical pixels at a device-pixel ratio."""
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer = QSvgRenderer(QByteArray(tinted(name, colour).encode()))
    renderer.render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=256)
def icon(
    name: str,
    colour: str,
    disabled: str | None = None,
    on: str | None = None,
    sizes: tuple[int, ...] = SIZES,
) -> QIcon:
    """Return an icon in ``colour``; ``disabled`` and ``on`` tint a disabled or a checked control."""
    result = QIcon()
    for side in sizes:
        result.addPixmap(pixmap(name, side, colour))
        if disabled:
            result.addPixmap(pixmap(name, side, disabled), QIcon.Mode.Disabled)
        if on:
            result.addPixmap(pixmap(name, side, on), QIcon.Mode.Normal, QIcon.State.On)
    return result
