"""Drift over time. Imports pyqtgraph: only :mod:`genre_desktop.ui.plotting.loader` may import this module."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QDateTime, QLocale, Qt

from genre_desktop.app.i18n.time_format import DAY, moment
from genre_desktop.app.i18n.translate import decimal, mark, tr
from genre_desktop.core.monitoring.statistics import DriftPoint
from genre_desktop.core.store.serving_history import ServingChange
from genre_desktop.ui.plotting.spectrogram_view import set_up_plot, style_axes
from genre_desktop.ui.theme.palette import Palette

ALIASES = {"champion": mark("champion"), "fallback": mark("fallback"), "none": mark("no model")}
_MARGIN = 0.04
_LABEL_STEP = 0.1
"""Height difference between the labels of successive switches, so that they do not overlap."""


class DriftPlot(pg.PlotWidget):  # type: ignore[misc]
    """The drifted share of every check, the threshold, and switches between models.

    Checks with drift are triangles, others circles; their tool tips show time and share.
    """

    def __init__(self) -> None:
        self._dates, self._shares = _DateAxis("bottom"), pg.AxisItem("left")
        super().__init__(
            viewBox=pg.ViewBox(enableMenu=False), axisItems={"bottom": self._dates, "left": self._shares}
        )
        self._line = pg.PlotDataItem(antialias=True)
        self._threshold = pg.PlotDataItem()
        self._spots = pg.ScatterPlotItem(hoverable=True, tip=_tip, size=9)
        self._switch_lines: list[pg.InfiniteLine] = []
        self._points: list[DriftPoint] = []
        self._switches: list[ServingChange] = []
        self._palette: Palette | None = None
        self._set_up()

    def _set_up(self) -> None:
        set_up_plot(self, tr("Drift over time"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAntialiasing(True)
        self.setMouseEnabled(x=False, y=False)
        self._shares.setWidth(52)
        self._shares.setLabel(None)
        self._shares.tickStrings = lambda values, scale, spacing: [f"{100 * v:.0f} %" for v in values]
        for item in (self._line, self._threshold, self._spots):
            self.addItem(item)

    def wheelEvent(self, event: Any) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def show_checks(self, points: Sequence[DriftPoint], switches: Sequence[ServingChange]) -> None:
        """Show checks, oldest first, and the switches between them."""
        self._points, self._switches = list(points), list(switches)
        self.setAccessibleDescription(describe(self._points, self._switches))
        times = [point.time for point in points]
        self._line.setData(times, [point.share for point in points])
        self._threshold.setData(*_extended(times, [point.threshold for point in points]))
        top = max((max(point.share, point.threshold) for point in points), default=0.3)
        self.setYRange(0, min(1.0, top * 1.25) or 1.0, padding=_MARGIN)
        self._fit_times(times + [switch.time for switch in switches])
        self._redraw()

    def set_palette(self, palette: Palette) -> None:
        """Use a theme's colours."""
        self._palette = palette
        self.setBackground(palette.surface)
        style_axes((self._dates, self._shares), palette, self.font())
        self.showGrid(x=False, y=True, alpha=0.25)
        self._redraw()

    def _fit_times(self, times: list[float]) -> None:
        if times:
            low, high = min(times), max(times)
            margin = _time_margin(times)
            self.setXRange(low - margin, high + margin, padding=0)

    def _redraw(self) -> None:
        palette = self._palette
        if palette is None:
            return
        self._line.setPen(pg.mkPen(palette.accent, width=2))
        self._threshold.setPen(pg.mkPen(palette.danger, width=1.5, style=Qt.PenStyle.DashLine))
        self._spots.setData([_spot(point, palette) for point in self._points])
        for old in self._switch_lines:
            self.removeItem(old)
        self._switch_lines = [
            _switch_line(switch, place, palette) for place, switch in enumerate(self._switches)
        ]
        for line in self._switch_lines:
            self.addItem(line, ignoreBounds=True)


class _DateAxis(pg.DateAxisItem):  # type: ignore[misc]
    """Date axis with days and months; hours when zoomed in."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Return labels such as ``17 Nov``, or pyqtgraph's hours below a day."""
        if spacing < DAY:
            return [str(text) for text in super().tickStrings(values, scale, spacing)]
        return [
            QLocale().toString(QDateTime.fromSecsSinceEpoch(int(value)).date(), "d MMM") for value in values
        ]


def describe(points: Sequence[DriftPoint], switches: Sequence[ServingChange]) -> str:
    """Return the plot as text."""
    if not points:
        return tr("No drift check yet.")
    last = points[-1]
    text = tr(
        "{n} checks, {drifted} with drift. The last, {time}: {share} of the features differ; the threshold is {limit}.",
        n=len(points),
        drifted=sum(point.drift for point in points),
        time=moment(last.time),
        share=decimal(100 * last.share, 0) + " %",
        limit=decimal(100 * last.threshold, 0) + " %",
    )
    moves = [f"{moment(switch.time)}: {tr(ALIASES[switch.new])}" for switch in switches[:5]]
    return " ".join([text, tr("Model changes: {moves}.", moves="; ".join(moves)) if moves else ""]).strip()


def _extended(times: list[float], limits: list[float]) -> tuple[list[float], list[float]]:
    # Extended to the edges, so that a single check can be compared too; not much beyond, because Qt
    # draws very long dashed lines as solid ones.
    if not times:
        return [], []
    margin = 2 * _time_margin(times)
    return [times[0] - margin, *times, times[-1] + margin], [limits[0], *limits, limits[-1]]


def _time_margin(times: list[float]) -> float:
    """Return the margin in seconds beside the first and last check; half an hour for a single one."""
    span = max(times) - min(times)
    return max(span * _MARGIN, 90.0) if span else 1800.0


def _spot(point: DriftPoint, palette: Palette) -> dict[str, Any]:
    colour = palette.danger if point.drift else palette.accent
    return {
        "pos": (point.time, point.share),
        "symbol": "t1" if point.drift else "o",
        "size": 12 if point.drift else 8,
        "brush": pg.mkBrush(colour if point.counted else palette.surface),
        "pen": pg.mkPen(colour, width=1.5),
        "data": point,
    }


def _tip(x: float, y: float, data: Any) -> str:
    result = tr("drift") if isinstance(data, DriftPoint) and data.drift else tr("no drift")
    return f"{moment(x)}\n{100 * y:.0f} % · {result}"


def _switch_line(switch: ServingChange, place: int, palette: Palette) -> pg.InfiniteLine:
    colour = palette.success if switch.new == "champion" else palette.warning
    return pg.InfiniteLine(
        switch.time,
        angle=90,
        pen=pg.mkPen(colour, width=1.5, style=Qt.PenStyle.DotLine),
        label="→ " + tr(ALIASES[switch.new]),
        labelOpts={
            "position": 0.95 - _LABEL_STEP * (place % 3),
            "color": colour,
            "fill": palette.surface,
            "anchors": [(0, 0.5), (1, 0.5)],
        },
    )
