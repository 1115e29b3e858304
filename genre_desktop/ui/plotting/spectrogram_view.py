"""The spectrogram view. Imports pyqtgraph: only :mod:`genre_desktop.ui.plotting.loader` may import this module."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from genre_desktop.app.analysis.table_model import clock
from genre_desktop.app.i18n.translate import count, tr
from genre_desktop.audio.spectrogram import Axis, nearest_note
from genre_desktop.core.types import Spectrogram
from genre_desktop.ui.plotting import save_image
from genre_desktop.ui.plotting.frequency_scale import FrequencyScale
from genre_desktop.ui.theme.palette import Palette

if TYPE_CHECKING:
    from genre_desktop.core.types import FloatArray

AXIS_WIDTH = 52
_MAPS = {"grey": "CET-L1"}
_KEY_STEP = 0.02


class SpectrogramView(pg.PlotWidget):  # type: ignore[misc]
    """A spectrogram with time and frequency axes, a cross-hair, zoom and pan.

    The wheel zooms time, with Ctrl frequency; dragging pans, a double click shows everything. Arrow
    keys move the cross-hair, plus and minus zoom around it. ``read_out`` carries a description of the
    point under it, ``seek_requested`` the clicked position in seconds.
    """

    read_out = Signal(str)
    seek_requested = Signal(float)
    range_changed = Signal(float, float)
    margins_changed = Signal(int, int)

    def __init__(self) -> None:
        self._times = _TimeAxis("bottom")
        self._frequencies = FrequencyAxis("left")
        self._box = _ZoomBox()
        super().__init__(viewBox=self._box, axisItems={"bottom": self._times, "left": self._frequencies})
        self.picture: Spectrogram | None = None
        self._pixels: FloatArray | None = None
        self._scale: FrequencyScale | None = None
        self._axis: Axis = "mel"
        self._cross = (0.0, 0.5)
        self._pressed = self._released = QPointF()
        self._image = pg.ImageItem(axisOrder="row-major")
        self._cross_lines = [pg.InfiniteLine(angle=angle, movable=False) for angle in (90, 0)]
        # White on black, visible on any image.
        self._cursor = [
            pg.InfiniteLine(angle=90, movable=False, pen=pg.mkPen(colour, width=width))
            for colour, width in (("#000000", 4), ("#FFFFFF", 2))
        ]
        self._set_up()

    def _set_up(self) -> None:
        set_up_plot(self, tr("Spectrogram"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._frequencies.setWidth(AXIS_WIDTH)
        self.addItem(self._image)
        for lines, z_value in ((self._cross_lines, 10), (self._cursor, 20)):
            for line in lines:
                line.setZValue(z_value)
                line.hide()
                self.addItem(line, ignoreBounds=True)
        self.scene().sigMouseMoved.connect(self._hovered)
        self._box.clicked.connect(self._clicked)
        self._box.sigXRangeChanged.connect(lambda _box, times: self.range_changed.emit(*times))
        self._box.sigResized.connect(self._emit_margins)
        self._box.fit.connect(self.show_all)

    def show_picture(self, picture: Spectrogram) -> None:
        """Show a whole spectrogram."""
        self.picture = picture
        self._box.setLimits(
            xMin=0, xMax=max(picture.duration_s, 1e-3), yMin=0, yMax=1, minXRange=0.25, minYRange=0.02
        )
        self._redraw()
        self.show_all()

    def set_axis(self, axis: Axis) -> None:
        """Change the frequency axis but not the time range."""
        if axis != self._axis:
            self._axis = axis
            self._redraw()

    def set_colours(self, colour_map: str, floor_db: float) -> None:
        """Change the colour map and the level in dB of its darkest colour."""
        self._image.setColorMap(colour_map_of(colour_map))
        self._image.setLevels((floor_db, 0.0))

    def set_palette(self, palette: Palette) -> None:
        """Use a theme's colours."""
        self.setBackground(palette.surface)
        style_axes((self._times, self._frequencies), palette, self.font())
        for line in self._cross_lines:  # visible on any image
            line.setPen(pg.mkPen("#FFFFFF", width=1, style=Qt.PenStyle.DashLine))

    def zoom(self, factor: float) -> None:
        """Show ``factor`` times as much time, around the cross-hair if it is in view."""
        low, high = self._box.viewRange()[0]
        centre = self._cross[0] if low <= self._cross[0] <= high else (low + high) / 2
        self._box.scaleBy(x=factor, center=(centre, 0.5))

    def show_all(self) -> None:
        """Undo all zooming."""
        if self.picture is not None:
            self._box.setRange(QRectF(0, 0, self.picture.duration_s, 1), padding=0)

    def show_time(self, start_s: float, end_s: float) -> None:
        """Bring a time range into view, moving as little as possible."""
        low, high = self._box.viewRange()[0]
        if start_s < low or end_s > high:
            width = max(high - low, end_s - start_s)
            self._box.setXRange(start_s, start_s + width, padding=0)

    def show_cursor(self, time_s: float | None, follow: bool = False) -> None:
        """Show the playback position, or hide it; ``follow`` scrolls to it when it is out of view."""
        for line in self._cursor:
            line.setVisible(time_s is not None)
            line.setValue(time_s or 0.0)
        low, high = self._box.viewRange()[0]
        if follow and time_s is not None and not low <= time_s <= high:
            self._box.setXRange(time_s, time_s + high - low, padding=0)

    def describe(self, time_s: float, height: float) -> str:
        """Return time, frequency, nearest note and level at a point of the image."""
        if self.picture is None or self._scale is None or self._pixels is None:
            return ""
        rows, columns = self._pixels.shape
        column = min(columns - 1, max(0, int(time_s / self.picture.column_s)))
        level = float(self._pixels[min(rows - 1, max(0, round(height * (rows - 1)))), column])
        return read_out_text(clock_exact(time_s), self._scale.hz(height), level)

    def _redraw(self) -> None:
        if self.picture is None:
            return
        db = self.picture.db
        self._scale = FrequencyScale(self._axis, self.picture.sample_rate)
        self._pixels = self._scale.picture(db)
        levels = self._image.getLevels()
        self._image.setImage(
            self._pixels, autoLevels=False, levels=levels if levels is not None else (-80, 0)
        )
        half = 0.5 / (len(self._pixels) - 1)  # the centre of a row is at its height
        self._image.setRect(QRectF(0, -half, self.picture.duration_s, 1 + 2 * half))
        self._frequencies.set_scale(self._scale)

    def _hovered(self, where: QPointF) -> None:
        if self.picture is None or not self._box.sceneBoundingRect().contains(where):
            self._hide_cross()
            return
        point = self._box.mapSceneToView(where)
        self._show_cross(point.x(), point.y())

    def _show_cross(self, time_s: float, height: float) -> None:
        self._cross = (time_s, height)
        for line, value in zip(self._cross_lines, self._cross, strict=True):
            line.setValue(value)
            line.show()
        text = self.describe(time_s, height)
        self.setAccessibleDescription(text)
        self.read_out.emit(text)

    def _hide_cross(self) -> None:
        for line in self._cross_lines:
            line.hide()
        self.read_out.emit("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Store the position."""
        self._pressed = event.position()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Store the position."""
        self._released = event.position()
        super().mouseReleaseEvent(event)

    def _clicked(self, time_s: float) -> None:
        # WORKAROUND: pyqtgraph skips moves in quick succession, so that a busy window receives a drag as a click.
        if (self._released - self._pressed).manhattanLength() < QApplication.startDragDistance():
            self.seek_requested.emit(time_s)

    def leaveEvent(self, event: Any) -> None:
        """Hide the cross-hair."""
        super().leaveEvent(event)
        self._hide_cross()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cross-hair with arrows, zoom with plus and minus, show everything with zero."""
        moves = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, 1),
            Qt.Key.Key_Down: (0, -1),
        }
        key = Qt.Key(event.key())
        if self.picture is not None and key in moves:
            self._move_cross(*moves[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.zoom(0.5 if key == Qt.Key.Key_Plus else 2.0)
        elif key == Qt.Key.Key_0:
            self.show_all()
        else:
            event.ignore()

    def _move_cross(self, right: int, up: int) -> None:
        (left, end), (low, high) = self._box.viewRange()
        limit = self.picture.duration_s if self.picture else 0.0
        time_s = min(limit, max(0.0, self._cross[0] + right * _KEY_STEP * (end - left)))
        height = min(1.0, max(0.0, self._cross[1] + up * _KEY_STEP * (high - low)))
        self.show_time(time_s, time_s)
        self._show_cross(time_s, height)

    def _emit_margins(self) -> None:
        box = self._box.sceneBoundingRect()
        self.margins_changed.emit(round(box.left()), round(self.width() - box.right()))


class _ZoomBox(pg.ViewBox):  # type: ignore[misc]
    """Zooms time with the wheel and frequency with Ctrl and the wheel."""

    fit = Signal()
    clicked = Signal(float)

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0)

    def mouseClickEvent(self, event: Any) -> None:
        """Emit ``clicked`` with the position in seconds."""
        if event.button() == Qt.MouseButton.LeftButton and not event.double():
            self.clicked.emit(max(0.0, self.mapSceneToView(event.scenePos()).x()))
            event.accept()

    def wheelEvent(self, event: Any, axis: int | None = None) -> None:
        """Zoom one axis."""
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        super().wheelEvent(event, axis=(1 if ctrl else 0) if axis is None else axis)

    def mouseDoubleClickEvent(self, event: Any) -> None:
        """Emit ``fit``."""
        self.fit.emit()
        event.accept()


class _TimeAxis(pg.AxisItem):  # type: ignore[misc]
    """Time axis in minutes and seconds."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Return labels such as ``1:05``, with tenths when zoomed in."""
        return [clock_exact(value) if spacing < 1 else clock(value) for value in values]

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        """Return one level of ticks on round seconds, about 90 pixels apart."""
        least = (high - low) / max(size / 90, 1)
        steps = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
        return [(next((step for step in steps if step >= least), 7200), 0)]


class FrequencyAxis(pg.AxisItem):  # type: ignore[misc]
    """Frequency axis in Hz with the ticks of a :class:`FrequencyScale`."""

    _frequency_scale: FrequencyScale | None = None

    def set_scale(self, scale: FrequencyScale) -> None:
        """Change the scale."""
        self._frequency_scale = scale
        self.picture = None
        self.update()

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Return the heights of the ticks."""
        return [(1.0, [height for height, _ in self._ticks(low, high, size)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Return the labels of the ticks."""
        return [self._tick_labels.get(value, "") for value in values] if self._frequency_scale else []

    def _ticks(self, low: float, high: float, size: float) -> list[tuple[float, str]]:
        if self._frequency_scale is None:
            return []
        ticks = self._frequency_scale.ticks(max(low, 0.0), min(high, 1.0), max(2, int(size / 22)))
        self._tick_labels = dict(ticks)
        return ticks


def colour_map_of(name: str) -> pg.ColorMap:
    """Return pyqtgraph's colour map for a name in the settings."""
    return pg.colormap.get(_MAPS.get(name, name))


def set_up_plot(plot: pg.PlotWidget, name: str) -> None:
    """Set a plot's accessible name and margins, add the save action and remove pyqtgraph's menus."""
    plot.setAcceptDrops(False)
    plot.viewport().setAcceptDrops(False)
    plot.setAccessibleName(name)
    save_image.add_save_action(plot)
    plot.hideButtons()
    plot.setMenuEnabled(False)
    plot.getPlotItem().layout.setContentsMargins(0, 8, 12, 0)


def read_out_text(time: str, hz: float, level_db: float) -> str:
    """Return time, frequency, nearest note and level as text."""
    level = f"{level_db:.0f} dB".replace("-", "−")
    parts = (time, f"{count(round(hz))} Hz", nearest_note(hz)[0], level)
    return "   ".join(part for part in parts if part)


def style_axes(axes: Iterable[pg.AxisItem], palette: Palette, font: QFont) -> None:
    """Use a theme's colours for axes and hide their tick marks."""
    for axis in axes:
        axis.setPen(QColor(palette.border))
        axis.setTextPen(QColor(palette.muted))
        axis.setTickFont(font)
        axis.setStyle(tickLength=0)


def clock_exact(seconds: float) -> str:
    """Return a time as ``m:ss.t``."""
    minutes, rest = divmod(max(0.0, seconds), 60)
    return f"{int(minutes)}:{rest:04.1f}"
