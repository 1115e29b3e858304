"""A message that slides into the corner of the window and disappears by itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from genre_desktop.app.i18n.translate import plural, render, tr
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.ports import MessageButton
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import button, column, fill, icon_button, label, row
from genre_desktop.ui.widgets.overlay import Overlay

STAY_MS = 9000
_WIDTH, _MARGIN, _SLIDE_MS = 400, 20, 160


@dataclass(frozen=True, slots=True)
class Message:
    """A message with its icon in the palette's colour ``tone``, and buttons."""

    title: str
    text: str
    icon: str = "info"
    tone: str = "accent"
    buttons: tuple[MessageButton, ...] = ()


class Toast(Overlay):
    """Shows messages one after another over the lower right corner of ``parent``, above ``above``.

    It stays while the mouse or the focus is on it; Escape closes it. It never sets the focus.
    """

    def __init__(self, theme: Theme, parent: QWidget, above: QWidget | None = None) -> None:
        super().__init__(parent, above)
        self._theme = theme
        self.setProperty("kind", "toast")
        self._queue: deque[Message] = deque()
        self._message = Message("", "")
        self._picture, self._title = QLabel(), label("", "section", wrap=True)
        self._text, self._more = label("", wrap=True), label("", "caption")
        self._buttons = WrapRow()
        self._build()
        self._timer = QTimer(self, interval=STAY_MS, singleShot=True)
        self._timer.timeout.connect(self._on_timeout)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setDuration(_SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), parent, self.dismiss)
        self._escape.setEnabled(False)
        theme.changed.connect(self._draw)
        self.hide()

    def _build(self) -> None:
        line = row(self, gap=12)
        line.setContentsMargins(16, 14, 10, 14)
        line.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        line.addLayout(fill(column(gap=4), self._title, self._text, self._more, self._buttons), 1)
        closer = icon_button(self._theme, "close", tr("Dismiss"), self.dismiss, tr("Dismiss (Esc)"))
        line.addWidget(closer, alignment=Qt.AlignmentFlag.AlignTop)

    @property
    def message(self) -> Message:
        """The message that is shown or was shown last."""
        return self._message

    def show_message(self, message: Message) -> None:
        """Show a message, after those that are queued."""
        if self.isVisible():
            self._queue.append(message)
            self._show_queue_length()
        else:
            self._show(message)

    def dismiss(self) -> None:
        """Close this message and show the next one."""
        self._timer.stop()
        self.hide()
        self._escape.setEnabled(False)
        if self._queue:
            self._show(self._queue.popleft())

    def _show(self, message: Message) -> None:
        self._message = message
        title, text = render(message.title), render(message.text)
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._buttons.clear()
        for text, slot in message.buttons:
            self._buttons.add(button(text, self._closing(slot)))
        self._buttons.setVisible(bool(message.buttons))
        self._show_queue_length()
        self._draw()
        self._escape.setEnabled(True)
        self.show()
        self.raise_()
        self._place(slide=True)
        self._timer.start()

    def _closing(self, slot: Callable[[], object]) -> Callable[[], None]:
        def run() -> None:
            self.dismiss()
            slot()

        return run

    def _show_queue_length(self) -> None:
        n = len(self._queue)
        self._more.setText(plural(n, "1 more message", "{n} more messages"))
        self._more.setVisible(n > 0)
        self._place()

    def _on_timeout(self) -> None:
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start()
        else:
            self.dismiss()

    def _draw(self) -> None:
        self._theme.set_pixmap(self._picture, self._message.icon, 22, self._message.tone)

    def _place(self, *, slide: bool = False) -> None:
        parent = self._ground
        self.setFixedWidth(min(self._theme.scaled(_WIDTH), parent.width() - 2 * _MARGIN))
        self.setFixedHeight(max(self.heightForWidth(self.width()), self.minimumSizeHint().height()))
        place = QPoint(parent.width() - self.width() - _MARGIN, self._bottom() - self.height() - _MARGIN)
        self._slide.stop()
        if slide:
            self._slide.setStartValue(place + QPoint(0, 16))
            self._slide.setEndValue(place)
            self._slide.start()
        else:
            self.move(place)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Restart the timer."""
        super().enterEvent(event)
        self._timer.start()
