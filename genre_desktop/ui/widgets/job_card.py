"""A job on the page it belongs to: progress, log, Cancel button and outcome."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QProgressBar, QWidget

from genre_desktop.app.i18n.time_format import time_left
from genre_desktop.app.i18n.translate import render, tr
from genre_desktop.app.jobs import job_text
from genre_desktop.app.jobs.job_text import JobText
from genre_desktop.app.jobs.manager import Job, JobManager
from genre_desktop.core.errors import AppError, Problem
from genre_desktop.jobs.catalogue import JOBS
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import button, column, fill, frame, label, set_accessible_name
from genre_desktop.ui.widgets.message_bar import MessageBar, copy_button


class JobCard(QWidget):
    """Starts jobs and shows those with certain names, no matter where they were started.

    Parameters
    ----------
    names:
        Jobs of the catalogue.
    """

    succeeded = Signal(object)
    """The :class:`Job` that succeeded."""

    busy_changed = Signal(bool)

    def __init__(self, theme: Theme, jobs: JobManager, names: Collection[str]) -> None:
        super().__init__()
        self._jobs, self._names = jobs, names
        self._job: Job | None = None
        self.busy = False
        self.card = frame("card")
        self._title = label("", "section")
        self._message = label("", "muted", wrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.log = QPlainTextEdit(readOnly=True)
        self.cancel = button(tr("Cancel"), self._cancel)
        self._toggle = button(tr("Show log"), self._toggle_log, "quiet")
        self.notice = MessageBar(theme, on_close=lambda: None)
        self._build()
        jobs.started.connect(self._changed)
        jobs.changed.connect(self._changed)
        jobs.ended.connect(self._ended)
        for job in jobs.running():
            self._changed(job)

    def _build(self) -> None:
        set_accessible_name(self.bar, tr("Progress of the job"))
        set_accessible_name(self.log, tr("Log of the job"))
        self.log.setMaximumBlockCount(500)
        self.log.setMaximumHeight(150)
        self.log.setTabChangesFocus(True)
        texts, head = QWidget(), WrapRow()
        fill(column(texts, gap=2), self._title, self._message)
        head.add(texts, 1, letters=30)
        for each in (self._toggle, self.cancel):
            head.add(each)
        fill(column(self.card, margin=16), head, self.bar, self.log)
        fill(column(self), self.card, self.notice)
        for widget in (self.card, self.log, self.notice, self):
            widget.hide()

    def start(self, name: str, params: Mapping[str, Any] | None = None) -> None:
        """Start a job and show it before its process reports anything."""
        self.notice.hide()
        self.log.clear()
        self._show(tr(JOBS[name].running), tr("Starting…"), None)
        try:
            self._jobs.start(name, dict(params or {}))
        except AppError as error:
            self.show_problem(error.problem)

    def show_problem(self, problem: Problem) -> None:
        """Show a problem that did not come from a job."""
        self._show_outcome(job_text.failed(problem), problem)

    def show_message(self, title: str, text: str, tone: str) -> None:
        """Show a message that did not come from a job."""
        self._show_outcome(JobText(title, text, tone))

    def _show(self, title: str, message: str, fraction: float | None) -> None:
        self._title.setText(title)
        self._message.setText(message)
        self.bar.setRange(0, 0 if fraction is None else 1000)
        self.bar.setValue(round(1000 * (fraction or 0.0)))
        self.bar.setAccessibleDescription(message)
        self.card.show()
        self.show()
        self._set_busy(True)

    def _changed(self, job: Job) -> None:
        if job.name not in self._names or not job.running:
            return
        if job is not self._job:
            self._job = job
            self.log.clear()
            self.notice.hide()
        self.cancel.setEnabled(True)
        parts = [render(job.message) or tr("Starting…")]
        if job.seconds_left is not None:
            parts.append(time_left(job.seconds_left))
        self._show(tr(JOBS[job.name].running), " · ".join(parts), job.fraction)
        self.log.setPlainText("\n".join(job.lines))
        self.log.verticalScrollBar().setValue(self.log.verticalScrollBar().maximum())

    def _ended(self, job: Job) -> None:
        if job.name not in self._names or job.ended is None:
            return
        self._show_outcome(job_text.finished(job.name, job.ended), job.ended.problem)
        if job.ended.status == "succeeded":
            self.succeeded.emit(job)

    def _show_outcome(self, outcome: JobText, problem: Problem | None = None) -> None:
        title, text, tone = outcome
        self._job = None
        self.card.hide()
        buttons = [copy_button(problem)] if problem is not None else []
        self.notice.show_message(text, title, tone, buttons)
        self.setVisible(bool(title or text))
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:
        if busy != self.busy:
            self.busy = busy
            self.busy_changed.emit(busy)

    def _cancel(self) -> None:
        if self._job is not None:
            self.cancel.setEnabled(False)
            self._message.setText(tr("Cancelling…"))
            self._jobs.cancel(self._job)

    def _toggle_log(self) -> None:
        shown = not self.log.isVisible()
        self.log.setVisible(shown)
        text = tr("Hide log") if shown else tr("Show log")
        self._toggle.setText(text)
        set_accessible_name(self._toggle, text)
