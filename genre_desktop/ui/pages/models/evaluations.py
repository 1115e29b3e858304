"""Comparisons and evaluations on the Models page: their jobs and their results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from genre_desktop.app.i18n.translate import tr
from genre_desktop.app.jobs import job_text
from genre_desktop.app.jobs.manager import Job
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.dialogs.evaluation import EvaluationDialog
from genre_desktop.ui.external import music_folder
from genre_desktop.ui.widgets.factory import column, fill
from genre_desktop.ui.widgets.job_card import JobCard

COMPARE, EVALUATE = "compare", "evaluate"
JOBS = (COMPARE, EVALUATE)
_FOLDER = "models/folder"
"""The labelled folder that was chosen last."""


class Evaluations(QWidget):
    """Shows the jobs while they run, and keeps the comparisons of this session."""

    compared = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._comparisons: dict[tuple[str, ...], Mapping[str, Any]] = {}
        self.job = JobCard(context.theme, context.jobs, JOBS)
        fill(column(self), self.job)
        self.hide()
        self.job.busy_changed.connect(lambda _busy: self.show())
        self.job.succeeded.connect(self._succeeded)

    def comparison(self, versions: tuple[str, ...]) -> Mapping[str, Any] | None:
        """Return the last result for two versions, the older first; None if there is none."""
        return self._comparisons.get(versions)

    def compare(self, versions: tuple[str, ...]) -> None:
        """Evaluate two versions, the older first, on the clips of the library."""
        self._start(COMPARE, {"versions": list(versions)})

    def compare_on_folder(self, versions: tuple[str, ...]) -> None:
        """Evaluate two versions on a folder of the user's choice."""
        folder = self._choose_folder()
        if folder:
            self._start(COMPARE, {"versions": list(versions), "folder": folder, **self._mode()})

    def evaluate(self, version: str) -> None:
        """Evaluate a version, or without one the model in use, on a folder of the user's choice."""
        folder = self._choose_folder()
        if folder:
            self._start(EVALUATE, {"folder": folder, "model": version or "champion", **self._mode()})

    def _mode(self) -> dict[str, Any]:
        return {"mode": self._context.settings["analyse.mode"]}

    def _start(self, name: str, params: dict[str, Any]) -> None:
        if not self.job.busy:
            self.show()
            self.job.start(name, params)

    def _choose_folder(self) -> str:
        memory = self._context.memory
        title = tr("Choose a folder that contains one folder for each genre")
        chosen = QFileDialog.getExistingDirectory(
            self, title, str(memory.value(_FOLDER, "")) or music_folder()
        )
        if chosen:
            memory.setValue(_FOLDER, chosen)
        return chosen

    def _succeeded(self, job: Job) -> None:
        if job.ended is None:
            return
        result = job.ended.result
        if job.name == COMPARE:
            self._comparisons[tuple(result["versions"])] = result
            self.compared.emit()
            return
        text = job_text.succeeded(job.name, result)
        show = (
            tr("Show results"),
            lambda: EvaluationDialog(self.window(), self._context.theme, result).open(),
        )
        self.job.notice.show_message(text.text, text.title, text.tone, [show])
        if self.isVisible():
            QTimer.singleShot(0, self, show[1])  # not within the signal
