"""The model registry: MLflow over SQLite and a folder, made safe for a desktop.

Runs, parameters, metrics, versions, aliases and tags are stored in MLflow; any MLflow tool can
open the database. Added here: changes take a lock, aliases move only to models that were read
back intact, the two moves of a promotion are atomic, the folder may be moved, and errors are
translated. Every change rewrites the snapshot of :mod:`.alias_snapshot`.
"""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote

from genre_desktop.core.disk.sync import sync_tree
from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import EMPTY, Message, dumps, message
from genre_desktop.core.own_files.reader import UnreadableFile, parse_json
from genre_desktop.core.paths import Home
from genre_desktop.ml.models import bundle
from genre_desktop.ml.registry import alias_snapshot, cleanup, encoder_store, mlflow_flavor, storage
from genre_desktop.ml.registry.alias_snapshot import MODEL, AliasSnapshot, SnapshotVersion
from genre_desktop.ml.registry.cleanup import HISTORY, INCOMING, INTENT
from genre_desktop.ml.registry.connection import connect, disconnect, unknown
from genre_desktop.ml.registry.errors import translate_errors
from genre_desktop.ml.registry.model_info import AliasMove, ModelInfo, describe
from genre_desktop.ml.registry.run import OWNER, Run, owner

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities.model_registry import ModelVersion

HISTORY_LENGTH = 50
_BY_HAND = message("Rolled back manually.")
log = logging.getLogger(__name__)


class Registry:
    """The registry of one home. Opening MLflow takes seconds, so it happens at first use.

    Use :func:`.starter_models.open_registry` for one that holds the starter models.
    Every method raises ``AppError`` when it fails: ``registry-failed``, ``registry-busy``,
    ``registry-unreadable``, ``registry-newer``, ``model-unknown``, or a code of :mod:`.bundle`
    for a damaged model.
    """

    def __init__(self, home: Home) -> None:
        self.home = home
        self._client: MlflowClient | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database file."""
        if self._client is not None:
            disconnect(self._client)
            self._client = None

    # -- reading --------------------------------------------------------------------------------

    @translate_errors
    def resolve(self, selector: str) -> SnapshotVersion:
        """Return the version that ``"champion"``, ``"fallback"`` or a version number refers to.

        Raises
        ------
        AppError
            ``model-unknown`` when there is none.
        """
        snapshot = alias_snapshot.read(self.home) or self._refresh()
        found = snapshot.resolve(selector)
        if found is None:
            raise unknown(selector)
        return found

    @translate_errors
    def models(self) -> list[ModelInfo]:
        """Return all versions, newest first."""
        versions = self._versions()
        runs = {run.info.run_id: run for run in cleanup.all_runs(self.client)}
        aliases = self._aliases()
        return [describe(version, runs.get(version.run_id), aliases) for version in versions]

    @translate_errors
    def snapshot(self) -> AliasSnapshot:
        """Return the aliases and versions that MLflow holds now, and write the snapshot file."""
        return self._refresh()

    def folder(self, version: str) -> Path:
        """Return the bundle folder of a version."""
        return self.resolve(version).path(self.home)

    # -- writing --------------------------------------------------------------------------------

    @translate_errors
    def run(self, name: str, tags: Mapping[str, Any] | None = None) -> Run:
        """Start a run; use it as a context manager, log to it, and pass it to :meth:`register`."""
        client = self.client
        environment = {f"env.{n}": v for n, v in mlflow_flavor.environment().items()}
        all_tags = {**environment, **{k: str(v) for k, v in (tags or {}).items()}, OWNER: owner()}
        created = client.create_run(cleanup.experiment_id(client), run_name=name, tags=all_tags)
        return Run(client, created.info.run_id, storage.run_folder(self.home, created.info.run_id))

    @translate_errors
    def register(
        self,
        folder: Path,
        *,
        run: Run | None = None,
        metrics: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
        tags: Mapping[str, Any] | None = None,
    ) -> str:
        """Copy a bundle into the registry as a new version and return its number; no alias moves.

        The version is created after its copy was read back. ``metrics`` and ``params`` are recorded
        with the run, a new one by default; ``tags`` (``kind``, ``rows``, …) with version and run.
        """
        document, digest = bundle.read(folder), bundle.digest_of(folder)
        tags = dict(tags or {})
        owned = run is None
        run = run or self.run(f"{document['family']} {digest[:8]}", tags)
        try:
            run.params(params or {})
            run.metrics(metrics or {})
            version = self._store(Path(folder), run, document, digest, tags)
        except BaseException:
            if owned:
                run.end("FAILED")
            raise
        if owned:
            run.end()
        return version

    @translate_errors
    def register_encoder(self) -> None:
        """Register the shipped music encoder, or repair the files of its version."""
        with self._changing():
            encoder_store.store(self.home, self.client)
            self._refresh()

    @translate_errors
    def promote(
        self,
        version: str,
        *,
        reason: Message = EMPTY,
        fallback: str | None = None,
        fallback_reason: Message = EMPTY,
    ) -> AliasMove:
        """Make a version champion; the old champion becomes fallback unless another is named.

        If the old champion is damaged, the old fallback stays. The version is read back first; both
        aliases move, or after a crash neither. Decisions and reasons become tags of the versions.
        """
        with self._changing():
            before = self._aliases()
            candidates = [before.get("champion", ""), before.get("fallback", "")]
            chosen = fallback or self._first_loadable([v for v in candidates if v != version], version)
            move = AliasMove(version, chosen, before, reason)
            self._move(move)
            self._tag(version, decision="promoted", reason=reason, decided=_now())
            if chosen and chosen != before.get("fallback"):
                why = fallback_reason or message(
                    "It was champion until version {version} was promoted.", version=version
                )
                self._tag(chosen, fallback_decision="fallback", fallback_reason=why, decided=_now())
        self._notify_serving(restored=False)
        return move

    @translate_errors
    def rollback(self, reason: Message = _BY_HAND) -> AliasMove:
        """Undo the last promotion: both aliases return to where they pointed before it.

        Raises
        ------
        AppError
            ``nothing-to-undo`` when no promotion is left to undo.
        """
        with self._changing():
            history = self._history()
            if not history:
                raise AppError("nothing-to-undo")
            before, target = self._aliases(), history[-1]
            candidates = [target["fallback"], before.get("fallback", "")]
            chosen = self._first_loadable(candidates, target["champion"])
            move = AliasMove(target["champion"], chosen, before, reason)
            self._move(move, history[:-1])
            self._tag(before.get("champion", ""), decision="rolled back", reason=reason, decided=_now())
        self._notify_serving(restored=False)
        return move

    @translate_errors
    def move_to(self, champion: str, fallback: str, reason: Message, *, restored: bool = False) -> AliasMove:
        """Move both aliases, as one step that :meth:`rollback` can undo."""
        with self._changing():
            move = AliasMove(champion, fallback, self._aliases(), reason)
            self._move(move)
            decision = "restored" if restored else "promoted"
            self._tag(champion, decision=decision, reason=reason, decided=_now())
        if move.before:
            self._notify_serving(restored=restored)
        return move

    @translate_errors
    def tag_version(self, version: str, **tags: str) -> None:
        """Set tags of a version, such as why it was not promoted (``decision``, ``reason``)."""
        self._tag(version, **tags)

    @translate_errors
    def clean_up(self) -> cleanup.CleanupResult:
        """Remove what a killed process left: unfinished alias moves, abandoned runs, partial files."""
        _ = self.client
        with storage.locked(self.home):
            result = cleanup.sweep(self.home, self.client)
            self._refresh()
        return result

    # -- helpers --------------------------------------------------------------------------------

    @property
    def client(self) -> MlflowClient:
        """MLflow's client, for what has no method here. Take the lock before writing."""
        if self._client is None:
            self._client = connect(self.home)
        return self._client

    @contextmanager
    def _changing(self) -> Iterator[None]:
        _ = self.client  # opening takes the same lock, so it comes first
        with storage.locked(self.home):
            cleanup.revert_partial_alias_moves(self.client)
            yield

    def _store(
        self, folder: Path, run: Run, document: dict[str, Any], digest: str, tags: dict[str, Any]
    ) -> str:
        with self._changing():
            staging = self.home.registry / INCOMING / uuid.uuid4().hex
            try:
                mlflow_flavor.package(folder, staging, run.id)
                self.client.log_artifacts(run.id, str(staging), "model")
            finally:
                shutil.rmtree(staging, ignore_errors=True)
            bundle.load(run.artifacts / "model" / mlflow_flavor.FOLDER, digest)
            # Before the database names it: with the power lost, there may be a model without a version, not the reverse.
            sync_tree(run.artifacts, self.home.registry)
            facts = {
                **tags,
                "digest": digest,
                "family": document["family"],
                "feature_version": document["feature_version"],
            }
            if document.get("encoder"):
                facts[encoder_store.TAG] = document["encoder"]
            created = self.client.create_model_version(
                MODEL,
                source=f"{storage.artifact_root(self.home)}/{run.id}/artifacts/model",
                run_id=run.id,
                tags={name: str(value) for name, value in facts.items()},
            )
            self._refresh()
        return str(created.version)

    def _move(self, move: AliasMove, history: list[dict[str, Any]] | None = None) -> None:
        """Move both aliases. After a crash in between, the next connection or clean-up reverts the move."""
        self._check(move.champion)
        if move.fallback:
            self._check(move.fallback)
        old_history = self._history()
        if history is None:
            entry = {"champion": "", "fallback": "", **move.before, "time": _now(), "reason": move.reason}
            changed = bool(move.before) and move.before.get("champion") != move.champion
            history = old_history + ([entry] if changed else [])
        client = self.client
        client.set_registered_model_tag(MODEL, INTENT, json.dumps({**move.before, HISTORY: old_history}))
        if move.fallback:
            client.set_registered_model_alias(MODEL, "fallback", move.fallback)
        elif "fallback" in move.before:
            client.delete_registered_model_alias(MODEL, "fallback")
        client.set_registered_model_alias(MODEL, "champion", move.champion)
        client.set_registered_model_tag(MODEL, HISTORY, json.dumps(history[-HISTORY_LENGTH:]))
        client.delete_registered_model_tag(MODEL, INTENT)
        self._refresh()

    def _first_loadable(self, versions: list[str], otherwise: str) -> str:
        """Return the first version with intact files, so that a damaged one never blocks a change."""
        for version in versions:
            try:
                self._check(version)
            except AppError as error:
                if error.problem.key == bundle.EXHAUSTED:  # it is not damaged
                    raise
                log.info("Version %s cannot be the fallback: %s", version or "none", error)
            else:
                return version
        return otherwise

    def _check(self, version: str) -> None:
        found = self._snapshot().versions.get(version)
        if found is None:
            raise unknown(version)
        bundle.load(found.path(self.home), found.digest, light=True)  # as it is loaded to answer

    def _history(self) -> list[dict[str, Any]]:
        written = self.client.get_registered_model(MODEL).tags.get(HISTORY, "[]")
        try:
            found = parse_json(written)
        except UnreadableFile:
            log.warning("The history of promotions is damaged: %.200r", written)
            return []
        return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []

    def _tag(self, version: str, **tags: str) -> None:
        for name, value in tags.items():
            if version and value:
                self.client.set_model_version_tag(MODEL, version, name, str(value))
                if isinstance(value, Message):  # for translation in the window
                    self.client.set_model_version_tag(MODEL, version, f"{name}.message", dumps(value))

    def _versions(self) -> list[ModelVersion]:
        found = cleanup.all_versions(self.client)
        return sorted(found, key=lambda version: int(version.version), reverse=True)

    def _aliases(self) -> dict[str, str]:
        return {a: str(v) for a, v in self.client.get_registered_model(MODEL).aliases.items()}

    def _snapshot(self) -> AliasSnapshot:
        root = storage.artifact_root(self.home)
        versions = {}
        for version in self._versions():
            below = str(version.source).removeprefix(root + "/")
            versions[str(version.version)] = SnapshotVersion(
                version=str(version.version),
                folder=f"{self.home.registry.name}/{storage.ARTIFACTS}/{unquote(below)}/{mlflow_flavor.FOLDER}",
                digest=version.tags.get("digest", ""),
                family=version.tags.get("family", ""),
                feature_version=version.tags.get("feature_version", ""),
            )
        return AliasSnapshot(self._aliases(), versions, encoder_store.folders(self.home, self.client))

    def _refresh(self) -> AliasSnapshot:
        snapshot = self._snapshot()
        alias_snapshot.write(self.home, snapshot)
        return snapshot

    def _notify_serving(self, *, restored: bool) -> None:
        # Earlier faults and drift concern other models. A broken store must not undo a promotion.
        from genre_desktop.core.monitoring.serving import ServingController
        from genre_desktop.core.monitoring.serving_state import ModelPromoted, StartersRestored
        from genre_desktop.core.store.database import Database

        try:
            database = Database(self.home.store)
            ServingController(database).report(StartersRestored() if restored else ModelPromoted())
            database.close()
        except (AppError, sqlite3.Error):
            log.warning("The serving state could not be updated after the models changed", exc_info=True)


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
