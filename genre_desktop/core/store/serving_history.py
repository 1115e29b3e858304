"""The history of serving: each change between champion, fallback and none."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from genre_desktop.core.messages import Message, dumps, loads
from genre_desktop.core.own_files.damaged_rows import moment
from genre_desktop.core.store.repository import Repository

Active = Literal["champion", "fallback", "none"]


@dataclass(frozen=True, slots=True)
class ServingChange:
    """One change of the model in use.

    ``code`` is stable (``"drift"``, ``"model-digest"``, ``"promoted"``, …), ``reason`` a sentence for users.
    """

    time: float
    old: Active
    new: Active
    code: str
    reason: Message

    def to_dict(self) -> dict[str, str | float]:
        """Return the change as JSON, for ``models`` and the Monitor page."""
        return {"time": self.time, "old": self.old, "new": self.new, "code": self.code, "reason": self.reason}


class SwitchLog(Repository):
    """Adds and reads changes."""

    def add(self, switch: ServingChange) -> None:
        """Store a change."""
        self._insert("switches", **switch.to_dict() | {"reason": dumps(switch.reason)})

    def recent(self, n: int = 100, since: float = 0.0) -> list[ServingChange]:
        """Return the last ``n`` not before ``since``, newest first."""
        rows = self._rows("SELECT * FROM switches WHERE time >= ? ORDER BY id DESC LIMIT ?", since, n)
        return list(self._parsed("switches", rows, _change))


def _change(row: sqlite3.Row) -> ServingChange:
    return ServingChange(moment(row["time"]), row["old"], row["new"], row["code"], loads(row["reason"]))
