"""The Cluster page of the preferences: its settings, what they mean, and a test of the connection."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from genre_desktop.app.i18n.translate import tr
from genre_desktop.app.jobs import job_text
from genre_desktop.app.jobs.manager import Job
from genre_desktop.core.settings import Settings, SettingSpec
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.preferences.section import RING, Section
from genre_desktop.ui.widgets.factory import button, column, fill, label, row
from genre_desktop.ui.widgets.message_bar import MessageBar

PAGE = "Cluster"
JOB = "cluster-test"


class ClusterSection(Section):
    """The settings of a cluster, and a button that says in a sentence whether it can be used.

    The test is a job, so that the window never loads Dask.
    """

    def __init__(self, options: Sequence[SettingSpec], context: AppContext) -> None:
        super().__init__(PAGE, options)
        self._jobs, self._settings = context.jobs, context.settings
        self.test = button(tr("Test connection"), self._test)
        self.result = MessageBar(context.theme)
        self.result.hide()
        self.body.insertLayout(1, _notes())
        self.body.insertLayout(2, fill(column(gap=8), fill(row(), self.test, 1), self.result))
        self.chosen.connect(lambda _option, _value: self.result.hide())
        self._jobs.ended.connect(self._ended)
        self._show_running()

    def show_value(self, key: str, settings: Settings) -> None:
        """Show the value of one setting, and hide the result of a test, which was about another."""
        super().show_value(key, settings)
        self.result.hide()

    def _test(self) -> None:
        from genre_desktop.jobs.cluster.address import ClusterOptions

        self.test.setFocus(Qt.FocusReason.OtherFocusReason)  # a field that is being typed into saves its text
        if ClusterOptions.of(self._settings) is None:
            self.result.show_message(tr("No cluster is set: all work runs on this computer."), tone="accent")
            return
        self.result.hide()
        self._jobs.start(JOB)
        self._show_running(True)

    def _ended(self, job: Job) -> None:
        if job.name != JOB or job.ended is None:
            return
        self._show_running()
        text = job_text.finished(JOB, job.ended)
        self.result.show_message(text.text, text.title, text.tone)

    def _show_running(self, running: bool | None = None) -> None:
        running = bool(self._jobs.running(JOB)) if running is None else running
        self.test.setText(tr("Testing…") if running else tr("Test connection"))
        self.test.setEnabled(not running)


def _notes() -> QVBoxLayout:
    texts = (
        tr(
            "Imports and retraining use the cluster. Files that you open in the window are analysed on this computer."
        ),
        tr(
            "Dask, which runs the cluster, executes any code that it is sent; encryption (TLS) with your own certificate authority protects it."
        ),
    )
    notes = fill(column(gap=4), *(label(text, "muted", wrap=True) for text in texts))
    notes.setContentsMargins(RING, 0, 0, 4)
    return notes
