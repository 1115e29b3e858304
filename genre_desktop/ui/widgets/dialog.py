"""The base class of dialogs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget


class Dialog(QDialog):
    """A dialog that is deleted when it is closed; ``size`` in pixels, 0 for the size the layout needs."""

    def __init__(self, parent: QWidget, title: str, size: tuple[int, int] = (0, 0)) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        if all(size):
            self.resize(*size)
