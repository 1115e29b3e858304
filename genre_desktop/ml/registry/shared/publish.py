"""Publication of a local version: its bundle and what is known about it become a version on the server.

What leaves: the model's files, in which the clips that it learned from are named by the hash of their sound; the
run's parameters and metrics; scores and plots. What stays: sound, names of files, and the rows it learned from
(``training_rows.npz`` of the run).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from mlflow.exceptions import MlflowException

from genre_desktop.core.errors import AppError
from genre_desktop.ml.models import bundle
from genre_desktop.ml.registry import encoder_store, storage
from genre_desktop.ml.registry.alias_snapshot import MODEL, SnapshotVersion
from genre_desktop.ml.registry.model_info import ModelInfo
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.registry.run import SCORES, Run
from genre_desktop.ml.registry.shared import artifacts, versions
from genre_desktop.ml.registry.shared.connection import SharedServer

ARTIFACTS = (SCORES, "confusion.svg", "reliability.svg", "decision.json", "trials.json")
"""Files of a run that are published, besides its model; never what names or describes single clips."""
TAGS = ("kind", "starter", "rows", "clips", "corrections", "dataset_digest")
"""Tags of a version that are published, besides the bundle's own."""


def publish(server: SharedServer, registry: Registry, selector: str) -> dict[str, Any]:
    """Push a version with its run; the same bundle is never pushed twice, and no alias moves.

    Parameters
    ----------
    selector:
        Number or alias in the local registry.

    Returns
    -------
    dict
        ``version`` (local), ``server_version``, ``uri``, ``run_id`` (the server's), ``digest``, and whether it
        was ``published`` now.

    Raises
    ------
    AppError
        ``model-unknown``, a code of :mod:`.bundle` for a damaged model, and those of :class:`.SharedServer`.
    """
    version = registry.resolve(selector)
    found = versions.with_digest(server, version.digest)
    published = found is None
    if found is None:
        bundle.load(version.path(registry.home), version.digest)
        found = _push(server, registry, version)
    return {
        "version": version.version,
        "server_version": found.version,
        "uri": server.uri,
        "run_id": found.run_id,
        "digest": version.digest,
        "published": published,
    }


def _push(server: SharedServer, registry: Registry, version: SnapshotVersion) -> versions.SharedVersion:
    info = next(info for info in registry.models() if info.version == version.version)
    tags = {name: info.tags[name] for name in TAGS if name in info.tags} | _contract(version, info)
    with _new_run(server, info, tags) as (run, uri):
        run.params(info.params)
        run.metrics(info.metrics)
        root = artifacts.path_of(server, uri)
        folder = storage.run_folder(registry.home, info.run_id)
        for name in ARTIFACTS:
            if (folder / name).is_file():
                artifacts.upload(server, folder / name, f"{root}/{name}")
        artifacts.upload_folder(server, version.path(registry.home).parent, f"{root}/model")
        run.end()
        _ensure_model(server)
        created = server.client.create_model_version(
            MODEL, source=f"{uri}/model", run_id=run.id, tags=tags, await_creation_for=0
        )
    return versions.find(server, str(created.version))


def _contract(version: SnapshotVersion, info: ModelInfo) -> dict[str, str]:
    """Return the tags by which other desktops decide whether they can use it."""
    names = {"digest": version.digest, "family": version.family, "feature_version": version.feature_version}
    encoder = info.tags.get(encoder_store.TAG)
    return names | ({encoder_store.TAG: encoder} if encoder else {})


@contextmanager
def _new_run(server: SharedServer, info: ModelInfo, tags: Mapping[str, str]) -> Iterator[tuple[Run, str]]:
    """Create a run and yield it with the URI of its files; after a failure it is deleted."""
    name = f"{info.family} {tags['digest'][:8]}"
    created = server.client.create_run(_experiment(server), run_name=name, tags=dict(tags))
    run = Run(server.client, created.info.run_id, Path())
    try:
        yield run, str(created.info.artifact_uri)
    except BaseException:
        with suppress(MlflowException):  # the server may be what failed
            run.end("FAILED")
        with suppress(MlflowException):
            server.client.delete_run(run.id)
        raise


def _experiment(server: SharedServer) -> str:
    client = server.client
    with suppress(MlflowException):  # it exists, or another error comes again below
        return str(client.create_experiment(storage.EXPERIMENT))
    found = client.get_experiment_by_name(storage.EXPERIMENT)
    if found is None:
        raise AppError("registry-server-refused", address=server.uri, error=storage.EXPERIMENT)
    if found.lifecycle_stage == "deleted":
        client.restore_experiment(found.experiment_id)
    return str(found.experiment_id)


def _ensure_model(server: SharedServer) -> None:
    try:
        server.client.create_registered_model(MODEL, description="Classifies the genre of a recording.")
    except MlflowException as error:
        if error.error_code != "RESOURCE_ALREADY_EXISTS":
            raise
