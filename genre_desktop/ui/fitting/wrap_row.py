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

_CHANGES = frozenset({QEvent.Type.LayoutRequest, QEvent.Type.StyleChange, QEvent.Type.FontChange})
"""Events after which widgets may need another width."""


@dataclass(frozen=True)
class _Part:
    widget: QWidget
    grow: int
    letters: int
    first: bool
    align: Qt.AlignmentFlag | None

    def measured(self) -> _Measured:
        """Return the widths of the widget as it is now."""
        widget = self.widget
        least, most, hint = self._least(), widget.maximumWidth(), widget.sizeHint().width()
        wanted = self.letters * widget.fontMetrics().averageCharWidth() or hint
        return _Measured(self, least, min(max(wanted, least), most), most)

    def _least(self) -> int:
        widget, policy = self.widget, self.widget.sizePolicy().horizontalPolicy()
        if widget.minimumWidth():
            return widget.minimumWidth()
        if policy == QSizePolicy.Policy.Ignored:
            return 0
        least = widget.minimumSizeHint().width()
        return least if _may_shrink(policy) else max(least, widget.sizeHint().width())

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


@dataclass(frozen=True, slots=True)
class _Measured:
    """A widget with its least width, that below which it goes to the next line, and its largest width."""

    part: _Part
    least: int
    wanted: int
    most: int


_Line = list[_Measured]


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
        self._known: _Line | None = None
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
        self._known = None
        self.updateGeometry()

    def clear(self) -> None:
        """Remove and delete all widgets."""
        for part in self._parts:
            part.widget.hide()
            part.widget.deleteLater()
        self._parts.clear()
        self._known = None
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size of one line."""
        shown = self._measured()
        width = sum(each.wanted for each in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(width, max((each.part.widget.sizeHint().height() for each in shown), default=0))

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest widget, and the height of a line; :meth:`heightForWidth` is exact."""
        shown = self._measured()
        height = max((each.part.widget.minimumSizeHint().height() for each in shown), default=0)
        return QSize(max((each.least for each in shown), default=0), height)

    def heightForWidth(self, width: int) -> int:
        """Return the least height at a width."""
        lines = self._lines(width)
        return sum(height for _, _, height in lines) + self._gap * max(0, len(lines) - 1)

    def event(self, event: QEvent) -> bool:
        """Measure again when the style or a widget has changed, and place the widgets."""
        if event.type() in _CHANGES:
            self._known = None
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
        self._known = None
        self.updateGeometry()
        self._place()

    def _measured(self) -> _Line:
        """Return the visible widgets. They are measured each time while the row is hidden: Qt posts no event then."""
        if self._known is None or not self.isVisible():
            self._known = [part.measured() for part in self._parts if not part.widget.isHidden()]
        return self._known

    def _lines(self, width: int) -> list[tuple[_Line, list[int], int]]:
        """Return the widgets of each line, their widths, and the least height of the line."""
        shown = self._measured()
        lines = self._broken(shown, width)
        if len(lines) > 1 and any(each.part.first for each in shown):
            lines = self._broken(sorted(shown, key=lambda each: not each.part.first), width)
        widths = [self._widths(line, width) for line in lines]
        heights = (
            max(each.part.height(one) for each, one in zip(line, those, strict=True))
            for line, those in zip(lines, widths, strict=True)
        )
        return list(zip(lines, widths, heights, strict=True))

    def _broken(self, shown: _Line, width: int) -> list[_Line]:
        lines: list[_Line] = []
        used = 0
        for each in shown:
            full = bool(lines and self._most and len(lines[-1]) == self._most)
            if lines and not full and used + self._gap + each.wanted <= width:
                lines[-1].append(each)
                used += self._gap + each.wanted
            else:
                lines.append([each])
                used = each.wanted
        return lines

    def _widths(self, line: _Line, width: int) -> list[int]:
        """Return the width of each widget of a line: growing ones share what the others leave."""
        free = width - self._gap * (len(line) - 1)
        widths = {each.part: min(each.wanted, free) for each in line if not each.part.grow}
        growing = [each for each in line if each.part.grow]
        free -= sum(widths.values())
        while growing:
            shares = _shares([each.part.grow for each in growing], free)
            limits = [min(max(share, each.least), each.most)
                      for each, share in zip(growing, shares, strict=True)]  # fmt: skip
            bound = [limit != share for limit, share in zip(limits, shares, strict=True)]
            done = [not any(bound) or each for each in bound]
            widths |= {
                each.part: limit for each, limit, now in zip(growing, limits, done, strict=True) if now
            }
            free -= sum(limit for limit, now in zip(limits, done, strict=True) if now)
            growing = [each for each, now in zip(growing, done, strict=True) if not now]
        return [min(widths[each.part], width) for each in line]

    def _place(self) -> None:
        lines = self._lines(self.width())
        least = sum(height for _, _, height in lines) + self._gap * max(0, len(lines) - 1)
        spare, top = max(0, self.height() - least), 0
        for number, (line, widths, needed) in enumerate(lines):
            more = spare // (len(lines) - number)
            spare -= more
            free = self.width() - sum(widths) - self._gap * (len(line) - 1)
            left = 0 if self._at == LEFT else free // 2 if self._at == CENTRE else free
            for each, width in zip(line, widths, strict=True):
                each.part.place(QRect(left, top, width, needed + more))
                left += width + self._gap
            top += needed + more + self._gap


def _may_shrink(policy: QSizePolicy.Policy) -> bool:
    return bool(policy.value & QSizePolicy.PolicyFlag.ShrinkFlag.value)


def _shares(weights: Sequence[int], total: int) -> list[int]:
    """Divide a number of pixels, without a remainder."""
    ends = [round(total * sum(weights[: i + 1]) / sum(weights)) for i in range(len(weights))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]
