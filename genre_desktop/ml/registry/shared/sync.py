"""Sync: the server's champion and fallback become local versions, and serve here when the server's choice changed.

The desktop serves from its own registry only, so that the server may be away for weeks. Local aliases move when the
server's champion (or, under the same champion, its fallback) is another one than at the last sync. Between two such
changes the user's own promotions and rollbacks hold.
"""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mlflow.exceptions import MlflowException

from genre_desktop.core.errors import AppError, no_cancel
from genre_desktop.core.labels import MOST_CHARACTERS, clean_label
from genre_desktop.core.messages import EMPTY, Message, message
from genre_desktop.core.own_files.reader import read_json
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.ml.features.encoder.identity import DIGEST as ENCODER
from genre_desktop.ml.models import bundle
from genre_desktop.ml.registry import mlflow_flavor
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.registry.run import SCORES
from genre_desktop.ml.registry.shared import artifacts, versions
from genre_desktop.ml.registry.shared.artifacts import Allowance
from genre_desktop.ml.registry.shared.connection import SharedServer
from genre_desktop.ml.registry.shared.publish import TAGS
from genre_desktop.ml.registry.shared.versions import SharedVersion

SYNCED = "shared:synced"
"""Stored state: ``uri`` of the server, and the digests that its ``champion`` and ``fallback`` had at the last sync."""
KIND = "shared"
"""Value of the tag ``kind`` of versions that came from a server."""
SERVER, NUMBER, RUN = "shared_uri", "shared_version", "shared_run"
"""Tags of such versions: where they came from."""
_ALIASES = ("champion", "fallback")
_SERVER_FAULTS = ("registry-", "disk-")
"""Beginnings of codes that concern the whole sync rather than one version."""
log = logging.getLogger(__name__)


@dataclass(slots=True)
class SyncResult:
    """What a sync did: ``local`` maps an alias of the server to the local version, ``digests`` to its digest."""

    pulled: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[dict[str, Any]] = field(default_factory=list)
    local: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    moved: bool = False
    reason: Message = EMPTY


def sync(
    server: SharedServer, registry: Registry, cancelled: Callable[[], bool] = no_cancel
) -> dict[str, Any]:
    """Pull the server's champion and fallback, and let them serve if the server's choice changed.

    Returns
    -------
    dict
        ``pulled`` (each with ``version`` (local), ``server_version``, ``alias``, ``digest``), ``champion`` and
        ``fallback`` (the local versions that serve now), ``skipped`` (each with ``version`` (the server's),
        ``alias``, ``reason``, ``code``), ``moved``, ``reason`` and ``uri``.

    Raises
    ------
    AppError
        As :class:`.SharedServer` and :class:`.registry.Registry`; a version that cannot be used is skipped instead.
    """
    result = SyncResult()
    found = versions.aliases(server)
    for alias in _ALIASES:
        if alias in found:
            _pull(server, registry, alias, found[alias], result, cancelled)
    _move(server, registry, result, found)
    serving = registry.snapshot().aliases
    return {
        "pulled": result.pulled,
        "champion": serving.get("champion"),
        "fallback": serving.get("fallback"),
        "skipped": result.skipped,
        "moved": result.moved,
        "reason": result.reason,
        "uri": server.uri,
    }


def fetch(
    server: SharedServer, version: SharedVersion, target: Path, cancelled: Callable[[], bool] = no_cancel
) -> None:
    """Download the bundle of a version to the empty folder ``target``, and check it as any other.

    Raises
    ------
    AppError
        ``shared-version``, ``shared-artifact`` and the codes of :func:`.bundle.load`.
    """
    version.check()
    path = f"{artifacts.path_of(server, version.source)}/{mlflow_flavor.FOLDER}"
    sizes = artifacts.files(server, path)
    Allowance().use(sum(sizes.values()))
    allowance = Allowance()

    def get(name: str) -> None:
        if name not in sizes:
            raise AppError("shared-artifact/missing", name=name)
        artifacts.download(server, f"{path}/{name}", target / name, sizes[name], allowance, cancelled)

    get(bundle.FILE)
    document = bundle.read(target, version.digest)
    if document.get("encoder", "") not in ("", ENCODER):
        raise AppError("shared-version/encoder")
    notes = [name for name in sizes if name.endswith(".md") and "/" not in name]
    for name in (*document["files"], *notes):
        get(name)
    _check_genres(bundle.load(target, version.digest).classes)


def _check_genres(names: tuple[str, ...]) -> None:
    """Refuse genres that no library of this program could hold: what they contain would be shown and written."""
    for number, name in enumerate(names, 1):
        try:
            clean = clean_label(name) == name
        except AppError:
            clean = False
        if not clean:
            raise AppError("shared-version/genres", number=number, most=MOST_CHARACTERS)


def local_version(registry: Registry, digest: str) -> str | None:
    """Return the newest local version of a bundle whose files are intact, if there is one."""
    snapshot = registry.snapshot()
    for number in sorted(snapshot.versions, key=int, reverse=True):
        found = snapshot.versions[number]
        if found.digest == digest:
            try:
                bundle.verify(found.path(registry.home), digest)
            except AppError as error:
                log.info("Version %s is pulled again: %s", number, error)
            else:
                return number
    return None


def _pull(
    server: SharedServer,
    registry: Registry,
    alias: str,
    number: str,
    result: SyncResult,
    cancelled: Callable[[], bool],
) -> None:
    try:
        version = versions.find(server, number)
        version.check()
        local = local_version(registry, version.digest)
        if local is None:
            local = _register(server, registry, version, cancelled)
            result.pulled.append(
                {"version": local, "server_version": number, "alias": alias, "digest": version.digest}
            )
    except AppError as error:
        if (
            error.problem.code.startswith(_SERVER_FAULTS)
            and error.problem.code != "registry-server-artifacts"
        ):
            raise
        reason, code = error.problem.reason, error.problem.code
        result.skipped.append({"version": number, "alias": alias, "reason": reason, "code": code})
    else:
        result.local[alias], result.digests[alias] = local, version.digest


def _register(
    server: SharedServer, registry: Registry, version: SharedVersion, cancelled: Callable[[], bool]
) -> str:
    kept = {name: version.tags[name] for name in TAGS if name in version.tags}
    origin = {"kind": KIND, SERVER: server.uri, NUMBER: version.version, RUN: version.run_id}
    with tempfile.TemporaryDirectory(prefix="genre-desktop-") as folder:
        target = Path(folder) / "model"
        fetch(server, version, target, cancelled)
        params, metrics, scores = _facts(server, version)
        with registry.run(f"shared {version.version}", {"kind": KIND}) as run:
            run.params(params)
            run.metrics(metrics)
            if scores:
                run.text(SCORES, json.dumps(scores, indent=1))
            return registry.register(target, run=run, tags={**kept, **origin})


def _facts(
    server: SharedServer, version: SharedVersion
) -> tuple[dict[str, str], dict[str, float], dict[str, Any]]:
    """Return parameters, metrics and scores of a version's run; nothing where the run is gone."""
    try:
        run = server.client.get_run(version.run_id)
        root = artifacts.path_of(server, str(run.info.artifact_uri))
        sizes = artifacts.files(server, root)
    except MlflowException as error:
        if versions.is_gone(error):
            return {}, {}, {}
        raise
    scores: Any = {}
    if SCORES in sizes:
        with tempfile.TemporaryDirectory(prefix="genre-desktop-") as folder:
            target = Path(folder) / SCORES
            artifacts.download(server, f"{root}/{SCORES}", target, sizes[SCORES], Allowance(1_000_000))
            scores = _json(target)
    return dict(run.data.params), dict(run.data.metrics), scores if isinstance(scores, dict) else {}


def _json(path: Path) -> Any:
    try:
        return read_json(path)
    except ValueError:
        return {}


def _move(server: SharedServer, registry: Registry, result: SyncResult, found: dict[str, str]) -> None:
    """Move the local aliases if the server's choice changed since the last sync, and remember it."""
    before = _synced(registry.home, server.uri)
    now = result.digests
    serving = registry.snapshot().aliases
    champion, fallback = result.local.get("champion"), result.local.get("fallback")
    if champion is None:
        result.reason = _why_none(result, found)
        return
    chosen = now["champion"] != before.get("champion")
    spare = fallback if fallback != champion else None
    if chosen and champion != serving.get("champion"):
        reason = message(
            "It is the champion of the shared registry (version {version} there).", version=found["champion"]
        )
        registry.promote(champion, reason=reason, fallback=spare)  # by default the old champion, if it works
        result.moved, result.reason = True, reason
    elif champion != serving.get("champion"):
        result.reason = message(
            "The shared champion is version {version} here, unchanged since the last sync; the champion "
            "that was chosen here since then remains in use.",
            version=champion,
        )
    elif (
        spare
        and spare != serving.get("fallback")
        and (chosen or now.get("fallback") != before.get("fallback"))
    ):
        result.reason = message("It is the fallback of the shared registry.")
        registry.move_to(champion, spare, result.reason)
        result.moved = True
    else:
        result.reason = message("Nothing has changed on the shared registry.")
    kept = {"fallback": before["fallback"]} if "fallback" in before and "fallback" in found else {}
    _remember(registry.home, {"uri": server.uri, **kept, **now})


def _why_none(result: SyncResult, found: dict[str, str]) -> Message:
    if "champion" not in found:
        return message("The shared registry has no champion; the models on this computer remain in use.")
    return message("The shared champion cannot be used; the models on this computer remain in use.")


def _synced(home: Home, uri: str) -> dict[str, str]:
    with closing(Database(home.store)) as database:
        stored = KeyValueStore(database).get(SYNCED, {})
    return dict(stored) if stored.get("uri") == uri else {}


def _remember(home: Home, state: dict[str, str]) -> None:
    with closing(Database(home.store)) as database:
        KeyValueStore(database).set(SYNCED, state)
