"""Which model answers and why, with the actions available, and the cards of the overview."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from genre_desktop.app.i18n.time_format import format_past
from genre_desktop.app.i18n.translate import mark, render, tr
from genre_desktop.app.jobs import drift_text
from genre_desktop.app.jobs.model_actions import ModelActions
from genre_desktop.app.monitoring.statistics import MonitorStatistics
from genre_desktop.core.monitoring.alert_service import RESTORE_STARTERS
from genre_desktop.core.types import ModelRef
from genre_desktop.jobs.catalogue import JOBS
from genre_desktop.ui.fitting.wrap_row import TOP, WrapRow
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import (
    button,
    column,
    enable,
    fill,
    frame,
    label,
    row,
    set_accessible_name,
    set_style_property,
)

LOOKS: dict[str, tuple[str, str, str]] = {
    "champion": ("guard", "success", mark("Champion in use")),
    "fallback": ("fallback", "warning", mark("Fallback model in use")),
    "none": ("failed", "danger", mark("No model works")),
}
"""Icon, palette colour and title of each state."""


class ServingCard(QFrame):
    """Badge, reason and buttons; ``wanted`` carries an alert action's name."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, actions: ModelActions) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._theme, self._actions, self._look = theme, actions, LOOKS["champion"]
        self._picture = QLabel()
        self._title = label("", "section", wrap=True)
        self._reason = label("", wrap=True, select=True)
        self._note, self._since = label("", "caption", wrap=True), label("", "caption", wrap=True)
        self.check = button("", lambda: actions.run("drift"), "primary")
        self.report = button(
            tr("Open report"), actions.open_report, "", tr("Open the full drift report in your web browser")
        )
        self.restore = button(
            tr(JOBS[RESTORE_STARTERS].button), lambda: self.wanted.emit(RESTORE_STARTERS), "primary"
        )
        self._build()
        theme.changed.connect(self._draw)
        actions.changed.connect(self._refresh)
        self.show_statistics(MonitorStatistics())
        self._refresh()

    def _build(self) -> None:
        line = row(self, margin=20, gap=16)
        line.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        box, rest = QWidget(), WrapRow(gap=16)
        fill(column(box, gap=4), self._title, self._reason, self._note, self._since)
        rest.add(box, 1, letters=35)
        rest.add(WrapRow(self.restore, self.report, self.check, gap=16), align=TOP)
        line.addWidget(rest, 1)

    def show_statistics(self, statistics: MonitorStatistics) -> None:
        """Show which model answers."""
        state = statistics.serving
        suspected = state.active == "champion" and statistics.drift_result.get("drift")
        self._look = ("warning", "warning", LOOKS["champion"][2]) if suspected else LOOKS[state.active]
        self._title.setText(tr(self._look[2]))
        self._reason.setText(" ".join(_reason(statistics)))
        self._note.setText(_compression_note(statistics))
        self._note.setVisible(bool(self._note.text()))
        self._since.setText(_since(state.since, statistics.last_model, statistics.taken or time.time()))
        self._since.setVisible(bool(self._since.text()))
        self.restore.setVisible(state.active == "none")
        set_style_property(self.check, kind="" if state.active == "none" else "primary")
        set_accessible_name(self, self._title.text(), self._reason.text())
        self._draw()

    def _refresh(self) -> None:
        busy = self._actions.busy("drift")
        title = tr("Checking for drift…") if busy else tr(JOBS["drift"].button)
        self.check.setText(title)
        set_accessible_name(
            self.check, title, tr("Compare the music that you analysed with the champion's training music")
        )
        enable(self.check, not busy)
        enable(self.report, not busy)
        enable(self.restore, not self._actions.busy("restore-starters"))

    def _draw(self) -> None:
        icon, tone, _ = self._look
        self._theme.set_pixmap(self._picture, icon, 36, tone)


class MetricTile(QFrame):
    """A number below its name; the tool tip explains it."""

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._name, self._tip = name, tip
        self.value = label("–", "title")
        self._detail = label("", "caption", wrap=True)
        layout = column(self, gap=2)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(label(name, "muted", wrap=True))
        layout.addWidget(self.value)
        layout.addWidget(self._detail)
        layout.addStretch(1)
        self.show_value("–")

    def show_value(self, value: str, detail: str = "") -> None:
        """Show a value and, below it, a detail."""
        self.value.setText(value)
        self._detail.setText(detail)
        set_accessible_name(self, f"{self._name}: {value}", self._tip)

    def explain(self, text: str) -> None:
        """Add a line to the tool tip."""
        self.setToolTip("\n".join(part for part in (self._tip, text) if part))


class Panel(QFrame):
    """A card with a title, a caption and contents, or a placeholder while it has none."""

    def __init__(self, title: str, caption: str) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(title)
        self.caption = label(caption, "caption", wrap=True)
        self.empty = label("", "muted", wrap=True)
        self.empty.setMinimumHeight(64)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body = frame("plain")
        outer = column(self, gap=4)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.addWidget(label(title, "section"))
        outer.addWidget(self.caption)
        outer.addSpacing(8)
        outer.addWidget(self.empty)
        outer.addWidget(self.body)
        outer.addStretch(1)
        self.contents = column(self.body, gap=8)
        self.show_placeholder("")

    def show_placeholder(self, text: str) -> None:
        """Show a text instead of the contents; an empty text shows the contents."""
        self.empty.setText(text)
        self.empty.setVisible(bool(text))
        self.body.setVisible(not text)


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
        parts.append(tr("since {ago}", ago=format_past(since, now)))
    return " · ".join(parts)


def _reason(statistics: MonitorStatistics) -> list[str]:
    """Return why the champion does not answer, or else what the last drift check says about the user's music."""
    state, result = statistics.serving, statistics.drift_result
    if state.reason:
        return [render(state.reason)]
    if not result:
        return [tr("Not checked for drift yet.")]
    parts = [f"{drift_text.title(result)}.", drift_text.comparison(result), drift_text.still_needed(result)]
    return [part for part in parts if part]


def _compression_note(statistics: MonitorStatistics) -> str:
    """Return the quiet line for the many users whose files are compressed: nothing has to be done about it."""
    state, result = statistics.serving, statistics.drift_result
    if state.drifted or result.get("drift"):
        return ""
    return drift_text.compression_note({"level": "mild"} if state.recoded else result)
