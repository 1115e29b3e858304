"""Keys that the focused control handles instead of an action."""

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
    """Keeps Space for focused buttons and arrows for focused sliders inside ``page``.

    Text fields do that by themselves. While ``playing`` returns True, arrows on spectrogram and
    timeline skip in the song.
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
        """Accept a key before it triggers a shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and isinstance(watched, QWidget) and self._handles(watched, Qt.Key(event.key())):
                event.accept()
                return True
        return False

    def _handles(self, control: QWidget, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Space:
            return isinstance(control, QAbstractButton | QComboBox)
        if key not in _ARROWS:
            return False
        if isinstance(control, QAbstractButton):
            return control.group() is not None
        if isinstance(control, QGraphicsView | TimelineStrip):
            return not self._playing()
        return isinstance(control, QAbstractSlider | QComboBox)
