"""The answer for a song: genre and warnings, then probabilities, reasons and similar clips."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QWidget

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.analysis.table_model import clock, model_answer, percent
from genre_desktop.app.i18n.genre_names import genre_name, kind_name, whole_genre_name
from genre_desktop.app.i18n.key_names import tempo_and_key
from genre_desktop.app.i18n.tag_names import tag_name
from genre_desktop.app.i18n.translate import mark, render, tr
from genre_desktop.core.errors import Problem
from genre_desktop.core.explanations import Explanation
from genre_desktop.core.quoting.display import shown, shown_name
from genre_desktop.core.types import Answer, ModelRef
from genre_desktop.ui.pages.analyse.correction_panel import CorrectionPanel
from genre_desktop.ui.pages.analyse.reason_list import ReasonList
from genre_desktop.ui.pages.analyse.similar_list import SimilarList
from genre_desktop.ui.pages.layout import widget_row
from genre_desktop.ui.pages.tag_list import TagList
from genre_desktop.ui.theme.genre_colours import colour_of
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import button, column, frame, label, row, set_accessible_name
from genre_desktop.ui.widgets.message_bar import MessageBar
from genre_desktop.ui.widgets.probability_bars import ProbabilityBars
from genre_desktop.ui.widgets.table_cells import draw_spot

TABS: tuple[tuple[str, str, str], ...] = (
    ("genre", mark("Genre"), mark("The probability of every genre; confirm or correct the answer")),
    ("why", mark("Why"), mark("Evidence for and against the genre")),
    ("similar", mark("Similar"), mark("The clips that sound most similar to this song")),
)


class AnswerView(QWidget):
    """Genre and confidence, then three tabs; ``tab_changed`` carries the name of the selected tab."""

    tab_changed = Signal(str)

    def __init__(self, theme: Theme, corrections: CorrectionPanel) -> None:
        super().__init__()
        self._corrections = corrections
        self._music, self._answered = True, ""
        self.setObjectName("scrolled")
        self._theme = theme
        self._file = label("", "caption", wrap=True, select=True)
        self._spot = QLabel()
        self._genre = label("", "display", select=True)
        self._confidence = label("", "section", wrap=True)
        self.tags = TagList()
        self.bars = ProbabilityBars(theme)
        self.reasons = ReasonList(theme)
        self.similar = SimilarList(theme)
        self._kind = MessageBar(theme, "accent")
        self._fallback = MessageBar(theme, "warning", icon="fallback")
        self._unusual = MessageBar(theme, "warning", icon="unusual")
        self._warnings = MessageBar(theme, "warning")
        self._model = label("", "chip")
        self._length = label("", "chip")
        self._tempo_and_key = label("", "chip")
        for name in (self._genre, self._model):  # which may be long
            name.setMinimumWidth(1)
        self.tabs: dict[str, QPushButton] = {}
        self._pages: dict[str, QWidget] = {"why": self.reasons, "similar": self.similar}
        self._build()

    @property
    def tab(self) -> str:
        """``genre``, ``why`` or ``similar``."""
        return next(name for name, tab_button in self.tabs.items() if tab_button.isChecked())

    def choose(self, tab: str) -> None:
        """Select a tab."""
        if tab not in self.tabs:
            return
        self.tabs[tab].setChecked(True)
        self._show_pages()
        self.tab_changed.emit(tab)

    def show_answer(self, row: ResultRow, answer: Answer) -> None:
        """Show an answer; reasons and similar clips follow when their tab is selected."""
        self._file.setText(row.name)
        self._file.setToolTip(shown(str(row.path)))
        self._corrections.show_row(row)
        self._answered = row.genre
        self._spot.setPixmap(_spot(colour_of(row.genre), self._theme, self.devicePixelRatioF()))
        self._genre.setText(genre_name(row.genre) or kind_name(row.kind))
        self._genre.setToolTip(whole_genre_name(row.genre))
        self._confidence.setText(model_answer(row) or confidence_text(answer))
        self.tags.show_tags(answer.tags)
        self._kind.show_message("" if row.label else kind_text(answer))
        self._music = answer.has_genre
        self._show_pages()
        self.bars.show_scores(answer.probabilities or answer.top)
        self._fallback.show_message(fallback_reason(answer.model))
        self._unusual.show_message("" if row.label else unusual_warning(answer))
        self._warnings.show_message("\n".join(map(render, answer.warnings)))
        self._model.setText(describe_model(answer.model))
        self._model.setVisible(answer.model is not None)
        self._length.setText(clock(answer.duration_s))
        self._tempo_and_key.setText(tempo_and_key(answer))
        self._tempo_and_key.setVisible(bool(self._tempo_and_key.text()))

    def wait_for_details(self) -> None:
        """Replace the reasons and similar clips of the previous song by waiting messages."""
        self.reasons.wait()
        self.similar.wait()

    def show_details(self, found: object) -> None:
        """Show an :class:`Explanation` or a tuple of similar clips."""
        if isinstance(found, Explanation):
            self.reasons.show_explanation(found)
        elif isinstance(found, tuple):
            self.similar.show_clips(found, self._answered)

    def show_details_problem(self, kind: str, problem: Problem) -> None:
        """Show why there are no reasons (``why``) or similar clips (``similar``)."""
        (self.reasons if kind == "why" else self.similar).show_problem(problem)

    def _build(self) -> None:
        layout = column(self, margin=20, gap=8)
        layout.addWidget(self._file)
        layout.addLayout(widget_row(self._spot, self._genre, None, gap=12))
        layout.addWidget(self._confidence)
        layout.addWidget(self.tags)
        for notice in (self._kind, self._fallback, self._unusual, self._warnings):
            layout.addWidget(notice)
        layout.addSpacing(4)
        self._tab_bar = self._build_tab_bar()
        layout.addWidget(self._tab_bar)
        layout.addSpacing(4)
        self._pages["genre"] = self._genre_page()
        for page in self._pages.values():
            layout.addWidget(page)
        layout.addStretch(1)
        self.choose("genre")

    def _show_pages(self) -> None:
        """Show the selected tab; a recording without a genre has only the page on which to give it one."""
        self._tab_bar.setVisible(self._music)
        self.bars.setVisible(self._music)
        shown = self.tab if self._music else "genre"
        for name, page in self._pages.items():
            page.setVisible(name == shown)

    def _build_tab_bar(self) -> QFrame:
        box = frame("segments")
        line = row(box, margin=2, gap=2)
        group = QButtonGroup(box)
        for name, title, tip in TABS:
            tab_button = button(tr(title), partial(self.choose, name), "segment")
            tab_button.setCheckable(True)
            set_accessible_name(tab_button, tr(title), tr(tip))
            group.addButton(tab_button)
            line.addWidget(tab_button, 1)
            self.tabs[name] = tab_button
        return box

    def _genre_page(self) -> QWidget:
        page = QWidget()
        layout = column(page, gap=12)
        layout.addWidget(self.bars)
        layout.addWidget(self._corrections)
        chips = column(gap=4)
        for chip in (self._tempo_and_key, self._model, self._length):
            chips.addWidget(chip, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(chips)
        return page


def confidence_text(answer: Answer) -> str:
    """Return ``87 % sure``, with a warning when the confidence is low, or the style that no genre names.

    For speech and noise there is no percentage.
    """
    if not answer.has_genre:
        return tr("No genre")
    if answer.style:
        return style_text(answer)
    text = tr("{percent} confident", percent=percent(answer.confidence))
    if answer.confidence < 0.4:
        return tr("Low confidence: {words}, treat it as a guess", words=text)
    return text


def style_text(answer: Answer) -> str:
    """Return a sentence about a song of a style that none of the genres names, empty if one of them does."""
    if not answer.style:
        return ""
    return tr(
        "Sounds like {style}, which is not one of your genres. Nearest: {genre}",
        style=tag_name(answer.style),
        genre=genre_name(answer.genre),
    )


def kind_text(answer: Answer) -> str:
    """Return why a recording has no genre and what the user can do; empty for music."""
    texts = {
        "speech": tr("This is mostly speech, so it has no genre and its tags are not changed."),
        "noise": tr(
            "This is mostly noise, such as wind or machines, so it has no genre and its tags are not changed."
        ),
        "silence": tr("This is too quiet to classify, so it has no genre and its tags are not changed."),
    }
    hint = tr("If it is music, choose its genre below.")
    return f"{texts[answer.kind]} {hint}" if answer.kind in texts else ""


def describe_model(model: ModelRef | None) -> str:
    """Return text such as ``genre v3 · champion · xgboost``."""
    if model is None:
        return ""
    name = f"{shown_name(model.name)} v{shown_name(model.version)}"
    return " · ".join(part for part in (name, model.alias, shown_name(model.family)) if part)


def fallback_reason(model: ModelRef | None) -> str:
    """Return a sentence on why the champion did not answer, empty if it did."""
    if model is None or not model.because:
        return ""
    reason = render(model.because)
    if reason.lower().startswith("answered by"):
        return reason[0].upper() + reason[1:]
    return tr("Answered by {alias}, because {reason}", alias=model.alias, reason=reason)


def unusual_warning(answer: Answer) -> str:
    """Return a warning about an unusual sound, or an empty text."""
    if not answer.unusual:
        return ""
    return tr("Unlike the training music, so this answer is less reliable.")


def _spot(colour: str, theme: Theme, ratio: float) -> QPixmap:
    side = theme.scaled(28)
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(2.2, 2.2)
    draw_spot(painter, 0, theme.scaled(12) // 2, colour, theme)
    painter.end()
    return picture
