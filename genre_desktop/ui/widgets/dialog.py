"""The base class of dialogs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget


class Dialog(QDialog):
    """A dialog that is deleted when it is closed; ``size`` in pixels, 0 for the size the layout needs.

    The Return key presses the focused button, else the one of :meth:`set_keys`; Escape closes.
    """

    def __init__(self, parent: QWidget, title: str, size: tuple[int, int] = (0, 0)) -> None:
        super().__init__(parent)
        self._on_return: QPushButton | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        if all(size):
            self.resize(*size)

    def set_keys(self, on_return: QPushButton | None, focus: QWidget | None = None) -> None:
        """Set the button that the Return key presses, None for no one, and the widget with the focus at first."""
        self._on_return = on_return
        if on_return is not None:
            on_return.setDefault(True)
        first = focus or on_return
        if first is not None:
            first.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Keep Qt from taking the first button where Return presses none."""
        for each in self.findChildren(QPushButton):
            each.setAutoDefault(self._on_return is not None)
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press a button on Return; everything else as Qt does it."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focused = self.focusWidget()
        pressed = focused if isinstance(focused, QPushButton) else self._on_return
        if pressed is not None:
            pressed.click()
