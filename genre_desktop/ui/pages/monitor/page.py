"""The Monitor page: how the models do, what there was to tell, and which jobs run by themselves."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from genre_desktop.app.i18n.translate import mark, tr
from genre_desktop.app.monitoring.statistics import MonitorStatistics
from genre_desktop.core.errors import Problem
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.pages.monitor.alert_list import AlertList
from genre_desktop.ui.pages.monitor.overview import Overview
from genre_desktop.ui.pages.monitor.schedule import ScheduleView, TriggerDialog
from genre_desktop.ui.widgets import alert_actions
from genre_desktop.ui.widgets.factory import button, column, frame, label, row, set_accessible_name
from genre_desktop.ui.widgets.log_view import LogView
from genre_desktop.ui.widgets.message_bar import MessageBar

REFRESH_MS = 5000
"""While the page is seen, its figures are gathered this often."""
SEGMENT_WIDTH = 104
"""Room for the words in bold, so that nothing moves when a section is chosen."""

SECTIONS: tuple[tuple[str, str], ...] = (
    ("overview", mark("Overview")),
    ("alerts", mark("Alerts")),
    ("schedule", mark("Schedule")),
)
PERIODS: tuple[tuple[str, float], ...] = (
    (mark("Last 24 hours"), 86_400.0),
    (mark("Last 7 days"), 7 * 86_400.0),
    (mark("Last 30 days"), 30 * 86_400.0),
    (mark("All time"), 0.0),
)


class MonitorPage(QWidget):
    """Three sections behind one switch; figures are gathered while the page is in front."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context, self._watch = context, context.watch
        self.overview = Overview(context.theme, context.plots, self._watch.model_actions, self.ask_to_forget)
        self.alerts = AlertList(context.theme, self._watch.alerts, self._watch.model_actions)
        self.schedule = ScheduleView(context.theme, self._watch.model_actions, context.jobs)
        self.period = QComboBox()
        self.notice = MessageBar(context.theme, "warning", on_close=lambda: None)
        self._sections, self._group = QStackedWidget(), QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._build()
        self._connect()
        self.show_section("overview")

    def show_section(self, section: str) -> None:
        """``overview``, ``alerts`` or ``schedule``."""
        place = [name for name, _ in SECTIONS].index(section)
        self._buttons[section].setChecked(True)
        if any(made.hasFocus() for made in self._buttons.values()):
            self._buttons[section].setFocus()
        self._sections.setCurrentIndex(place)
        self.period.setVisible(section == "overview")

    def show_figures(self, figures: MonitorStatistics) -> None:
        """Show these."""
        self.overview.show_figures(figures)
        self.schedule.show_figures(figures)

    # putting it together

    def _build(self) -> None:
        layout = column(self, gap=12)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.addLayout(self._header())
        layout.addWidget(self.notice)
        self.notice.hide()
        for widget in (self.overview, self.alerts, self.schedule):
            self._sections.addWidget(widget)
        layout.addWidget(self._sections, 1)

    def _header(self) -> QHBoxLayout:
        line = row(gap=16)
        line.addWidget(label(tr("Monitor"), "title"))
        line.addWidget(self._switch())
        line.addStretch(1)
        for words, _ in PERIODS:
            self.period.addItem(tr(words))
        self.period.setCurrentIndex(1)
        set_accessible_name(self.period, tr("Period"), tr("What the figures are about"))
        line.addWidget(self.period)
        return line

    def _switch(self) -> QFrame:
        box = frame("segments")
        box.setAccessibleName(tr("Sections"))
        line = row(box, margin=3, gap=2)
        for section, words in SECTIONS:
            made = button(tr(words), partial(self.show_section, section), "segment")
            made.setCheckable(True)
            made.setMinimumWidth(SEGMENT_WIDTH)
            self._group.addButton(made)
            self._buttons[section] = made
            line.addWidget(made)
        return box

    def _connect(self) -> None:
        figures = self._watch.statistics
        figures.since = self._since
        figures.came.connect(self.show_figures)
        figures.failed.connect(self._say)
        figures.forgotten.connect(self._forgotten)
        self._timer.timeout.connect(figures.gather)
        self._watch.model_actions.changed.connect(self._gather_if_seen)
        self._watch.alerts.serving_changed.connect(lambda _state: self._gather_if_seen())
        self._watch.alerts.changed.connect(self._count)
        self.period.currentIndexChanged.connect(lambda _place: self._gather_if_seen())
        self.overview.serving.wanted.connect(self._apply)
        self.alerts.wanted.connect(self._apply)
        self.schedule.log_wanted.connect(self._show_log)
        self.schedule.edit_wanted.connect(self.edit_trigger)
        self._count()

    # what happens

    def showEvent(self, event: QShowEvent) -> None:
        """Gather figures while somebody looks."""
        super().showEvent(event)
        self._watch.statistics.gather()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._timer.stop()

    def edit_trigger(self, name: str) -> None:
        """Ask when a job shall run."""
        dialog = TriggerDialog(self, name, self._context.settings)
        dialog.finished.connect(self._trigger_edited)
        dialog.open()

    def ask_to_forget(self) -> None:
        """Ask once, then forget everything."""
        words = tr(
            "Every remembered answer, correction, imported clip, drift check, alert and job log is deleted for good. "
            "Models, settings and recordings stay."
        )
        if alert_actions.confirm(self, tr("Forget everything"), words):
            self._watch.statistics.forget_everything()

    def _trigger_edited(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._watch.settings_changed()
            self._gather_if_seen()

    def _since(self) -> float:
        length = PERIODS[self.period.currentIndex()][1]
        return time.time() - length if length else 0.0

    def _gather_if_seen(self) -> None:
        if self.isVisible():
            self._watch.statistics.gather()

    def _apply(self, action: str) -> None:
        alert_actions.apply(action, self._watch.model_actions, self, lambda: self.show_section("schedule"))

    def _count(self) -> None:
        n = len(self._watch.alerts.unread)
        words = tr("Alerts ({n})", n=n) if n else tr("Alerts")
        self._buttons["alerts"].setText(words)
        set_accessible_name(self._buttons["alerts"], words)

    def _show_log(self, title: str, path: Path) -> None:
        LogView(self, title, path).open()

    def _say(self, problem: Problem) -> None:
        self.notice.tell(problem)

    def _forgotten(self, problem: Problem | None) -> None:
        if problem is not None:
            self._say(problem)
            return
        self.notice.say(
            tr("The store is empty, and its file was cleaned."), tr("Everything is forgotten"), "success"
        )
        self._watch.alerts.look()
        self.alerts.refresh()
