"""The timeline below the spectrogram: segments with the colour and name of their genre, or their kind."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from genre_desktop.app.analysis.table_model import clock, percent
from genre_desktop.app.i18n.genre_names import genre_name, kind_name
from genre_desktop.app.i18n.translate import plural, tr
from genre_desktop.core.types import Segment, join_segments
from genre_desktop.ui.plotting import save_image
from genre_desktop.ui.theme.genre_colours import NO_GENRE, colour_of
from genre_desktop.ui.theme.palette import ink_on
from genre_desktop.ui.theme.theme import Theme

_PADDING = 6
_CLICK_DISTANCE = 4
"""Distance in pixels that the mouse may move during a click."""


class TimelineStrip(QWidget):
    """Segments over the time range of the spectrogram; arrow keys move between them.

    ``chosen`` carries the segment chosen by key or click, ``segment_reached`` the one chosen by key,
    ``seek_requested`` the clicked position in seconds.
    """

    chosen = Signal(object)
    segment_reached = Signal(object)
    seek_requested = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.segments: tuple[Segment, ...] = ()
        self._from, self._to = 0.0, 1.0
        self._margins = (0, 0)
        self._current = -1
        self._cursor_s: float | None = None
        self._pressed: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Timeline"))
        save_image.add_save_action(self)
        theme.changed.connect(self.update)

    def show_segments(self, segments: Sequence[Segment]) -> None:
        """Show segments; adjacent ones of the same genre are joined."""
        self.segments = join_segments(segments)
        self._current = -1
        self._describe()
        self.update()

    def show_range(self, start_s: float, end_s: float) -> None:
        """Show the time from ``start_s`` to ``end_s``."""
        self._from, self._to = start_s, max(end_s, start_s + 1e-3)
        self.update()

    def set_margins(self, left: int, right: int) -> None:
        """Set the margins in pixels, to align the times with the spectrogram."""
        self._margins = (left, right)
        self.update()

    def show_cursor(self, time_s: float | None) -> None:
        """Show the playback position, or hide it."""
        if time_s != self._cursor_s:
            before, self._cursor_s = self._cursor_s, time_s
            for place in (before, time_s):
                if place is not None:
                    self.update(self._around(place))

    def sizeHint(self) -> QSize:
        """Return the height of a line of text with padding."""
        return QSize(240, max(32, round(self.fontMetrics().height() * 2)))

    def minimumSizeHint(self) -> QSize:
        """Return the fixed height and a small width."""
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the segments in view and the playback position."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        clip = QPainterPath()
        clip.addRoundedRect(self._strip(), 6, 6)
        painter.setClipPath(clip)
        painter.fillRect(self.rect(), QColor(self._theme.palette.raised))
        for place in self._visible(event.rect()):
            self._draw(painter, self.segments[place], chosen=place == self._current and self.hasFocus())
        self._draw_cursor(painter)
        painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.palette.accent), 2))
            painter.drawRoundedRect(self._strip().adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _visible(self, area: QRect) -> Iterator[int]:
        """Yield the places of the segments to draw in ``area``: those that contain the centre of a pixel.

        A song of ten hours may have two thousand segments, several to a pixel.
        """
        strip = self._strip()
        pixel_s = self._time_at(strip.left() + 1.0) - self._from
        start_s = self._time_at(max(strip.left(), area.left() - 1.0))
        end_s = self._time_at(min(strip.right(), area.right() + 2.0))
        for place in range(bisect_right(self.segments, start_s, key=attrgetter("end_s")), len(self.segments)):
            segment = self.segments[place]
            if segment.start_s > end_s:
                return
            first, last = ((s - self._from) / pixel_s - 0.5 for s in (segment.start_s, segment.end_s))
            if math.floor(first) != math.floor(last) or place == self._current:
                yield place

    def _draw(self, painter: QPainter, segment: Segment, *, chosen: bool) -> None:
        box = self._box(segment)
        colour = colour_of(segment.genre) if segment.genre else NO_GENRE
        painter.fillRect(box, QColor(colour))
        ink = QColor(ink_on(colour))
        if chosen:
            painter.setPen(QPen(ink, 2, Qt.PenStyle.DotLine))
            painter.drawRect(box.adjusted(4, 4, -4, -4))
        seen = box.intersected(self._strip()).adjusted(_PADDING, 0, -_PADDING, 0)
        if seen.width() <= 0:
            return
        painter.setPen(ink)
        text = fitting_label(segment, painter.fontMetrics().horizontalAdvance, seen.width())
        painter.drawText(seen, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _draw_cursor(self, painter: QPainter) -> None:
        if self._cursor_s is None or not self._from <= self._cursor_s <= self._to:
            return
        strip, x = self._strip(), self._x_of(self._cursor_s)
        for colour, width in (("#000000", 4), ("#FFFFFF", 2)):  # white on black, visible on any colour
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(QPointF(x, strip.top()), QPointF(x, strip.bottom()))

    def _around(self, time_s: float) -> QRect:
        """Return what the playback position covers."""
        return QRect(round(self._x_of(time_s)) - 4, 0, 8, self.height())

    def _x_of(self, time_s: float) -> float:
        strip = self._strip()
        return strip.left() + (time_s - self._from) * strip.width() / (self._to - self._from)

    def _time_at(self, x: float) -> float:
        strip = self._strip()
        return self._from + (x - strip.left()) * (self._to - self._from) / max(strip.width(), 1.0)

    def _strip(self) -> QRectF:
        left, right = self._margins
        return QRectF(self.rect()).adjusted(left, 2, -right, -2)

    def _box(self, segment: Segment) -> QRectF:
        strip = self._strip()
        scale = strip.width() / (self._to - self._from)
        left = strip.left() + (segment.start_s - self._from) * scale
        width = (segment.end_s - segment.start_s) * scale
        if width <= 2.0:  # the pixel of which it contains the centre
            return QRectF(math.ceil(left - 0.5), strip.top(), 1.0, strip.height())
        return QRectF(left, strip.top(), width - 1.0, strip.height())

    def event(self, event: QEvent) -> bool:
        """Show the tool tip of the segment under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            segment = self._segment_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), describe(segment) if segment else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Store the position, to distinguish clicks from drags."""
        self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """On a click, choose the segment under the mouse and request to seek there."""
        pressed, self._pressed = self._pressed, None
        if pressed is None or (event.position() - pressed).manhattanLength() > _CLICK_DISTANCE:
            return
        strip = self._strip()
        share = (event.position().x() - strip.left()) / max(strip.width(), 1.0)
        if 0.0 <= share <= 1.0:
            self.seek_requested.emit(self._from + share * (self._to - self._from))
        segment = self._segment_at(event.position())
        if segment is not None:
            self._choose(self.segments.index(segment))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the segments with Left, Right, Home and End."""
        last = len(self.segments) - 1
        places = {
            Qt.Key.Key_Left: max(0, self._current - 1),
            Qt.Key.Key_Right: min(last, self._current + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() in places and last >= 0:
            self._choose(places[Qt.Key(event.key())])
            self.segment_reached.emit(self.segments[self._current])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the first segment unless there is a selection."""
        if self._current < 0 and self.segments:
            self._current = 0
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Remove the focus ring."""
        super().focusOutEvent(event)
        self.update()

    def _segment_at(self, where: QPointF) -> Segment | None:
        hits = (segment for segment in self.segments if self._box(segment).contains(where))
        return next(hits, None)

    def _choose(self, place: int) -> None:
        self._current = place
        self._describe()
        self.update()
        self.chosen.emit(self.segments[place])

    def _describe(self) -> None:
        if 0 <= self._current < len(self.segments):
            self.setAccessibleDescription(describe(self.segments[self._current]))
        else:
            number = plural(len(self.segments), "1 section", "{n} sections")
            self.setAccessibleDescription(number + ": " + "; ".join(map(describe, self.segments[:8])))


def describe(segment: Segment) -> str:
    """Return text such as ``rock 71 % from 0:20 to 0:40``, or ``Speech from 0:20 to 0:40``."""
    start, end = clock(segment.start_s), clock(segment.end_s)
    if segment.kind != "music":
        return tr("{kind} from {start} to {end}", kind=kind_name(segment.kind), start=start, end=end)
    return tr(
        "{genre} {percent} from {start} to {end}",
        genre=genre_name(segment.genre) or tr("no answer"),
        percent=percent(segment.probability),
        start=start,
        end=end,
    )


def fitting_label(segment: Segment, width_of: Callable[[str], float], room: float) -> str:
    """Return the longest label that fits: genre and probability, genre, its first letters or nothing."""
    if segment.kind == "music":
        name = genre_name(segment.genre) or tr("no answer")
        longest = f"{name}  {percent(segment.probability)}"
    else:
        name = longest = kind_name(segment.kind)
    for text in (longest, name, name[:4], name[:2]):
        if width_of(text) <= room:
            return text
    return ""
