"""Why a genre: what spoke for it and what against, each with its strength and how it stands to what is usual."""

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
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import clear, column, label, row
from genre_desktop.ui.widgets.table_cells import draw_bar


class ReasonList(QWidget):
    """Shows an :class:`Explanation`, that it is being worked out, or why there is none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._layout = column(self, gap=4)
        self.wait()

    def wait(self) -> None:
        """The reasons are on their way."""
        self._say(tr("Working out why…"))

    def show_problem(self, problem: Problem) -> None:
        """Say why there are no reasons."""
        text = problem_text(problem)
        self._say(f"{text.title}. {text.body}")

    def show_explanation(self, found: Explanation) -> None:
        """Show reasons."""
        clear(self._layout)
        genre = genre_name(found.genre)
        self._part(tr("Spoke for {genre}", genre=genre), reason_text.lines(found, found.pro), against=False)
        self._layout.addSpacing(8)
        self._part(tr("Spoke against it"), reason_text.lines(found, found.contra), against=True)
        self._layout.addSpacing(8)
        how = reason_text.method(found)
        note = label(
            tr("× and ÷ say how much each makes the genre likelier or less likely than the average genre."),
            "caption",
            wrap=True,
        )
        note.setToolTip(how)
        self._layout.addWidget(note)
        self._layout.addWidget(label(how, "caption", wrap=True))
        self._layout.addStretch(1)
        self._shown()

    def _part(self, title: str, lines: Sequence[ReasonText], *, against: bool) -> None:
        self._layout.addWidget(label(title, "section"))
        for line in lines:
            self._layout.addWidget(ReasonRow(self._theme, line, against=against))
        if not lines:
            self._layout.addWidget(label(tr("Nothing worth telling."), "muted"))

    def _say(self, words: str) -> None:
        clear(self._layout)
        self._layout.addWidget(label(words, "muted", wrap=True))
        self._layout.addStretch(1)
        self._shown()

    def _shown(self) -> None:
        for place in range(self._layout.count()):  # else all would be squeezed until the next layout
            item = self._layout.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.show()


class ReasonRow(QWidget):
    """One reason: its name, how strong it is as a number and a bar, and the value behind it."""

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
    """How strong a reason is; what speaks against is hollow, so that colour is not needed."""

    def __init__(self, theme: Theme, share: float, *, against: bool) -> None:
        super().__init__()
        self._theme, self._share, self._against = theme, share, against
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A thin line."""
        return QSize(120, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar."""
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
