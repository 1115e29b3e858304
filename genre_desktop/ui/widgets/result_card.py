"""What the program says about the file in front: the genre, how sure, what else, and by which model."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QScrollArea, QStackedLayout, QWidget

from genre_desktop.app.genres import genre_name
from genre_desktop.app.results import Row, State
from genre_desktop.app.results_model import STATE_WORDS, clock, percent
from genre_desktop.app.text import told, tr
from genre_desktop.core.types import Answer, ModelRef
from genre_desktop.ui.theme import icons
from genre_desktop.ui.theme.genre_colours import colour_of
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.basics import button, column, label, name_it, row
from genre_desktop.ui.widgets.correction_panel import CorrectionPanel
from genre_desktop.ui.widgets.delegates import STATE_LOOKS, draw_spot
from genre_desktop.ui.widgets.notice import Notice
from genre_desktop.ui.widgets.top_bars import TopBars

TOP = 3


class ResultCard(QFrame):
    """Shows one :class:`Row`, whatever its state.

    ``actions`` provides ``edit.again`` and ``edit.copy_details``, offered with a problem.
    """

    def __init__(self, theme: Theme, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(tr("Answer"))
        self._nothing = _Message(theme, "info")
        self._waiting = _Message(theme, "waiting")
        self.corrections = CorrectionPanel(theme)
        self._answer = AnswerView(theme, self.corrections)
        self._problem = ProblemView(theme, actions)
        self._stack = QStackedLayout(self)
        for widget in (self._nothing, self._waiting, self._answer, self._problem):
            self._stack.addWidget(_scrolled(widget))
        self._nothing.say(tr("No file chosen"), tr("Choose a row to see its answer and its spectrogram."))
        self.show_row(None)

    def show_row(self, row: Row | None) -> None:
        """Show what is known about a row now."""
        if row is None:
            self._stack.setCurrentIndex(0)
        elif row.answer is not None and row.state is State.DONE:
            self._answer.show_answer(row, row.answer)
            self._stack.setCurrentIndex(2)
        elif row.problem is not None:
            self._problem.show_problem(row)
            self._stack.setCurrentIndex(3)
        else:
            icon, _ = STATE_LOOKS[row.state]
            self._waiting.say(tr(STATE_WORDS[row.state]), row.name, icon, row.fraction)
            self._stack.setCurrentIndex(1)


class AnswerView(QWidget):
    """Genre, confidence, the top three, the model, whatever puts the answer in doubt, and the means to correct it."""

    def __init__(self, theme: Theme, corrections: CorrectionPanel) -> None:
        super().__init__()
        self._corrections = corrections
        self.setObjectName("scrolled")
        self._theme = theme
        self._file = label("", "caption", wrap=True, select=True)
        self._spot = QLabel()
        self._genre = label("", "display", select=True)
        self._sure = label("", "section")
        self._bars = TopBars(theme)
        self._fallback = Notice(theme, "warning", icon="fallback")
        self._unusual = Notice(theme, "warning", icon="unusual")
        self._warnings = Notice(theme, "warning")
        self._model = label("", "chip")
        self._length = label("", "chip")
        self._build()

    def _build(self) -> None:
        layout = column(self, margin=20, gap=8)
        layout.addWidget(self._file)
        head = row(gap=12)
        head.addWidget(self._spot)
        head.addWidget(self._genre)
        head.addStretch(1)
        layout.addLayout(head)
        layout.addWidget(self._sure)
        layout.addSpacing(8)
        layout.addWidget(self._bars)
        layout.addSpacing(4)
        layout.addWidget(self._corrections)
        layout.addSpacing(4)
        for notice in (self._fallback, self._unusual, self._warnings):
            layout.addWidget(notice)
        chips = row(gap=8)
        chips.addWidget(self._model)
        chips.addWidget(self._length)
        chips.addStretch(1)
        layout.addLayout(chips)
        layout.addStretch(1)

    def show_answer(self, row: Row, answer: Answer) -> None:
        """Show an answer."""
        self._file.setText(row.name)
        self._file.setToolTip(str(row.path))
        self._corrections.show_row(row)
        self._spot.setPixmap(_spot(colour_of(answer.genre), self._theme, self.devicePixelRatioF()))
        self._genre.setText(genre_name(answer.genre))
        self._sure.setText(sureness(answer))
        self._bars.show_scores(answer.top[:TOP])
        self._fallback.say(_because(answer.model))
        self._unusual.say(_unusual(answer))
        self._warnings.say("\n".join(answer.warnings))
        self._model.setText(describe_model(answer.model))
        self._model.setVisible(answer.model is not None)
        self._length.setText(clock(answer.duration_s))


class ProblemView(QWidget):
    """Title, reason and next step, with the means to try again and to copy it all."""

    def __init__(self, theme: Theme, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self._theme = theme
        self._file = label("", "caption", wrap=True, select=True)
        self._picture = QLabel()
        self._title = label("", "title", wrap=True, select=True)
        self._reason = label("", wrap=True, select=True)
        self._hint = Notice(theme, "accent")
        layout = column(self, margin=20, gap=12)
        for widget in (self._file, self._picture, self._title, self._reason, self._hint):
            layout.addWidget(widget)
        line = row(gap=8)
        for action in ("edit.again", "edit.copy_details"):
            line.addWidget(button(actions[action].text(), actions[action].trigger))
        line.addStretch(1)
        layout.addLayout(line)
        layout.addStretch(1)
        theme.changed.connect(self._draw)
        self._draw()

    def show_problem(self, row: Row) -> None:
        """Show why a file has no answer."""
        if row.problem is None:
            return
        self._file.setText(row.name)
        self._file.setToolTip(str(row.path))
        self._title.setText(told(row.problem.title))
        self._reason.setText(told(row.problem.reason))
        self._hint.say(row.problem.hint)

    def _draw(self) -> None:
        colour = self._theme.palette.danger
        self._picture.setPixmap(icons.pixmap("failed", 32, colour, self.devicePixelRatioF()))


class _Message(QWidget):
    """An icon and two lines in the middle of the card."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self._theme, self._icon = theme, icon
        self._picture = QLabel()
        self._title = label("", "section", wrap=True)
        self._text = label("", "muted", wrap=True)
        layout = column(self, margin=20, gap=8)
        layout.addStretch(1)
        for widget in (self._picture, self._title, self._text):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(widget)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setMaximumWidth(200)
        name_it(self._bar, tr("How much of the file is read"))
        layout.addSpacing(4)
        layout.addWidget(self._bar, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        theme.changed.connect(self._draw)
        self._draw()

    def say(self, title: str, text: str, icon: str = "", fraction: float | None = None) -> None:
        """Change the lines; with a fraction (0 to 1) a bar shows."""
        self._title.setText(title)
        self._text.setText(text)
        self._bar.setVisible(fraction is not None)
        self._bar.setValue(round(100 * (fraction or 0.0)))
        self._icon = icon or self._icon
        self._draw()

    def _draw(self) -> None:
        colour = self._theme.palette.muted
        self._picture.setPixmap(icons.pixmap(self._icon, 32, colour, self.devicePixelRatioF()))


def sureness(answer: Answer) -> str:
    """``87 % sure``; in words too when it is little, because a bare number reassures."""
    words = tr("{percent} sure", percent=percent(answer.confidence))
    if answer.confidence < 0.4:
        return tr("{words}: more a guess than an answer", words=words)
    return words


def describe_model(model: ModelRef | None) -> str:
    """``genre v3 · champion · xgboost``."""
    if model is None:
        return ""
    return " · ".join(part for part in (f"{model.name} v{model.version}", model.alias, model.family) if part)


def details(row: Row) -> str:
    """Everything about a row as text for the clipboard."""
    lines = [str(row.path), tr(STATE_WORDS[row.state])]
    if row.problem is not None:
        problem = row.problem
        lines += [told(problem.title), told(problem.reason), told(problem.hint), f"({problem.code})"]
    if row.answer is not None:
        answer = row.answer
        lines += [f"{genre_name(score.genre)}: {percent(score.probability)}" for score in answer.top]
        lines += [
            describe_model(answer.model),
            _because(answer.model),
            _unusual(answer),
            *map(told, answer.warnings),
        ]
    return "\n".join(line for line in lines if line)


def _because(model: ModelRef | None) -> str:
    if model is None or not model.because:
        return ""
    reason = told(model.because)
    if reason.lower().startswith("answered by"):
        return reason[0].upper() + reason[1:]
    return tr("Answered by {alias}, because {reason}", alias=model.alias, reason=reason)


def _unusual(answer: Answer) -> str:
    if not answer.unusual:
        return ""
    return tr("Unusual for this model: it learned from few sounds like this one, so trust the answer less.")


def _spot(colour: str, theme: Theme, ratio: float) -> QPixmap:
    side = 28
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(2.2, 2.2)
    draw_spot(painter, 0, 6, colour, theme.palette.outline)
    painter.end()
    return picture


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.viewport().setAutoFillBackground(False)
    area.setWidget(widget)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
