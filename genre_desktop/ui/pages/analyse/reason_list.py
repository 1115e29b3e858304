"""The reasons for and against a genre, each with its strength and its relation to usual values."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from genre_desktop.app.i18n import reason_text
from genre_desktop.app.i18n.genre_names import genre_name
from genre_desktop.app.i18n.reason_text import ReasonText
from genre_desktop.app.i18n.translate import problem_text, tr
from genre_desktop.core.errors import Problem
from genre_desktop.core.explanations import Explanation
from genre_desktop.ui.pages.layout import show_items
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import clear, column, label, row
from genre_desktop.ui.widgets.table_cells import draw_bar


class ReasonList(QWidget):
    """Shows an :class:`Explanation`, a waiting message or the reason why there is none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._layout = column(self, gap=4)
        self.wait()

    def wait(self) -> None:
        """Show that the reasons are being computed."""
        self._show_message(tr("Loading the evidence…"))

    def show_problem(self, problem: Problem) -> None:
        """Show why there are no reasons."""
        text = problem_text(problem)
        self._show_message(f"{text.title}. {text.body}")

    def show_explanation(self, explanation: Explanation) -> None:
        """Show an explanation."""
        clear(self._layout)
        genre = genre_name(explanation.genre)
        for text in (reason_text.sounds_like(explanation), reason_text.unlike(explanation)):
            if text:
                self._layout.addWidget(label(text, wrap=True))
                self._layout.addSpacing(8)
        self._add_section(
            tr("Evidence for {genre}", genre=genre),
            reason_text.lines(explanation, explanation.pro),
            against=False,
        )
        self._layout.addSpacing(8)
        self._add_section(
            tr("Evidence against"), reason_text.lines(explanation, explanation.contra), against=True
        )
        self._layout.addSpacing(8)
        method = reason_text.method(explanation)
        note = label(
            tr(
                "× and ÷: factor by which a property makes the genre more or less likely than the "
                "average genre."
            ),
            "caption",
            wrap=True,
        )
        note.setToolTip(method)
        self._layout.addWidget(note)
        self._layout.addWidget(label(method, "caption", wrap=True))
        self._layout.addStretch(1)
        show_items(self._layout)

    def _add_section(self, title: str, lines: Sequence[ReasonText], *, against: bool) -> None:
        self._layout.addWidget(label(title, "section"))
        for line in lines:
            self._layout.addWidget(ReasonRow(self._theme, line, against=against))
        if not lines:
            self._layout.addWidget(label(tr("None."), "muted"))

    def _show_message(self, text: str) -> None:
        clear(self._layout)
        self._layout.addWidget(label(text, "muted", wrap=True))
        self._layout.addStretch(1)
        show_items(self._layout)


class ReasonRow(QWidget):
    """One reason: its name, its strength as a number and a bar, and the measured value."""

    def __init__(self, theme: Theme, line: ReasonText, *, against: bool) -> None:
        super().__init__()
        self.setToolTip(line.tip)
        self.setAccessibleName(f"{line.title}: {line.factor}")
        self.setAccessibleDescription(f"{line.caption}. {line.tip}")
        layout = column(self, gap=2)
        layout.setContentsMargins(0, 6, 0, 2)
        head = row(gap=8)
        head.addWidget(label(line.title, wrap=True), 1)
        head.addWidget(label(line.factor, "muted"), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        layout.addWidget(StrengthBar(theme, line.share, against=against))
        layout.addWidget(label(line.caption, "caption", wrap=True))


class StrengthBar(QWidget):
    """A reason's strength; bars against a genre are hollow, so that colour is not needed."""

    def __init__(self, theme: Theme, share: float, *, against: bool) -> None:
        super().__init__()
        self._theme, self._share, self._against = theme, share, against
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of a thin bar."""
        return QSize(120, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 1, self.width(), 6)
        draw_bar(
            painter, box, self._share, palette.outline if self._against else palette.accent, palette.raised
        )
        if self._against:
            inner = QRectF(box).adjusted(1.5, 1.5, 0, -1.5)
            inner.setWidth(max(0.0, max(box.height(), box.width() * self._share) - 3))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.surface))
            painter.drawRoundedRect(inner, 1.5, 1.5)
        painter.end()
