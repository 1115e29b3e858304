"""Saving plots as PNG images at twice the screen resolution, in the current theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QImage, QPalette, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from genre_desktop.app.i18n.translate import tr
from genre_desktop.ui.ports import ImageSaver

SHARPNESS = 2.0
"""Minimum image pixels per logical pixel."""


def add_save_action(plot: QWidget) -> QAction:
    """Add "Save picture…" to a plot's context menu; the file is named after its accessible name."""
    action = QAction(tr("Save image…"), plot)
    action.triggered.connect(lambda: save_with_dialog([plot], plot.accessibleName()))
    plot.addAction(action)
    plot.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
    return action


def save_with_dialog(plots: Sequence[QWidget], name: str) -> None:
    """Save plots one below the other in a file of the user's choice."""
    cast(ImageSaver, plots[0].window()).save_image(image_of(plots), name)


def image_of(plots: Sequence[QWidget]) -> QImage:
    """Render plots one below the other on the theme's background."""
    ratio = max(SHARPNESS, plots[0].devicePixelRatioF())
    size = QSize(max(plot.width() for plot in plots), sum(plot.height() for plot in plots))
    image = QImage(size * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QApplication.palette().color(QPalette.ColorRole.Base))
    top = 0
    for plot in plots:
        # QGraphicsView has a different ``render``.
        QWidget.render(plot, image, QPoint(0, top), QRegion(), QWidget.RenderFlag.DrawChildren)
        top += plot.height()
    return image
