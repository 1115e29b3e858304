"""Any plot as a PNG: in its context menu, twice as sharp as on the screen, in the theme it is shown in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QImage, QPalette, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from genre_desktop.app.i18n.translate import tr
from genre_desktop.ui.ports import ImageSaver

SHARPNESS = 2.0
"""Pixels of the picture for each logical pixel, where the screen itself has fewer."""


def add_save_action(plot: QWidget) -> QAction:
    """Put "Save picture…" into a plot's context menu; the plot's accessible name becomes the file's."""
    action = QAction(tr("Save picture…"), plot)
    action.triggered.connect(lambda: save_with_dialog([plot], plot.accessibleName()))
    plot.addAction(action)
    plot.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
    return action


def save_with_dialog(plots: Sequence[QWidget], name: str) -> None:
    """Save plots one below the other, into a file that the user is asked for."""
    cast(ImageSaver, plots[0].window()).save_image(image_of(plots), name)


def image_of(plots: Sequence[QWidget]) -> QImage:
    """What the plots show now, one below the other, on the theme's ground."""
    ratio = max(SHARPNESS, plots[0].devicePixelRatioF())
    size = QSize(max(plot.width() for plot in plots), sum(plot.height() for plot in plots))
    image = QImage(size * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QApplication.palette().color(QPalette.ColorRole.Base))
    top = 0
    for plot in plots:
        # as a widget: views of scenes have another ``render``
        QWidget.render(plot, image, QPoint(0, top), QRegion(), QWidget.RenderFlag.DrawChildren)
        top += plot.height()
    return image
