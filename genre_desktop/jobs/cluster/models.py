"""Models on a cluster: they travel by digest, and are verified by every worker that lacks them.

The desktop says with each file which versions serve. A worker that lacks one looks for its files on the scheduler;
if nothing is there, it answers with :class:`ModelNeeded`, and the desktop puts them there.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from genre_desktop.core.errors import AppError
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.serving_state import Event, ServingState
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.serving_history import ServingChange
from genre_desktop.ml.inference.model_cache import ModelCache
from genre_desktop.ml.registry import storage
from genre_desktop.ml.registry.alias_snapshot import AliasSnapshot, SnapshotVersion

Files = dict[str, bytes]
"""The files of a bundle by their names, with forward slashes."""

MOST_BYTES = 50 * 2**20
"""Size of the largest bundle that is sent."""


@dataclass(frozen=True, slots=True)
class ServedModels:
    """The aliases, the versions behind them, and which of them answers."""

    snapshot: AliasSnapshot
    state: ServingState


class ModelNeeded(Exception):  # noqa: N818  # not an error: the desktop sends the model
    """The worker lacks the files of the bundle with this digest."""

    def __init__(self, digest: str) -> None:
        super().__init__(digest)
        self.digest = digest


class ModelSource:
    """The models of the desktop, for its workers. Use it in one thread."""

    def __init__(self, home: Home, database: Database) -> None:
        self._cache, self._home = ModelCache(home), home
        self._serving = ServingController(database)
        self._folders: dict[str, Path] = {}

    def served(self, selector: str) -> ServedModels:
        """Return what a worker needs to know for a selector: an alias or a version number.

        Raises
        ------
        AppError
            As :class:`.ModelCache` and the store raise it.
        """
        snapshot = self._cache.snapshot()
        names = ("champion", "fallback", selector)
        versions = {found.version: found for name in names if (found := snapshot.resolve(name)) is not None}
        self._folders |= {version.digest: version.path(self._home) for version in versions.values()}
        return ServedModels(AliasSnapshot(dict(snapshot.aliases), versions), self._serving.current())

    def files(self, digest: str) -> Files:
        """Return the files of a bundle as they are; whoever loads them verifies them.

        Raises
        ------
        AppError
            ``model-type/too-large``.
        """
        folder = self._folders.get(digest)
        paths = sorted(path for path in folder.rglob("*") if path.is_file()) if folder else []
        total = sum(path.stat().st_size for path in paths)
        if total > MOST_BYTES:
            raise AppError("model-type/too-large", name=str(folder), limit=MOST_BYTES // 2**20)
        return {path.relative_to(str(folder)).as_posix(): path.read_bytes() for path in paths}

    def report(self, event: Event) -> None:
        """Record what a worker observed about a model."""
        self._serving.report(event)


class DeliveredModels(ModelCache):
    """The models of a worker: those that the desktop says serve.

    Parameters
    ----------
    home:
        Where the files are kept for the next run.
    fetch:
        Returns the files that the desktop put on the scheduler, or None.
    """

    def __init__(self, home: Home, fetch: Callable[[str], Files | None]) -> None:
        super().__init__(home)
        self._fetch = fetch
        self._ready: set[str] = set()
        self._served = AliasSnapshot({}, {})

    def use(self, served: ServedModels) -> None:
        """Serve these versions from now on.

        Raises
        ------
        ModelNeeded
            The files of one are neither here nor on the scheduler.
        AppError
            As :func:`.storage.locked`.
        """
        snapshot = served.snapshot
        versions = {
            number: replace(version, folder=f"cluster/models/{version.digest}")
            for number, version in snapshot.versions.items()
        }
        self._served = AliasSnapshot(snapshot.aliases, versions)
        for version in versions.values():
            self._ensure(version)
        self._evict_unserved(self._served)

    def snapshot(self) -> AliasSnapshot:
        """Return what the desktop said."""
        return self._served

    def _ensure(self, version: SnapshotVersion) -> None:
        """Load a version, with files from the scheduler if those here are not intact."""
        if version.digest in self._ready:
            return
        try:
            self.get(version)
        except AppError:
            files = self._fetch(version.digest)
            if files is None:
                raise ModelNeeded(version.digest) from None
            self._replace(version, files)
        self._ready.add(version.digest)

    def _replace(self, version: SnapshotVersion, files: Files) -> None:
        """Write the files, unless another worker of this computer has done so meanwhile and may be reading them."""
        with storage.locked(self.home, "delivered.lock"):
            try:
                self.get(version)
            except AppError:  # a fault of the model itself comes again when it is asked to answer
                _write(files, version.path(self.home))


class FaultCollector:
    """The health monitor of a worker: keeps what it observes for the desktop."""

    def __init__(self) -> None:
        self.state = ServingState()
        self._events: list[Event] = []

    def current(self) -> ServingState:
        """Return the state that the desktop sent."""
        return self.state

    def report(self, event: Event) -> ServingChange | None:
        """Keep an event."""
        self._events.append(event)
        return None

    def take(self) -> tuple[Event, ...]:
        """Return the events since the last call."""
        events, self._events = tuple(self._events), []
        return events


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write a bundle's files; the folder has its name only when it is complete."""
    temporary = folder.with_name(f"{folder.name}.{uuid.uuid4().hex[:8]}.making")
    try:
        for name, data in files.items():
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
                raise AppError("model-type/file-name", file=folder.name, name=repr(name))
            (temporary / name).parent.mkdir(parents=True, exist_ok=True)
            (temporary / name).write_bytes(data)
        shutil.rmtree(folder, ignore_errors=True)
        if temporary.exists():
            temporary.replace(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
