"""The base class of dialogs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from genre_desktop.ui.fitting.scroll import Contents, Scroll
from genre_desktop.ui.fitting.wrap_row import RIGHT, WrapRow
from genre_desktop.ui.widgets.factory import Item, column, fill

_LINE_HEIGHT = 16
"""Height of a line of text at 100 % in pixels, to which sizes refer."""


class Dialog(QDialog):
    """A dialog that is deleted when it is closed; ``size`` in pixels at 100 % text, 0 for what the layout needs.

    The Return key presses the focused button, else the one of :meth:`set_keys`; Escape closes.
    """

    def __init__(self, parent: QWidget, title: str, size: tuple[int, int] = (0, 0)) -> None:
        super().__init__(parent)
        self._on_return: QPushButton | None = None
        self._scroll: Scroll | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        if all(size):
            larger = max(1.0, self.fontMetrics().height() / _LINE_HEIGHT)
            self.resize((QSize(*size) * larger).boundedTo(self.screen().availableSize()))

    def arrange(self, *items: Item | int | tuple[Item, int], buttons: QWidget, gap: int = 12) -> None:
        """Show items that scroll where the screen is too small, and below them buttons that stay in view."""
        contents = Contents()
        fill(column(contents, gap=gap), *items)
        self._scroll = Scroll(contents)
        fill(column(self, margin=20, gap=gap), (self._scroll, 1), buttons)

    def grow(self) -> None:
        """Become as large as the arranged items need, as far as the screen allows it."""
        layout = self._scroll.contents.layout() if self._scroll is not None else None
        if self._scroll is None or layout is None:
            return
        view = self._scroll.viewport()
        layout.activate()
        width = max(view.width(), layout.minimumSize().width())
        height = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        more = QSize(width, max(view.height(), height)) - view.size()
        self.resize((self.size() + more).boundedTo(self.screen().availableSize()))

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
        if self._scroll is not None:
            self.grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press a button on Return; everything else as Qt does it."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focused = self.focusWidget()
        pressed = focused if isinstance(focused, QPushButton) else self._on_return
        if pressed is not None:
            pressed.click()


def dialog_buttons(*right: QWidget, left: Sequence[QWidget] = ()) -> WrapRow:
    """Return a row of buttons for the lower edge of a dialog."""
    line = WrapRow(at=RIGHT)
    if left:
        line.add(WrapRow(*left), 1)
    for each in right:
        line.add(each)
    return line
