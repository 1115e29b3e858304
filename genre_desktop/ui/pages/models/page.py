"""The Models page: versions, their figures, who serves, and training. MLflow is asked in job processes only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from genre_desktop.app.i18n.translate import mark, plural, tr
from genre_desktop.app.jobs import job_text
from genre_desktop.app.jobs.manager import Job
from genre_desktop.app.monitoring.model_entry import ModelEntry, number
from genre_desktop.core.paths import write_atomically
from genre_desktop.jobs.catalogue import JOBS
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.pages.models.model_details import ModelDetails
from genre_desktop.ui.pages.models.retrain_options import RetrainOptions
from genre_desktop.ui.widgets.factory import (
    allow_shrink,
    button,
    column,
    frame,
    label,
    row,
    set_accessible_name,
)
from genre_desktop.ui.widgets.job_card import JobCard
from genre_desktop.ui.widgets.table_fit import TableFit, set_up_table

CHANGES = ("retrain", *(spec.name for spec in JOBS.values() if spec.moves_alias))
"""Jobs after which the list has changed."""
WEB = "mlflow-ui"
"""The job that serves MLflow's pages; it runs as long as they are wanted, beside the others."""

COLUMNS = (
    mark("Version"), mark("Family"), mark("Serves as"), mark("G-Mean"), mark("Accuracy"),
    mark("Made"), mark("Clips"),
)  # fmt: skip


class ModelsPage(QWidget):
    """Table of versions on the left, details or a comparison on the right."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context = context
        self.models: list[ModelEntry] = []
        self._shown: dict[str, Any] = {}
        self._asked = False
        self.job = JobCard(context.theme, context.jobs, CHANGES)
        self.web = JobCard(context.theme, context.jobs, [WEB])
        self.web.bar.hide()  # nothing gets done there: it serves until it is cancelled
        self.options = RetrainOptions(int(context.settings["train.trials"]))
        self.table = QTableWidget(0, len(COLUMNS))
        self.details = ModelDetails(context.theme)
        self._summary = allow_shrink(label("", "muted"))
        self._loading = QProgressBar(textVisible=False)
        self._build()
        self.options.wanted.connect(lambda params: self.job.start("retrain", params))
        self.table.itemSelectionChanged.connect(self._chosen)
        self.job.busy_changed.connect(lambda _busy: self._enable())
        context.jobs.ended.connect(self._job_ended)
        self._show_remembered()

    # what people do

    @property
    def selected(self) -> list[ModelEntry]:
        """The chosen versions, at most two."""
        places = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.models[place] for place in places][:2]

    def promote(self) -> None:
        """Make the chosen version champion."""
        if len(self.selected) == 1:
            self.job.start("promote", {"version": self.selected[0].version})

    def open_folder(self) -> None:
        """Open the folder of the chosen version's run."""
        if self.selected:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self.selected[0].run_folder))

    def open_mlflow(self) -> None:
        """Open MLflow's pages in the browser; once more when they are served already."""
        if not self.web.busy:
            self.web.start(WEB)
        for job in self._context.jobs.running(WEB):
            if job.message:  # the address; a job that has none yet opens the pages itself
                QDesktopServices.openUrl(QUrl(job.message))

    def reload(self) -> None:
        """Ask the registry anew, in a process of its own."""
        if not self._context.jobs.running("models"):
            self._asked = True
            self._loading.show()
            self._context.jobs.start("models")

    def show_result(self, result: dict[str, Any]) -> None:
        """Show what the ``models`` job found."""
        self._shown = result
        families = {name: tr(title) for name, title in result.get("families", {}).items()}
        chosen = {model.version for model in self.selected}
        self.models = [ModelEntry.of(raw, families) for raw in result["models"]]
        self.options.offer(families)
        self._browser.setVisible(bool(result.get("web_ui")))
        self._fill(chosen)
        champion = next((model.version for model in self.models if "champion" in model.aliases), "–")
        words = plural(len(self.models), "One version", "{n} versions")
        serves = tr("version {version} serves", version=champion)
        self._summary.setText(f"{words} · {serves}")

    # putting it together

    def _build(self) -> None:
        layout = column(self, gap=12)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.addLayout(self._header())
        self._loading.setRange(0, 0)
        set_accessible_name(self._loading, tr("Asking the registry"))
        for widget in (self._loading, self.options, self.web, self.job):
            layout.addWidget(widget)
        self.options.hide()
        self._loading.hide()
        line = row(gap=12)
        line.addWidget(self._versions(), 3)
        line.addWidget(self._beside(), 2)
        layout.addLayout(line, 1)
        self._enable()

    def _header(self) -> QHBoxLayout:
        line = row(gap=12)
        line.addWidget(label(tr("Models"), "title"))
        line.addWidget(self._summary, 1, Qt.AlignmentFlag.AlignBottom)
        start = self.job.start
        tip = tr("MLflow’s own pages, on this computer only")
        self._browser = button(tr("Open MLflow"), self.open_mlflow, "quiet", tip)
        self._browser.hide()
        tip = tr("Let the models that came with the program serve again")
        self._restore = button(
            tr(JOBS["restore-starters"].button), lambda: start("restore-starters"), "", tip
        )
        self._back = button(
            tr(JOBS["roll-back"].button), lambda: start("roll-back"), "", tr("Undo the last promotion")
        )
        self._retrain = button(tr("Retrain…"), self.options.show, "primary", tr("Train on your library"))
        for it in (self._browser, self._restore, self._back, self._retrain):
            line.addWidget(it)
        return line

    def _versions(self) -> QFrame:
        card = frame("card")
        layout = column(card, gap=0)
        table = self.table
        set_accessible_name(table, tr("Versions"), tr("Choose one for details, two to compare"))
        table.setHorizontalHeaderLabels([tr(title) for title in COLUMNS])
        set_up_table(table)
        TableFit(table, {0: 62, 2: 84, 3: 64, 4: 72, 5: 92, 6: 48}, 36)
        layout.addWidget(table, 1)
        return card

    def _beside(self) -> QFrame:
        card = frame("card")
        layout = column(card, gap=0)
        layout.addWidget(self.details, 1)
        line = row(margin=12)
        tip = tr("Let this version answer; the champion of now becomes fallback")
        self._promote = button(tr("Promote"), self.promote, "", tip)
        self._folder = button(tr("Open run folder"), self.open_folder, "quiet", tr("Its plots and files"))
        line.addWidget(self._promote)
        line.addWidget(self._folder)
        line.addStretch(1)
        layout.addLayout(line)
        return card

    # what happens

    def showEvent(self, event: QShowEvent) -> None:
        """Ask the registry once; later when something changed."""
        super().showEvent(event)
        if not self._asked:
            self.reload()

    def _job_ended(self, job: Job) -> None:
        if job.name == "models":
            self._loading.hide()
            self._listed(job)
        elif job.name in CHANGES:
            if self.isVisible():
                QTimer.singleShot(0, self, self.reload)  # a process is started: not in one go with the news
            else:
                self._asked = False

    def _listed(self, job: Job) -> None:
        ended = job.ended
        if ended is not None and ended.status == "succeeded":
            if ended.result != self._shown:  # building the page anew takes a while, and seldom changes it
                write_atomically(self._memory(), json.dumps(ended.result).encode())
                self.show_result(ended.result)
        elif ended is not None and ended.problem is not None:
            self.job.say(*job_text.failed(ended.problem))

    def _memory(self) -> Path:
        return self._context.home.root / "cache" / "models.json"

    def _show_remembered(self) -> None:
        # Opening MLflow takes seconds: what was there last time shows meanwhile.
        try:
            self.show_result(json.loads(self._memory().read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self._summary.setText(tr("Asking the registry…"))

    def _fill(self, chosen: set[str]) -> None:
        self.table.blockSignals(True)
        self.table.setRowCount(len(self.models))
        for place, model in enumerate(self.models):
            cells = (
                model.version, model.family, model.serves, number("gmean", model.metric("gmean")),
                number("accuracy", model.metric("accuracy")), model.date, model.rows,
            )  # fmt: skip
            for column_, words in enumerate(cells):
                self.table.setItem(place, column_, QTableWidgetItem(words))
        wanted = [i for i, model in enumerate(self.models) if model.version in chosen]
        champion = [i for i, model in enumerate(self.models) if "champion" in model.aliases]
        for place in (wanted or champion)[:1]:
            self.table.selectRow(place)
        self.table.blockSignals(False)
        self._chosen()

    def _chosen(self) -> None:
        self.details.show_models(self.selected)
        self._enable()

    def _enable(self) -> None:
        free, chosen = not self.job.busy, self.selected
        for it in (self._restore, self._back, self._retrain):
            it.setEnabled(free)
        one = len(chosen) == 1
        self._promote.setEnabled(free and one and "champion" not in chosen[0].aliases)
        self._folder.setEnabled(one)
