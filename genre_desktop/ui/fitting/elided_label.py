"""A label of one line that shows as much of its text as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip

from genre_desktop.ui.fitting.plain_label import PlainLabel


class ElidedLabel(PlainLabel):
    """Shows what fits into one line until :meth:`expand`; ``cut_changed`` when :attr:`cut` has.

    The tool tip of a text that is cut is the whole text.
    """

    cut_changed = Signal()

    _cut = False

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.expand(False)

    @property
    def cut(self) -> bool:
        """Whether the text is longer than the line."""
        return self._cut

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self._measure()

    def expand(self, on: bool) -> None:
        """Show all of the text, or one line of it."""
        self.setWordWrap(on)
        policy = self.sizePolicy()  # which knows that the height follows from the width
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Return the size of the whole text, or of one line of it."""
        return super().sizeHint() if self.wordWrap() else self._line_size()

    def minimumSizeHint(self) -> QSize:
        """Return a small width."""
        return super().minimumSizeHint() if self.wordWrap() else self._line_size().boundedTo(QSize(40, 999))

    def event(self, event: QEvent) -> bool:
        """Show the whole text as the tool tip of one that is cut."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._cut:
            QToolTip.showText(event.globalPos(), self.text(), self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Notice whether the text fits."""
        super().resizeEvent(event)
        self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits into the line."""
        if self.wordWrap() or not self._cut:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        line = self.fontMetrics().elidedText(self._line(), Qt.TextElideMode.ElideRight, self.width())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.style().drawItemText(painter, self.rect(), left, self.palette(), self.isEnabled(), line)
        painter.end()

    def _line(self) -> str:
        return " ".join(self.text().split())

    def _line_size(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._line()) + 2, metrics.height())

    def _measure(self) -> None:
        cut = "\n" in self.text() or self._line_size().width() > self.width()
        if cut != self._cut:
            self._cut = cut
            self.cut_changed.emit()
