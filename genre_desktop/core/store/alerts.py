"""The table of alerts: one row per condition that is or was wrong."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any, Literal, get_args

from genre_desktop.core.messages import EMPTY, Message, dumps, loads
from genre_desktop.core.own_files.damaged_rows import moment, moment_or_none
from genre_desktop.core.store.repository import Repository

Level = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class AlertMessage:
    """The text of an alert: what happened, what the app did, what the user can do.

    ``code`` is stable and identifies the kind of alert; ``action`` names the entry of the
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
    """A message with its history; times are seconds since 1970, None until they happen.

    ``count`` is the number of occurrences until it was resolved.
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
        """True until the alert is resolved."""
        return self.resolved is None

    def unread(self, now: float) -> bool:
        """Return whether the alert is open, not acknowledged and not snoozed."""
        snoozed = self.snoozed_until is not None and self.snoozed_until > now
        return self.open and self.acknowledged is None and not snoozed

    def text(self) -> str:
        """Return the whole alert as plain text, for "copy details"."""
        times = f" ({self.count} times)" if self.count > 1 else ""
        notice = self.notice
        parts = (f"{notice.title}{times}", notice.happened, notice.did, notice.can_do, notice.details)
        return "\n".join((*(part for part in parts if part), f"Code: {notice.code}"))

    def to_dict(self) -> dict[str, Any]:
        """Return one line of ``alerts --json``."""
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
    """Reads and writes rows; :class:`.alert_service.AlertService` implements their life cycle."""

    def insert(self, notice: AlertMessage, moment: float) -> int:
        """Add an alert; return its id."""
        return self._insert("alerts", time=moment, code=notice.code, **_texts(notice))

    def repeat(self, alert_id: int, notice: AlertMessage, moment: float) -> None:
        """Record another occurrence: newest text and time, count plus one."""
        texts = _texts(notice)
        changes = ", ".join(f"{column} = ?" for column in texts)
        self._write(
            f"UPDATE alerts SET time = ?, {changes}, count = count + 1 WHERE id = ?",  # noqa: S608  # literals
            moment,
            *texts.values(),
            alert_id,
        )

    def mark(
        self,
        alert_id: int,
        *,
        acknowledged: float | None = None,
        snoozed_until: float | None = None,
        resolved: float | None = None,
    ) -> None:
        """Set the times that are not None; the others stay."""
        self._write(
            "UPDATE alerts SET acknowledged = coalesce(?, acknowledged), "
            "snoozed_until = coalesce(?, snoozed_until), resolved = coalesce(?, resolved) WHERE id = ?",
            acknowledged,
            snoozed_until,
            resolved,
            alert_id,
        )

    def standing(self, code: str | None = None) -> list[Alert]:
        """Return the alerts that are not resolved, newest first; with ``code`` only those of that code."""
        query = "SELECT * FROM alerts WHERE resolved IS NULL AND (?1 IS NULL OR code = ?1) ORDER BY time DESC, id DESC"
        return list(self._parsed("alerts", self._rows(query, code), _alert))

    def recent(self, n: int) -> list[Alert]:
        """Return the last ``n`` in any state, newest first."""
        query = "SELECT * FROM alerts ORDER BY time DESC, id DESC LIMIT ?"
        return list(self._parsed("alerts", self._rows(query, n), _alert))

    def get(self, alert_id: int) -> Alert | None:
        """Return one alert, or None when it was deleted."""
        row = self._row("SELECT * FROM alerts WHERE id = ?", alert_id)
        return None if row is None else _alert(row)


_TEXTS = ("title", "happened", "did", "can_do", "details")


def _texts(notice: AlertMessage) -> dict[str, str]:
    texts = {name: dumps(getattr(notice, name)) for name in _TEXTS}
    return texts | {"level": notice.level, "action": notice.action}


def _alert(row: sqlite3.Row) -> Alert:
    texts = {name: loads(row[name]) for name in _TEXTS}
    if row["level"] not in get_args(Level):
        raise ValueError(f"{row['level']!r} is no level")
    notice = AlertMessage(row["code"], row["level"], action=row["action"], **texts)
    times = map(moment_or_none, (row["acknowledged"], row["snoozed_until"], row["resolved"]))
    return Alert(row["id"], moment(row["time"]), notice, int(row["count"]), *times)
