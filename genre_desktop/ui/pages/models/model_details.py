"""One model version in full, or two side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from genre_desktop.app.i18n.translate import render, tr
from genre_desktop.app.monitoring.model_entry import LESS_IS_BETTER, METRICS, ModelEntry, number
from genre_desktop.ui.plotting.confusion_matrix import Confusion
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.count_bars import Bar, CountBars
from genre_desktop.ui.widgets.factory import clear, column, label


class ModelDetails(QScrollArea):
    """Figures, decision, recall per genre and confusion matrix."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(widgetResizable=True)
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(tr("Model details"))
        inner = QWidget()
        inner.setObjectName("scrolled")
        self._layout = column(inner, margin=16, gap=8)
        self.setWidget(inner)
        self.show_models([])

    def show_models(self, models: Sequence[ModelEntry]) -> None:
        """Show one, or compare two."""
        clear(self._layout)
        if not models:
            self._layout.addWidget(label(tr("No version chosen"), "section"))
            words = tr("Choose a version to see its figures, or two to compare them.")
            self._layout.addWidget(label(words, "muted", wrap=True))
        for model in models:
            self._head(model)
        if models:
            self._layout.addSpacing(4)
            self._layout.addLayout(self._figures(models))
        if not _comparable(models):
            words = tr(
                "These figures were measured on different clips, so they do not say which model is better. "
                "A promotion measures both on the same clips."
            )
            self._layout.addWidget(label(words, "muted", wrap=True))
        for model in models:
            self._pictures(model, named=len(models) > 1)
        self._layout.addStretch(1)
        for place in range(self._layout.count()):  # else all would be squeezed until the next layout
            item = self._layout.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.show()
        self._layout.activate()

    def _head(self, model: ModelEntry) -> None:
        self._layout.addWidget(label(f"{_title(model)} · {model.family}", "section", wrap=True))
        serves = model.serves or tr("Stands in reserve")
        self._layout.addWidget(label(f"{serves} · {model.date}", "caption", wrap=True))
        words = ": ".join(part for part in (model.decision, render(model.reason)) if part)
        if words:
            self._layout.addWidget(label(words, wrap=True, select=True))

    def _figures(self, models: Sequence[ModelEntry]) -> QGridLayout:
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
                words = number(key, value) + ("  " + tr("better") if best else "")
                grid.addWidget(label(words, "section" if best else ""), line, place + 1, right)
        line = len(METRICS) + 1
        grid.addWidget(label(tr("Clips trained on"), "muted"), line, 0)
        for place, model in enumerate(models):
            grid.addWidget(label(model.rows or "–"), line, place + 1, right)
        return grid

    def _pictures(self, model: ModelEntry, *, named: bool) -> None:
        after = f" · {_title(model)}" if named else ""
        self._layout.addSpacing(8)
        if not model.recall:
            words = tr("No figures per genre were kept with this version.")
            self._layout.addWidget(label(words + after, "muted", wrap=True))
            return
        self._layout.addWidget(label(tr("Found of each genre (recall)") + after, "section", wrap=True))
        bars = CountBars(self._theme, tr("Recall per genre") + after)
        bars.show_bars([Bar(genre, share, f"{100 * share:.0f} %") for genre, share in model.recall.items()])
        self._layout.addWidget(bars)
        if model.confusion:
            self._layout.addSpacing(8)
            words = tr("Taken for what (truth down, answer across)") + after
            self._layout.addWidget(label(words, "section", wrap=True))
            matrix = Confusion(self._theme)
            matrix.show_counts(model.confusion)
            self._layout.addWidget(matrix)


def _title(model: ModelEntry) -> str:
    return tr("Version {version}", version=model.version)


def _comparable(models: Sequence[ModelEntry]) -> bool:
    return len({model.measured_on for model in models}) <= 1


def _best(key: str, values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    if len(known) < 2 or known[0] == known[1]:
        return None
    return min(known) if key in LESS_IS_BETTER else max(known)
