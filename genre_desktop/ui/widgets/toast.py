"""A message that slides into the corner of the window, and goes by itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget

from genre_desktop.app.i18n.translate import plural, render, tr
from genre_desktop.ui.ports import Offer
from genre_desktop.ui.theme import icons
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import button, clear, column, icon_button, label, row

STAY_MS = 9000
_WIDTH, _MARGIN, _SLIDE_MS = 400, 20, 160


@dataclass(frozen=True, slots=True)
class Message:
    """``icon`` in the palette's colour ``tone``; a button for each offer."""

    title: str
    text: str
    icon: str = "info"
    tone: str = "accent"
    offers: tuple[Offer, ...] = ()


class Toast(QFrame):
    """Shows one message after the other over the lower right corner of ``parent``.

    It stays while the mouse or the focus is on it; Escape closes it. It never takes the focus.
    """

    def __init__(self, theme: Theme, parent: QWidget, above: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._ground, self._above = theme, parent, above
        self.setProperty("kind", "toast")
        self._waiting: deque[Message] = deque()
        self._message = Message("", "")
        self._picture, self._title = QLabel(), label("", "section", wrap=True)
        self._text, self._more = label("", wrap=True), label("", "caption")
        self._offers = row(gap=8)
        self._build()
        self._timer = QTimer(self, interval=STAY_MS, singleShot=True)
        self._timer.timeout.connect(self._time_is_up)
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
        words = column(gap=4)
        for widget in (self._title, self._text, self._more):
            words.addWidget(widget)
        words.addLayout(self._offers)
        line.addLayout(words, 1)
        closer = icon_button(self._theme, "close", tr("Dismiss"), self.dismiss, tr("Dismiss (Esc)"))
        line.addWidget(closer, alignment=Qt.AlignmentFlag.AlignTop)

    @property
    def message(self) -> Message:
        """What is shown, or was shown last."""
        return self._message

    def show_message(self, message: Message) -> None:
        """Show a message now, or after those that are waiting."""
        if self.isVisible():
            self._waiting.append(message)
            self._say_how_many()
        else:
            self._show(message)

    def dismiss(self) -> None:
        """Close this message; the next one follows."""
        self._timer.stop()
        self.hide()
        self._escape.setEnabled(False)
        if self._waiting:
            self._show(self._waiting.popleft())

    def _show(self, message: Message) -> None:
        self._message = message
        title, text = render(message.title), render(message.text)
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        clear(self._offers)
        for words, slot in message.offers:
            self._offers.addWidget(button(words, self._then_close(slot)))
        self._offers.addStretch(1)
        self._say_how_many()
        self._draw()
        self._escape.setEnabled(True)
        self.show()
        self.raise_()
        self._place(slide=True)
        self._timer.start()

    def _then_close(self, slot: Callable[[], object]) -> Callable[[], object]:
        def act() -> None:
            self.dismiss()
            slot()

        return act

    def _say_how_many(self) -> None:
        n = len(self._waiting)
        self._more.setText(plural(n, "One more message", "{n} more messages"))
        self._more.setVisible(n > 0)
        self._place()

    def _time_is_up(self) -> None:
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start()
        else:
            self.dismiss()

    def _draw(self) -> None:
        colour = getattr(self._theme.palette, self._message.tone)
        self._picture.setPixmap(icons.pixmap(self._message.icon, 22, colour, self.devicePixelRatioF()))

    def _place(self, *, slide: bool = False) -> None:
        parent = self._ground
        self.setFixedWidth(min(_WIDTH, parent.width() - 2 * _MARGIN))
        self.setFixedHeight(max(self.heightForWidth(self.width()), self.minimumSizeHint().height()))
        bottom = parent.height() if self._above is None else self._above.mapTo(parent, QPoint(0, 0)).y()
        place = QPoint(parent.width() - self.width() - _MARGIN, bottom - self.height() - _MARGIN)
        self._slide.stop()
        if slide:
            self._slide.setStartValue(place + QPoint(0, 16))
            self._slide.setEndValue(place)
            self._slide.start()
        else:
            self.move(place)

    def setVisible(self, visible: bool) -> None:
        """Watch the window's size only while visible: a filter is called for each of its events."""
        super().setVisible(visible)
        change = self._ground.installEventFilter if visible else self._ground.removeEventFilter
        change(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Whoever reads is given time."""
        super().enterEvent(event)
        self._timer.start()
