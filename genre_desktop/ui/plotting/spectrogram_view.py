"""The spectrogram itself. Imports pyqtgraph: only :mod:`genre_desktop.ui.plotting.loader` may import this module."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from genre_desktop.app.analysis.table_model import clock
from genre_desktop.app.i18n.translate import count, tr
from genre_desktop.audio.spectrogram import Axis, nearest_note
from genre_desktop.core.types import FloatArray, Spectrogram
from genre_desktop.ui.plotting import save_image
from genre_desktop.ui.plotting.frequency_scale import FrequencyScale
from genre_desktop.ui.theme.palette import Palette

AXIS_WIDTH = 52
_MAPS = {"grey": "CET-L1"}
_KEY_STEP = 0.02


class SpectrogramView(pg.PlotWidget):  # type: ignore[misc]
    """A picture with time and frequency axes, a cross-hair, zoom and pan.

    The wheel zooms time, with Ctrl frequency; dragging pans, a double click shows everything. Arrow
    keys move the cross-hair, plus and minus zoom around it. ``read_out`` says what is under it. A click
    without a drag is a wish to hear from there: ``sought`` carries the seconds.
    """

    read_out = Signal(str)
    sought = Signal(float)
    range_changed = Signal(float, float)
    margins_changed = Signal(int, int)

    def __init__(self) -> None:
        self._times = _TimeAxis("bottom")
        self._frequencies = FrequencyAxis("left")
        self._box = _Box()
        super().__init__(viewBox=self._box, axisItems={"bottom": self._times, "left": self._frequencies})
        self._picture: Spectrogram | None = None
        self._pixels: FloatArray | None = None
        self._scale: FrequencyScale | None = None
        self._axis: Axis = "mel"
        self._cross = (0.0, 0.5)
        self._pressed = self._let_go = QPointF()
        self._image = pg.ImageItem(axisOrder="row-major")
        self._lines = [pg.InfiniteLine(angle=angle, movable=False) for angle in (90, 0)]
        # white within black: seen on any picture
        self._cursor = [
            pg.InfiniteLine(angle=90, movable=False, pen=pg.mkPen(colour, width=width))
            for colour, width in (("#000000", 4), ("#FFFFFF", 2))
        ]
        self._set_up()

    def _set_up(self) -> None:
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Spectrogram"))
        save_image.add_save_action(self)
        self.hideButtons()
        self.setMenuEnabled(False)
        self._frequencies.setWidth(AXIS_WIDTH)
        plot = self.getPlotItem()
        plot.layout.setContentsMargins(0, 8, 12, 0)
        plot.addItem(self._image)
        for line in self._lines:
            line.setZValue(10)
            line.hide()
            plot.addItem(line, ignoreBounds=True)
        for line in self._cursor:
            line.setZValue(20)
            line.hide()
            plot.addItem(line, ignoreBounds=True)
        self.scene().sigMouseMoved.connect(self._hovered)
        self._box.clicked.connect(self._clicked)
        self._box.sigXRangeChanged.connect(lambda _box, times: self.range_changed.emit(*times))
        self._box.sigResized.connect(self._tell_margins)
        self._box.fit.connect(self.show_all)

    # what the panel uses

    def show_picture(self, picture: Spectrogram) -> None:
        """Show a spectrogram, all of it."""
        self._picture = picture
        self._box.setLimits(
            xMin=0, xMax=max(picture.duration_s, 1e-3), yMin=0, yMax=1, minXRange=0.25, minYRange=0.02
        )
        self._redraw()
        self.show_all()

    def set_axis(self, axis: Axis) -> None:
        """Change the frequency axis; time stays where it is."""
        self._axis = axis
        self._redraw()

    def set_colours(self, colour_map: str, floor_db: float) -> None:
        """Change the colour map and the level that gets its darkest colour."""
        self._image.setColorMap(colour_map_of(colour_map))
        self._image.setLevels((floor_db, 0.0))

    def set_palette(self, palette: Palette) -> None:
        """Take a theme's colours."""
        self.setBackground(palette.surface)
        dress_axes((self._times, self._frequencies), palette, self.font())
        for line in self._lines:  # white over black dashes: seen on any picture
            line.setPen(pg.mkPen("#FFFFFF", width=1, style=Qt.PenStyle.DashLine))

    def zoom(self, factor: float) -> None:
        """Show ``factor`` times as much time, around the cross-hair where it is in view."""
        low, high = self._box.viewRange()[0]
        centre = self._cross[0] if low <= self._cross[0] <= high else (low + high) / 2
        self._box.scaleBy(x=factor, center=(centre, 0.5))

    def show_all(self) -> None:
        """Undo all zooming."""
        if self._picture is not None:
            self._box.setRange(QRectF(0, 0, self._picture.duration_s, 1), padding=0)

    def show_time(self, start_s: float, end_s: float) -> None:
        """Bring a stretch of time into view, moving no more than needed."""
        low, high = self._box.viewRange()[0]
        if start_s < low or end_s > high:
            width = max(high - low, end_s - start_s)
            self._box.setXRange(start_s, start_s + width, padding=0)

    def show_cursor(self, time_s: float | None, follow: bool = False) -> None:
        """Show where the song is; ``follow`` turns the page when that is out of view."""
        for line in self._cursor:
            line.setVisible(time_s is not None)
            line.setValue(time_s or 0.0)
        low, high = self._box.viewRange()[0]
        if follow and time_s is not None and not low <= time_s <= high:
            self._box.setXRange(time_s, time_s + high - low, padding=0)

    def describe(self, time_s: float, height: float) -> str:
        """Time, frequency, nearest note and level at a point of the picture."""
        if self._picture is None or self._scale is None or self._pixels is None:
            return ""
        rows, columns = self._pixels.shape
        column = min(columns - 1, max(0, int(time_s / self._picture.column_s)))
        level = float(self._pixels[min(rows - 1, max(0, round(height * (rows - 1)))), column])
        hz = self._scale.hz(height)
        parts = (
            f"{clock_exact(time_s)}",
            f"{count(round(hz))} Hz",
            nearest_note(hz)[0],
            f"{level:.0f} dB".replace("-", "−"),
        )
        return "   ".join(part for part in parts if part)

    # inside

    def _redraw(self) -> None:
        if self._picture is None:
            return
        db = self._picture.db
        self._scale = FrequencyScale(self._axis, self._picture.sample_rate)
        self._pixels = self._scale.picture(db)
        levels = self._image.getLevels()
        self._image.setImage(
            self._pixels, autoLevels=False, levels=levels if levels is not None else (-80, 0)
        )
        half = 0.5 / (len(self._pixels) - 1)  # so that the middle of a row lies at its height
        self._image.setRect(QRectF(0, -half, self._picture.duration_s, 1 + 2 * half))
        self._frequencies.set_scale(self._scale)

    def _hovered(self, where: QPointF) -> None:
        if self._picture is None or not self._box.sceneBoundingRect().contains(where):
            self._hide_cross()
            return
        point = self._box.mapSceneToView(where)
        self._show_cross(point.x(), point.y())

    def _show_cross(self, time_s: float, height: float) -> None:
        self._cross = (time_s, height)
        for line, value in zip(self._lines, self._cross, strict=True):
            line.setValue(value)
            line.show()
        words = self.describe(time_s, height)
        self.setAccessibleDescription(words)
        self.read_out.emit(words)

    def _hide_cross(self) -> None:
        for line in self._lines:
            line.hide()
        self.read_out.emit("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where."""
        self._pressed = event.position()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Remember where."""
        self._let_go = event.position()
        super().mouseReleaseEvent(event)

    def _clicked(self, time_s: float) -> None:
        # pyqtgraph skips moves that follow each other closely, as those do that a busy window hears late;
        # a drag that it has not seen is a click to it.
        if (self._let_go - self._pressed).manhattanLength() < QApplication.startDragDistance():
            self.sought.emit(time_s)

    def leaveEvent(self, event: Any) -> None:
        """No cross-hair without a mouse."""
        super().leaveEvent(event)
        self._hide_cross()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the cross-hair, plus and minus zoom, zero shows everything."""
        moves = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, 1),
            Qt.Key.Key_Down: (0, -1),
        }
        key = Qt.Key(event.key())
        if self._picture is not None and key in moves:
            self._step(*moves[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.zoom(0.5 if key == Qt.Key.Key_Plus else 2.0)
        elif key == Qt.Key.Key_0:
            self.show_all()
        else:
            event.ignore()

    def _step(self, right: int, up: int) -> None:
        (left, end), (low, high) = self._box.viewRange()
        limit = self._picture.duration_s if self._picture else 0.0
        time_s = min(limit, max(0.0, self._cross[0] + right * _KEY_STEP * (end - left)))
        height = min(1.0, max(0.0, self._cross[1] + up * _KEY_STEP * (high - low)))
        self.show_time(time_s, time_s)
        self._show_cross(time_s, height)

    def _tell_margins(self) -> None:
        box = self._box.sceneBoundingRect()
        self.margins_changed.emit(round(box.left()), round(self.width() - box.right()))


class _Box(pg.ViewBox):  # type: ignore[misc]
    """Wheel for time, Ctrl and wheel for frequency, double click for everything."""

    fit = Signal()
    clicked = Signal(float)

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0)

    def mouseClickEvent(self, event: Any) -> None:
        """Pressed and let go at the same place."""
        if event.button() == Qt.MouseButton.LeftButton and not event.double():
            self.clicked.emit(max(0.0, self.mapSceneToView(event.scenePos()).x()))
            event.accept()

    def wheelEvent(self, event: Any, axis: int | None = None) -> None:
        """Zoom one axis at a time."""
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        super().wheelEvent(event, axis=(1 if ctrl else 0) if axis is None else axis)

    def mouseDoubleClickEvent(self, event: Any) -> None:
        """Show everything."""
        self.fit.emit()
        event.accept()


class _TimeAxis(pg.AxisItem):  # type: ignore[misc]
    """Minutes and seconds."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """``1:05``, with tenths when zoomed in."""
        return [clock_exact(value) if spacing < 1 else clock(value) for value in values]

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        """One level of ticks on round seconds, some 90 pixels apart."""
        wanted = (high - low) / max(size / 90, 1)
        steps = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
        return [(next((step for step in steps if step >= wanted), 7200), 0)]


class FrequencyAxis(pg.AxisItem):  # type: ignore[misc]
    """Hertz, wherever the scale puts them."""

    _scale_of: FrequencyScale | None = None

    def set_scale(self, scale: FrequencyScale) -> None:
        """Take another scale."""
        self._scale_of = scale
        self.picture = None
        self.update()

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Heights of the round frequencies."""
        return [(1.0, [height for height, _ in self._ticks(low, high, size)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Their names."""
        if self._scale_of is None:
            return []
        return [self._names.get(value, "") for value in values]

    def _ticks(self, low: float, high: float, size: float) -> list[tuple[float, str]]:
        if self._scale_of is None:
            return []
        ticks = self._scale_of.ticks(max(low, 0.0), min(high, 1.0), max(2, int(size / 22)))
        self._names = dict(ticks)
        return ticks


def colour_map_of(name: str) -> pg.ColorMap:
    """pyqtgraph's colour map for a name of the settings."""
    return pg.colormap.get(_MAPS.get(name, name))


def dress_axes(axes: Iterable[pg.AxisItem], palette: Palette, font: QFont) -> None:
    """Axes in a theme's colours, without ticks."""
    for axis in axes:
        axis.setPen(QColor(palette.border))
        axis.setTextPen(QColor(palette.muted))
        axis.setTickFont(font)
        axis.setStyle(tickLength=0)


def clock_exact(seconds: float) -> str:
    """``m:ss.t``."""
    minutes, rest = divmod(max(0.0, seconds), 60)
    return f"{int(minutes)}:{rest:04.1f}"
