"""The Monitor page's overview: model in use, key numbers, drift, features, genres, confidence."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea, QWidget

from genre_desktop.app.analysis.table_model import percent
from genre_desktop.app.i18n.reason_text import called, measure
from genre_desktop.app.i18n.time_format import format_past, milliseconds
from genre_desktop.app.i18n.translate import count, decimal, mark, plural, render, tr
from genre_desktop.app.jobs.model_actions import ModelActions
from genre_desktop.app.monitoring.statistics import MonitorStatistics
from genre_desktop.core.monitoring.statistics import FeedbackCounts
from genre_desktop.core.store.drift_checks import DriftCheck, FeatureDrift, Picture
from genre_desktop.core.types import GenreScore
from genre_desktop.ui.fitting.wrap_row import TOP, WrapRow
from genre_desktop.ui.pages.layout import scroll_column
from genre_desktop.ui.pages.monitor.serving_card import MetricTile, Panel, ServingCard
from genre_desktop.ui.plotting.histogram import HistogramView
from genre_desktop.ui.plotting.loader import PlotLoader
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import button, column, label, set_accessible_name
from genre_desktop.ui.widgets.probability_bars import ProbabilityBars

if TYPE_CHECKING:
    from genre_desktop.ui.plotting.drift_plot import DriftPlot

PLOT_HEIGHT = 220
FEATURES = 6
ACROSS = 3
FEWEST_FOR_SHARE = 20
"""Fewest judged answers of which the share of corrections is shown."""

TILES: tuple[tuple[str, str, str], ...] = (
    ("answers", mark("Answers"), mark("Files and live windows that were classified in this period")),
    (
        "latency",
        mark("Response time"),
        mark("Median; below: 95th and 99th percentile"),
    ),
    ("corrected", mark("Corrected"), mark("Answers that you corrected, of those you reviewed")),
    ("errors", mark("Failed"), mark("Files that could not be read or classified in this period")),
    ("restarts", mark("Restarts"), mark("How often the analysis process was restarted, since the beginning")),
    ("memory", mark("Memory"), mark("Memory used by the program and all its processes, now")),
)


class Overview(QScrollArea):
    """Shows :class:`MonitorStatistics`; ``forget`` is called by the button that deletes everything."""

    def __init__(
        self, theme: Theme, plots: PlotLoader, actions: ModelActions, forget: Callable[[], None]
    ) -> None:
        super().__init__()
        self._theme = theme
        self.serving = ServingCard(theme, actions)
        self.tiles = {key: MetricTile(tr(name), tr(tip)) for key, name, tip in TILES}
        self.drift = Panel(
            tr("Drift over time"),
            tr(
                "Share of the features that differ from the champion's training music: signal features or music encoder, whichever is larger. Values above the dashed line are a drift."
            ),
        )
        self.features = Panel(tr("Largest differences"), "")
        self.genres = Panel(tr("Genres"), tr("Distribution of the answers of this period by genre."))
        self.confidence = Panel(
            tr("Confidence"), tr("Distribution of the confidence: many answers near 100 % are good.")
        )
        self.bars, self.sure = ProbabilityBars(theme), HistogramView(theme, tr("Confidence"), 208)
        self.forget = button(
            tr("Delete all data…"), forget, "", tr("Delete all data that the program has stored")
        )
        self.memory = label("", "muted", wrap=True)
        self.plot: DriftPlot | None = None
        self._statistics = MonitorStatistics()
        self._build()
        theme.changed.connect(self._apply_theme)
        plots.when_loaded(self._plots_loaded)
        self.show_statistics(self._statistics)

    def _build(self) -> None:
        outer = scroll_column(self, gap=16, focus=True)
        outer.setContentsMargins(0, 0, 10, 0)
        outer.addWidget(self.serving)
        outer.addWidget(self._tile_row())
        outer.addWidget(self.drift)
        outer.addWidget(self.features)
        pair = WrapRow(gap=16)
        for panel, view in ((self.genres, self.bars), (self.confidence, self.sure)):
            panel.contents.addWidget(view)
            panel.contents.addStretch(1)
            pair.add(panel, 1, letters=40)
        set_accessible_name(self.bars, tr("Genres"))
        outer.addWidget(pair)
        outer.addWidget(self._privacy())
        outer.addStretch(1)
        self.histograms: list[HistogramView] = []
        self._cells = WrapRow(gap=24, most=ACROSS)
        self.features.contents.addWidget(self._cells)
        self._plot_layout = column()
        self.drift.contents.addLayout(self._plot_layout)
        self.setAccessibleName(tr("Overview"))

    def _tile_row(self) -> WrapRow:
        line = WrapRow(gap=16)
        for tile in self.tiles.values():
            line.add(tile, 1, letters=15)
        return line

    def _privacy(self) -> Panel:
        panel = Panel(
            tr("Stored data"),
            tr("All data stays on this computer. The preferences set how long it is kept."),
        )
        line = WrapRow(gap=16)
        line.add(self.memory, 1, letters=35)
        line.add(self.forget, align=TOP)
        panel.contents.addWidget(line)
        return panel

    def _plots_loaded(self) -> None:
        from genre_desktop.ui.plotting.drift_plot import DriftPlot

        self.plot = DriftPlot()
        self.plot.setFixedHeight(PLOT_HEIGHT)
        self._plot_layout.addWidget(self.plot)
        self._apply_theme()
        self._show_drift(self._statistics)

    def _apply_theme(self) -> None:
        if self.plot is not None:
            self.plot.set_palette(self._theme.palette)

    def show_statistics(self, statistics: MonitorStatistics) -> None:
        """Show statistics in all parts."""
        self._statistics = statistics
        self.serving.show_statistics(statistics)
        self._show_tiles(statistics)
        self._show_drift(statistics)
        self._show_features(statistics.check)
        self._show_genres(statistics)
        self._show_confidence(statistics)
        self.memory.setText(
            plural(statistics.total, "1 answer is stored.", "{n} answers are stored.")
            + " "
            + tr("Models, settings and recordings are separate files.")
        )

    def _show_tiles(self, statistics: MonitorStatistics) -> None:
        latency, feedback = statistics.latency, statistics.verdicts
        fallback = statistics.aliases.get("fallback", 0)
        self.tiles["answers"].show_value(
            count(statistics.answered),
            plural(fallback, "1 by the fallback", "{n} by the fallback") if fallback else "",
        )
        tail = tr("95 %: {p95}\n99 %: {p99}", p95=milliseconds(latency.p95), p99=milliseconds(latency.p99))
        self.tiles["latency"].show_value(milliseconds(latency.p50), tail if latency.n else "")
        self.tiles["corrected"].show_value(*_corrections(feedback))
        total = statistics.answered + statistics.failed
        self.tiles["errors"].show_value(
            count(statistics.failed),
            tr("{share} of {n} files", share=percent(statistics.failed / total), n=count(total))
            if statistics.failed
            else "",
        )
        self.tiles["errors"].explain(", ".join(f"{code}: {n}" for code, n in statistics.errors.items()))
        self.tiles["restarts"].show_value(str(statistics.restarts))
        self.tiles["memory"].show_value(
            f"{count(round(statistics.memory / 2**20))} MB" if statistics.memory else "–"
        )

    def _show_drift(self, statistics: MonitorStatistics) -> None:
        self.drift.show_placeholder("" if statistics.drift else _no_check_text(statistics))
        if self.plot is not None and statistics.drift:
            self.plot.show_checks(statistics.drift, statistics.switches)

    def _show_features(self, check: DriftCheck | None) -> None:
        self._cells.clear()
        self.histograms.clear()
        pictures = check.pictures if check is not None else ()
        self.features.show_placeholder(
            ""
            if pictures
            else tr(
                "After the first drift check, the features that differ most are shown here next to the champion's training music."
            )
        )
        if check is None or not pictures:
            self.features.caption.setText(tr("Bars: your music. Dashed line: the champion's training music."))
            return
        self.features.caption.setText(
            tr(
                "Last check {ago}: {clips} clips. Bars: your music. Dashed line: the champion's training music, weighted to your mix of genres.",
                ago=format_past(check.time, self._statistics.taken),
                clips=check.n_current,
            )
        )
        for picture, tip in _one_per_property(check):
            self._cells.add(self._feature(check, picture, tip), 1, letters=28)

    def _feature(self, check: DriftCheck, picture: Picture, tip: str) -> QWidget:
        feature = next((each for each in check.features if each.name == picture.name), None)
        result = _drift_text(feature)
        title = label(called(picture.name), "section", wrap=True)
        view = HistogramView(self._theme, called(picture.name))
        ends = (measure(picture.edges[0]), measure(picture.edges[-1]))
        view.show_bars(picture.current, picture.reference, ends, f"{result}. {tip}")
        box = QWidget()
        cell = column(box, gap=2)
        for widget in (title, label(result, "caption", wrap=True)):
            widget.setToolTip(tip)
            cell.addWidget(widget)
        cell.addStretch(1)  # titles in one row have one line or two
        view.setToolTip(tip)
        cell.addWidget(view)
        self.histograms.append(view)
        return box

    def _show_genres(self, statistics: MonitorStatistics) -> None:
        n = statistics.answered
        self.genres.show_placeholder("" if n else tr("Analyse music to see its genres here."))
        self.bars.show_scores(
            [GenreScore(genre, count / n) for genre, count in list(statistics.genres.items())[:10]]
        )

    def _show_confidence(self, statistics: MonitorStatistics) -> None:
        self.confidence.show_placeholder(
            "" if statistics.answered else tr("Analyse music to see the confidence of the answers here.")
        )
        counts = statistics.confidence.counts
        least = sum(counts[: len(counts) * 2 // 5])
        caption = plural(least, "1 answer below 40 %", "{n} answers below 40 %")
        self.sure.show_bars(counts, (), ("0 %", "100 %"), caption)


def _corrections(feedback: FeedbackCounts) -> tuple[str, str]:
    """Return how many answers were corrected, and their share once it means something."""
    judged = feedback.confirmed + feedback.corrected
    if not judged:
        return "–", tr("none reviewed yet")
    value = tr("{corrected} of {judged}", corrected=count(feedback.corrected), judged=count(judged))
    if judged < FEWEST_FOR_SHARE:
        return value, tr("of the answers you reviewed")
    return value, tr("{share} of the answers you reviewed", share=percent(feedback.correction_rate))


def _one_per_property(check: DriftCheck) -> list[tuple[Picture, str]]:
    """Return the most different feature of each property, with its tool tip."""
    found: dict[str, list[str]] = {}
    for picture in check.pictures:
        found.setdefault(called(picture.name), []).append(picture.name)
    first = {names[0]: names for names in found.values()}
    shown = [picture for picture in check.pictures if picture.name in first][:FEATURES]
    return [(picture, _tip(*first[picture.name])) for picture in shown]


def _tip(name: str, *others: str) -> str:
    first = tr("Feature that differs most: {feature}.", feature=name)
    then = tr("Next: {features}.", features=", ".join(others))
    return f"{first} {then}" if others else first


def _drift_text(feature: FeatureDrift | None) -> str:
    result = tr("differs") if feature is not None and feature.drifted else tr("does not differ")
    if feature is None or math.isnan(feature.distance):
        return result
    return tr("{words} · distance {distance}", words=result, distance=decimal(feature.distance, 2))


def _no_check_text(statistics: MonitorStatistics) -> str:
    trigger = next((line.trigger for line in statistics.schedule if line.name == "drift"), "")
    text = tr("There was no drift check in this period. Each check is shown here as a point.")
    schedule = tr("The check runs automatically {trigger}.", trigger=render(trigger))
    return f"{text} {schedule}" if trigger else text
