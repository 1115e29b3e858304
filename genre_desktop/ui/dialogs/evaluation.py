"""The result of an evaluation on a labelled folder: metrics, a table of genres, the confusion matrix."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QScrollArea, QTableWidget, QTableWidgetItem, QWidget

from genre_desktop.app.background.task import BackgroundTask
from genre_desktop.app.i18n.genre_names import genre_name
from genre_desktop.app.i18n.translate import decimal, mark, plural, problem_text, render, tr
from genre_desktop.app.jobs.comparison_text import with_interval
from genre_desktop.core.errors import Problem
from genre_desktop.core.export import write_evaluation
from genre_desktop.core.quoting.display import shown
from genre_desktop.ui.dialogs.text import TextDialog
from genre_desktop.ui.plotting.confusion_matrix import Confusion
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.dialog import Dialog
from genre_desktop.ui.widgets.factory import button, column, fill, label, row, set_accessible_name
from genre_desktop.ui.widgets.message_bar import MessageBar
from genre_desktop.ui.widgets.table_fit import TableFit, set_up_table

COLUMNS = (
    mark("Genre"), mark("Clips"), mark("Recall"), mark("Precision"), mark("Most often confused with"),
)  # fmt: skip
METRICS = (
    ("accuracy", mark("Accuracy")), ("gmean", mark("G-Mean")), ("top3", mark("Top-3 accuracy")),
)  # fmt: skip
SIZE, _LINE_HEIGHT = QSize(720, 760), 16
"""Size in pixels at 100 % text, where a line has this height."""


class EvaluationDialog(Dialog):
    """Shows the result of an ``evaluate`` job, and saves it as CSV or JSON."""

    def __init__(self, parent: QWidget, theme: Theme, result: Mapping[str, Any]) -> None:
        super().__init__(parent, tr("Evaluation"))
        self._result = result
        self._target = Path()
        self._writer = BackgroundTask(self._write, "evaluation", self)
        self._writer.done.connect(self._saved)
        self._writer.failed.connect(self._not_saved)
        self.table = QTableWidget(0, len(COLUMNS))
        self.notice = MessageBar(theme, on_close=lambda: None)
        self.notice.hide()
        self.save = button(tr("Save…"), self._choose, "", tr("Save the result as CSV or JSON"))
        skipped = result.get("skipped", ())
        text = plural(len(skipped), "Show 1 skipped file…", "Show {n} skipped files…")
        self.skipped = button(text, self._show_skipped, "quiet")
        self.skipped.setVisible(bool(skipped))
        self.close_button = button(tr("Close"), self.close, "primary")
        self._build(theme)
        larger = max(1.0, self.fontMetrics().height() / _LINE_HEIGHT)
        self.resize((SIZE * larger).boundedTo(self.screen().availableSize()))

    def done(self, result: int) -> None:
        """Close, after what is being saved is saved."""
        self._writer.close()
        super().done(result)

    def _build(self, theme: Theme) -> None:
        inner = QWidget()
        inner.setObjectName("scrolled")
        matrix = Confusion(theme)
        matrix.show_counts(self._result["confusion"])
        self._fill_table()
        fill(
            column(inner, gap=12),
            self._metrics(),
            self.table,
            label(tr("Confusion matrix (rows: true genre, columns: answer)"), "section", wrap=True),
            matrix,
            1,
        )
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName(tr("Evaluation"))
        area.viewport().setAutoFillBackground(False)
        area.setWidget(inner)
        fill(
            column(self, margin=20, gap=12),
            label(_title(self._result), "title", wrap=True),
            label(_about(self._result), "muted", wrap=True),
            (area, 1),
            self.notice,
            fill(row(), self.save, self.skipped, 1, self.close_button),
        )
        self.set_keys(self.close_button)

    def _metrics(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(16)
        for line, (metric, name) in enumerate(METRICS):
            grid.addWidget(label(tr(name), "muted"), line, 0)
            grid.addWidget(label(with_interval(metric, self._result), "section"), line, 1)
        note = label(tr("In brackets: confidence intervals of 95 %"), "caption", wrap=True)
        grid.addWidget(note, len(METRICS), 0, 1, 2)
        return grid

    def _fill_table(self) -> None:
        genres = [(genre, found) for genre, found in self._result["per_genre"].items() if found["n"]]
        self.table.setHorizontalHeaderLabels([tr(title) for title in COLUMNS])
        set_accessible_name(self.table, tr("Results by genre"))
        set_up_table(self.table)
        self.table.setRowCount(len(genres))
        for place, (genre, found) in enumerate(genres):
            cells = (
                genre_name(genre),
                str(found["n"]),
                decimal(found["recall"], 2),
                decimal(found["precision"], 2),
                _confused_with(self._result["confusion"].get(genre, {}), genre),
            )
            for number, text in enumerate(cells):
                self.table.setItem(place, number, QTableWidgetItem(shown(text)))
        TableFit(self.table, {0: 110, 1: 60, 2: 72, 3: 84}, row_height=28, rest=200)
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(header + self.table.verticalHeader().length() + 4)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _choose(self) -> None:
        start = str(Path(self._result["folder"]).parent / tr("evaluation.csv"))
        kinds = tr("Spreadsheet") + " (*.csv);;JSON (*.json)"
        chosen, kind = QFileDialog.getSaveFileName(self, tr("Save the evaluation"), start, kinds)
        if chosen and not self._writer.running:
            path = Path(chosen)
            self._target = path if path.suffix else path.with_suffix(".json" if "json" in kind else ".csv")
            self._writer.start()

    def _write(self) -> None:
        write_evaluation(self._target, self._result)

    def _saved(self, _nothing: object) -> None:
        self.notice.show_message(str(self._target), tr("The evaluation was saved"), "success")

    def _not_saved(self, problem: Problem) -> None:
        text = problem_text(problem)
        self.notice.show_message(text.body, text.title, "danger")

    def _show_skipped(self) -> None:
        lines = (f"{one['path']}\n  {render(one['reason'])}" for one in self._result["skipped"])
        TextDialog(
            self, tr("Skipped files"), tr("These files are not part of the result."), "\n".join(lines)
        ).open()


def _title(result: Mapping[str, Any]) -> str:
    version = (result.get("model") or {}).get("version", "")
    return tr("Evaluation of version {version}", version=version) if version else tr("Evaluation")


def _about(result: Mapping[str, Any]) -> str:
    clips = plural(int(result["n"]), "1 clip", "{n} clips")
    return tr("{clips} of {folder}", clips=clips, folder=str(result["folder"]))


def _confused_with(answers: Mapping[str, int], genre: str) -> str:
    wrong = sorted(((n, answer) for answer, n in answers.items() if answer != genre), reverse=True)
    return ", ".join(f"{genre_name(answer)} ({n})" for n, answer in wrong[:2])
