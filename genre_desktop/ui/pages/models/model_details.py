"""One model version in full, or two side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from genre_desktop.app.i18n.metric_format import number
from genre_desktop.app.i18n.translate import mark, render, tr
from genre_desktop.app.jobs import comparison_text
from genre_desktop.app.monitoring.model_entry import LESS_IS_BETTER, METRICS, ModelEntry
from genre_desktop.core.monitoring import promotion_reasons
from genre_desktop.core.quoting.display import shown_name
from genre_desktop.ui.pages.layout import scroll_column, show_items
from genre_desktop.ui.plotting.confusion_matrix import Confusion
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.count_bars import Bar, CountBars
from genre_desktop.ui.widgets.factory import button, clear, column, label, set_accessible_name

COMPARED = (("gmean", mark("Difference in G-Mean")), ("accuracy", mark("Difference in accuracy")))
"""Keys and names of the differences between two models."""


class ModelDetails(QScrollArea):
    """Metrics, promotion decision, recall per genre and confusion matrix."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(tr("Model details"))
        self._layout = scroll_column(self, margin=16)
        self.show_models([])

    def show_models(self, models: Sequence[ModelEntry], comparison: Mapping[str, Any] | None = None) -> None:
        """Show one version, or two with the result of comparing them on the same clips."""
        clear(self._layout)
        if not models:
            self._layout.addWidget(label(tr("No version selected"), "section"))
            hint = tr("Select a version to see its metrics, or two to compare them.")
            self._layout.addWidget(label(hint, "muted", wrap=True))
        if comparison is not None:
            self._add_comparison(comparison)
        for model in models:
            self._add_title(model)
        if models:
            self._layout.addSpacing(4)
            self._layout.addLayout(self._metrics_table(models))
        if not _comparable(models):
            note = tr(
                "These metrics were measured on different clips, so they do not show which model is "
                "better. “Compare” evaluates both models on the same clips."
            )
            self._layout.addWidget(label(note, "muted", wrap=True))
        for model in models:
            self._add_plots(model, named=len(models) > 1)
        self._layout.addStretch(1)
        show_items(self._layout)
        self._layout.activate()

    def _add_comparison(self, result: Mapping[str, Any]) -> None:
        self._layout.addWidget(label(render(result["sentence"]), "section", wrap=True, select=True))
        for metric, name in COMPARED:
            text = tr(
                "{metric}: {difference}",
                metric=tr(name),
                difference=comparison_text.difference(metric, result),
            )
            self._layout.addWidget(label(text, wrap=True, select=True))
        self._layout.addWidget(label(comparison_text.clips_note(result), "muted", wrap=True))
        self._layout.addSpacing(8)

    def _add_title(self, model: ModelEntry) -> None:
        self._layout.addWidget(label(f"{_title(model)} · {model.family}", "section", wrap=True))
        role = model.serves or tr("Not in use")
        self._layout.addWidget(label(f"{role} · {model.date}", "caption", wrap=True))
        reason = promotion_reasons.split(model.reason)
        decision = ": ".join(part for part in (model.decision, render(reason.sentence)) if part)
        if decision:
            self._layout.addWidget(label(decision, wrap=True, select=True))
        if reason.details:
            self._layout.addWidget(_Details(render(reason.details)))

    def _metrics_table(self, models: Sequence[ModelEntry]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(0, 1)
        right = Qt.AlignmentFlag.AlignRight
        for place, model in enumerate(models):
            grid.addWidget(label(_title(model), "caption"), 0, place + 1, right)
        for line, (key, name) in enumerate(METRICS, 1):
            grid.addWidget(label(tr(name), "muted"), line, 0)
            values = [model.metric(key) for model in models]
            for place, value in enumerate(values):
                best = _comparable(models) and value is not None and value == _best(key, values)
                text = number(key, value) + ("  " + tr("better") if best else "")
                grid.addWidget(label(text, "section" if best else ""), line, place + 1, right)
        line = len(METRICS) + 1
        grid.addWidget(label(tr("Training clips"), "muted"), line, 0)
        for place, model in enumerate(models):
            grid.addWidget(label(shown_name(model.rows) or "–"), line, place + 1, right)
        return grid

    def _add_plots(self, model: ModelEntry, *, named: bool) -> None:
        suffix = f" · {_title(model)}" if named else ""
        self._layout.addSpacing(8)
        if not model.recall:
            note = tr("No metrics per genre were saved with this version.")
            self._layout.addWidget(label(note + suffix, "muted", wrap=True))
            return
        self._layout.addWidget(label(tr("Recall by genre") + suffix, "section", wrap=True))
        bars = CountBars(self._theme, tr("Recall by genre") + suffix)
        bars.show_bars([Bar(genre, share, f"{100 * share:.0f} %") for genre, share in model.recall.items()])
        self._layout.addWidget(bars)
        if model.confusion:
            self._layout.addSpacing(8)
            title = tr("Confusion matrix (rows: true genre, columns: answer)") + suffix
            self._layout.addWidget(label(title, "section", wrap=True))
            matrix = Confusion(self._theme)
            matrix.show_counts(model.confusion)
            self._layout.addWidget(matrix)


class _Details(QWidget):
    """The metrics behind a decision, which a button shows and hides."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._metrics = label(text, "muted", wrap=True, select=True)
        self._toggle = button(tr("Details"), self._show_or_hide, "quiet")
        layout = column(self, gap=4)
        layout.addWidget(self._toggle, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._metrics)
        self._metrics.hide()

    def _show_or_hide(self) -> None:
        show = self._metrics.isHidden()
        self._metrics.setVisible(show)
        self._toggle.setText(tr("Hide details") if show else tr("Details"))
        set_accessible_name(self._toggle, self._toggle.text())


def _title(model: ModelEntry) -> str:
    return tr("Version {version}", version=shown_name(model.version))


def _comparable(models: Sequence[ModelEntry]) -> bool:
    return len({model.measured_on for model in models}) <= 1


def _best(key: str, values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    if len(known) < 2 or known[0] == known[1]:
        return None
    return min(known) if key in LESS_IS_BETTER else max(known)
