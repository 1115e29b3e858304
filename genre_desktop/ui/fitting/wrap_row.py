"""A row of widgets that continues on the next line where the width does not suffice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from genre_desktop.ui.fitting.least_height import least_height

GAP = 8
LEFT, RIGHT, CENTRE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter
TOP, BOTTOM = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom


@dataclass(frozen=True)
class _Part:
    widget: QWidget
    grow: int
    letters: int
    first: bool
    align: Qt.AlignmentFlag | None

    @property
    def shown(self) -> bool:
        return not self.widget.isHidden()

    @property
    def wanted(self) -> int:
        """The width below which the widget goes to the next line."""
        letters = self.letters * self.widget.fontMetrics().averageCharWidth()
        hint = letters or self.widget.sizeHint().width()
        return min(max(hint, self.least), self.widget.maximumWidth())

    @property
    def least(self) -> int:
        policy = self.widget.sizePolicy().horizontalPolicy()
        if self.widget.minimumWidth():
            return self.widget.minimumWidth()
        if policy == QSizePolicy.Policy.Ignored:
            return 0
        least = self.widget.minimumSizeHint().width()
        return least if _may_shrink(policy) else max(least, self.widget.sizeHint().width())

    def height(self, width: int) -> int:
        """Return the least height at a width."""
        widget, layout = self.widget, self.widget.layout()
        if layout is not None and layout.hasHeightForWidth():
            height = least_height(layout, width)
        elif widget.hasHeightForWidth():
            height = widget.heightForWidth(width)
        elif _may_shrink(widget.sizePolicy().verticalPolicy()):
            height = widget.minimumSizeHint().height()
        else:
            height = widget.sizeHint().height()
        return min(max(height, widget.minimumHeight()), widget.maximumHeight())

    def place(self, room: QRect) -> None:
        """Fill the room, or a part of its height where the widget has a height or an alignment of its own."""
        fixed = not self.widget.sizePolicy().verticalPolicy().value & QSizePolicy.PolicyFlag.GrowFlag.value
        if fixed or self.align:
            height = min(self.height(room.width()), room.height())
            free = room.height() - height
            above = 0 if self.align == TOP else free if self.align == BOTTOM else free // 2
            room = QRect(room.x(), room.y() + above, room.width(), height)
        self.widget.setGeometry(room)


class WrapRow(QWidget):
    """Widgets side by side while each has the width it wants, else in several lines.

    Its height is the least that its widgets need at its width; what it gets beyond that, its lines share.
    A widget for layouts: Python must not hold on to their items, see ``tests/ui/test_pyside_binding.py``.

    Parameters
    ----------
    gap:
        Pixels between widgets and between lines.
    at:
        Where lines in which no widget grows are: left, in the centre or at the right.
    most:
        Most widgets in a line; 0 for no limit.
    """

    def __init__(self, *widgets: QWidget, gap: int = GAP, at: Qt.AlignmentFlag = LEFT, most: int = 0) -> None:
        super().__init__()
        self._gap, self._at, self._most = gap, at, most
        self._parts: list[_Part] = []
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for widget in widgets:
            self.add(widget)

    def add(
        self,
        widget: QWidget,
        grow: int = 0,
        *,
        letters: int = 0,
        first: bool = False,
        align: Qt.AlignmentFlag | None = None,
    ) -> None:
        """Add a widget at the end.

        Parameters
        ----------
        grow:
            Its share of the width that those beside it do not need.
        letters:
            The width it wants, in average letters; without it that of its size hint.
        first:
            Whether it is above the others once they are not all in one line.
        align:
            ``TOP`` or ``BOTTOM`` for its own height instead of that of its line.
        """
        hidden = widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
        self._parts.append(_Part(widget, grow, letters, first, align))
        widget.setParent(self)
        if self.isVisible() and not hidden:
            widget.show()
        self.updateGeometry()

    def clear(self) -> None:
        """Remove and delete all widgets."""
        for part in self._parts:
            part.widget.hide()
            part.widget.deleteLater()
        self._parts.clear()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size of one line."""
        shown = [part for part in self._parts if part.shown]
        width = sum(part.wanted for part in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(width, max((part.widget.sizeHint().height() for part in shown), default=0))

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest widget, and the height of a line; :meth:`heightForWidth` is exact."""
        shown = [part for part in self._parts if part.shown]
        height = max((part.widget.minimumSizeHint().height() for part in shown), default=0)
        return QSize(max((part.least for part in shown), default=0), height)

    def heightForWidth(self, width: int) -> int:
        """Return the least height at a width."""
        heights = [self._height(line, width) for line in self._lines(width)]
        return sum(heights) + self._gap * max(0, len(heights) - 1)

    def event(self, event: QEvent) -> bool:
        """Place the widgets again when one of them needs another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the widgets for the new size."""
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow what changed while the row was hidden, when Qt posts no event."""
        super().showEvent(event)
        self.updateGeometry()
        self._place()

    def _lines(self, width: int) -> list[list[_Part]]:
        shown = [part for part in self._parts if part.shown]
        lines = self._broken(shown, width)
        if len(lines) > 1 and any(part.first for part in shown):
            lines = self._broken(sorted(shown, key=lambda part: not part.first), width)
        return lines

    def _broken(self, parts: Sequence[_Part], width: int) -> list[list[_Part]]:
        lines: list[list[_Part]] = []
        used = 0
        for part in parts:
            wanted = part.wanted
            full = bool(lines and self._most and len(lines[-1]) == self._most)
            if lines and not full and used + self._gap + wanted <= width:
                lines[-1].append(part)
                used += self._gap + wanted
            else:
                lines.append([part])
                used = wanted
        return lines

    def _height(self, line: Sequence[_Part], width: int) -> int:
        return max(part.height(each) for part, each in zip(line, self._widths(line, width), strict=True))

    def _widths(self, line: Sequence[_Part], width: int) -> list[int]:
        """Return the width of each widget of a line: growing ones share what the others leave."""
        free = width - self._gap * (len(line) - 1)
        widths = {part: min(part.wanted, free) for part in line if not part.grow}
        growing = [part for part in line if part.grow]
        free -= sum(widths.values())
        while growing:
            shares = _shares([part.grow for part in growing], free)
            limits = [min(max(share, part.least), part.widget.maximumWidth())
                      for part, share in zip(growing, shares, strict=True)]  # fmt: skip
            bound = [limit != share for limit, share in zip(limits, shares, strict=True)]
            done = [not any(bound) or each for each in bound]
            widths |= {part: limit for part, limit, now in zip(growing, limits, done, strict=True) if now}
            free -= sum(limit for limit, now in zip(limits, done, strict=True) if now)
            growing = [part for part, now in zip(growing, done, strict=True) if not now]
        return [min(widths[part], width) for part in line]

    def _place(self) -> None:
        lines = self._lines(self.width())
        spare = max(0, self.height() - self.heightForWidth(self.width()))
        top = 0
        for number, line in enumerate(lines):
            height = self._height(line, self.width()) + spare // (len(lines) - number)
            spare -= spare // (len(lines) - number)
            widths = self._widths(line, self.width())
            free = self.width() - sum(widths) - self._gap * (len(line) - 1)
            left = 0 if self._at == LEFT else free // 2 if self._at == CENTRE else free
            for part, width in zip(line, widths, strict=True):
                part.place(QRect(left, top, width, height))
                left += width + self._gap
            top += height + self._gap


def _may_shrink(policy: QSizePolicy.Policy) -> bool:
    return bool(policy.value & QSizePolicy.PolicyFlag.ShrinkFlag.value)


def _shares(weights: Sequence[int], total: int) -> list[int]:
    """Divide a number of pixels, without a remainder."""
    ends = [round(total * sum(weights[: i + 1]) / sum(weights)) for i in range(len(weights))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]
