"""The map of the list: a point for each song. Imports pyqtgraph, so not before it is loaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QApplication, QGraphicsView, QToolTip

from genre_desktop.app.i18n.translate import tr
from genre_desktop.ui.plotting import point_cloud
from genre_desktop.ui.plotting.spectrogram_view import set_up_plot
from genre_desktop.ui.theme.palette import Palette

_REACH = 14
"""Distance in pixels from which a point is hit."""
_FADED = 0.18
"""Share of its colour that a point keeps while others are selected."""
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_TAKEN = (*_KEYS, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Plus, Qt.Key.Key_Minus)

Mask = NDArray[np.bool_]


class SoundMapView(pg.PlotWidget):  # type: ignore[misc]
    """Points that can be hovered, clicked, and selected with a freehand line; the wheel zooms.

    A drag draws the line, or moves the map while ``moving``; the middle button always moves it. Arrow keys go
    to the nearest point in their direction, Return activates it, plus, minus and Home zoom.

    ``chosen`` carries the number of a point, ``activated`` that of one to play, ``enclosed`` the numbers of
    the points inside a line.
    """

    chosen = Signal(int)
    activated = Signal(int)
    enclosed = Signal(object)

    def __init__(self, describe: Callable[[int], str]) -> None:
        self._box = pg.ViewBox(enableMenu=False, lockAspect=True, defaultPadding=0.04)
        super().__init__(viewBox=self._box)
        self.moving = False
        self._describe = describe
        self._points = np.empty((0, 2), np.float32)
        self._colours = np.empty(0, np.uint32)
        self._shown: Mask = np.empty(0, bool)
        self._selected: Mask = np.empty(0, bool)
        self._current = self._hovered = -1
        self._line: list[QPointF] = []
        self._pressed: QPointF | None = None
        self._palette: Palette | None = None
        self._image: tuple[object, QImage] | None = None
        self._changes = 0
        self._set_up()

    def _set_up(self) -> None:
        set_up_plot(self, tr("Map of the list"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)  # pyqtgraph would keep an old background
        for side in ("left", "bottom"):
            self.getPlotItem().hideAxis(side)
        self.getPlotItem().layout.setContentsMargins(0, 0, 0, 0)
        self._box.sigRangeChanged.connect(lambda *_: self.viewport().update())
        self._box.setLimits(minXRange=0.002, maxXRange=8.0)

    def show_points(self, points: NDArray[np.float32]) -> None:
        """Show other points ``(n, 2)`` from -1 to 1."""
        self._points = points
        self._colours = np.zeros(len(points), np.uint32)
        self._shown = self._selected = np.zeros(len(points), bool)
        self._current = self._hovered = -1
        self.show_all()
        self._changed()

    def show_colours(self, colours: point_cloud.Pixels, shown: Mask) -> None:
        """Set the colour of each point, and which are shown."""
        self._colours, self._shown = colours, shown
        self._changed()

    def show_selected(self, selected: Mask, current: int) -> None:
        """Set which points are selected, and the current one; -1 for none. One out of view is brought into view."""
        self._selected = selected
        if current != self._current:
            self._current = current
            if current >= 0 and not self._box.viewRect().contains(QPointF(*self._points[current].tolist())):
                self._box.setRange(self._around(current), padding=0)
        self.setAccessibleDescription(self._describe(current) if current >= 0 else tr("No song is selected"))
        self._changed()

    def set_palette(self, palette: Palette) -> None:
        """Use a theme's colours."""
        self._palette = palette
        self.setBackground(palette.surface)
        self._changed()

    def zoom(self, factor: float) -> None:
        """Show ``factor`` times as much, around the current point if it is in view."""
        view = self._box.viewRect()
        current = QPointF(*self._points[self._current].tolist()) if self._current >= 0 else view.center()
        self._box.scaleBy((factor, factor), center=current if view.contains(current) else view.center())

    def show_all(self) -> None:
        """Undo all zooming."""
        self._box.setRange(QRectF(-1.0, -1.0, 2.0, 2.0))

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the points."""
        super().drawBackground(painter, rect)
        device = painter.device()
        ratio = device.devicePixelRatio() if device is not None else 1.0
        painter.drawImage(self._area, self._picture(max(ratio, 1.0)))

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the rings around the current and the hovered point, and the freehand line."""
        super().drawForeground(painter, rect)
        if self._palette is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = point_cloud.radius_for(len(self._points)) + 4
        for place, colour, width in (
            (self._hovered, self._palette.muted, 1.5),
            (self._current, self._palette.surface, 5),
            (self._current, self._palette.text, 2.5),
        ):
            if place >= 0 and self._shown[place]:
                painter.setPen(QPen(QColor(colour), width))
                painter.drawEllipse(self._pixel_of(place), radius, radius)
        if len(self._line) > 1:
            pen = QPen(QColor(self._palette.accent), 2, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawPolygon(QPolygonF(self._line))
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._palette.accent), 2))
            painter.drawRect(self._area.adjusted(1, 1, -1, -1))

    def event(self, event: QEvent) -> bool:
        """Keep keys of the map from triggering actions."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
            if plain and event.key() in _TAKEN:
                event.accept()
                return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the nearest point in a direction, activate, or zoom."""
        key = Qt.Key(event.key())
        if key in _KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            following = self._next(*_KEYS[key])
            if following >= 0:
                self.chosen.emit(following)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current >= 0:
            self.activated.emit(self._current)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.zoom(0.5 if key == Qt.Key.Key_Plus else 2.0)
        elif key == Qt.Key.Key_Home:
            self.show_all()
        elif key == Qt.Key.Key_Escape and self._line:
            self._end_line()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a freehand line, or a move of the map."""
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = event.position() if left else None
        if left and not self.moving:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._line = [event.position()]
        else:
            super().mousePressEvent(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Continue the line, or show the name of the point under the mouse."""
        if self._line:
            self._line.append(event.position())
            self.viewport().update()
            return
        super().mouseMoveEvent(event)
        if not event.buttons():
            self._hover(event.position(), event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Emit the point that was clicked, or the points inside the line."""
        pressed, self._pressed = self._pressed, None
        line = self._end_line()
        if not line:
            super().mouseReleaseEvent(event)
        event.accept()
        if pressed is None:
            return
        farthest = max(((p - pressed).manhattanLength() for p in (*line, event.position())), default=0.0)
        if farthest < QApplication.startDragDistance():
            place = self._hit(event.position())
            if place >= 0:
                self.chosen.emit(place)
        elif line:
            self.enclosed.emit(self._inside(QPolygonF(line)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Activate the point under the mouse."""
        place = self._hit(event.position())
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.activated.emit(place)

    def leaveEvent(self, event: Any) -> None:
        """Remove the ring of the hovered point."""
        super().leaveEvent(event)
        self._set_hovered(-1)

    @property
    def _area(self) -> QRectF:
        """Where the points are drawn, in the coordinates of the view."""
        return QRectF(self._box.sceneBoundingRect())

    def _pixels(self) -> NDArray[np.float64]:
        """Return where the points are ``(n, 2)``, in the coordinates of the view."""
        (left, right), (low, high) = self._box.viewRange()
        area = self._area
        scale = np.array([area.width() / (right - left), -area.height() / (high - low)])
        places = (self._points - np.array([left, high])) * scale + np.array([area.left(), area.top()])
        return np.asarray(places, np.float64)

    def _pixel_of(self, place: int) -> QPointF:
        return QPointF(self._box.mapViewToScene(QPointF(*self._points[place].tolist())))

    def _picture(self, ratio: float) -> QImage:
        """Return the image of all points, drawn again if something changed."""
        area = self._area
        size = max(1, round(area.width() * ratio)), max(1, round(area.height() * ratio))
        key = (self._changes, ratio, size, str(self._box.viewRange()))
        if self._image is None or self._image[0] != key:
            places = (self._pixels() - [area.left(), area.top()]) * ratio
            pixels = self._draw(places, ratio, size)
            image = QImage(pixels.data, *size, 4 * size[0], QImage.Format.Format_ARGB32).copy()
            self._image = key, image
        return self._image[1]

    def _draw(self, places: NDArray[np.float64], ratio: float, size: tuple[int, int]) -> point_cloud.Pixels:
        colours, order = self._colours, np.flatnonzero(self._shown)
        chosen = self._selected[order]
        palette = self._palette
        if np.count_nonzero(chosen) > 1 and palette is not None:
            faded = _mixed(colours, int(palette.surface[1:], 16))
            colours = np.where(self._selected, colours, faded)
            order = np.r_[order[~chosen], order[chosen]]
        outline = 0xFF000000 | int(palette.outline[1:], 16) if palette is not None else 0
        radius = point_cloud.radius_for(len(self._points)) * ratio
        return point_cloud.draw(places[order], colours[order], outline, radius, size)

    def _hit(self, where: QPointF) -> int:
        """Return the shown point nearest to a position, -1 if none is near."""
        if not self._shown.any():
            return -1
        distances = np.linalg.norm(self._pixels() - [where.x(), where.y()], axis=1)
        distances[~self._shown] = np.inf
        place = int(distances.argmin())
        return place if distances[place] <= _REACH else -1

    def _next(self, right: int, up: int) -> int:
        """Return the shown point nearest to the current one in a direction, -1 if there is none."""
        if not self._shown.any():
            return -1
        if self._current < 0 or not self._shown[self._current]:  # the one in the middle
            view = self._box.viewRect().center()
            away = np.linalg.norm(self._points - [view.x(), view.y()], axis=1)
        else:
            steps = self._points - self._points[self._current]
            ahead = steps @ np.array([right, up], np.float32)
            aside = np.abs(steps @ np.array([up, right], np.float32))
            away = np.where((ahead > 0) & (aside <= ahead), ahead + aside, np.inf)
        away = np.where(self._shown, away, np.inf)
        place = int(away.argmin())
        return place if np.isfinite(away[place]) else -1

    def _inside(self, line: QPolygonF) -> NDArray[np.intp]:
        """Return the shown points inside a line."""
        size = self.viewport().size()
        image = QImage(size, QImage.Format.Format_Grayscale8)
        image.fill(0)
        painter = QPainter(image)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawPolygon(line, Qt.FillRule.WindingFill)
        painter.end()
        mask = np.frombuffer(image.constBits(), np.uint8).reshape(size.height(), image.bytesPerLine())
        columns, rows = np.floor(self._pixels()).astype(np.intp).T
        seen = self._shown & (columns >= 0) & (rows >= 0) & (columns < size.width()) & (rows < size.height())
        places = np.flatnonzero(seen)
        return np.asarray(places[mask[rows[places], columns[places]] > 0])

    def _hover(self, where: QPointF, on_screen: QPoint) -> None:
        place = self._hit(where)
        if place != self._hovered:
            self._set_hovered(place)
            QToolTip.showText(on_screen, self._describe(place) if place >= 0 else "", self)

    def _set_hovered(self, place: int) -> None:
        if place != self._hovered:
            self._hovered = place
            self.viewport().update()

    def _end_line(self) -> list[QPointF]:
        line, self._line = self._line, []
        self.viewport().update()
        return line

    def _around(self, place: int) -> QRectF:
        """Return as much as is in view, with a point in the middle."""
        view = self._box.viewRect()
        view.moveCenter(QPointF(*self._points[place].tolist()))
        return QRectF(view)

    def _changed(self) -> None:
        self._changes += 1
        self.viewport().update()


def _mixed(colours: point_cloud.Pixels, ground: int) -> point_cloud.Pixels:
    """Return colours mixed with the background, which has most of the weight."""
    result = np.full_like(colours, 0xFF000000)
    for shift in (0, 8, 16):
        part = (colours >> shift) & 0xFF
        mixed = _FADED * part + (1 - _FADED) * ((ground >> shift) & 0xFF)
        result |= mixed.astype(np.uint32) << shift
    return result
