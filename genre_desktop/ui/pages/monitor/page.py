"""The Monitor page: statistics, alerts and scheduled jobs."""

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
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from genre_desktop.app.i18n.translate import mark, tr
from genre_desktop.app.monitoring.statistics import MonitorStatistics
from genre_desktop.core.errors import Problem
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.pages.layout import page_column
from genre_desktop.ui.pages.monitor.alert_list import AlertList
from genre_desktop.ui.pages.monitor.overview import Overview
from genre_desktop.ui.pages.monitor.schedule import ScheduleView, TriggerDialog
from genre_desktop.ui.widgets import alert_actions
from genre_desktop.ui.widgets.factory import button, frame, label, row, set_accessible_name
from genre_desktop.ui.widgets.log_view import LogView
from genre_desktop.ui.widgets.message_bar import SlimMessageBar

REFRESH_MS = 5000
"""Interval between updates while the page is visible, in milliseconds."""
SEGMENT_WIDTH = 104
"""Least width of the section buttons in pixels."""

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
    """Three sections behind one switch; statistics are updated while the page is visible."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context, self._monitoring = context, context.monitoring
        self.overview = Overview(
            context.theme, context.plots, self._monitoring.model_actions, self.confirm_clear_store
        )
        self.alerts = AlertList(context.theme, self._monitoring.alerts, self._monitoring.model_actions)
        self.schedule = ScheduleView(context.theme, self._monitoring.model_actions, context.jobs)
        self.period = QComboBox()
        self.notice = SlimMessageBar(context.theme, "warning", on_close=lambda: None)
        self._sections, self._group = QStackedWidget(), QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._build()
        self._connect()
        self.show_section("overview")

    def show_section(self, section: str) -> None:
        """Show ``overview``, ``alerts`` or ``schedule``."""
        place = [name for name, _ in SECTIONS].index(section)
        self._buttons[section].setChecked(True)
        if any(button.hasFocus() for button in self._buttons.values()):
            self._buttons[section].setFocus()
        for index, widget in enumerate((self.overview, self.alerts, self.schedule)):
            policies = QSizePolicy.Policy  # only the visible one determines the height of the page
            widget.setSizePolicy(
                policies.Preferred, policies.Preferred if index == place else policies.Ignored
            )
        self._sections.setCurrentIndex(place)
        self.period.setVisible(section == "overview")

    def show_statistics(self, statistics: MonitorStatistics) -> None:
        """Show statistics in the overview and the schedule."""
        self.overview.show_statistics(statistics)
        self.schedule.show_statistics(statistics)

    def _build(self) -> None:
        layout = page_column(self)
        layout.addWidget(self._header())
        layout.addWidget(self.notice)
        self.notice.hide()
        for widget in (self.overview, self.alerts, self.schedule):
            self._sections.addWidget(widget)
        layout.addWidget(self._sections, 1)

    def _header(self) -> WrapRow:
        line = WrapRow(label(tr("Monitor"), "title"), gap=16)
        line.add(WrapRow(self._switch()), 1)
        for title, _ in PERIODS:
            self.period.addItem(tr(title))
        self.period.setCurrentIndex(1)
        set_accessible_name(self.period, tr("Period"), tr("Period of the statistics"))
        line.add(self.period)
        return line

    def _switch(self) -> QFrame:
        box = frame("segments")
        box.setAccessibleName(tr("Sections"))
        line = row(box, margin=3, gap=2)
        for section, title in SECTIONS:
            section_button = button(tr(title), partial(self.show_section, section), "segment")
            section_button.setCheckable(True)
            section_button.setMinimumWidth(SEGMENT_WIDTH)
            self._group.addButton(section_button)
            self._buttons[section] = section_button
            line.addWidget(section_button)
        return box

    def _connect(self) -> None:
        loader = self._monitoring.statistics
        loader.since = self._since
        loader.came.connect(self.show_statistics)
        loader.failed.connect(self.notice.show_problem)
        loader.forgotten.connect(self._store_cleared)
        self._timer.timeout.connect(loader.gather)
        self._monitoring.model_actions.changed.connect(self._update_if_visible)
        self._monitoring.alerts.serving_changed.connect(lambda _state: self._update_if_visible())
        self._monitoring.alerts.changed.connect(self._show_unread_count)
        self.period.currentIndexChanged.connect(lambda _place: self._update_if_visible())
        self.overview.serving.wanted.connect(self._apply)
        self.alerts.wanted.connect(self._apply)
        self.schedule.log_requested.connect(self._show_log)
        self.schedule.edit_requested.connect(self.edit_trigger)
        self._show_unread_count()

    def showEvent(self, event: QShowEvent) -> None:
        """Update the statistics while the page is visible."""
        super().showEvent(event)
        self._monitoring.statistics.gather()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop updating the statistics."""
        super().hideEvent(event)
        self._timer.stop()

    def edit_trigger(self, name: str) -> None:
        """Open the dialog for a job's schedule."""
        dialog = TriggerDialog(self, name, self._context.settings)
        dialog.finished.connect(self._trigger_edited)
        dialog.open()

    def confirm_clear_store(self) -> None:
        """Delete everything that is stored, after confirmation."""
        question = tr(
            "All stored answers, corrections, imported clips, drift checks, alerts, job logs and the live log "
            "will be deleted permanently. Models, settings and recordings are kept."
        )
        if alert_actions.confirm(self, tr("Delete all data"), question):
            self._monitoring.statistics.forget_everything()

    def _trigger_edited(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._monitoring.settings_changed()
            self._update_if_visible()

    def _since(self) -> float:
        length = PERIODS[self.period.currentIndex()][1]
        return time.time() - length if length else 0.0

    def _update_if_visible(self) -> None:
        if self.isVisible():
            self._monitoring.statistics.gather()

    def _apply(self, action: str) -> None:
        alert_actions.apply(
            action, self._monitoring.model_actions, self, lambda: self.show_section("schedule")
        )

    def _show_unread_count(self) -> None:
        n = len(self._monitoring.alerts.unread)
        title = tr("Alerts ({n})", n=n) if n else tr("Alerts")
        self._buttons["alerts"].setText(title)
        set_accessible_name(self._buttons["alerts"], title)

    def _show_log(self, title: str, path: Path) -> None:
        LogView(self, title, path).open()

    def _store_cleared(self, problem: Problem | None) -> None:
        if problem is not None:
            self.notice.show_problem(problem)
            return
        self._context.undo.clear()  # which could bring corrections and clips back
        self.notice.show_message(
            tr("The database is empty, and its file was cleaned."), tr("All data was deleted"), "success"
        )
        self._monitoring.alerts.look()
        self.alerts.refresh()
