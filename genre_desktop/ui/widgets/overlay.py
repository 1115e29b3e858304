"""A frame that lies over its parent and follows the parent's size."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QFrame, QWidget


class Overlay(QFrame):
    """Base of widgets that lie over ``ground``; subclasses set their geometry in ``_place``."""

    def __init__(self, ground: QWidget, above: QWidget | None = None) -> None:
        super().__init__(ground)
        self._ground, self._above = ground, above

    def _place(self) -> None:
        raise NotImplementedError

    def _bottom(self) -> int:
        """Return the y coordinate of the top of ``above``, or the height of ``ground``."""
        if self._above is None:
            return self._ground.height()
        return self._above.mapTo(self._ground, QPoint(0, 0)).y()

    def setVisible(self, visible: bool) -> None:
        """Filter the parent's events only while visible, since the filter is called for each of them."""
        super().setVisible(visible)
        change = self._ground.installEventFilter if visible else self._ground.removeEventFilter
        change(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Set the geometry again when the parent was resized."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
