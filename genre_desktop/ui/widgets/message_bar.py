"""Bars with a short message on a tinted background: a hint, a warning or a problem."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from genre_desktop.app.i18n.translate import problem_text, render, tr
from genre_desktop.core.errors import Problem
from genre_desktop.ui.fitting.elided_label import ElidedLabel
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.ports import MessageButton
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import (
    button,
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

_LETTERS = 24
"""Letters of the text that the line of a slim bar has room for."""


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
        self._buttons = WrapRow()
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
        self._below = QWidget()
        fill(column(self._below), self._buttons).setContentsMargins(0, 6, 0, 0)
        texts = fill(column(gap=2), self._title, self._text, self._below)
        line = row(self, margin=12, gap=12)
        line.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        return fill(line, (texts, 1))

    def _set_buttons(self, buttons: Sequence[MessageButton]) -> None:
        self._buttons.clear()
        for each in buttons:
            self._buttons.add(button(*each))
        self._below.setVisible(bool(buttons))

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
        self._theme.set_pixmap(self._picture, self._icon or TONE_ICONS[self._tone], 20, self._tone)

    def _dismiss(self) -> None:
        self.hide()
        self._close()


class SlimMessageBar(MessageBar):
    """A message bar of one line, with a button that shows the rest of a longer text."""

    def _arrange(self) -> QHBoxLayout:
        self._title, self._line = self._lines = ElidedLabel("section"), ElidedLabel()
        self._text = self._line
        self._more = button(tr("More"), self._toggle, "quiet")
        for each in self._lines:
            each.cut_changed.connect(self._update_more)
        parts = WrapRow(self._title, gap=12)
        parts.add(self._line, 1, letters=_LETTERS)
        parts.add(self._more)
        parts.add(self._buttons)
        line = row(self, gap=12)
        line.setContentsMargins(12, 4, 6, 4)
        return fill(line, self._picture, (parts, 1))

    def _set_buttons(self, buttons: Sequence[MessageButton]) -> None:
        self._buttons.clear()
        for text, slot in buttons:
            self._buttons.add(button(text, slot, "quiet"))
        self._buttons.setVisible(bool(buttons))
        self._expand(False)

    def _toggle(self) -> None:
        self._expand(not self._line.wordWrap())

    def _expand(self, on: bool) -> None:
        for each in self._lines:
            each.expand(on)
        self._update_more()

    def _update_more(self) -> None:
        expanded = self._line.wordWrap()
        set_accessible_name(self._more, tr("Less") if expanded else tr("More"))
        self._more.setText(self._more.accessibleName())
        self._more.setVisible(expanded or any(each.cut for each in self._lines))


def copy_button(problem: Problem) -> MessageButton:
    """Return the button that copies a problem's text and code."""
    text = "\n".join(filter(None, (*problem_text(problem), f"({problem.code})")))
    return tr("Copy details"), lambda: copy_text(text)
