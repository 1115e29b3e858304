"""The scrolling spectrogram. Imports pyqtgraph: only :mod:`genre_desktop.ui.plotting.loader` may import this module."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Signal

from genre_desktop.app.i18n.translate import decimal, tr
from genre_desktop.audio.spectrogram import FLOOR_DB, N_FFT, Axis, live_hop
from genre_desktop.ui.plotting.frequency_scale import FrequencyScale
from genre_desktop.ui.plotting.spectrogram_view import (
    FrequencyAxis,
    colour_map_of,
    read_out_text,
    set_up_plot,
    style_axes,
)
from genre_desktop.ui.theme.palette import Palette

SECONDS = 20.0
"""Time range of the image in seconds."""

Columns = NDArray[np.float32]


class LiveSpectrogram(pg.PlotWidget):  # type: ignore[misc]
    """Shows the last seconds; new columns enter at the right.

    ``read_out`` carries a description of the point under the mouse. While frozen, new columns are
    ignored.
    """

    read_out = Signal(str)

    def __init__(self) -> None:
        self._frequencies = FrequencyAxis("left")
        self._times = pg.AxisItem("bottom")
        super().__init__(axisItems={"bottom": self._times, "left": self._frequencies})
        self._axis: Axis = "mel"
        self._rate = 44_100
        self._image = pg.ImageItem(axisOrder="row-major")
        # A ring buffer of columns; ``_next`` is the oldest.
        self._raw: Columns = np.zeros((0, 0), np.float32)
        self._next = 0
        self._pixels: NDArray[np.uint8] = np.zeros((0, 0), np.uint8)
        self._scale = FrequencyScale(self._axis, self._rate)
        self._floor_db = -80.0
        self.frozen = False
        self.frames = 0
        self._set_up()
        self.begin(self._rate)

    def sizeHint(self) -> QSize:
        """Return a height that leaves room for what is beside it; pyqtgraph would want 480 pixels."""
        return QSize(480, 160)

    def _set_up(self) -> None:
        set_up_plot(self, tr("Live spectrogram"))
        self.setMouseEnabled(x=False, y=False)
        self.addItem(self._image)
        self.getViewBox().setRange(QRectF(-SECONDS, 0, SECONDS, 1), padding=0)
        self._times.setLabel(tr("seconds ago"))
        self.scene().sigMouseMoved.connect(self._hovered)

    def begin(self, rate: int) -> None:
        """Clear the image for a device with a sample rate of ``rate`` Hz."""
        self._rate = rate
        columns = round(SECONDS * rate / live_hop(rate))
        self._raw, self._next = np.full((N_FFT // 2 + 1, columns), FLOOR_DB, np.float32), 0
        self._redraw()

    def add(self, columns: Columns) -> None:
        """Append new columns ``(n_freq, k)`` of decibels."""
        if self.frozen:
            return
        shown = self._raw.shape[1]
        new = columns[:, -shown:]
        n = new.shape[1]
        self._raw[:, (self._next + np.arange(n)) % shown] = new
        self._next = (self._next + n) % shown
        self._pixels[:, :-n] = self._pixels[:, n:]
        self._pixels[:, -n:] = self._colour_indices(new)
        self._show()
        self.frames += 1

    def freeze(self, on: bool) -> None:
        """Freeze or unfreeze the image."""
        self.frozen = on

    def set_axis(self, axis: Axis) -> None:
        """Change the frequency axis."""
        if axis != self._axis:
            self._axis = axis
            self._redraw()

    def set_colours(self, colour_map: str, floor_db: float) -> None:
        """Change the colour map and the level in dB of its darkest colour."""
        self._image.setColorMap(colour_map_of(colour_map))
        if floor_db != self._floor_db:
            self._floor_db = floor_db
            self._redraw()

    def set_palette(self, palette: Palette) -> None:
        """Use a theme's colours."""
        self.setBackground(palette.surface)
        style_axes((self._times, self._frequencies), palette, self.font())

    def describe(self, ago_s: float, height: float) -> str:
        """Return time, frequency, nearest note and level at a point of the image."""
        bins, columns = self._raw.shape
        column = min(columns - 1, max(0, int((SECONDS - ago_s) / SECONDS * columns)))
        hz = self._scale.hz(height)
        place = min(bins - 1, max(0, round(hz / (self._rate / 2) * (bins - 1))))
        level = float(self._raw[place, (self._next + column) % columns])
        return read_out_text(tr("{s} s ago", s=decimal(ago_s)), hz, level)

    def _redraw(self) -> None:
        self._scale = FrequencyScale(self._axis, self._rate)
        self._pixels = self._colour_indices(np.roll(self._raw, -self._next, axis=1))
        self._show()
        self._image.setRect(QRectF(-SECONDS, 0, SECONDS, 1))
        self._frequencies.set_scale(self._scale)

    def _colour_indices(self, columns: Columns) -> NDArray[np.uint8]:
        """Return decibels ``(n_freq, k)`` as colour map indices ``(rows, k)`` from 0 to 255 (0 dB)."""
        indices = (self._scale.picture(columns) - self._floor_db) * (255.0 / -self._floor_db)
        return np.asarray(np.clip(indices, 0.0, 255.0), np.uint8)

    def _show(self) -> None:
        # Bytes are passed to Qt with the colour map; floats would be scaled in each frame.
        self._image.setImage(self._pixels, autoLevels=False, levels=(0, 255))

    def _hovered(self, where: QPointF) -> None:
        box = self.getViewBox()
        if not box.sceneBoundingRect().contains(where):
            self.read_out.emit("")
            return
        point = box.mapSceneToView(where)
        self.read_out.emit(self.describe(max(0.0, -point.x()), point.y()))
