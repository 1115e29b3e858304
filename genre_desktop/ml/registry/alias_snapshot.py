"""Which model an alias means, without importing MLflow (2 s and 130 MB).

After every change the registry writes a small JSON snapshot beside its database: aliases,
and for each version its folder (relative to the home, so that a moved home stays valid),
digest and family. A snapshot counts only while it agrees with the database, which is asked
directly: one read of MLflow's alias table through ``sqlite3``. Should a later MLflow keep
aliases elsewhere, the snapshot counts as long as the database files have not changed.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from genre_desktop.core.paths import Home, write_atomically

MODEL = "genre"
"""Name of the one registered model."""
DATABASE = "mlflow.db"
FILE = "serving.json"
FORMAT = 1

Fingerprint = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SnapshotVersion:
    """A registered version and where its bundle lies.

    ``folder`` is relative to the home, with forward slashes.
    """

    version: str
    folder: str
    digest: str
    family: str
    feature_version: str

    def path(self, home: Home) -> Path:
        """The bundle's folder."""
        return home.root / self.folder


@dataclass(frozen=True, slots=True)
class AliasSnapshot:
    """What the registry held when it last changed: ``aliases`` maps alias to version number."""

    aliases: dict[str, str]
    versions: dict[str, SnapshotVersion]

    def resolve(self, selector: str) -> SnapshotVersion | None:
        """The version that an alias or a version number means; ``None`` when there is none."""
        return self.versions.get(self.aliases.get(selector, selector))


def database(home: Home) -> Path:
    """MLflow's SQLite file."""
    return home.registry / DATABASE


def read(home: Home) -> AliasSnapshot | None:
    """The snapshot, or ``None`` when it is absent, damaged or no longer agrees with the database."""
    found = _parsed(home)
    if found is None:
        return None
    snapshot, written = found
    if written == fingerprint(home):
        return snapshot
    return snapshot if aliases(home) == snapshot.aliases else None


def last(home: Home) -> AliasSnapshot | None:
    """The snapshot as it was last written, whatever became of the database since."""
    found = _parsed(home)
    return found[0] if found else None


def _parsed(home: Home) -> tuple[AliasSnapshot, Fingerprint] | None:
    try:
        document = json.loads((home.registry / FILE).read_text("utf-8"))
        if document["format"] != FORMAT:
            return None
        versions = {number: SnapshotVersion(**entry) for number, entry in document["versions"].items()}
        written = tuple((int(stamp), int(size)) for stamp, size in document["fingerprint"])
        return AliasSnapshot(dict(document["aliases"]), versions), written
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write(home: Home, snapshot: AliasSnapshot) -> None:
    """Replace the snapshot, atomically."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "fingerprint": fingerprint(home),
        "aliases": snapshot.aliases,
        "versions": {number: asdict(version) for number, version in snapshot.versions.items()},
    }
    write_atomically(home.registry / FILE, json.dumps(document, indent=1, sort_keys=True).encode())


def forget(home: Home) -> None:
    """Delete the snapshot, so that the next reader asks MLflow."""
    (home.registry / FILE).unlink(missing_ok=True)


def fingerprint(home: Home) -> Fingerprint:
    """Modification time and size of the database and its write-ahead log; cheap enough per request.

    An empty log is as good as none: SQLite deletes it when the last connection closes.
    """
    path = database(home)
    return _stamp(path), _stamp(path.with_name(path.name + "-wal"))


def aliases(home: Home) -> dict[str, str] | None:
    """Alias to version, straight from the database; ``None`` when it cannot be read that way."""
    path = database(home)
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5)) as connection:
            rows = connection.execute(
                "SELECT alias, version FROM registered_model_aliases WHERE name = ?", (MODEL,)
            ).fetchall()
    except sqlite3.Error:
        return None
    return {str(alias): str(version) for alias, version in rows}


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return (status.st_mtime_ns, status.st_size) if status.st_size else (0, 0)
