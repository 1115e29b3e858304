"""Keys that belong to the control with the focus before they belong to an action."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QGraphicsView,
    QWidget,
)

from genre_desktop.ui.plotting.timeline import TimelineStrip

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class FocusKeyFilter(QObject):
    """Space presses a button rather than playing; arrows move a slider rather than skipping.

    Text fields see to that themselves. Only the control that has the focus is watched.

    Parameters
    ----------
    page:
        Controls inside it are meant.
    playing:
        While a song plays, arrows on spectrogram and timeline skip in it.
    """

    def __init__(self, page: QWidget, playing: Callable[[], bool]) -> None:
        super().__init__(page)
        self._page, self._playing = page, playing
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None and self._page.isAncestorOf(now):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim a key before it becomes a shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and isinstance(watched, QWidget) and self._takes(watched, Qt.Key(event.key())):
                event.accept()
                return True
        return False

    def _takes(self, control: QWidget, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Space:
            return isinstance(control, QAbstractButton | QComboBox)
        if key not in _ARROWS:
            return False
        if isinstance(control, QAbstractButton):
            return control.group() is not None
        if isinstance(control, QGraphicsView | TimelineStrip):
            return not self._playing()
        return isinstance(control, QAbstractSlider | QComboBox)
