"""The history of drift checks: what was compared, the result, and the action that followed."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass
from typing import Any, Literal

from genre_desktop.core.own_files.damaged_rows import moment
from genre_desktop.core.own_files.reader import parse_json
from genre_desktop.core.store.repository import Repository

Level = Literal["none", "mild", "strong"]


@dataclass(frozen=True, slots=True)
class FeatureDrift:
    """The result for one feature.

    ``score`` is the p-value (0 to 1, small: drifted), ``distance`` the Kolmogorov-Smirnov
    distance (0 to 1, large: drifted).
    """

    name: str
    score: float
    drifted: bool
    distance: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return one entry of ``features`` in ``drift --json``."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Picture:
    """Histograms of one feature, so that they can be drawn without the reference.

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
        ``strong``: drift. ``mild``: only the recordings differ (such as another codec), not the
        music; this raises an alert and switches nothing. ``none``.
    drifted_share, encoder_share, threshold:
        Share of the signal features that drifted, and of the music encoder's (None: not compared); the least
        share of either that counts as drift; 0 to 1.
    counted:
        True for a window of clips that no earlier check has used; only those are evidence.
    last_prediction:
        Id of the newest prediction in the window.
    features, pictures:
        Most drifted first.
    mix, own_share:
        Weights of the reference: share of each genre, and of the user's own clips.
    action:
        What followed: ``"none"``, ``"noticed"`` (mild), ``"drift-seen"``, ``"fallback"``,
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
    encoder_share: float | None = None
    counted: bool = False
    last_prediction: int = 0
    action: str = "none"
    html_path: str = ""
    time: float = 0.0
    id: int = 0

    @property
    def by_encoder(self) -> bool:
        """Whether only the encoder's features make it a drift."""
        return self.drift and self.drifted_share < self.threshold

    def to_dict(self) -> dict[str, Any]:
        """Return what ``drift --json`` prints."""
        return {
            "n_reference": self.n_reference,
            "n_current": self.n_current,
            "drifted_share": round(self.drifted_share, 4),
            "encoder_share": None if self.encoder_share is None else round(self.encoder_share, 4),
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
        """Store a check with the current time; return its id."""
        document = asdict(check)
        values = document | {
            "time": self._clock(),
            "drift": int(check.drift),
            "counted": int(check.counted),
            "features": json.dumps(document["features"]),
            "pictures": json.dumps(document["pictures"]),
            "mix": json.dumps(dict(check.mix)),
        }
        del values["id"]
        return self._insert("drift_checks", **values)

    def set_report(self, check_id: int, html_path: str) -> None:
        """Store the path of the full report of a check."""
        self._write("UPDATE drift_checks SET html_path = ? WHERE id = ?", html_path, check_id)

    def recent(self, n: int = 200, since: float = 0.0) -> list[DriftCheck]:
        """Return the last ``n`` not before ``since``, newest first."""
        query = "SELECT * FROM drift_checks WHERE time >= ? ORDER BY id DESC LIMIT ?"
        return list(self._parsed("drift_checks", self._rows(query, since, n), _check))

    def latest(self) -> DriftCheck | None:
        """Return the newest check, or None."""
        return next(iter(self.recent(1)), None)

    def delete_before(self, moment: float) -> int:
        """Delete checks older than ``moment``; return how many."""
        return self._delete("drift_checks", "time < ?", moment)


def _check(row: sqlite3.Row) -> DriftCheck:
    parsed = {
        "time": moment(row["time"]),
        "drifted_share": 0.0 + row["drifted_share"],
        "drift": bool(row["drift"]),
        "counted": bool(row["counted"]),
        "features": tuple(FeatureDrift(**entry) for entry in parse_json(row["features"])),
        "pictures": tuple(_picture(entry) for entry in parse_json(row["pictures"])),
        "mix": tuple(parse_json(row["mix"]).items()),
    }
    return DriftCheck(**dict(row) | parsed)


def _picture(entry: dict[str, Any]) -> Picture:
    return Picture(entry["name"], tuple(entry["edges"]), tuple(entry["reference"]), tuple(entry["current"]))
