"""The card with the current file's answer, problem or progress."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QScrollArea, QStackedLayout, QWidget

from genre_desktop.app.analysis.group_row import GroupRow
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.analysis.table_model import STATE_WORDS, model_answer, percent, vote_text
from genre_desktop.app.i18n.genre_names import genre_name, kind_name
from genre_desktop.app.i18n.key_names import tempo_and_key
from genre_desktop.app.i18n.tag_names import grouped_tags
from genre_desktop.app.i18n.translate import problem_text, render, tr
from genre_desktop.core.quoting.controls import printable
from genre_desktop.core.quoting.display import shown
from genre_desktop.core.types import SongTags
from genre_desktop.ui.pages.analyse.answer_view import (
    AnswerView,
    describe_model,
    fallback_reason,
    style_text,
    unusual_warning,
)
from genre_desktop.ui.pages.analyse.correction_panel import CorrectionPanel
from genre_desktop.ui.pages.layout import set_scroll_content
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import action_button, column, label, set_accessible_name
from genre_desktop.ui.widgets.message_bar import MessageBar
from genre_desktop.ui.widgets.table_cells import STATE_LOOKS

_SCROLL_BAR = 14
_LINES = 14


class ResultCard(QFrame):
    """Shows one :class:`ResultRow` in any state.

    ``actions`` provides ``edit.again`` and ``edit.copy_details``, which have buttons below a problem, and
    ``edit.group_genre``, which has one below the vote of a group.
    """

    def __init__(self, theme: Theme, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(tr("Answer"))
        self._nothing = _Message(theme, "info")
        self._waiting = _Message(theme, "waiting")
        self._group = _Message(theme, "open-folder", actions["edit.group_genre"])
        self.corrections = CorrectionPanel(theme)
        self.corrections.follow(actions["edit.confirm"])
        self.answer = AnswerView(theme, self.corrections)
        self._problem = ProblemView(theme, actions)
        self._stack = QStackedLayout(self)
        self._views = (self._nothing, self._waiting, self.answer, self._problem, self._group)
        for widget in self._views:
            area = QScrollArea()
            set_scroll_content(area, widget)
            self._stack.addWidget(area)
        self._nothing.show_text(
            tr("No file selected"), tr("Select a row to see its answer and its spectrogram.")
        )
        self.show_row(None)

    def minimumSizeHint(self) -> QSize:
        """Return the width of the contents, so that large text is not cut off, and the height of some lines."""
        least = max(view.minimumSizeHint().width() for view in self._views)
        return QSize(least + _SCROLL_BAR, _LINES * self.fontMetrics().height())

    def show_row(self, row: ResultRow | None) -> None:
        """Show the state of a row, or how a group voted."""
        if row is None:
            self._stack.setCurrentIndex(0)
        elif isinstance(row, GroupRow):
            about = tr("A genre that you set now is set for all songs of the group that the list shows.")
            self._group.show_text(row.title, f"{vote_text(row)}\n\n{about}")
            self._stack.setCurrentIndex(4)
        elif row.answer is not None and row.state is State.DONE:
            self.answer.show_answer(row, row.answer)
            self._stack.setCurrentIndex(2)
        elif row.problem is not None:
            self._problem.show_problem(row)
            self._stack.setCurrentIndex(3)
        else:
            icon, _ = STATE_LOOKS[row.state]
            self._waiting.show_text(tr(STATE_WORDS[row.state]), row.name, icon, row.fraction)
            self._stack.setCurrentIndex(1)


class ProblemView(QWidget):
    """Title, reason and next step of a problem, with buttons to try again and to copy the details."""

    def __init__(self, theme: Theme, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self._theme = theme
        self._file = label("", "caption", wrap=True, select=True)
        self._picture = QLabel()
        self._title = label("", "title", wrap=True, select=True)
        self._reason = label("", wrap=True, select=True)
        self._hint = MessageBar(theme, "accent")
        layout = column(self, margin=20, gap=12)
        for widget in (self._file, self._picture, self._title, self._reason, self._hint):
            layout.addWidget(widget)
        for action in ("edit.again", "edit.copy_details"):
            layout.addWidget(action_button(actions[action]), alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        theme.changed.connect(self._draw)
        self._draw()

    def show_problem(self, row: ResultRow) -> None:
        """Show a row's problem."""
        if row.problem is None:
            return
        self._file.setText(row.name)
        self._file.setToolTip(shown(str(row.path)))
        text = problem_text(row.problem)
        self._title.setText(text.title)
        self._reason.setText(text.reason)
        self._hint.show_message(text.hint)

    def _draw(self) -> None:
        self._theme.set_pixmap(self._picture, "failed", 32, "danger")


class _Message(QWidget):
    """An icon, two centred lines and, on demand, a progress bar; below them the button of an action, if there is one."""

    def __init__(self, theme: Theme, icon: str, action: QAction | None = None) -> None:
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
        set_accessible_name(self._bar, tr("Progress of the analysis of this file"))
        layout.addSpacing(4)
        layout.addWidget(self._bar, alignment=Qt.AlignmentFlag.AlignHCenter)
        if action is not None:
            layout.addWidget(action_button(action), alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        theme.changed.connect(self._draw)
        self._draw()

    def show_text(self, title: str, text: str, icon: str = "", fraction: float | None = None) -> None:
        """Show two lines and, with a fraction (0 to 1), a progress bar."""
        self._title.setText(title)
        self._text.setText(text)
        self._bar.setVisible(fraction is not None)
        self._bar.setValue(round(100 * (fraction or 0.0)))
        self._icon = icon or self._icon
        self._draw()

    def _draw(self) -> None:
        self._theme.set_pixmap(self._picture, self._icon, 32)


def details(row: ResultRow) -> str:
    """Return a row's answer or problem as text for the clipboard."""
    lines = [str(row.path), tr(STATE_WORDS[row.state])]
    if row.problem is not None:
        lines += [*problem_text(row.problem), f"({row.problem.code})"]
    if row.answer is not None:
        answer = row.answer
        if row.corrected:
            lines += [genre_name(row.genre), model_answer(row)]
        if not answer.has_genre:
            lines.append(kind_name(answer.kind))
        lines += [f"{genre_name(score.genre)}: {percent(score.probability)}" for score in answer.top]
        lines += [f"{title}: {', '.join(words)}" for title, words in grouped_tags(answer.tags)]
        lines += [
            tempo_and_key(answer),
            *_file_tags(answer.song),
            style_text(answer),
            describe_model(answer.model),
            fallback_reason(answer.model),
            unusual_warning(answer),
            *map(render, answer.warnings),
        ]
    return "\n".join(map(printable, filter(None, lines)))  # it may be pasted into a terminal


def _file_tags(song: SongTags) -> list[str]:
    """Return a line for each tag that the file has."""
    tags = (
        (tr("Title"), song.title),
        (tr("Artist"), song.artist),
        (tr("Album"), song.album),
        (tr("Genre in file"), song.genre),
    )
    return [f"{name}: {text}" for name, text in tags if text]
