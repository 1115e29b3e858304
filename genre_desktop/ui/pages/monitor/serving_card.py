"""Who answers now, and why; with what the person can do about it."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel

from genre_desktop.app.i18n.time_format import format_past
from genre_desktop.app.i18n.translate import mark, render, tr
from genre_desktop.app.jobs.model_actions import ModelActions
from genre_desktop.app.monitoring.statistics import MonitorStatistics
from genre_desktop.core.monitoring.alert_service import RESTORE_STARTERS
from genre_desktop.core.types import ModelRef
from genre_desktop.jobs.catalogue import JOBS
from genre_desktop.ui.theme import icons
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import (
    button,
    column,
    enable,
    frame,
    label,
    row,
    set_accessible_name,
    set_style_property,
)

LOOKS: dict[str, tuple[str, str, str]] = {
    "champion": ("guard", "success", mark("The champion answers")),
    "fallback": ("fallback", "warning", mark("The fallback model answers for now")),
    "none": ("failed", "danger", mark("No model can answer")),
}
"""Icon, palette colour and title of each state."""


class ServingCard(QFrame):
    """Badge and reason on the left, buttons on the right. ``wanted`` carries an alert action's name."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, care: ModelActions) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._theme, self._care, self._active = theme, care, "champion"
        self._picture = QLabel()
        self._title = label("", "section")
        self._reason = label("", wrap=True, select=True)
        self._since = label("", "caption", wrap=True)
        self.check = button("", lambda: care.run("drift"), "primary")
        self.report = button(
            tr("Open report"), care.open_report, "", tr("The full drift report, in your web browser")
        )
        self.restore = button(
            tr(JOBS[RESTORE_STARTERS].button), lambda: self.wanted.emit(RESTORE_STARTERS), "primary"
        )
        self._build()
        theme.changed.connect(self._draw)
        care.changed.connect(self._refresh)
        self.show_figures(MonitorStatistics())
        self._refresh()

    def _build(self) -> None:
        line = row(self, margin=20, gap=16)
        line.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        words = column(gap=4)
        for widget in (self._title, self._reason, self._since):
            words.addWidget(widget)
        line.addLayout(words, 1)
        for offer in (self.restore, self.report, self.check):
            line.addWidget(offer, alignment=Qt.AlignmentFlag.AlignTop)

    def show_figures(self, figures: MonitorStatistics) -> None:
        """Show who serves."""
        state = figures.serving
        self._active = state.active
        self._title.setText(tr(LOOKS[state.active][2]))
        self._reason.setText(render(state.reason) or _all_well(figures))
        self._since.setText(_since(state.since, figures.last_model, figures.taken or time.time()))
        self._since.setVisible(bool(self._since.text()))
        self.restore.setVisible(state.active == "none")
        set_style_property(self.check, kind="" if state.active == "none" else "primary")
        set_accessible_name(self, self._title.text(), self._reason.text())
        self._draw()

    def _refresh(self) -> None:
        busy = self._care.busy("drift")
        words = tr("Checking for drift…") if busy else tr(JOBS["drift"].button)
        self.check.setText(words)
        set_accessible_name(
            self.check, words, tr("Compare what you played with what the champion learned from")
        )
        enable(self.check, not busy)
        enable(self.report, not busy)
        enable(self.restore, not self._care.busy("restore-starters"))

    def _draw(self) -> None:
        icon, tone, _ = LOOKS[self._active]
        colour = getattr(self._theme.palette, tone)
        self._picture.setPixmap(icons.pixmap(icon, 36, colour, self.devicePixelRatioF()))


class MetricTile(QFrame):
    """One figure with its name below, and a word of explanation in the tool tip."""

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._name, self._tip = name, tip
        self._value = label("–", "title")
        self._detail = label("", "caption", wrap=True)
        layout = column(self, gap=2)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(label(name, "muted", wrap=True))
        layout.addWidget(self._value)
        layout.addWidget(self._detail)
        layout.addStretch(1)
        self.show_value("–")

    @property
    def value(self) -> str:
        """What it shows."""
        return self._value.text()

    def show_value(self, value: str, detail: str = "") -> None:
        """Show a figure."""
        self._value.setText(value)
        self._detail.setText(detail)
        set_accessible_name(self, f"{self._name}: {value}", self._tip)

    def explain(self, words: str) -> None:
        """Add to the tool tip."""
        self.setToolTip("\n".join(part for part in (self._tip, words) if part))


class Panel(QFrame):
    """A card with a heading and a line that explains; what it shows comes below, or why it is empty."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(title)
        self.words = label(words, "caption", wrap=True)
        self.empty = label("", "muted", wrap=True)
        self.empty.setMinimumHeight(64)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body = frame("plain")
        outer = column(self, gap=4)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.addWidget(label(title, "section"))
        outer.addWidget(self.words)
        outer.addSpacing(8)
        outer.addWidget(self.empty)
        outer.addWidget(self.body)
        outer.addStretch(1)
        self.layout_ = column(self.body, gap=8)
        self.say_empty("")

    def say_empty(self, words: str) -> None:
        """Instead of the contents say what will appear here, and when; nothing shows the contents."""
        self.empty.setText(words)
        self.empty.setVisible(bool(words))
        self.body.setVisible(not words)


def _since(since: float, model: ModelRef | None, now: float) -> str:
    parts = []
    if model is not None:
        parts.append(
            tr(
                "Last answer by {model} version {version} ({alias})",
                model=model.name,
                version=model.version,
                alias=model.alias,
            )
        )
    if since:
        parts.append(tr("so since {ago}", ago=format_past(since, now)))
    return " · ".join(parts)


def _all_well(figures: MonitorStatistics) -> str:
    """No more than is known: without a check nobody knows whether the music fits."""
    if figures.check is None:
        return tr("It works. Whether your music fits what it learned from, the first drift check will say.")
    if figures.check.drift:
        return tr(
            "It works. The last drift check found your music unlike what it learned from; one more will tell."
        )
    if figures.check.level == "mild":
        return tr(
            "It works, and your music fits what it learned from. Your recordings are coded or made in another way."
        )
    return tr("It works, and your music fits what it learned from.")
