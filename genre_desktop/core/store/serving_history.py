"""Who answered when: each change between champion, fallback and nobody."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from genre_desktop.core.messages import Message, dumps, loads
from genre_desktop.core.store.repository import Repository

Active = Literal["champion", "fallback", "none"]


@dataclass(frozen=True, slots=True)
class ServingChange:
    """One change of who serves.

    ``code`` is stable (``"drift"``, ``"model-digest"``, ``"promoted"``, …), ``reason`` a
    sentence for people.
    """

    time: float
    old: Active
    new: Active
    code: str
    reason: Message

    def to_dict(self) -> dict[str, str | float]:
        """As JSON, for ``models`` and the Monitor page."""
        return {"time": self.time, "old": self.old, "new": self.new, "code": self.code, "reason": self.reason}


class SwitchLog(Repository):
    """Keeps switches."""

    def add(self, switch: ServingChange) -> None:
        """Remember a switch."""
        with self._db.transaction() as connection:
            connection.execute(
                "INSERT INTO switches (time, old, new, code, reason) VALUES (?, ?, ?, ?, ?)",
                (switch.time, switch.old, switch.new, switch.code, dumps(switch.reason)),
            )

    def recent(self, n: int = 100, since: float = 0.0) -> list[ServingChange]:
        """The last ``n`` not before ``since``, newest first."""
        rows = self._db.connection.execute(
            "SELECT * FROM switches WHERE time >= ? ORDER BY id DESC LIMIT ?", (since, n)
        )
        return [_switch(row) for row in rows]


def _switch(row: sqlite3.Row) -> ServingChange:
    return ServingChange(row["time"], row["old"], row["new"], row["code"], loads(row["reason"]))
