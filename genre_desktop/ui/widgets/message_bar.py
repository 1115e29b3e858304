"""Bars with a short message on a tinted background: a hint, a warning or a problem."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from genre_desktop.app.i18n.translate import problem_text, render, tr
from genre_desktop.core.errors import Problem
from genre_desktop.ui.ports import MessageButton
from genre_desktop.ui.theme import icons
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import (
    PlainLabel,
    button,
    clear,
    column,
    copy_text,
    fill,
    icon_button,
    label,
    row,
    set_accessible_name,
    set_style_property,
)

TONE_ICONS = {"danger": "failed", "warning": "warning", "success": "done", "accent": "info"}
"""The icon of each tone."""


class MessageBar(QFrame):
    """Title and text with the icon of its ``tone`` (``danger``, ``warning``, ``success``, ``accent``).

    With ``on_close`` it has a button that hides it and calls ``on_close``.
    """

    def __init__(
        self,
        theme: Theme,
        tone: str = "accent",
        *,
        icon: str = "",
        on_close: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self._theme, self._tone, self._icon = theme, tone, icon
        self.setProperty("kind", "notice")
        self._picture = QLabel()
        self._buttons = row()
        line = self._arrange()
        if on_close is not None:
            self._close = on_close
            closer = icon_button(theme, "close", tr("Dismiss"), self._dismiss)
            line.addWidget(closer, alignment=Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._draw)
        self._draw()

    def _arrange(self) -> QHBoxLayout:
        """Create title and text; return the layout to which the close button is added."""
        self._title = label("", "section", wrap=True)
        self._text = label("", wrap=True, select=True)
        texts = fill(column(gap=2), self._title, self._text, self._buttons)
        line = row(self, margin=12, gap=12)
        line.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        return fill(line, (texts, 1))

    def _set_buttons(self, buttons: Sequence[MessageButton]) -> None:
        clear(self._buttons)
        self._buttons.setContentsMargins(0, 6 if buttons else 0, 0, 0)
        fill(self._buttons, *(button(*each) for each in buttons), 1)

    def show_message(
        self, text: str, title: str = "", tone: str = "", buttons: Sequence[MessageButton] = ()
    ) -> None:
        """Show a message with buttons; without text and title, hide."""
        text, title = render(text), render(title)
        self._tone = tone or self._tone
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.setText(text)
        self.setAccessibleName(title or text)
        self.setAccessibleDescription(text if title else "")
        self._draw()
        self._set_buttons(buttons)
        self.setVisible(bool(text or title))

    def show_problem(self, problem: Problem, tone: str = "warning") -> None:
        """Show a problem: title, reason, next step, and a button that copies all of it."""
        text = problem_text(problem)
        self.show_message(text.body, text.title, tone, [copy_button(problem)])

    def _draw(self) -> None:
        set_style_property(self, tone=self._tone)
        colour = getattr(self._theme.palette, self._tone)
        picture = icons.pixmap(self._icon or TONE_ICONS[self._tone], 20, colour, self.devicePixelRatioF())
        self._picture.setPixmap(picture)

    def _dismiss(self) -> None:
        self.hide()
        self._close()


class SlimMessageBar(MessageBar):
    """A message bar of one line, with a button that shows the rest of a longer text."""

    def _arrange(self) -> QHBoxLayout:
        self._title, self._text = self._lines = _ElidedLabel(QSizePolicy.Policy.Preferred), _ElidedLabel()
        self._title.setProperty("role", "section")
        self._more = button(tr("More"), self._toggle, "quiet")
        for each in self._lines:
            each.cut_changed.connect(self._update_more)
        line = row(self, gap=12)
        line.setContentsMargins(12, 4, 6, 4)
        return fill(line, self._picture, self._title, (self._text, 1), self._more, self._buttons)

    def _set_buttons(self, buttons: Sequence[MessageButton]) -> None:
        clear(self._buttons)
        fill(self._buttons, *(button(text, slot, "quiet") for text, slot in buttons))
        self._expand(False)

    def _toggle(self) -> None:
        self._expand(not self._text.wordWrap())

    def _expand(self, on: bool) -> None:
        for each in self._lines:
            each.expand(on)
        self._update_more()

    def _update_more(self) -> None:
        expanded = self._text.wordWrap()
        set_accessible_name(self._more, tr("Less") if expanded else tr("More"))
        self._more.setText(self._more.accessibleName())
        self._more.setVisible(expanded or any(each.cut for each in self._lines))


class _ElidedLabel(PlainLabel):
    """Shows what fits into one line until :meth:`expand`; ``cut_changed`` when :attr:`cut` has."""

    cut_changed = Signal()

    _cut = False

    def __init__(self, policy: QSizePolicy.Policy = QSizePolicy.Policy.Ignored) -> None:
        super().__init__()
        self._policy = policy
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
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred if on else self._policy)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Return the size of the whole text, or of one line of it."""
        return super().sizeHint() if self.wordWrap() else self._line_size()

    def minimumSizeHint(self) -> QSize:
        """Return a small width."""
        return super().minimumSizeHint() if self.wordWrap() else self._line_size().boundedTo(QSize(40, 999))

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


def copy_button(problem: Problem) -> MessageButton:
    """Return the button that copies a problem's text and code."""
    text = "\n".join(filter(None, (*problem_text(problem), f"({problem.code})")))
    return tr("Copy details"), lambda: copy_text(text)
