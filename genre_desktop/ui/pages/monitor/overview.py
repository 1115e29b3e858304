"""The Monitor page's overview: who serves, key figures, drift, what differs, genres, confidence."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from genre_desktop.app.analysis.table_model import percent
from genre_desktop.app.i18n.reason_text import called, measure
from genre_desktop.app.i18n.time_format import format_past, milliseconds
from genre_desktop.app.i18n.translate import count, decimal, mark, plural, render, tr
from genre_desktop.app.jobs.model_actions import ModelActions
from genre_desktop.app.monitoring.statistics import MonitorStatistics
from genre_desktop.core.store.drift_checks import DriftCheck, Picture
from genre_desktop.core.types import GenreScore
from genre_desktop.ui.pages.monitor.serving_card import MetricTile, Panel, ServingCard
from genre_desktop.ui.plotting.histogram import HistogramView
from genre_desktop.ui.plotting.loader import PlotLoader
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import button, clear, column, label, row, set_accessible_name
from genre_desktop.ui.widgets.probability_bars import ProbabilityBars

if TYPE_CHECKING:
    from genre_desktop.ui.plotting.drift_plot import DriftPlot

PLOT_HEIGHT = 220
FEATURES = 6
ACROSS = 3

TILES: tuple[tuple[str, str, str], ...] = (
    ("answers", mark("Answers"), mark("Files and live windows that got an answer in this period")),
    (
        "latency",
        mark("Time to answer"),
        mark("Half of all answers were faster; below: 95 % and 99 % were faster"),
    ),
    ("corrected", mark("Corrected"), mark("Share of the answers you judged that you corrected")),
    ("errors", mark("Without answer"), mark("Files that could not be read or classified in this period")),
    ("restarts", mark("Restarts"), mark("How often the analysis process had to be restarted, ever")),
    ("memory", mark("Memory"), mark("Of the program and all its processes, now")),
)


class Overview(QScrollArea):
    """Shows :class:`MonitorStatistics`. ``forget`` is called by the button that forgets everything."""

    def __init__(
        self, theme: Theme, plots: PlotLoader, care: ModelActions, forget: Callable[[], None]
    ) -> None:
        super().__init__()
        self._theme = theme
        self.serving = ServingCard(theme, care)
        self.tiles = {key: MetricTile(tr(name), tr(tip)) for key, name, tip in TILES}
        self.drift = Panel(
            tr("Drift over time"),
            tr(
                "Share of the features that differ from what the champion learned from. Above the dashed line it is a drift."
            ),
        )
        self.features = Panel(tr("What differs most"), "")
        self.genres = Panel(tr("Genres"), tr("How the answers of this period are spread."))
        self.confidence = Panel(tr("Confidence"), tr("How sure the answers were: many near 100 % are good."))
        self.bars, self.sure = ProbabilityBars(theme), HistogramView(theme, tr("Confidence"), 208)
        self.forget = button(
            tr("Forget everything…"), forget, "", tr("Delete everything the program remembers")
        )
        self.memory = label("", "muted", wrap=True)
        self.plot: DriftPlot | None = None
        self._figures = MonitorStatistics()
        self._build()
        theme.changed.connect(self._dress)
        plots.when_loaded(self._plots_loaded)
        self.show_figures(self._figures)

    # putting it together

    def _build(self) -> None:
        inner = QWidget()
        inner.setObjectName("scrolled")
        outer = column(inner, gap=16)
        outer.setContentsMargins(0, 0, 10, 0)
        outer.addWidget(self.serving)
        outer.addLayout(self._tile_row())
        outer.addWidget(self.drift)
        outer.addWidget(self.features)
        pair = row(gap=16)
        for panel, view in ((self.genres, self.bars), (self.confidence, self.sure)):
            panel.layout_.addWidget(view)
            panel.layout_.addStretch(1)
            pair.addWidget(panel, 1)
        set_accessible_name(self.bars, tr("Genres"))
        outer.addLayout(pair)
        outer.addWidget(self._privacy())
        outer.addStretch(1)
        self.histograms: list[HistogramView] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(16)
        self.features.layout_.addLayout(self._grid)
        self._plot_place = column()
        self.drift.layout_.addLayout(self._plot_place)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Overview"))

    def _tile_row(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(16)
        for place, tile in enumerate(self.tiles.values()):
            grid.addWidget(tile, 0, place)
            grid.setColumnStretch(place, 1)
        return grid

    def _privacy(self) -> Panel:
        panel = Panel(
            tr("What is remembered"),
            tr("Everything stays on this computer. How long, you say in the preferences."),
        )
        line = row(gap=16)
        line.addWidget(self.memory, 1)
        line.addWidget(self.forget, alignment=Qt.AlignmentFlag.AlignTop)
        panel.layout_.addLayout(line)
        return panel

    def _plots_loaded(self) -> None:
        from genre_desktop.ui.plotting.drift_plot import DriftPlot

        self.plot = DriftPlot()
        self.plot.setFixedHeight(PLOT_HEIGHT)
        self._plot_place.addWidget(self.plot)
        self._dress()
        self._show_drift(self._figures)

    def _dress(self) -> None:
        if self.plot is not None:
            self.plot.set_palette(self._theme.palette)

    # showing

    def show_figures(self, figures: MonitorStatistics) -> None:
        """Show these."""
        self._figures = figures
        self.serving.show_figures(figures)
        self._show_tiles(figures)
        self._show_drift(figures)
        self._show_features(figures.check)
        self._show_genres(figures)
        self._show_confidence(figures)
        self.memory.setText(
            plural(figures.total, "One answer is remembered.", "{n} answers are remembered.")
            + " "
            + tr("Models, settings and recordings are files of their own.")
        )

    def _show_tiles(self, figures: MonitorStatistics) -> None:
        latency, verdicts = figures.latency, figures.verdicts
        fallback = figures.aliases.get("fallback", 0)
        self.tiles["answers"].show_value(
            count(figures.answered),
            plural(fallback, "one by the fallback", "{n} by the fallback") if fallback else "",
        )
        tail = tr("95 %: {p95}\n99 %: {p99}", p95=milliseconds(latency.p95), p99=milliseconds(latency.p99))
        self.tiles["latency"].show_value(milliseconds(latency.p50), tail if latency.n else "")
        judged = verdicts.confirmed + verdicts.corrected
        rate = verdicts.correction_rate
        self.tiles["corrected"].show_value(
            "–" if math.isnan(rate) else percent(rate),
            tr("{corrected} of {judged} judged", corrected=verdicts.corrected, judged=judged)
            if judged
            else tr("none judged yet"),
        )
        tried = figures.answered + figures.failed
        self.tiles["errors"].show_value(
            count(figures.failed),
            tr("{share} of {n} files", share=percent(figures.failed / tried), n=count(tried))
            if figures.failed
            else "",
        )
        self.tiles["errors"].explain(", ".join(f"{code}: {n}" for code, n in figures.errors.items()))
        self.tiles["restarts"].show_value(str(figures.restarts))
        self.tiles["memory"].show_value(
            f"{count(round(figures.memory / 2**20))} MB" if figures.memory else "–"
        )

    def _show_drift(self, figures: MonitorStatistics) -> None:
        self.drift.say_empty("" if figures.drift else _no_check(figures))
        if self.plot is not None and figures.drift:
            self.plot.show_checks(figures.drift, figures.switches)

    def _show_features(self, check: DriftCheck | None) -> None:
        clear(self._grid)
        self.histograms.clear()
        pictures = check.pictures if check is not None else ()
        self.features.say_empty(
            ""
            if pictures
            else tr(
                "After the first drift check, the features that differ most stand here beside what the champion learned from."
            )
        )
        if check is None or not pictures:
            self.features.words.setText(
                tr("Bars: what you played. Dashed line: what the champion learned from.")
            )
            return
        self.features.words.setText(
            tr(
                "Last check {ago}: {clips} clips. Bars: what you played. Dashed line: what the champion learned from, in your mix of genres.",
                ago=format_past(check.time, self._figures.taken),
                clips=check.n_current,
            )
        )
        for place, (picture, tip) in enumerate(_by_topic(check)):
            self._grid.addLayout(self._feature(check, picture, tip), place // ACROSS, place % ACROSS)
        for place in range(ACROSS):
            self._grid.setColumnStretch(place, 1)

    def _feature(self, check: DriftCheck, picture: Picture, tip: str) -> QVBoxLayout:
        feature = next((each for each in check.features if each.name == picture.name), None)
        words = _verdict(
            feature is not None and feature.drifted, feature.distance if feature is not None else math.nan
        )
        title = label(called(picture.name), "section", wrap=True)
        view = HistogramView(self._theme, called(picture.name))
        ends = (measure(picture.edges[0]), measure(picture.edges[-1]))
        view.show_bars(picture.current, picture.reference, ends, f"{words}. {tip}")
        cell = column(gap=2)
        for widget in (title, label(words, "caption")):
            widget.setToolTip(tip)
            cell.addWidget(widget)
        cell.addStretch(1)  # a title of one line stands beside one of two
        view.setToolTip(tip)
        cell.addWidget(view)
        self.histograms.append(view)
        return cell

    def _show_genres(self, figures: MonitorStatistics) -> None:
        n = figures.answered
        self.genres.say_empty("" if n else tr("Analyse some music, and its genres stand here."))
        self.bars.show_scores(
            [GenreScore(genre, count / n) for genre, count in list(figures.genres.items())[:10]]
        )

    def _show_confidence(self, figures: MonitorStatistics) -> None:
        self.confidence.say_empty(
            "" if figures.answered else tr("Analyse some music, and you see how sure the answers were.")
        )
        counts = figures.confidence.counts
        least = sum(counts[: len(counts) * 2 // 5])
        words = plural(least, "One answer below 40 %", "{n} answers below 40 %")
        self.sure.show_bars(counts, (), ("0 %", "100 %"), words)


def _by_topic(check: DriftCheck) -> list[tuple[Picture, str]]:
    """The most different number of each property, with what the tool tip says of it."""
    found: dict[str, list[str]] = {}
    for picture in check.pictures:
        found.setdefault(called(picture.name), []).append(picture.name)
    first = {names[0]: names for names in found.values()}
    shown = [picture for picture in check.pictures if picture.name in first][:FEATURES]
    return [(picture, _tip(*first[picture.name])) for picture in shown]


def _tip(name: str, *others: str) -> str:
    words = tr("Number that differs most in it: {feature}.", feature=name)
    then = tr("Then: {features}.", features=", ".join(others))
    return f"{words} {then}" if others else words


def _verdict(differs: bool, distance: float) -> str:
    words = tr("differs") if differs else tr("fits")
    return (
        words
        if math.isnan(distance)
        else tr("{words} · distance {distance}", words=words, distance=decimal(distance, 2))
    )


def _no_check(figures: MonitorStatistics) -> str:
    trigger = next((line.trigger for line in figures.schedule if line.name == "drift"), "")
    words = tr("No drift check in this period. Each becomes a point here.")
    when = tr("It runs by itself {trigger}.", trigger=render(trigger))
    return f"{words} {when}" if trigger else words
