"""Resolution of model aliases without importing MLflow (2 s and 130 MB).

After every change the registry writes a small JSON snapshot beside its database: aliases,
for each version its folder (relative to the home, so that a moved home stays valid),
digest and family, and the folders of encoders. A snapshot is valid only while it agrees with the database: MLflow's alias
table is read through ``sqlite3``. Should a later MLflow keep aliases elsewhere, the snapshot is
valid as long as the database files have not changed.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from genre_desktop.core.monitoring.champion import SNAPSHOT
from genre_desktop.core.own_files.reader import UnreadableFile, read_json
from genre_desktop.core.own_files.set_aside import set_aside
from genre_desktop.core.paths import Home, write_atomically

MODEL = "genre"
"""Name of the one registered model."""
DATABASE = "mlflow.db"
FILE = SNAPSHOT
FORMAT = 1

Fingerprint = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SnapshotVersion:
    """A registered version; ``folder``, its bundle, is relative to the home, with forward slashes."""

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
    """Contents of the registry after its last change.

    ``aliases`` maps alias to version number, ``encoders`` an encoder's digest to its folder relative to the home.
    """

    aliases: dict[str, str]
    versions: dict[str, SnapshotVersion]
    encoders: dict[str, str] = field(default_factory=dict)

    def resolve(self, selector: str) -> SnapshotVersion | None:
        """Return the version that an alias or a version number refers to, if there is one."""
        return self.versions.get(self.aliases.get(selector, selector))


def database(home: Home) -> Path:
    """Return the path of MLflow's SQLite file."""
    return home.registry / DATABASE


def read(home: Home) -> AliasSnapshot | None:
    """Return the snapshot, or ``None`` when it is absent, damaged or disagrees with the database."""
    found = _parse(home)
    if found is None:
        return None
    snapshot, written = found
    if written == fingerprint(home):
        return snapshot
    return snapshot if aliases(home) == snapshot.aliases else None


def last(home: Home) -> AliasSnapshot | None:
    """Return the snapshot as last written, whatever became of the database since."""
    found = _parse(home)
    return found[0] if found else None


def _parse(home: Home) -> tuple[AliasSnapshot, Fingerprint] | None:
    path = home.registry / FILE
    try:
        document = read_json(path)
        if isinstance(document, dict) and document.get("format", FORMAT) != FORMAT:
            return None
        return _snapshot(document)
    except UnreadableFile:
        with suppress(OSError):
            set_aside(path)
        return None
    except OSError:
        return None


def _snapshot(document: Any) -> tuple[AliasSnapshot, Fingerprint]:
    try:
        versions = {
            str(number): SnapshotVersion(**_texts(entry)) for number, entry in document["versions"].items()
        }
        written = tuple((int(stamp), int(size)) for stamp, size in document["fingerprint"])
        encoders = _texts(document.get("encoders", {}))  # version 0.1.0 wrote none
        return AliasSnapshot(_texts(document["aliases"]), versions, encoders), written
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise UnreadableFile(f"it has no versions: {error!r}") from error


def _texts(entry: dict[str, Any]) -> dict[str, str]:
    if not all(isinstance(value, str) for value in entry.values()):
        raise TypeError("not only text")
    return dict(entry)


def write(home: Home, snapshot: AliasSnapshot) -> None:
    """Replace the snapshot, atomically."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "fingerprint": fingerprint(home),
        "aliases": snapshot.aliases,
        "versions": {number: asdict(version) for number, version in snapshot.versions.items()},
        "encoders": snapshot.encoders,
    }
    write_atomically(home.registry / FILE, json.dumps(document, indent=1, sort_keys=True).encode())


def fingerprint(home: Home) -> Fingerprint:
    """Return modification time and size of the database and its write-ahead log.

    An empty log counts as absent: SQLite deletes it when the last connection closes.
    """
    path = database(home)
    return _stamp(path), _stamp(path.with_name(path.name + "-wal"))


def aliases(home: Home) -> dict[str, str] | None:
    """Read the aliases from the database; ``None`` when it cannot be read that way."""
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
