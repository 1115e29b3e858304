"""Drift checks: what was compared, what came out, what was done about it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass
from typing import Any, Literal

from genre_desktop.core.store.repository import Repository

Level = Literal["none", "mild", "strong"]


@dataclass(frozen=True, slots=True)
class FeatureDrift:
    """One feature's verdict.

    ``score`` is the p-value (0 to 1, small: drifted), ``distance`` the Kolmogorov-Smirnov
    distance (0 to 1, large: drifted).
    """

    name: str
    score: float
    drifted: bool
    distance: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """One entry of ``features`` in ``drift --json``."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Picture:
    """Histograms of one feature, so that a window can be drawn without the reference.

    ``edges`` has one entry more than ``reference`` and ``current``, whose entries are shares
    that sum to 1.
    """

    name: str
    edges: tuple[float, ...]
    reference: tuple[float, ...]
    current: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class DriftCheck:
    """One comparison of a window of clips with the champion's reference.

    Attributes
    ----------
    level:
        ``strong``: a drift. ``mild``: only the recordings differ (another codec, say); the music
        does not. It is told, and nothing is switched. ``none``.
    drifted_share, threshold:
        Share of features that drifted, and the share that makes a drift; 0 to 1.
    counted:
        True for a window of clips that no check had judged before: only those are evidence.
    last_prediction:
        Id of the newest prediction in the window.
    features, pictures:
        Most drifted first.
    mix, own_share:
        What the reference was weighted to: shares of genres, and the share of the person's own clips.
    action:
        What followed, a word: ``"none"``, ``"noticed"`` (mild), ``"drift-seen"``, ``"fallback"``,
        ``"champion"``, ``"waiting"``.
    html_path:
        The full report, or empty.
    """

    model_version: str
    n_reference: int
    n_current: int
    drifted_share: float
    threshold: float
    drift: bool
    level: Level = "none"
    features: tuple[FeatureDrift, ...] = ()
    pictures: tuple[Picture, ...] = ()
    mix: tuple[tuple[str, float], ...] = ()
    own_share: float = 0.0
    counted: bool = False
    last_prediction: int = 0
    action: str = "none"
    html_path: str = ""
    time: float = 0.0
    id: int = 0

    def to_dict(self) -> dict[str, Any]:
        """What ``drift --json`` prints."""
        return {
            "n_reference": self.n_reference,
            "n_current": self.n_current,
            "drifted_share": round(self.drifted_share, 4),
            "threshold": self.threshold,
            "drift": self.drift,
            "level": self.level,
            "features": [feature.to_dict() for feature in self.features],
            "action": self.action,
            "mix": dict(self.mix),
            "own_share": self.own_share,
            "model_version": self.model_version,
            "html_path": self.html_path,
        }


class DriftLog(Repository):
    """Adds and reads drift checks."""

    def add(self, check: DriftCheck) -> int:
        """Remember a check, stamped with the time now; returns its id."""
        with self._db.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO drift_checks (time, model_version, n_reference, n_current, drifted_share, "
                "threshold, drift, level, counted, last_prediction, features, pictures, mix, own_share, action, html_path) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                _row(check, self._clock()),
            )
        return int(cursor.lastrowid or 0)

    def set_report(self, check_id: int, html_path: str) -> None:
        """Note where the full report of a check lies."""
        with self._db.transaction() as connection:
            connection.execute("UPDATE drift_checks SET html_path = ? WHERE id = ?", (html_path, check_id))

    def recent(self, n: int = 200, since: float = 0.0) -> list[DriftCheck]:
        """The last ``n`` not before ``since``, newest first."""
        rows = self._db.connection.execute(
            "SELECT * FROM drift_checks WHERE time >= ? ORDER BY id DESC LIMIT ?", (since, n)
        )
        return [_check(row) for row in rows]

    def latest(self) -> DriftCheck | None:
        """The newest check, or None."""
        return next(iter(self.recent(1)), None)

    def delete_before(self, moment: float) -> int:
        """Retention; returns how many went."""
        with self._db.transaction() as connection:
            return connection.execute("DELETE FROM drift_checks WHERE time < ?", (moment,)).rowcount


def _row(check: DriftCheck, moment: float) -> tuple[object, ...]:
    return (
        moment,
        check.model_version,
        check.n_reference,
        check.n_current,
        check.drifted_share,
        check.threshold,
        int(check.drift),
        check.level,
        int(check.counted),
        check.last_prediction,
        json.dumps([asdict(feature) for feature in check.features]),
        json.dumps([asdict(picture) for picture in check.pictures]),
        json.dumps(dict(check.mix)),
        check.own_share,
        check.action,
        check.html_path,
    )


def _check(row: sqlite3.Row) -> DriftCheck:
    return DriftCheck(
        model_version=row["model_version"],
        n_reference=row["n_reference"],
        n_current=row["n_current"],
        drifted_share=row["drifted_share"],
        threshold=row["threshold"],
        drift=bool(row["drift"]),
        level=row["level"],
        features=tuple(FeatureDrift(**entry) for entry in json.loads(row["features"])),
        pictures=tuple(_picture(entry) for entry in json.loads(row["pictures"])),
        mix=tuple(json.loads(row["mix"]).items()),
        own_share=row["own_share"],
        counted=bool(row["counted"]),
        last_prediction=row["last_prediction"],
        action=row["action"],
        html_path=row["html_path"],
        time=row["time"],
        id=row["id"],
    )


def _picture(entry: dict[str, Any]) -> Picture:
    return Picture(entry["name"], tuple(entry["edges"]), tuple(entry["reference"]), tuple(entry["current"]))
