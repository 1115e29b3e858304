"""Qt model of the alert history."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from genre_desktop.app.i18n.time_format import format_past, moment
from genre_desktop.app.i18n.translate import mark, render, tr
from genre_desktop.core.store.alerts import Alert

Index = QModelIndex | QPersistentModelIndex

COLUMNS = (mark("Alert"), mark("Status"), mark("Time"), mark("Count"))
LEVEL_ICONS: dict[str, tuple[str, str]] = {
    "info": ("info", "accent"),
    "warning": ("warning", "warning"),
    "error": ("failed", "danger"),
}
"""Icon and palette colour of each level."""
LEVEL_NAMES = {"info": mark("Note"), "warning": mark("Warning"), "error": mark("Error")}


def state_text(alert: Alert, now: float) -> str:
    """Return the state of an alert: new, read, snoozed or over."""
    if not alert.open:
        return tr("Resolved")
    if alert.unread(now):
        return tr("New")
    snoozed = alert.snoozed_until is not None and alert.snoozed_until > now
    return tr("Snoozed") if snoozed and alert.acknowledged is None else tr("Read")


class AlertsModel(QAbstractTableModel):
    """Table of alerts; ``icon_of`` returns the icon of a level."""

    def __init__(self, icon_of: Callable[[str], object]) -> None:
        super().__init__()
        self._icon_of = icon_of
        self.alerts: list[Alert] = []

    def show(self, alerts: list[Alert]) -> None:
        """Replace the alerts."""
        self.beginResetModel()
        self.alerts = alerts
        self.endResetModel()

    def place_of(self, alert_id: int) -> int | None:
        """Return the row of an alert."""
        return next((row for row, alert in enumerate(self.alerts) if alert.id == alert_id), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as Qt declares it
        """Return the number of alerts."""
        return 0 if parent.isValid() else len(self.alerts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as Qt declares it
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """Return a column's heading."""
        if orientation == Qt.Orientation.Horizontal and role == int(Qt.ItemDataRole.DisplayRole):
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return a cell's text, icon, tool tip or accessible text."""
        alert = self.alerts[index.row()]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return self._text(alert, index.column())
        if role == int(Qt.ItemDataRole.DecorationRole) and index.column() == 0:
            return self._icon_of(alert.notice.level)
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return render(alert.notice.title) if index.column() == 0 else moment(alert.time)
        if role == int(Qt.ItemDataRole.AccessibleTextRole) and index.column() == 0:
            return f"{tr(LEVEL_NAMES[alert.notice.level])}: {render(alert.notice.title)}"
        return None

    @staticmethod
    def _text(alert: Alert, column: int) -> str:
        now = time.time()
        texts = (
            render(alert.notice.title),
            state_text(alert, now),
            format_past(alert.time, now),
            str(alert.count) if alert.count > 1 else "",
        )
        return texts[column]
