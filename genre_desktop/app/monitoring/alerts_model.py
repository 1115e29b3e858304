"""The history of alerts as Qt sees it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from genre_desktop.app.i18n.time_format import format_past, moment
from genre_desktop.app.i18n.translate import mark, render, tr
from genre_desktop.core.store.alerts import Alert

Index = QModelIndex | QPersistentModelIndex

COLUMNS = (mark("Alert"), mark("State"), mark("When"), mark("Times"))
LEVEL_LOOKS: dict[str, tuple[str, str]] = {
    "info": ("info", "accent"),
    "warning": ("warning", "warning"),
    "error": ("failed", "danger"),
}
"""Icon and palette colour of each level."""
LEVEL_WORDS = {"info": mark("Note"), "warning": mark("Warning"), "error": mark("Error")}


def state_words(alert: Alert, now: float) -> str:
    """Where an alert stands: new, read, snoozed or over."""
    if not alert.open:
        return tr("Over")
    if alert.unread(now):
        return tr("New")
    snoozed = alert.snoozed_until is not None and alert.snoozed_until > now
    return tr("Snoozed") if snoozed and alert.acknowledged is None else tr("Read")


class AlertsModel(QAbstractTableModel):
    """Rows of :class:`Alert`, newest first.

    Parameters
    ----------
    icon_of:
        The picture of a level.
    """

    def __init__(self, icon_of: Callable[[str], object]) -> None:
        super().__init__()
        self._icon_of = icon_of
        self.alerts: list[Alert] = []

    def show(self, alerts: list[Alert]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.alerts = alerts
        self.endResetModel()

    def place_of(self, alert_id: int) -> int | None:
        """The row of an alert."""
        return next((place for place, alert in enumerate(self.alerts) if alert.id == alert_id), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as Qt declares it
        """How many alerts."""
        return 0 if parent.isValid() else len(self.alerts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as Qt declares it
        """How many columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal and role == int(Qt.ItemDataRole.DisplayRole):
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Words, the level's picture, and what screen readers say."""
        alert = self.alerts[index.row()]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return self._words(alert, index.column())
        if role == int(Qt.ItemDataRole.DecorationRole) and index.column() == 0:
            return self._icon_of(alert.notice.level)
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return render(alert.notice.title) if index.column() == 0 else moment(alert.time)
        if role == int(Qt.ItemDataRole.AccessibleTextRole) and index.column() == 0:
            return f"{tr(LEVEL_WORDS[alert.notice.level])}: {render(alert.notice.title)}"
        return None

    @staticmethod
    def _words(alert: Alert, column: int) -> str:
        now = time.time()
        words = (
            render(alert.notice.title),
            state_words(alert, now),
            format_past(alert.time, now),
            str(alert.count) if alert.count > 1 else "",
        )
        return words[column]
