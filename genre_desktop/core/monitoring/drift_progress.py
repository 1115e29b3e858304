"""What drift checks have tested, what the last one found, and how many more files a decision needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from genre_desktop.core.monitoring.serving_state import ServingState
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.predictions import CheckedAnswers, PredictionLog

JUDGED = "drift:judged"
"""Stored state: the id of the newest answer that was tested."""
_SINCE = "drift:judged-since"
"""Stored state: the version of the champion, and the id of the newest answer that was tested before it."""
_LAST = "drift:last"
"""Stored state: the result of the last check."""

_NUMBER = (int, float)
_KINDS: dict[str, tuple[type, ...]] = {
    "level": (str,),
    "drift": (bool,),
    "drifted_share": _NUMBER,
    "encoder_share": _NUMBER,
    "threshold": _NUMBER,
    "compared": (int,),
    "new": (int,),
    "windows": (int,),
}
"""What is stored of a result; anything else, as in a damaged store, is left out."""


class DriftProgress:
    """Reads and updates the progress in a store."""

    def __init__(self, database: Database) -> None:
        self._state, self._log = KeyValueStore(database), PredictionLog(database)

    def tested(self, version: str) -> CheckedAnswers:
        """Return which answers were compared with this version of the champion; none with a new one."""
        newest = self._newest()
        known, since = self._since()
        return CheckedAnswers(since if known == version else newest, newest)

    def record_tested(self, version: str, newest: int) -> None:
        """Store that the answers up to ``newest`` were compared with a version."""
        since = self.tested(version).since
        self._state.set(_SINCE, {"version": version, "id": since})
        self._state.set(JUDGED, newest)

    def record_result(self, result: Mapping[str, Any]) -> None:
        """Store the result of a check for the window."""
        self._state.set(_LAST, _known(result))

    def last_result(self) -> dict[str, Any]:
        """Return the result of the last check; empty before the first."""
        found = _known(self._state.get(_LAST, {}))
        return found if "drifted_share" in found else {}

    def waiting(self) -> int:
        """Return the number of files that no check has compared; copies of a recording count once."""
        return self._log.count_untested(CheckedAnswers(self._since()[1], self._newest()))

    def _newest(self) -> int:
        return int(self._state.get(JUDGED, 0))

    def _since(self) -> tuple[str, int]:
        """Return the version and the newest answer from before it; both unknown in a store of an earlier version."""
        stored = self._state.get(_SINCE, {})
        version, since = stored.get("version"), stored.get("id")
        if isinstance(version, str) and isinstance(since, int):
            return version, since
        return "", self._newest()


def _known(result: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in result.items() if isinstance(value, _KINDS.get(key, ()))}


@dataclass(frozen=True, slots=True)
class DriftRequirements:
    """Files of one window, and drifted windows in a row that make a drift."""

    minimum: int
    confirmations: int

    def missing(self, state: ServingState, waiting: int) -> int:
        """Return how many more files a confirmation needs, beyond those that wait; 0 if it is confirmed."""
        if state.drifted:
            return 0
        return max(0, (self.confirmations - state.drift_streak) * self.minimum - waiting)
