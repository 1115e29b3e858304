"""The Models page: model versions, promotion and training. Only job processes load MLflow."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QTimer, QUrl, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from genre_desktop.app.background.task import BackgroundTask
from genre_desktop.app.i18n.metric_format import number
from genre_desktop.app.i18n.translate import mark, plural, render, tr
from genre_desktop.app.jobs import job_text
from genre_desktop.app.jobs.manager import Job
from genre_desktop.app.monitoring.model_entry import ModelEntry
from genre_desktop.core.monitoring import promotion_reasons
from genre_desktop.core.own_files.reader import read_json
from genre_desktop.core.paths import write_atomically
from genre_desktop.core.quoting.display import shown
from genre_desktop.jobs.catalogue import JOBS
from genre_desktop.jobs.tasks import registry
from genre_desktop.ui.actions.actions import Fact
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.external import open_path, open_url
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.pages.layout import card_column, page_column, page_header
from genre_desktop.ui.pages.models import team_card
from genre_desktop.ui.pages.models.evaluations import Evaluations
from genre_desktop.ui.pages.models.model_details import ModelDetails
from genre_desktop.ui.pages.models.retrain_options import RetrainOptions
from genre_desktop.ui.pages.models.team_card import TeamCard
from genre_desktop.ui.widgets.alert_actions import confirm
from genre_desktop.ui.widgets.factory import allow_shrink, button, column, fill, label, set_accessible_name
from genre_desktop.ui.widgets.job_card import JobCard
from genre_desktop.ui.widgets.table_fit import TableFit, set_up_table

LOCAL = (
    "retrain",
    *(spec.name for spec in JOBS.values() if spec.moves_alias and spec.name not in team_card.JOBS),
)
"""Jobs of this computer that change the list of versions."""
CHANGES = (*LOCAL, team_card.SYNC)
"""All jobs that do."""
WEB = "mlflow-ui"
"""The job that serves MLflow's pages until it is cancelled, parallel to the others."""

COLUMNS = (
    mark("Version"), mark("Family"), mark("Role"), mark("G-Mean"), mark("Accuracy"),
    mark("Created"), mark("Clips"),
)  # fmt: skip


class ModelsPage(QWidget):
    """The table of versions beside the details of one or a comparison of two."""

    facts_changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context = context
        self.models: list[ModelEntry] = []
        self._shown: dict[str, Any] = {}
        self._listed = self._outdated = False
        self._reader = BackgroundTask(lambda: registry.read_list(context.home), "models-list", self)
        self._reader.done.connect(self._read)
        self._reader.failed.connect(lambda _problem: self._read(None))
        self.job = JobCard(context.theme, context.jobs, LOCAL)
        self.web = JobCard(context.theme, context.jobs, [WEB])
        self.web.bar.hide()  # a server has no progress
        self.options = RetrainOptions(int(context.settings["train.trials"]))
        self.table = QTableWidget(0, len(COLUMNS))
        self.evaluations = Evaluations(context)
        self.team = TeamCard(context, self._chosen_version)
        self.details = ModelDetails(context.theme)
        self._summary = allow_shrink(label("", "muted"))
        self._loading = QProgressBar(textVisible=False)
        self._build()
        self.options.wanted.connect(lambda params: self.job.start("retrain", params))
        self.options.closed.connect(lambda: self.team.set_aside(False))
        self.table.itemSelectionChanged.connect(self._selection_changed)
        for job in (self.job, self.evaluations.job):
            job.busy_changed.connect(lambda _busy: self._update_buttons())
        self.evaluations.compared.connect(self._selection_changed)
        context.changes.changed.connect(lambda _key: self._offer_team())
        context.jobs.ended.connect(self._job_ended)
        self._offer_team()
        self._show_cached()

    @property
    def selected(self) -> list[ModelEntry]:
        """The selected versions, at most two."""
        places = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.models[place] for place in places][:2]

    def _chosen_version(self) -> str:
        chosen = self.selected
        return chosen[0].version if len(chosen) == 1 else ""

    @property
    def facts(self) -> set[Fact]:
        """The conditions that hold now, for the actions that depend on them."""
        enabled: dict[Fact, bool] = {
            "version": self._promote.isEnabled(),
            "versions": self._compare.isEnabled(),
        }
        return {fact for fact, holds in enabled.items() if holds}

    def retrain(self) -> None:
        """Show the options of a retrain."""
        if not self.job.busy:
            self.team.set_aside(True)  # at a large text size there is no place for both
            self.options.show()

    def roll_back(self) -> None:
        """Undo the last promotion."""
        if not self.job.busy:
            self.job.start("roll-back")

    def _offer_team(self) -> None:
        self.options.offer_team(bool(self.team.address))

    def promote(self) -> None:
        """Make the selected version the champion; the user confirms it if the comparison rejected it."""
        if len(self.selected) != 1:
            return
        (model,) = self.selected
        if not model.rejected or confirm(self, tr("Promote"), _about_rejected(model)):
            self.job.start("promote", {"version": model.version})

    def compare(self) -> None:
        """Evaluate the two selected versions on the same clips of the library."""
        if len(self.selected) == 2:
            self.evaluations.compare(self._pair)

    def compare_on_folder(self) -> None:
        """Evaluate the two selected versions on a folder of the user's choice."""
        if len(self.selected) == 2:
            self.evaluations.compare_on_folder(self._pair)

    def evaluate(self) -> None:
        """Evaluate the selected version, or the model in use, on a folder of the user's choice."""
        self.evaluations.evaluate(self._chosen_version())

    @property
    def _pair(self) -> tuple[str, ...]:
        """The selected versions, the older first."""
        return tuple(sorted((model.version for model in self.selected), key=_age))

    def restore_starters(self) -> None:
        """Make the starter models champion and fallback, after the user confirmed it."""
        spec = JOBS["restore-starters"]
        if not self.job.busy and confirm(self, tr(spec.button), tr(spec.confirm)):
            self.job.start(spec.name)

    def open_folder(self) -> None:
        """Open the run folder of the selected version."""
        if self.selected:
            open_path(Path(self.selected[0].run_folder), self._context.notifier)

    def open_mlflow(self) -> None:
        """Open MLflow's pages in the browser and start the server if necessary."""
        if not self.web.busy:
            self.web.start(WEB)
        for job in self._context.jobs.running(WEB):
            if job.message:  # the address; a starting job opens the pages itself
                open_url(QUrl(job.message), self._context.notifier)

    def reload(self) -> None:
        """List the registry's versions again: without MLflow where that is possible, else by a job."""
        self._outdated = self._reader.running or bool(self._context.jobs.running("models"))
        if not self._outdated:
            self._listed = True
            self._loading.show()
            self._reader.start()

    def close_down(self) -> None:
        """Wait for the background task."""
        self._reader.close()

    def show_result(self, result: dict[str, Any]) -> None:
        """Show the result of the ``models`` job."""
        self._shown = result
        families = {name: tr(title) for name, title in result.get("families", {}).items()}
        chosen = {model.version for model in self.selected}
        self.models = [ModelEntry.of(raw, families) for raw in result["models"]]
        self.options.set_families(families)
        self._browser.setVisible(bool(result.get("web_ui")))
        self._fill_table(chosen)
        champion = next((model.version for model in self.models if "champion" in model.aliases), "–")
        number_of_versions = plural(len(self.models), "1 version", "{n} versions")
        in_use = tr("version {version} in use", version=champion)
        self._summary.setText(f"{number_of_versions} · {in_use}")

    def _build(self) -> None:
        layout = page_column(self)
        layout.addWidget(self._header())
        self._loading.setRange(0, 0)
        set_accessible_name(self._loading, tr("Querying the registry"))
        for widget in (self._loading, self.options, self.web, self.job, self.evaluations, self.team):
            layout.addWidget(widget)
        self.options.hide()
        self._loading.hide()
        line = WrapRow(gap=12)
        line.add(self._versions_card(), 3, letters=45)
        line.add(self._details_card(), 2, letters=30)
        layout.addWidget(line, 1)
        self._update_buttons()

    def _header(self) -> WrapRow:
        tip = tr("MLflow web pages, on this computer only")
        self._browser = button(tr("Open MLflow"), self.open_mlflow, "quiet", tip)
        self._browser.hide()
        tip = tr("Use the models included with the program again")
        self._restore = button(tr(JOBS["restore-starters"].button), self.restore_starters, "", tip)
        self._roll_back = button(
            tr(JOBS["roll-back"].button), self.roll_back, "", tr("Undo the last promotion")
        )
        self._retrain = button(tr("Retrain…"), self.retrain, "primary", tr("Train a model on your library"))
        buttons = (self._browser, self._restore, self._roll_back, self._retrain)
        return page_header(tr("Models"), self._summary, *buttons)

    def _versions_card(self) -> QFrame:
        card, layout = card_column(gap=0)
        table = self.table
        set_accessible_name(table, tr("Versions"), tr("Select one version for details, two to compare them"))
        table.setHorizontalHeaderLabels([tr(title) for title in COLUMNS])
        table.setProperty("kind", "rows")
        set_up_table(table)
        TableFit(table, {0: 62, 2: 84, 3: 64, 4: 72, 5: 92, 6: 48}, 36)
        layout.addWidget(table, 1)
        return card

    def _details_card(self) -> QFrame:
        card, layout = card_column(gap=0)
        layout.addWidget(self.details, 1)
        tip = tr("Use this version as champion; the current champion becomes the fallback")
        self._promote = button(tr("Promote"), self.promote, "", tip)
        self._folder = button(
            tr("Open run folder"), self.open_folder, "quiet", tr("Open the folder with its plots and files")
        )
        tip = tr("Evaluate both versions on the same clips of your library")
        self._compare = button(tr("Compare"), self.compare, "", tip)
        tip = tr("Evaluate both versions on a folder that contains one folder for each genre")
        self._compare_folder = button(tr("Compare on a folder…"), self.compare_on_folder, "", tip)
        tip = tr("Evaluate the selected version on a folder that contains one folder for each genre")
        self._evaluate = button(tr("Evaluate a folder…"), self.evaluate, "", tip)
        line = WrapRow(self._promote, self._compare, self._compare_folder, self._folder, self._evaluate)
        layout.addLayout(fill(column(margin=12), line))
        return card

    def showEvent(self, event: QShowEvent) -> None:
        """List the versions when the page is first shown or its list is outdated."""
        super().showEvent(event)
        self.team.refresh()
        if not self._listed:
            self.reload()
        else:
            self._keep_spare()

    def hideEvent(self, event: QHideEvent) -> None:
        """End the process that is kept for promotions."""
        super().hideEvent(event)
        self._context.jobs.keep_spare(False)

    def _read(self, result: dict[str, Any] | None) -> None:
        """Show a list that was read without MLflow, or start the job that lists the versions."""
        if self._outdated:  # something has changed while it was read
            self.reload()
            return
        if result is not None:
            self._show_new(result)
        if result is None or result.get("fresh"):
            self._context.jobs.start("models")
        else:
            self._loading.hide()
            self._keep_spare()

    def _keep_spare(self) -> None:
        """Keep a process ready for a promotion; not before the list is there, which it would delay."""
        if self.isVisible():
            self._context.jobs.keep_spare(True)

    def _job_ended(self, job: Job) -> None:
        if job.name == "models":
            self._loading.hide()
            if self._outdated:  # something has changed while it was listed
                QTimer.singleShot(0, self, self.reload)
            else:
                self._show_listed(job)
                self._keep_spare()
        elif job.name in CHANGES:
            self._show_moved_aliases(job)
            if self.isVisible():
                self.reload()
            else:
                self._listed = False

    def _show_moved_aliases(self, job: Job) -> None:
        """Show at once which versions are in use now: listing the registry takes seconds."""
        result = job.ended.result if job.ended is not None else {}
        moved = {alias: str(result[alias]) for alias in ("champion", "fallback") if result.get(alias)}
        if moved and self._shown:
            models = [raw | {"aliases": _aliases(raw, moved)} for raw in self._shown["models"]]
            self.show_result(self._shown | {"models": models})

    def _show_listed(self, job: Job) -> None:
        ended = job.ended
        if ended is not None and ended.status == "succeeded":
            self._show_new(ended.result)
        elif ended is not None and ended.problem is not None:
            self.job.show_message(*job_text.failed(ended.problem))

    def _show_new(self, result: dict[str, Any]) -> None:
        if result != self._shown:  # rebuilding the page is slow and rarely needed
            write_atomically(self._cache_path(), json.dumps(result).encode())
            self.show_result(result)

    def _cache_path(self) -> Path:
        return self._context.home.root / "cache" / "models.json"

    def _show_cached(self) -> None:
        # Where MLflow has to be opened, which takes seconds, the previous list is shown meanwhile.
        try:
            self.show_result(read_json(self._cache_path()))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self._summary.setText(tr("Loading the registry…"))

    def _fill_table(self, chosen: set[str]) -> None:
        self.table.blockSignals(True)
        self.table.setRowCount(len(self.models))
        for place, model in enumerate(self.models):
            cells = (
                model.version, model.family, model.serves, number("gmean", model.metric("gmean")),
                number("accuracy", model.metric("accuracy")), model.date, model.rows,
            )  # fmt: skip
            for column_, text in enumerate(cells):
                self.table.setItem(place, column_, QTableWidgetItem(shown(text)))
        previous = [i for i, model in enumerate(self.models) if model.version in chosen]
        champion = [i for i, model in enumerate(self.models) if "champion" in model.aliases]
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        self.table.clearSelection()
        for place in (previous or champion)[:2]:
            self.table.selectionModel().select(self.table.model().index(place, 0), flags)
        self.table.blockSignals(False)
        self._selection_changed()

    def _selection_changed(self) -> None:
        self.details.show_models(self.selected, self.evaluations.comparison(self._pair))
        self._update_buttons()

    def _update_buttons(self) -> None:
        free, chosen = not self.job.busy, self.selected
        for control in (self._restore, self._roll_back, self._retrain):
            control.setEnabled(free)
        one = len(chosen) == 1
        self._promote.setEnabled(free and one and "champion" not in chosen[0].aliases)
        self._folder.setEnabled(one and bool(chosen[0].run_folder))
        two, idle = len(chosen) == 2, not self.evaluations.job.busy
        for control in (self._compare, self._compare_folder):
            control.setVisible(two)
            control.setEnabled(two and idle)
        for control in (self._promote, self._evaluate, self._folder):
            control.setVisible(not two)
        self._evaluate.setEnabled(idle)
        self.team.update_buttons()
        self.facts_changed.emit()


def _age(version: str) -> tuple[int, str]:
    """Return a key that sorts version numbers as numbers."""
    return (int(version), "") if version.isdecimal() else (0, version)


def _about_rejected(model: ModelEntry) -> str:
    """Return what promoting a version changes that the comparison rejected."""
    return " ".join(
        (
            tr(
                "The comparison with the champion did not promote version {version}: {reason}",
                version=model.version,
                reason=render(promotion_reasons.split(model.reason).sentence),
            ),
            tr("If it is promoted all the same, it answers from now on. Roll back undoes this."),
        )
    )


def _aliases(raw: dict[str, Any], moved: dict[str, str]) -> list[str]:
    """Return the aliases of a listed version after some have moved."""
    kept = [alias for alias in raw["aliases"] if alias not in moved]
    return sorted([*kept, *(alias for alias, version in moved.items() if version == str(raw["version"]))])
