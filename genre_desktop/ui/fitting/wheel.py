"""The mouse wheel over fields of contents that may scroll."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QSlider, QWidget

FIELDS = (QComboBox, QAbstractSpinBox, QSlider)
"""Widgets whose value the wheel changes."""


class WheelFilter(QObject):
    """Lets the wheel scroll the contents instead of changing a field without focus."""

    def watch(self, contents: QWidget) -> None:
        """Watch the fields in ``contents``; those that are watched already stay so."""
        for field in contents.findChildren(QWidget):
            if isinstance(field, FIELDS):
                field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the wheel to the widgets around a field without focus."""
        if event.type() != QEvent.Type.Wheel or QApplication.focusWidget() is watched:
            return False
        event.ignore()
        return True
