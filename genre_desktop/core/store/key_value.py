"""Small named values that outlive a restart: the serving state, counters, marks."""

from __future__ import annotations

import json
from typing import Any

from genre_desktop.core.store.repository import Repository


class KeyValueStore(Repository):
    """A table of JSON values by name; every method is one short transaction."""

    def get(self, key: str, default: Any = None) -> Any:
        """The value, or ``default`` where none was set."""
        row = self._db.connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return default if row is None else json.loads(row["value"])

    def set(self, key: str, value: Any) -> None:
        """Keep a value that JSON can hold."""
        with self._db.transaction() as connection:
            connection.execute(
                "INSERT INTO state (key, value) VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, json.dumps(value, sort_keys=True)),
            )

    def add(self, key: str, amount: int = 1) -> int:
        """Count up, whichever process asks, and return the new count."""
        with self._db.transaction():
            count = int(self.get(key, 0)) + amount
            self.set(key, count)
        return count

    def delete(self, key: str) -> None:
        """Forget a value; nothing happens when there is none."""
        with self._db.transaction() as connection:
            connection.execute("DELETE FROM state WHERE key = ?", (key,))
