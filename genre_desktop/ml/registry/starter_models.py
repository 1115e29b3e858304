"""The models shipped with the program: served before the registry exists, then registered in it with their encoder."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import message
from genre_desktop.core.paths import Home, shipped
from genre_desktop.ml.features.schema import VERSIONS
from genre_desktop.ml.models import bundle
from genre_desktop.ml.registry import alias_snapshot, cleanup, encoder_store, storage
from genre_desktop.ml.registry.alias_snapshot import AliasSnapshot, SnapshotVersion
from genre_desktop.ml.registry.errors import translate_errors
from genre_desktop.ml.registry.model_info import AliasMove
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.registry.run import SCORES

NUMBERS = {"champion": "1", "fallback": "2"}
"""Versions of the starters in a fresh registry, known before it exists."""
STARTER = "starter"
"""Value of the tag ``kind`` of shipped models."""
log = logging.getLogger(__name__)


def folder(alias: str) -> Path:
    """Return the folder of the shipped model for an alias."""
    return shipped("models", alias)


def unregistered(home: Home) -> AliasSnapshot:
    """Return the future contents of a fresh registry; folders are absolute, outside the home.

    Raises
    ------
    AppError
        ``model-missing`` when the program came without models.
    """
    versions = {}
    for alias, number in NUMBERS.items():
        document = bundle.read(folder(alias))
        versions[number] = SnapshotVersion(
            version=number,
            folder=str(folder(alias)),
            digest=bundle.digest_of(folder(alias)),
            family=document["family"],
            feature_version=document["feature_version"],
        )
    return AliasSnapshot(dict(NUMBERS), versions)


def is_fresh(home: Home) -> bool:
    """Return True when no alias has ever been set: the starters serve from where they were shipped."""
    return not alias_snapshot.database(home).exists() or alias_snapshot.aliases(home) == {}


def missing(home: Home) -> bool:
    """Return True when :func:`ensure` may have something to do; does not load MLflow."""
    snapshot = alias_snapshot.read(home)
    return snapshot is None or _is_incomplete(home, snapshot)


@translate_errors
def open_registry(home: Home) -> Registry:
    """Open the registry of a home and register the starters first, so that they get their numbers.

    A damaged database is set aside first; the models that served last are registered again in the new one. What a
    killed process left is removed.

    Raises
    ------
    AppError
        ``model-missing`` when the program came without models, or as :class:`.registry.Registry`.
    """
    registry = Registry(home)
    try:
        if storage.is_damaged(home):
            _replace_damaged(registry)
        if cleanup.needed(home):
            registry.clean_up()
        ensure(registry)
    except BaseException:
        registry.close()
        raise
    return registry


def _replace_damaged(registry: Registry) -> None:
    with storage.locked(registry.home):
        served = alias_snapshot.last(registry.home)
        if storage.is_damaged(registry.home):  # no other process was faster
            storage.set_database_aside(registry.home)
    ensure(registry)
    if served is not None:
        _reinstate(registry, served)


def _reinstate(registry: Registry, served: AliasSnapshot) -> None:
    """Register the models that served, as far as their files are whole, and have them serve again."""
    numbers = dict(registry.snapshot().aliases)
    for alias in NUMBERS:
        version = served.resolve(alias)
        if version is not None and (number := _registered_again(registry, version)):
            numbers[alias] = number
    if numbers != registry.snapshot().aliases:
        reason = message("It was in use before the registry was damaged.")
        registry.move_to(numbers["champion"], numbers["fallback"], reason)


def _registered_again(registry: Registry, version: SnapshotVersion) -> str:
    """Return the number of a version in the new registry; empty where its files are damaged or gone."""
    known = {one.digest: one.version for one in registry.snapshot().versions.values()}
    if version.digest in known:
        return known[version.digest]
    try:
        bundle.verify(version.path(registry.home), version.digest)
        return registry.register(version.path(registry.home))
    except AppError as error:
        log.warning("Version %s cannot be registered again: %s", version.version, error)
        return ""


def ensure(registry: Registry) -> bool:
    """Register missing starters and their encoder, and set the aliases due to them; return True if anything changed.

    Safe to call from two processes at once and again after being killed anywhere.

    Newer starters of a newer program become versions too; they get an alias that is unset, or
    points to an older starter or to a model of a feature version that is no longer read.
    """
    if not missing(registry.home):
        return False
    with storage.locked(registry.home, "starters.lock"):  # the second process finds nothing to do
        snapshot = registry.snapshot()
        if not _is_incomplete(registry.home, snapshot):
            return False
        if (new := _unknown(snapshot)) or _unset(snapshot):
            numbers = {alias: _registered(registry, alias) for alias in NUMBERS}
            _claim_free_aliases(registry, numbers, new)
        if encoder_store.incomplete(registry.home, snapshot):
            registry.register_encoder()
    return True


def _is_incomplete(home: Home, snapshot: AliasSnapshot) -> bool:
    return bool(_unset(snapshot) or _unknown(snapshot)) or encoder_store.incomplete(home, snapshot)


def _unset(snapshot: AliasSnapshot) -> set[str]:
    return {alias for alias in NUMBERS if snapshot.aliases.get(alias) not in snapshot.versions}


def _unknown(snapshot: AliasSnapshot) -> set[str]:
    known = {version.digest for version in snapshot.versions.values()}
    return {alias for alias in NUMBERS if bundle.digest_of(folder(alias)) not in known}


def restore(registry: Registry) -> AliasMove:
    """Restore the starters as serving models. A registry that cannot be opened, or fails twice, is set aside first."""
    with storage.locked(registry.home, "starters.lock"):
        numbers = _intact_starters(registry)
        if encoder_store.incomplete(registry.home, registry.snapshot()):
            registry.register_encoder()
    return registry.move_to(
        numbers["champion"], numbers["fallback"], message("The starter models were restored."), restored=True
    )


def _intact_starters(registry: Registry) -> dict[str, str]:
    """Return the versions of the starters in this registry, or in a new one in its place."""
    for last_try in (False, True):
        try:
            return {alias: _registered(registry, alias, replace_damaged=True) for alias in NUMBERS}
        except AppError as error:
            if error.problem.code not in {"registry-unreadable", "registry-newer", "registry-failed"}:
                raise
            registry.close()
            if last_try or error.problem.code != "registry-failed":
                break  # a fault of the disk may have passed, others have not
    log.warning("The registry was set aside: %s", storage.set_aside(registry.home))
    return {alias: _registered(registry, alias) for alias in NUMBERS}


def _registered(registry: Registry, alias: str, *, replace_damaged: bool = False) -> str:
    """Return the version of a starter, registering it if missing or, optionally, damaged."""
    source = folder(alias)
    digest = bundle.digest_of(source)
    for info in registry.models():
        if info.tags.get("digest") == digest and (
            not replace_damaged or _is_intact(registry, info.version, digest)
        ):
            return info.version
    metadata: dict[str, Any] = bundle.read(source)["metadata"]
    facts = {k: v for k, v in metadata.items() if isinstance(v, str | int | float)}
    tags = {"kind": STARTER, "starter": alias, "rows": metadata.get("rows", "")}
    with registry.run(f"starter {alias}", tags) as run:
        run.text(SCORES, json.dumps(metadata.get("test", {}), indent=1))
        return registry.register(
            source, run=run, metrics=metadata.get("metrics", {}), params=facts, tags=tags
        )


def _is_intact(registry: Registry, version: str, digest: str) -> bool:
    found = registry.snapshot().versions[version]
    try:
        bundle.load(found.path(registry.home), digest)
    except AppError:
        return False
    return True


def _claim_free_aliases(registry: Registry, numbers: dict[str, str], new: set[str]) -> None:
    current = {alias: info for info in registry.models() for alias in info.aliases}

    def is_free(alias: str) -> bool:
        info = current.get(alias)
        if info is None or info.feature_version not in VERSIONS:
            return True
        return alias in new and info.tags.get("kind") == STARTER

    targets = {alias: numbers[alias] if is_free(alias) else current[alias].version for alias in NUMBERS}
    if targets != {alias: info.version for alias, info in current.items()}:
        reason = message("It is included with this version of the program.")
        registry.move_to(targets["champion"], targets["fallback"], reason)
