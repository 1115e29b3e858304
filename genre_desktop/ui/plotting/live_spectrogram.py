"""The scrolling spectrogram. Imports pyqtgraph: only :mod:`genre_desktop.ui.plotting.loader` may import this module."""

from __future__ import annotations

import time

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Signal

from genre_desktop.app.i18n.translate import count, decimal, tr
from genre_desktop.audio.spectrogram import FLOOR_DB, N_FFT, Axis, live_hop, nearest_note
from genre_desktop.ui.plotting import save_image
from genre_desktop.ui.plotting.frequency_scale import FrequencyScale
from genre_desktop.ui.plotting.spectrogram_view import FrequencyAxis, colour_map_of, dress_axes
from genre_desktop.ui.theme.palette import Palette

SECONDS = 20.0
"""How far back the picture reaches."""

Columns = NDArray[np.float32]


class LiveSpectrogram(pg.PlotWidget):  # type: ignore[misc]
    """Columns enter at the right and leave at the left; 0 is now.

    ``read_out`` says what is under the mouse. While frozen, sound goes on but the picture stands.
    """

    read_out = Signal(str)

    def __init__(self) -> None:
        self._frequencies = FrequencyAxis("left")
        self._times = pg.AxisItem("bottom")
        super().__init__(axisItems={"bottom": self._times, "left": self._frequencies})
        self._axis: Axis = "mel"
        self._rate = 44_100
        self._image = pg.ImageItem(axisOrder="row-major")
        # A ring of columns, ``_next`` the oldest.
        self._raw: Columns = np.zeros((0, 0), np.float32)
        self._next = 0
        self._pixels: NDArray[np.uint8] = np.zeros((0, 0), np.uint8)
        self._scale = FrequencyScale(self._axis, self._rate)
        self._floor_db = -80.0
        self.frozen = False
        self.frames = 0
        self._since = time.monotonic()
        self._set_up()
        self.begin(self._rate)

    def _set_up(self) -> None:
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.setAccessibleName(tr("Live spectrogram"))
        save_image.add_save_action(self)
        self.hideButtons()
        self.setMenuEnabled(False)
        self.setMouseEnabled(x=False, y=False)
        plot = self.getPlotItem()
        plot.layout.setContentsMargins(0, 8, 12, 0)
        plot.addItem(self._image)
        plot.getViewBox().setRange(QRectF(-SECONDS, 0, SECONDS, 1), padding=0)
        self._times.setLabel(tr("seconds from now"))
        self.scene().sigMouseMoved.connect(self._hovered)

    # what the page uses

    def begin(self, rate: int) -> None:
        """Start empty, for a device with ``rate`` Hz."""
        self._rate = rate
        columns = round(SECONDS * rate / live_hop(rate))
        self._raw, self._next = np.full((N_FFT // 2 + 1, columns), FLOOR_DB, np.float32), 0
        self._redraw()

    def add(self, columns: Columns) -> None:
        """Scroll new columns ``(n_freq, k)`` in."""
        if self.frozen:
            return
        shown = self._raw.shape[1]
        new = columns[:, -shown:]
        count = new.shape[1]
        self._raw[:, (self._next + np.arange(count)) % shown] = new
        self._next = (self._next + count) % shown
        self._pixels[:, :-count] = self._pixels[:, count:]
        self._pixels[:, -count:] = self._coloured(new)
        self._show()
        self.frames += 1

    def freeze(self, on: bool) -> None:
        """Let the picture stand, or go on."""
        self.frozen = on

    def set_axis(self, axis: Axis) -> None:
        """Change the frequency axis of what is shown and of what comes."""
        self._axis = axis
        self._redraw()

    def set_colours(self, colour_map: str, floor_db: float) -> None:
        """Change the colour map and the level that gets its darkest colour."""
        self._floor_db = floor_db
        self._image.setColorMap(colour_map_of(colour_map))
        self._redraw()

    def set_palette(self, palette: Palette) -> None:
        """Take a theme's colours."""
        self.setBackground(palette.surface)
        dress_axes((self._times, self._frequencies), palette, self.font())

    def frames_per_second(self) -> float:
        """Pictures drawn a second since the last call."""
        now = time.monotonic()
        rate = self.frames / max(now - self._since, 1e-6)
        self.frames, self._since = 0, now
        return rate

    def describe(self, ago_s: float, height: float) -> str:
        """Time, frequency, nearest note and level at a point of the picture."""
        bins, columns = self._raw.shape
        column = min(columns - 1, max(0, int((SECONDS - ago_s) / SECONDS * columns)))
        hz = self._scale.hz(height)
        place = min(bins - 1, max(0, round(hz / (self._rate / 2) * (bins - 1))))
        level = float(self._raw[place, (self._next + column) % columns])
        parts = (
            tr("{s} s ago", s=decimal(ago_s)),
            f"{count(round(hz))} Hz",
            nearest_note(hz)[0],
            f"{level:.0f} dB".replace("-", "−"),
        )
        return "   ".join(part for part in parts if part)

    # inside

    def _redraw(self) -> None:
        self._scale = FrequencyScale(self._axis, self._rate)
        self._pixels = self._coloured(np.roll(self._raw, -self._next, axis=1))
        self._show()
        self._image.setRect(QRectF(-SECONDS, 0, SECONDS, 1))
        self._frequencies.set_scale(self._scale)

    def _coloured(self, columns: Columns) -> NDArray[np.uint8]:
        """Decibels ``(n_freq, k)`` as places in the colour map, ``(rows, k)``: 255 is the loudest."""
        places = (self._scale.picture(columns) - self._floor_db) * (255.0 / -self._floor_db)
        return np.asarray(np.clip(places, 0.0, 255.0), np.uint8)

    def _show(self) -> None:
        # Bytes go to Qt as they are, with the colour map beside them; floats are scaled anew.
        self._image.setImage(self._pixels, autoLevels=False, levels=(0, 255))

    def _hovered(self, where: QPointF) -> None:
        box = self.getPlotItem().getViewBox()
        if not box.sceneBoundingRect().contains(where):
            self.read_out.emit("")
            return
        point = box.mapSceneToView(where)
        self.read_out.emit(self.describe(max(0.0, -point.x()), point.y()))
