"""The running job in the status bar: name, progress, time left and a Cancel button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from genre_desktop.app.i18n.time_format import time_left
from genre_desktop.app.i18n.translate import plural, render, tr
from genre_desktop.app.jobs.manager import Job, JobManager
from genre_desktop.jobs.catalogue import JOBS, listed
from genre_desktop.ui.fitting.elided_button import ElidedButton
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import fill, icon_button, row, set_accessible_name


class JobStrip(QWidget):
    """Shows the newest running job; ``list_wanted`` is emitted when it is clicked."""

    list_wanted = Signal()

    def __init__(self, theme: Theme, jobs: JobManager) -> None:
        super().__init__()
        self._jobs = jobs
        self.text = ElidedButton(tr("Jobs"))
        set_accessible_name(self.text, tr("Jobs"), tr("Running jobs"))
        self.text.clicked.connect(lambda _checked=False: self.list_wanted.emit())
        self.cancel = icon_button(theme, "close", tr("Cancel this job"), self._cancel)
        fill(row(self, gap=4), self.text, self.cancel)
        for signal in (jobs.started, jobs.changed, jobs.ended):
            signal.connect(self._show)
        self._show()

    @property
    def running(self) -> list[Job]:
        """The running jobs of the catalogue that are not quiet, newest first."""
        return [job for job in reversed(self._jobs.running()) if _shown(job)]

    def _show(self, _job: Job | None = None) -> None:
        running = self.running
        self.setVisible(bool(running))
        if running:
            text = describe(running[0])
            if len(running) > 1:
                text += " · " + plural(len(running) - 1, "1 more", "{n} more")
            self.text.setText(text)
            set_accessible_name(self.text, text, render(running[0].message) or text)
            self.cancel.setVisible(len(running) == 1)

    def _cancel(self) -> None:
        for job in self.running[:1]:
            self._jobs.cancel(job)


def _shown(job: Job) -> bool:
    spec = listed(job.name)
    return spec is not None and not spec.quiet


def describe(job: Job) -> str:
    """``Retraining · 42 % · about 3 minutes left``."""
    parts = [tr(JOBS[job.name].running)]
    if job.fraction is not None:
        parts.append(f"{100 * job.fraction:.0f} %")
    if job.seconds_left is not None:
        parts.append(time_left(job.seconds_left))
    return " · ".join(parts)
