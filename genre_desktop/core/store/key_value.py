"""Small named values that survive a restart, such as the serving state and counters."""

from __future__ import annotations

import json
import logging
from typing import Any

from genre_desktop.core.own_files.reader import UnreadableFile, parse_json
from genre_desktop.core.store.repository import Repository

log = logging.getLogger(__name__)


class KeyValueStore(Repository):
    """A table of JSON values by name; every method is one short transaction."""

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value, or ``default`` where none was set or what is there is no JSON or of another kind."""
        row = self._row("SELECT value FROM state WHERE key = ?", key)
        if row is None:
            return default
        try:
            value = parse_json(row["value"])
        except UnreadableFile as error:
            log.warning("The stored value of %s is left out: %s", key, error)
            return default
        if default is None or isinstance(value, _kinds(default)):
            return value
        log.warning("The stored value of %s is left out: it is a %s", key, type(value).__name__)
        return default

    def set(self, key: str, value: Any) -> None:
        """Store a value that JSON can represent."""
        self._write(
            "INSERT INTO state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            key,
            json.dumps(value, sort_keys=True),
        )

    def add(self, key: str, amount: int = 1) -> int:
        """Increase a counter, safely across processes; return the new count."""
        with self._db.transaction():
            count = int(self.get(key, 0)) + amount
            self.set(key, count)
        return count

    def delete(self, key: str) -> None:
        """Delete a value, if there is one."""
        self._write("DELETE FROM state WHERE key = ?", key)


def _kinds(default: Any) -> tuple[type, ...]:
    if isinstance(default, list | tuple):
        return (list,)  # of JSON
    return (int, float) if isinstance(default, int | float) else (type(default),)
