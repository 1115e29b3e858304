"""Widgets at a chosen width."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

TEXT = "Some words of a long text"


def shown(qtbot: QtBot, widget: QWidget, width: int) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, 100)
    widget.show()
    QApplication.processEvents()
