"""The current answer of live mode, readable from a distance."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from genre_desktop.app.analysis.table_model import percent
from genre_desktop.app.i18n.genre_names import genre_name
from genre_desktop.app.i18n.translate import problem_text, render, tr
from genre_desktop.core.errors import Problem
from genre_desktop.core.live import LiveAnswer
from genre_desktop.ui.pages.tag_list import TagList
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import column, label
from genre_desktop.ui.widgets.probability_bars import ProbabilityBars


class LiveCard(QFrame):
    """Genre, probability and stability, or the state while there is no answer.

    ``title`` and ``text`` are what is shown, of ``answer`` or ``problem``; both are None in other states.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.title = self.text = ""
        self.answer: LiveAnswer | None = None
        self.problem: Problem | None = None
        self.setProperty("kind", "card")
        self.setAccessibleName(tr("Live answer"))
        self._genre = label(tr("Not listening"), "display", wrap=True)
        self._text = label("", "muted", wrap=True)
        self._bars = ProbabilityBars(theme)
        self.tags = TagList()
        self._model = label("", "muted", wrap=True)
        layout = column(self, margin=20, gap=10)
        for part in (self._genre, self._text, self._bars, self.tags):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addWidget(self._model, 0, Qt.AlignmentFlag.AlignBottom)
        self.show_idle()

    def show_idle(self) -> None:
        """Show that listening is off."""
        self._show_state(tr("Not listening"), tr("Press Listen to identify the music around you."))

    def show_waiting(self) -> None:
        """Show that there is no answer yet."""
        self._show_state(tr("Listening…"), _waiting_text())

    def show_answer(self, answer: LiveAnswer) -> None:
        """Show the genre, or the detected sound if it is not music."""
        if not answer.top:
            states = {
                "speech": tr("Speech detected; waiting for music."),
                "noise": tr("Noise detected; waiting for music."),
                "silence": tr("Silence detected; waiting for music."),
                "beginning": _waiting_text(),
                "music": "",
            }
            self._show_state(tr("Listening…"), states[answer.heard])
            return
        first = answer.top[0]
        self._show_text(
            genre_name(first.genre), f"{percent(first.probability)} · {_stability(answer)}", answer
        )
        self._bars.show_scores(answer.top)
        self._bars.show()
        self.tags.show_tags(answer.tags)
        if answer.model is not None:
            model = f"{answer.model.name} v{answer.model.version} · {answer.model.alias}"
            reason = f"\n{render(answer.model.because)}" if answer.model.because else ""
            self._model.setText(model + reason)

    def show_problem(self, problem: Problem) -> None:
        """Show why there is no answer."""
        text = problem_text(problem)
        self._show_state(text.title, text.body, problem)

    def _show_state(self, title: str, text: str, problem: Problem | None = None) -> None:
        self._show_text(title, text, problem=problem)
        self._bars.hide()
        self.tags.hide()
        self._model.clear()

    def _show_text(
        self, title: str, text: str, answer: LiveAnswer | None = None, problem: Problem | None = None
    ) -> None:
        self.title, self.text, self.answer, self.problem = title, text, answer, problem
        self._genre.setText(title)
        self._text.setText(text)
        self.setAccessibleDescription(f"{title}. {text}")
        self.changed.emit()


def _waiting_text() -> str:
    return tr("The first answer comes after three seconds of music.")


def _stability(answer: LiveAnswer) -> str:
    if answer.tentative:
        return tr("preliminary, collecting audio")
    return tr("stable") if answer.steady else tr("changing")
