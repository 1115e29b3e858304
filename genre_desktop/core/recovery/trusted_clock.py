"""The time by which old records are deleted: it follows the computer's clock, but not when that jumps.

One wrong date, such as 2038 after a flat battery, would otherwise make every record too old. After a jump (or after
weeks in which the program was not used) the time goes on from where it was, by at most :data:`STEP_S` a run, until
the clock has proved steady for :data:`PROOF_S`.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields
from typing import Any

from genre_desktop.core.store.database import Database
from genre_desktop.core.store.key_value import KeyValueStore

DAY = 86_400.0
STEP_S = 31 * DAY
PROOF_S = 7 * DAY
KEY = "trusted-clock"


@dataclass(frozen=True, slots=True)
class TrustedTime:
    """The clock as it was last seen, and the time that is trusted; seconds since 1970.

    ``jumped`` is what the clock showed when it was first found ahead of the trusted time; 0 while they agree.
    """

    seen: float
    trusted: float
    jumped: float = 0.0

    @property
    def ahead_s(self) -> float:
        """How far the clock is ahead of the trusted time."""
        return max(self.seen - self.trusted, 0.0)

    def at(self, now: float) -> TrustedTime:
        """Return the state after the clock was seen at ``now``."""
        passed = now - self.seen
        trusted = self.trusted + min(max(passed, 0.0), STEP_S)
        if now <= trusted:
            return TrustedTime(now, max(self.trusted, now) if passed < 0 else now)
        if not self.jumped or not 0 <= passed <= STEP_S:
            return TrustedTime(now, trusted, now)
        if now - self.jumped >= PROOF_S:
            return TrustedTime(now, now)
        return TrustedTime(now, trusted, self.jumped)


def advance(database: Database, now: float) -> TrustedTime:
    """Record that the clock shows ``now``; return the time to delete by, which is never later than ``now``.

    Where no time was recorded, the newest answer shows when the program was last used.
    """
    with database.transaction() as connection:
        before = _parsed(KeyValueStore(database).get(KEY))
        if before is None:
            row = connection.execute(
                "SELECT max(time) FROM predictions WHERE typeof(time) = 'real' AND time <= ?", (now,)
            ).fetchone()
            seen = now if row[0] is None else float(row[0])
            before = TrustedTime(seen, seen)
        after = before.at(now)
        KeyValueStore(database).set(KEY, asdict(after))
    return TrustedTime(after.seen, min(after.trusted, now), after.jumped)


def _parsed(document: Any) -> TrustedTime | None:
    try:
        values = [float(document[field.name]) for field in fields(TrustedTime)]
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    return TrustedTime(*values) if all(map(math.isfinite, values)) else None
