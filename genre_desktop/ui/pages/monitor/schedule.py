"""The scheduled jobs: trigger, last result, and controls to run and edit them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSpinBox,
    QWidget,
)

from genre_desktop.app.i18n.time_format import format_duration, format_future, format_past, moment
from genre_desktop.app.i18n.translate import mark, render, tr
from genre_desktop.app.jobs import job_text
from genre_desktop.app.jobs.manager import Job, JobManager
from genre_desktop.app.jobs.model_actions import ModelActions
from genre_desktop.app.monitoring.statistics import MonitorStatistics
from genre_desktop.core.settings import BY_KEY, Settings
from genre_desktop.core.store.job_runs import JobRun
from genre_desktop.jobs.catalogue import JOBS, JobSpec, schedules, title_of
from genre_desktop.jobs.schedule.status import ScheduleRow
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.pages.layout import scroll_column, widget_row
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.dialog import Dialog
from genre_desktop.ui.widgets.factory import button, column, icon_button, label, row, set_accessible_name
from genre_desktop.ui.widgets.setting_controls import show_unit

OUTCOME_WIDTH = 260

LOOKS: dict[str, tuple[str, str, str]] = {
    "running": ("working", "accent", mark("Running")),
    "succeeded": ("done", "success", mark("Done")),
    "failed": ("failed", "danger", mark("Failed")),
    "died": ("failed", "danger", mark("Stopped unexpectedly")),
    "cancelled": ("cancelled", "muted", mark("Cancelled")),
    "": ("waiting", "muted", mark("Has not run yet")),
}
"""Icon, palette colour and text of each outcome."""


class ScheduleView(QScrollArea):
    """One card per job; ``log_requested`` carries title and path, ``edit_requested`` a job's name."""

    log_requested = Signal(str, object)
    edit_requested = Signal(str)

    def __init__(self, theme: Theme, actions: ModelActions, jobs: JobManager) -> None:
        super().__init__()
        self.cards = {name: ScheduleCard(theme, JOBS[name], actions, jobs) for name in schedules()}
        layout = scroll_column(self, gap=12, focus=True)
        layout.setContentsMargins(0, 0, 10, 0)
        hint = tr(
            "These jobs run automatically while the program is open. A job that was due while the program was closed runs once, a minute after the start; two jobs never run at the same time."
        )
        layout.addWidget(label(hint, "muted", wrap=True))
        for card in self.cards.values():
            layout.addWidget(card)
            card.edit_requested.connect(self.edit_requested)
            card.log_requested.connect(self.log_requested)
        self._show_only({name for name, schedule in schedules().items() if not schedule.requires})
        layout.addStretch(1)
        self.setAccessibleName(tr("Schedule"))

    def show_statistics(self, statistics: MonitorStatistics) -> None:
        """Show the current schedule."""
        for line in statistics.schedule:
            self.cards[line.name].show_row(line, statistics.taken)
        self._show_only({line.name for line in statistics.schedule})

    def _show_only(self, names: set[str]) -> None:
        """Hide jobs that need something that is not set, such as a shared registry."""
        for name, card in self.cards.items():
            card.setHidden(name not in names)


class ScheduleCard(QFrame):
    """One job: purpose, trigger and last result, with buttons to run it, edit it and open its log."""

    log_requested = Signal(str, object)
    edit_requested = Signal(str)

    def __init__(self, theme: Theme, spec: JobSpec, actions: ModelActions, jobs: JobManager) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._theme, self._spec, self._actions, self._jobs = theme, spec, actions, jobs
        self._description = tr(schedules()[spec.name].description)
        self._row: ScheduleRow | None = None
        self._now = 0.0
        self._picture = QLabel()
        self.trigger, self._next = label("", "chip"), label("", "muted")
        self.status = label("", "section", wrap=True)
        self.outcome = label("", "caption", wrap=True, select=True)
        self._bar = QProgressBar(textVisible=False)
        title = tr(spec.title)
        self.run = button(tr("Run now"), lambda: actions.run(spec.name))
        set_accessible_name(self.run, tr("Run now: {title}", title=title), self._description)
        self.cancel = icon_button(theme, "close", tr("Cancel: {title}", title=title), self._cancel)
        self.edit = button(tr("Edit…"), lambda: self.edit_requested.emit(spec.name))
        set_accessible_name(
            self.edit, tr("Edit the schedule: {title}", title=title), tr("Edit when the job runs")
        )
        self.log = button(tr("Log"), self._show_log)
        set_accessible_name(self.log, tr("Log: {title}", title=title), tr("Log of the last run"))
        set_accessible_name(self._bar, tr("Progress: {title}", title=title))
        self._build(title)
        actions.changed.connect(self._refresh)
        jobs.changed.connect(self._job_changed)
        theme.changed.connect(self._refresh)
        self._refresh()

    def _build(self, title: str) -> None:
        texts_box, rest = QWidget(), WrapRow(gap=16)
        line = row(self, margin=16, gap=16)
        line.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        line.addWidget(rest, 1)
        texts = column(texts_box, gap=4)
        texts.addWidget(label(title, "section", wrap=True))
        texts.addWidget(label(self._description, "muted", wrap=True))
        texts.addWidget(self.trigger, alignment=Qt.AlignmentFlag.AlignLeft)
        texts.addWidget(self._next)
        texts.addStretch(1)
        rest.add(texts_box, 3, letters=30)
        outcome_box = QWidget()
        last = column(outcome_box, gap=4)
        last.addWidget(self.status)
        last.addWidget(self._bar)
        last.addWidget(self.outcome)
        last.addStretch(1)
        rest.add(outcome_box, 1, letters=26)
        self._outcome_box, controls_box = outcome_box, QWidget()
        buttons = column(controls_box, gap=8)
        for controls in ((self.cancel, self.run), (self.edit, self.log)):
            buttons.addLayout(widget_row(None, *controls))
        buttons.addStretch(1)
        rest.add(controls_box)

    def show_row(self, line: ScheduleRow, now: float) -> None:
        """Show the state of the job."""
        self._row, self._now = line, now
        self.trigger.setText(
            tr("Runs {trigger}", trigger=render(line.trigger)) if line.trigger != "off" else tr("Off")
        )
        self._next.setText(_next_run_text(line, now))
        self._next.setVisible(bool(self._next.text()))
        self._next.setToolTip(moment(line.next_run))
        self._refresh()

    def _refresh(self) -> None:
        last = self._row.last if self._row is not None else None
        job = next(iter(self._jobs.running(self._spec.name)), None)
        running = self._actions.busy(self._spec.name) or (self._row is not None and self._row.running)
        state = "running" if running else last.status if last is not None else ""
        icon, tone, title = _look(state, last)
        self._theme.set_pixmap(self._picture, icon, 24, tone)
        self._outcome_box.setMaximumWidth(self._theme.scaled(OUTCOME_WIDTH))
        self.status.setText(_status(title, last, running, self._now))
        self.outcome.setText(
            (render(job.message) if job is not None else "") if running else _result_text(last)
        )
        self._bar.setVisible(running)
        if job is None or job.fraction is None:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(1000 * job.fraction))
        self.run.setEnabled(not running)
        self.cancel.setVisible(job is not None)
        self.log.setEnabled(last is not None and bool(last.log_path))

    def _job_changed(self, job: Job) -> None:
        if job.name == self._spec.name:
            self._refresh()

    def _cancel(self) -> None:
        for job in self._jobs.running(self._spec.name):
            self._jobs.cancel(job)

    def _show_log(self) -> None:
        if self._row is not None and self._row.last is not None:
            title = tr("Log: {title}", title=tr(self._spec.title))
            self.log_requested.emit(title, Path(self._row.last.log_path))

    def minimumSizeHint(self) -> QSize:
        """Return a small width: the texts wrap."""
        return QSize(480, super().minimumSizeHint().height())


class TriggerDialog(Dialog):
    """Edits a job's schedule: its interval and the amount of new data that triggers it."""

    def __init__(self, parent: QWidget, name: str, settings: Settings) -> None:
        title, schedule = tr(title_of(name)), schedules()[name]
        super().__init__(parent, tr("Schedule: {title}", title=title))
        self._settings = settings
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        keys = [schedule.key, *([schedule.condition.key] if schedule.condition is not None else [])]
        self.fields = {key: self._field(key, form) for key in keys}
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.arrange(label(title, "title", wrap=True), form, 1, buttons=buttons, gap=16)
        self.set_keys(buttons.button(kinds.Ok), self.fields[schedule.key])

    def accept(self) -> None:
        """Save the chosen values."""
        for key, field in self.fields.items():
            self._settings[key] = field.value()
        super().accept()

    def _field(self, key: str, form: QFormLayout) -> QSpinBox:
        option = BY_KEY[key]
        field = QSpinBox()
        field.setRange(int(option.minimum or 0), int(option.maximum or 0))
        field.valueChanged.connect(lambda _number: show_unit(field, option))
        if not option.minimum:
            field.setSpecialValueText(tr("off"))
        field.setValue(int(self._settings[key]))
        show_unit(field, option)
        field.setMinimumWidth(180)
        field.lineEdit().setTextMargins(8, 0, 0, 0)
        set_accessible_name(field, tr(option.title), tr(option.description))
        form.addRow(label(tr(option.title)), field)
        return field


def _look(state: str, last: JobRun | None) -> tuple[str, str, str]:
    """Return icon, colour and text; a warning result, such as a drift, is not shown as done."""
    if state == "succeeded" and last is not None:
        outcome = job_text.succeeded(last.name, last.result)
        if outcome.tone == "warning":
            return "warning", "warning", outcome.title
    icon, tone, title = LOOKS[state]
    return icon, tone, tr(title)


def _status(title: str, last: JobRun | None, running: bool, now: float) -> str:
    if running or last is None:
        return title
    return f"{title} {format_past(last.finished or last.started, now)}"


def _result_text(last: JobRun | None) -> str:
    if last is None:
        return ""
    duration = tr("took {span}", span=format_duration(last.seconds)) if last.seconds is not None else ""
    result = render(last.message or job_text.succeeded(last.name, last.result).text)
    return " · ".join(part for part in (duration, result) if part)


def _next_run_text(line: ScheduleRow, now: float) -> str:
    if line.running:
        return ""
    if line.waiting:
        return tr("due; waiting until {what}", what=render(line.waiting))
    if line.next_run is None:
        return tr("next run not yet set") if line.trigger != "off" else ""
    return tr("next run {when}", when=format_future(line.next_run, now))
