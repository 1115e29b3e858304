"""A bar with a short message on a tinted background: a hint, a warning or a problem."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel

from genre_desktop.app.i18n.translate import problem_text, render, tr
from genre_desktop.core.errors import Problem
from genre_desktop.ui.ports import MessageButton
from genre_desktop.ui.theme import icons
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import (
    button,
    clear,
    column,
    copy_text,
    fill,
    icon_button,
    label,
    row,
    set_style_property,
)

_ICONS = {"danger": "failed", "warning": "warning", "success": "done", "accent": "info"}


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
        self._title = label("", "section", wrap=True)
        self._text = label("", wrap=True, select=True)
        self._buttons = row()
        texts = fill(column(gap=2), self._title, self._text, self._buttons)
        line = row(self, margin=12, gap=12)
        line.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        if on_close is not None:
            self._close = on_close
            closer = icon_button(theme, "close", tr("Dismiss"), self._dismiss)
            line.addWidget(closer, alignment=Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._draw)
        self._draw()

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
        clear(self._buttons)
        self._buttons.setContentsMargins(0, 6 if buttons else 0, 0, 0)
        fill(self._buttons, *(button(*each) for each in buttons), 1)
        self.setVisible(bool(text or title))

    def show_problem(self, problem: Problem, tone: str = "warning") -> None:
        """Show a problem: title, reason, next step, and a button that copies all of it."""
        text = problem_text(problem)
        self.show_message(text.body, text.title, tone, [copy_button(problem)])

    def _draw(self) -> None:
        set_style_property(self, tone=self._tone)
        colour = getattr(self._theme.palette, self._tone)
        picture = icons.pixmap(self._icon or _ICONS[self._tone], 20, colour, self.devicePixelRatioF())
        self._picture.setPixmap(picture)

    def _dismiss(self) -> None:
        self.hide()
        self._close()


def copy_button(problem: Problem) -> MessageButton:
    """Return the button that copies a problem's text and code."""
    text = "\n".join(filter(None, (*problem_text(problem), f"({problem.code})")))
    return tr("Copy details"), lambda: copy_text(text)
