"""Jobs under way, in the line at the bottom of every page: name, how far, and a way to stop each."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from genre_desktop.app.job_desk import Job, JobDesk
from genre_desktop.app.text import mark, plural, told, tr
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.basics import button, icon_button, name_it, row

TITLES = {
    "drift": mark("Checking for drift"),
    "import": mark("Importing"),
    "maintenance": mark("Tidying up"),
    "mlflow-ui": mark("MLflow’s pages are open"),
    "promote": mark("Promoting a model"),
    "restore-starters": mark("Restoring the starter models"),
    "retrain": mark("Retraining"),
    "roll-back": mark("Rolling back"),
}
"""Jobs worth showing; those that only look something up pass silently."""


class JobStrip(QWidget):
    """The newest running job; a click lists all of them, each with its cancel."""

    def __init__(self, theme: Theme, jobs: JobDesk) -> None:
        super().__init__()
        self._jobs = jobs
        self.words: QPushButton = button(tr("Jobs"), self._list, "quiet", tr("Jobs under way"))
        self.cancel = icon_button(theme, "close", tr("Cancel this job"), self._cancel)
        line = row(self, gap=4)
        line.addWidget(self.words)
        line.addWidget(self.cancel)
        for signal in (jobs.started, jobs.changed, jobs.ended):
            signal.connect(self._show)
        self._show()

    @property
    def running(self) -> list[Job]:
        """Jobs worth showing, newest first."""
        return [job for job in reversed(self._jobs.running()) if job.name in TITLES]

    def menu(self) -> QMenu:
        """One entry for each job that cancels it."""
        menu = QMenu(tr("Jobs"), self)
        for job in self.running:
            action = menu.addAction(tr("Cancel: {job}", job=describe(job)))
            action.triggered.connect(lambda _checked=False, job=job: self._jobs.cancel(job))
        return menu

    def _show(self, _job: Job | None = None) -> None:
        running = self.running
        self.setVisible(bool(running))
        if running:
            words = describe(running[0])
            if len(running) > 1:
                words += " · " + plural(len(running) - 1, "one more", "{n} more")
            self.words.setText(words)
            name_it(self.words, words, told(running[0].message) or words)
            self.cancel.setVisible(len(running) == 1)

    def _cancel(self) -> None:
        for job in self.running[:1]:
            self._jobs.cancel(job)

    def _list(self) -> None:
        menu = self.menu()
        menu.exec(self.words.mapToGlobal(self.words.rect().topLeft()))
        menu.deleteLater()


def describe(job: Job) -> str:
    """``Retraining · 42 %``."""
    title = tr(TITLES.get(job.name, job.name))
    return title if job.fraction is None else f"{title} · {100 * job.fraction:.0f} %"
