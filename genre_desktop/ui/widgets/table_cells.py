"""Delegates that paint cells of the results table: genre with colour, number with bar, state with icon."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from genre_desktop.app.analysis.group_row import GroupRow
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.analysis.table_model import COLUMNS, ROW_ROLE, status
from genre_desktop.ui.theme import icons
from genre_desktop.ui.theme.genre_colours import colour_of
from genre_desktop.ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex

STATE_LOOKS: dict[State, tuple[str, str]] = {
    State.WAITING: ("waiting", "muted"),
    State.WORKING: ("working", "accent"),
    State.DONE: ("done", "success"),
    State.FAILED: ("failed", "danger"),
    State.CANCELLED: ("cancelled", "muted"),
    State.INTERRUPTED: ("pause", "muted"),
}
"""Icon and palette colour of each state."""

STATUS = next(index for index, column in enumerate(COLUMNS) if column.key == "status")

_LEFT = 8
_BAR = 44
_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class TextCell(QStyledItemDelegate):
    """Paints the cell's background by the style, then the contents by :meth:`draw`: here, the text.

    Most columns of a row with a problem are empty: the problem's title extends through them.
    """

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(parent)
        self.theme, self._table = theme, parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint background and contents."""
        row: ResultRow | None = index.data(ROW_ROLE)
        text = str(index.data() or "")
        self.initStyleOption(option, index)
        option.text = ""
        if isinstance(row, GroupRow):
            painter.fillRect(option.rect, QColor(self.theme.palette.raised))
        widget: QWidget = option.widget
        widget.style().drawControl(widget.style().ControlElement.CE_ItemViewItem, option, painter, widget)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self.theme.palette.text))
        if isinstance(row, GroupRow):
            font = painter.font()
            font.setWeight(font.Weight.DemiBold)
            painter.setFont(font)
        rect: QRect = option.rect
        if row.problem is not None and (before := self._since_status(index.column())) > 0:
            painter.setClipRect(rect)
            rect = QRect(rect.left() - before, rect.top(), self._table.viewport().width(), rect.height())
            draw_status(painter, rect.adjusted(_LEFT, 0, -_LEFT, 0), row, self.theme)
        else:
            self.draw(painter, rect.adjusted(_LEFT, 0, -_LEFT, 0), row, text)
        painter.restore()

    def _since_status(self, column: int) -> int:
        """Return the pixels from the left edge of the status column to that of ``column``."""
        if COLUMNS[column].key == "file":
            return 0
        left = self._table.columnViewportPosition
        return 0 if self._table.isColumnHidden(STATUS) else left(column) - left(STATUS)

    def draw(self, painter: QPainter, rect: QRect, row: ResultRow, text: str) -> None:
        """Paint the contents of a cell."""
        _text(painter, rect, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the text's size plus the width of what :meth:`draw` adds."""
        return super().sizeHint(option, index) + QSize(28, 0)


def _text(painter: QPainter, rect: QRect, text: str) -> None:
    painter.drawText(
        rect, _LINE, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    )


class GenreCell(TextCell):
    """A dot in the genre's colour, then its name."""

    def draw(self, painter: QPainter, rect: QRect, row: ResultRow, text: str) -> None:
        """Paint dot and name."""
        if not text:
            return
        draw_spot(painter, rect.left(), rect.center().y(), colour_of(row.genre), self.theme)
        if row.kind == "music":
            font = painter.font()
            font.setWeight(font.Weight.DemiBold)
            painter.setFont(font)
        if row.label:
            _draw_mark(painter, rect, row, self.theme)
        beside = self.theme.scaled(20)
        _text(painter, rect.adjusted(beside, 0, -beside if row.label else 0, 0), text)


class ConfidenceCell(TextCell):
    """A short bar, then the number."""

    def draw(self, painter: QPainter, rect: QRect, row: ResultRow, text: str) -> None:
        """Paint bar and number."""
        if row.confidence is None:
            return
        bar = QRectF(rect.left(), rect.center().y() - 2.5, min(_BAR, rect.width() - 52), 6)
        if bar.width() > 16:
            draw_bar(painter, bar, row.confidence, self.theme.palette.accent, self.theme.palette.raised)
            rect = rect.adjusted(round(bar.width()) + 10, 0, 0, 0)
        _text(painter, rect, text)


class StatusCell(TextCell):
    """An icon, then the name of the state."""

    def draw(self, painter: QPainter, rect: QRect, row: ResultRow, text: str) -> None:
        """Paint icon and name."""
        if row.problem is not None:
            painter.setClipRect(rect.adjusted(0, 0, _LEFT, 0))
            rect = QRect(rect.left(), rect.top(), self._table.viewport().width(), rect.height())
        draw_status(painter, rect, row, self.theme)


def draw_status(painter: QPainter, rect: QRect, row: ResultRow, theme: Theme) -> None:
    """Paint the icon of a row's state, then the name of the state or the problem's title."""
    icon, tone = ("open-folder", "muted") if isinstance(row, GroupRow) else STATE_LOOKS[row.state]
    if row.kind != "music":
        tone = "muted"
    if row.label:
        icon, tone = ("edit", "accent") if row.corrected else ("check", "success")
    elif row.brief is not None and (row.brief.warnings or row.brief.unusual):
        icon, tone = "warning", "warning"
    ratio = painter.device().devicePixelRatio()
    picture = icons.pixmap(icon, theme.scaled(16), getattr(theme.palette, tone), ratio)
    painter.drawPixmap(rect.left(), rect.center().y() - theme.scaled(8), picture)
    if row.state is State.FAILED:
        painter.setPen(QColor(theme.palette.danger))
    _text(painter, rect.adjusted(theme.scaled(24), 0, 0, 0), status(row))


def _draw_mark(painter: QPainter, rect: QRect, row: ResultRow, theme: Theme) -> None:
    """Paint the mark of a genre that the user corrected (a pencil) or confirmed (a tick)."""
    icon = "edit" if row.corrected else "check"
    side = theme.scaled(14)
    picture = icons.pixmap(icon, side, theme.palette.muted, painter.device().devicePixelRatio())
    painter.drawPixmap(rect.right() - side, rect.center().y() - side // 2, picture)


def draw_spot(painter: QPainter, left: int, middle: int, colour: str, theme: Theme) -> None:
    """Paint a dot, 11 pixels wide at 100 % text, with an outline that is visible on any background."""
    side = theme.scaled(11)
    painter.save()
    painter.setPen(QPen(QColor(theme.palette.outline), 1))
    painter.setBrush(QColor(colour))
    painter.drawEllipse(QRectF(left + 0.5, middle - side // 2, side, side))
    painter.restore()


def draw_bar(painter: QPainter, box: QRectF, share: float, colour: str, ground: str) -> None:
    """Paint a rounded bar filled to ``share`` (0 to 1); any share above 0 is visible."""
    radius = box.height() / 2
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(box, radius, radius)
    if share > 0:
        filled = QRectF(box)
        filled.setWidth(max(box.height(), box.width() * min(1.0, share)))
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(filled, radius, radius)
    painter.restore()


def spot_icon(name: str, theme: Theme) -> QIcon:
    """Return a genre's dot as an icon, which keeps its colour in a selected row."""
    side = theme.scaled(12)
    picture = QPixmap(2 * side, 2 * side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(2, 2)
    draw_spot(painter, 0, side // 2, colour_of(name), theme)
    painter.end()
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
