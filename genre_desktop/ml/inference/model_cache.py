"""Cache of loaded models: resolves aliases, verifies and loads bundles, and reloads changed files."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import EMPTY, message
from genre_desktop.core.paths import Home
from genre_desktop.ml.models import bundle
from genre_desktop.ml.models.ensemble import Model
from genre_desktop.ml.registry import alias_snapshot, starter_models
from genre_desktop.ml.registry.alias_snapshot import AliasSnapshot, SnapshotVersion
from genre_desktop.ml.registry.connection import unknown
from genre_desktop.ml.registry.registry import Registry

Stamp = tuple[tuple[str, int, int], ...]
log = logging.getLogger(__name__)

GRACE_S = 5.0
"""How long cached models go on serving while the registry and our snapshot of it disagree. A promotion moves
one alias after the other and then writes the snapshot: a query to MLflow in that moment would cost seconds."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    model: Model
    stamp: Stamp


class ModelCache:
    """The models of one home.

    A request costs a few ``stat`` calls while nothing changes. MLflow is queried only when an
    alias moved without our snapshot being written, as MLflow's own tools would do.

    Attributes
    ----------
    registry_error:
        Why the registry cannot be read, or empty. Meanwhile the models it last held serve, or
        the starters.
    """

    def __init__(self, home: Home, clock: Callable[[], float] = time.monotonic) -> None:
        self.home = home
        self._clock = clock
        self._stale_since: float | None = None
        self.registry_error = EMPTY
        self._lock = threading.RLock()
        self._loaded: dict[SnapshotVersion, _Loaded] = {}
        self._snapshot: AliasSnapshot | None = None
        self._seen: object = None

    def find(self, selector: str) -> SnapshotVersion:
        """Return the version that an alias or a version number refers to.

        Raises
        ------
        AppError
            ``model-unknown``, or ``model-missing`` when the program came without models.
        """
        found = self.snapshot().resolve(selector)
        if found is None:
            raise unknown(selector)
        return found

    def alias_of(self, version: SnapshotVersion) -> str:
        """``champion`` or ``fallback`` where one points to this version, else empty."""
        aliases = self.snapshot().aliases
        return next((a for a in ("champion", "fallback") if aliases.get(a) == version.version), "")

    def get(self, version: SnapshotVersion) -> Model:
        """Return the loaded model, reading and verifying it again when its files changed.

        Raises
        ------
        AppError
            As :func:`bundle.load`.
        """
        folder = version.path(self.home)
        with self._lock:
            cached = self._loaded.get(version)
            stamp = _stamp(folder)
            if cached is not None and cached.stamp == stamp:
                return cached.model
            self._loaded.pop(version, None)
            if not _has_files(version, self.home):
                self._snapshot = None  # the next look at it may replace both models by starters
            model = bundle.load(folder, version.digest, light=True)
            self._loaded[version] = _Loaded(model, stamp)
            return model

    def drop(self, version: SnapshotVersion) -> None:
        """Discard a loaded model, so that the next use reads it again."""
        with self._lock:
            self._loaded.pop(version, None)

    def snapshot(self) -> AliasSnapshot:
        """Return the current aliases and versions of the registry."""
        seen = (_stamp(self.home.registry / alias_snapshot.FILE), alias_snapshot.fingerprint(self.home))
        with self._lock:
            if self._snapshot is not None and seen == self._seen:
                return self._snapshot
            found = alias_snapshot.read(self.home)
            if found is None and self._snapshot is not None and self._within_grace_period():
                return self._snapshot
            self._stale_since = None
            self._snapshot = self._or_fallback(found)
            self._seen = seen
            self._evict_unserved(self._snapshot)
            return self._snapshot

    def _within_grace_period(self) -> bool:
        """Whether another process may still be changing both the registry and the snapshot."""
        if starter_models.is_fresh(self.home):
            return False
        now = self._clock()
        if self._stale_since is None:
            self._stale_since = now
        return now - self._stale_since < GRACE_S

    def _or_fallback(self, found: AliasSnapshot | None) -> AliasSnapshot:
        self.registry_error = EMPTY
        if found is None and not starter_models.is_fresh(self.home):
            found = self._query_mlflow()
        # A registry without aliases: another process is still registering the starters.
        if found is None or not found.aliases:
            return starter_models.unregistered(self.home)
        return self._with_starters(found) if _gone(found, self.home) else found

    def _with_starters(self, found: AliasSnapshot) -> AliasSnapshot:
        """Return the snapshot with starters in place of the versions that aliases point to and that are gone."""
        starters = starter_models.unregistered(self.home)
        known = {v.digest: v for v in found.versions.values() if _has_files(v, self.home)}
        aliases, versions = dict(found.aliases), dict(found.versions)
        for alias in _gone(found, self.home):
            starter = starters.versions[starters.aliases[alias]]
            starter = known.get(starter.digest) or replace(starter, version=f"starter-{alias}")
            aliases[alias], versions[starter.version] = starter.version, starter
        gone = ", ".join(
            f"{alias} {found.aliases.get(alias, '')}".strip() for alias in _gone(found, self.home)
        )
        self.registry_error = message(
            "The model in use is missing from the registry ({gone}); a starter model is used instead.",
            gone=gone,
        )
        return replace(found, aliases=aliases, versions=versions)

    def _query_mlflow(self) -> AliasSnapshot | None:
        try:
            with Registry(self.home) as registry:
                return registry.snapshot()
        except AppError as error:
            if (
                error.problem.code == "no-space"
            ):  # what it last held serves; the answer says that it is not stored
                log.info("The registry cannot be read: %s", error)
            else:
                log.warning("The registry cannot be read: %s", error)
                self.registry_error = error.problem.reason
            return alias_snapshot.last(self.home)

    def _evict_unserved(self, snapshot: AliasSnapshot) -> None:
        served = {snapshot.resolve(alias) for alias in snapshot.aliases}
        for version in self._loaded.keys() - served:
            del self._loaded[version]


def _gone(snapshot: AliasSnapshot, home: Home) -> list[str]:
    """Return the aliases that point to no version; both of them if neither version has any files."""
    aliases = {
        alias: snapshot.aliases[alias] for alias in starter_models.NUMBERS if alias in snapshot.aliases
    }
    versions = [snapshot.versions[number] for number in aliases.values() if number in snapshot.versions]
    if not any(_has_files(version, home) for version in versions):
        return list(aliases)
    return [alias for alias, number in aliases.items() if number not in snapshot.versions]


def _has_files(version: SnapshotVersion, home: Home) -> bool:
    return (version.path(home) / bundle.FILE).is_file()


def _stamp(path: Path) -> Stamp:
    """Names, modification times and sizes of a file or of a folder's files; empty when absent."""
    try:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        return tuple((file.name, (s := file.stat()).st_mtime_ns, s.st_size) for file in files)
    except OSError:
        return ()
