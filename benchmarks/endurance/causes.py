"""What may follow from what a run does: alerts, and log lines above WARNING."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from benchmarks.endurance.records import Record

ALERTS: dict[str, str] = {
    "worker-restarted": r"killed (worker|decoder)",
    "job-died:(.+)": r"killed \1|ended SIGKILL",
    "promoted": r"ended retrain, promoted",
    "drift": r"ended drift|did check_drift",
    "recoded": r"ended drift|did check_drift",
}
"""Codes of alerts and the events that cause them. Made-up songs differ from the champion's reference, which is drift."""

LOG: dict[str, str] = {}
"""Beginnings of log records above WARNING, after the logger's name, and the events that cause them."""


def names(events: Iterable[Record]) -> Counter[tuple[str, str]]:
    """Count events by home and name; a promotion and how a window was ended belong to the name."""
    found: Counter[tuple[str, str]] = Counter()
    for event in events:
        what = event["what"] + (", promoted" if event.get("promoted") else "")
        what += f" {event['how']}" if event["what"] == "ended" else ""
        found[event["home"], what] += 1
    return found


def explains(table: dict[str, str], what: str, home: str, events: Counter[tuple[str, str]]) -> int:
    """Return how many events of a home may have caused it."""
    for pattern, cause in table.items():
        match = re.match(rf"(?:{pattern})", what)
        if match is not None:
            expected = match.expand(cause) if match.groups() else cause
            return sum(n for (where, name), n in events.items() if where == home and re.match(expected, name))
    return 0
