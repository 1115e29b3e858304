"""Any plot as a PNG: in its context menu, twice as sharp as on the screen, in the theme it is shown in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, QSize, QStandardPaths, Qt
from PySide6.QtGui import QAction, QImage, QPalette, QRegion
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from genre_desktop.app.text import tr

if TYPE_CHECKING:
    from genre_desktop.ui.main_window import MainWindow

SHARPNESS = 2.0
"""Pixels of the picture for each logical pixel, where the screen itself has fewer."""


def offer(plot: QWidget) -> QAction:
    """Put "Save picture…" into a plot's context menu; the plot's accessible name becomes the file's."""
    action = QAction(tr("Save picture…"), plot)
    action.triggered.connect(lambda: ask([plot], plot.accessibleName()))
    plot.addAction(action)
    plot.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
    return action


def ask(plots: Sequence[QWidget], name: str) -> None:
    """Ask for a file, and save plots one below the other, in the background."""
    window = cast("MainWindow", plots[0].window())
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    last = str(window.context.memory.value("window/pictures", folder))
    start = str(Path(last) / f"{_file_name(name)}.png")
    picture = image_of(plots)  # now: the dialog may lie above, the song go on
    chosen, _ = QFileDialog.getSaveFileName(window, tr("Save picture"), start, f"{tr('Picture')} (*.png)")
    if chosen:
        path = Path(chosen) if Path(chosen).suffix.lower() == ".png" else Path(f"{chosen}.png")
        window.context.memory.setValue("window/pictures", str(path.parent))
        window.exporter.save_picture(path, picture)


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


def _file_name(name: str) -> str:
    """A name that every file system takes."""
    return " ".join(re.sub(r"[^\w\-.,()]+", " ", name).split()).strip(".") or "picture"
