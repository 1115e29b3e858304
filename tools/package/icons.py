"""The program's icon in the formats of each system, drawn from ``resources/icons/genre-desktop.svg``."""

from __future__ import annotations

import sys
from pathlib import Path

SVG = Path(__file__).resolve().parents[2] / "resources" / "icons" / "genre-desktop.svg"
SIZES = (16, 32, 48, 64, 128, 256)
"""Pixels of the pictures that a Linux desktop looks for."""


def draw(path: Path, size: int) -> Path:
    """Draw the icon ``size`` pixels wide into ``path``; its suffix says the format (png, ico, icns).

    Raises
    ------
    OSError
        When Qt cannot write it.
    """
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SVG)).render(painter)
    painter.end()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(path)):
        raise OSError(f"Qt cannot write {path}")
    return path


def for_program(folder: Path) -> str | None:
    """The icon inside the executable: Windows and macOS have one, Linux has its desktop entry."""
    if sys.platform == "win32":
        return str(draw(folder / "genre-desktop.ico", 256))
    if sys.platform == "darwin":
        return str(draw(folder / "genre-desktop.icns", 512))
    return None


def for_desktop(folder: Path) -> None:
    """Write the icons of a Linux desktop below ``folder`` (``…/share/icons``)."""
    theme = folder / "hicolor"
    for size in SIZES:
        draw(theme / f"{size}x{size}" / "apps" / "genre-desktop.png", size)
    target = theme / "scalable" / "apps" / "genre-desktop.svg"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(SVG.read_bytes())
