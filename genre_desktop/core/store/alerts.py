"""The table behind the alert centre: one row per thing that is or was wrong."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any, Literal

from genre_desktop.core.messages import EMPTY, Message, dumps, loads
from genre_desktop.core.store.repository import Repository

Level = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class AlertMessage:
    """What an alert says: what happened, what the app did, what the person can do.

    ``code`` is stable and tells alerts of one kind apart; ``action`` names the entry of the
    action registry whose button the alert shows (empty: none); ``details`` is for experts.
    """

    code: str
    level: Level
    title: Message
    happened: Message
    did: Message = EMPTY
    can_do: Message = EMPTY
    action: str = ""
    details: Message = EMPTY


@dataclass(frozen=True, slots=True)
class Alert:
    """A notice with its history; times are seconds since 1970, None until they happen.

    ``count`` says how often it happened while it stood.
    """

    id: int
    time: float
    notice: AlertMessage
    count: int = 1
    acknowledged: float | None = None
    snoozed_until: float | None = None
    resolved: float | None = None

    @property
    def open(self) -> bool:
        """True until what it tells of is over."""
        return self.resolved is None

    def unread(self, now: float) -> bool:
        """True while it asks for attention: standing, not acknowledged, not snoozed."""
        snoozed = self.snoozed_until is not None and self.snoozed_until > now
        return self.open and self.acknowledged is None and not snoozed

    def text(self) -> str:
        """Everything about it as plain text, for "copy details"."""
        times = f" ({self.count} times)" if self.count > 1 else ""
        notice = self.notice
        parts = (f"{notice.title}{times}", notice.happened, notice.did, notice.can_do, notice.details)
        return "\n".join((*(part for part in parts if part), f"Code: {notice.code}"))

    def to_dict(self) -> dict[str, Any]:
        """One line of ``alerts --json``."""
        notice = self.notice
        return {
            "id": self.id,
            "level": notice.level,
            "title": notice.title,
            "time": self.time,
            "acknowledged": self.acknowledged is not None,
            "code": notice.code,
            "happened": notice.happened,
            "did": notice.did,
            "can_do": notice.can_do,
            "action": notice.action,
            "count": self.count,
            "resolved": self.resolved,
        }


class AlertStore(Repository):
    """Rows in, rows out; what they mean is :class:`genre_desktop.core.monitoring.alert_service.AlertService`'s business."""

    def insert(self, notice: AlertMessage, moment: float) -> int:
        """Add an alert; returns its id."""
        with self._db.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO alerts (time, level, code, title, happened, did, can_do, action, details) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (moment, notice.level, notice.code, *_words(notice)),
            )
        return int(cursor.lastrowid or 0)

    def repeat(self, alert_id: int, notice: AlertMessage, moment: float) -> None:
        """It happened again: newest words and time, one more on the count."""
        with self._db.transaction() as connection:
            connection.execute(
                "UPDATE alerts SET time = ?, level = ?, title = ?, happened = ?, did = ?, can_do = ?, "
                "action = ?, details = ?, count = count + 1 WHERE id = ?",
                (moment, notice.level, *_words(notice), alert_id),
            )

    def mark(
        self,
        alert_id: int,
        *,
        acknowledged: float | None = None,
        snoozed_until: float | None = None,
        resolved: float | None = None,
    ) -> None:
        """Set the times that are given; the others stay."""
        with self._db.transaction() as connection:
            connection.execute(
                "UPDATE alerts SET acknowledged = coalesce(?, acknowledged), "
                "snoozed_until = coalesce(?, snoozed_until), resolved = coalesce(?, resolved) WHERE id = ?",
                (acknowledged, snoozed_until, resolved, alert_id),
            )

    def standing(self, code: str | None = None) -> list[Alert]:
        """Alerts that are not resolved, newest first; only of one code where given."""
        rows = self._db.connection.execute(
            "SELECT * FROM alerts WHERE resolved IS NULL AND (? IS NULL OR code = ?) ORDER BY time DESC, id DESC",
            (code, code),
        )
        return [_alert(row) for row in rows]

    def recent(self, n: int) -> list[Alert]:
        """The last ``n`` of any state, newest first."""
        rows = self._db.connection.execute("SELECT * FROM alerts ORDER BY time DESC, id DESC LIMIT ?", (n,))
        return [_alert(row) for row in rows]

    def get(self, alert_id: int) -> Alert | None:
        """One alert, or None when it is gone."""
        row = self._db.connection.execute("SELECT * FROM alerts WHERE id = ?", (alert_id,)).fetchone()
        return None if row is None else _alert(row)


def _words(notice: AlertMessage) -> tuple[str, ...]:
    title, happened, did, can_do, details = map(
        dumps, (notice.title, notice.happened, notice.did, notice.can_do, notice.details)
    )
    return title, happened, did, can_do, notice.action, details


def _alert(row: sqlite3.Row) -> Alert:
    notice = AlertMessage(
        code=row["code"],
        level=row["level"],
        title=loads(row["title"]),
        happened=loads(row["happened"]),
        did=loads(row["did"]),
        can_do=loads(row["can_do"]),
        action=row["action"],
        details=loads(row["details"]),
    )
    return Alert(
        row["id"],
        row["time"],
        notice,
        row["count"],
        row["acknowledged"],
        row["snoozed_until"],
        row["resolved"],
    )
