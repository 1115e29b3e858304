"""What live mode hears, large enough to read across a room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from genre_desktop.app.analysis.table_model import percent
from genre_desktop.app.i18n.genre_names import genre_name
from genre_desktop.app.i18n.translate import problem_text, render, tr
from genre_desktop.core.errors import Problem
from genre_desktop.core.live import LiveAnswer
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import column, label
from genre_desktop.ui.widgets.probability_bars import ProbabilityBars


class LiveCard(QFrame):
    """Genre, how sure and how steady; or that it only listens, and why."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(tr("What is heard"))
        self._genre = label(tr("Not listening"), "display", wrap=True)
        self._words = label("", "muted", wrap=True)
        self._bars = ProbabilityBars(theme)
        self._model = label("", "muted", wrap=True)
        layout = column(self, margin=20, gap=10)
        for part in (self._genre, self._words, self._bars):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addWidget(self._model, 0, Qt.AlignmentFlag.AlignBottom)
        self.show_idle()

    def show_idle(self) -> None:
        """Nobody listens."""
        self._say_only(tr("Not listening"), tr("Press Listen to hear what genre the room is in."))

    def show_waiting(self) -> None:
        """It listens; there is no answer yet."""
        self._say_only(tr("Listening…"), _soon())

    def show_answer(self, answer: LiveAnswer) -> None:
        """The genre, or what was heard instead."""
        if not answer.top:
            words = {
                "speech": tr("Somebody speaks; a genre comes with music."),
                "silence": tr("It is quiet."),
                "beginning": _soon(),
                "music": "",
            }
            self._say_only(tr("Listening…"), words[answer.heard])
            return
        first = answer.top[0]
        self._say(genre_name(first.genre), f"{percent(first.probability)} · {_firmness(answer)}")
        self._bars.show_scores(answer.top)
        self._bars.show()
        if answer.model is not None:
            words_ = f"{answer.model.name} v{answer.model.version} · {answer.model.alias}"
            because = f"\n{render(answer.model.because)}" if answer.model.because else ""
            self._model.setText(words_ + because)

    def show_problem(self, problem: Problem) -> None:
        """Why there is no answer."""
        text = problem_text(problem)
        self._say_only(text.title, text.body)

    def _say_only(self, genre: str, words: str) -> None:
        self._say(genre, words)
        self._bars.hide()
        self._model.clear()

    def _say(self, genre: str, words: str) -> None:
        self._genre.setText(genre)
        self._words.setText(words)
        self.setAccessibleDescription(f"{genre}. {words}")


def _soon() -> str:
    return tr("The first answer comes after three seconds of music.")


def _firmness(answer: LiveAnswer) -> str:
    if answer.tentative:
        return tr("tentative, the window still fills")
    return tr("steady") if answer.steady else tr("settling")
