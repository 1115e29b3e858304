"""A published version is complete, comes once, and brings no clip along."""

from __future__ import annotations

import json

import pytest
from mlflow.models import Model

from genre_desktop.core.errors import AppError
from genre_desktop.ml.registry import mlflow_flavor, storage
from genre_desktop.ml.registry.shared import artifacts, versions
from genre_desktop.ml.registry.shared.connection import SharedServer
from genre_desktop.ml.registry.shared.publish import publish
from tests.fixtures.mlflow_server import Fault, FaultProxy, MlflowServer
from tests.ml.registry.shared.conftest import Connect, Desktop, train


def test_a_version_is_pushed_with_its_run(
    desktop: Desktop, server: SharedServer, empty_server: MlflowServer
) -> None:
    registry = desktop("a")
    number = train(registry, 1)
    done = publish(server, registry, number)
    assert done["version"] == number
    assert done["uri"] == server.uri
    assert done["published"] is True
    found = versions.find(server, done["server_version"])
    local = registry.resolve(number)
    assert found.digest == done["digest"] == local.digest
    assert found.tags["feature_version"] == local.feature_version
    assert found.tags["family"] == "logistic"
    assert found.tags["corrections"] == "3"
    run = server.client.get_run(done["run_id"])
    assert run.info.status == "FINISHED"
    assert run.data.params == {"seed": "1", "families": "logistic"}
    assert run.data.metrics == {"gmean": 0.501, "per_genre/jazz/recall": 0.25}
    stored = artifacts.files(server, artifacts.path_of(server, run.info.artifact_uri))
    assert {"scores.json", "confusion.svg", "model/MLmodel", "model/bundle/bundle.json"} <= set(stored)
    run_folder = next(empty_server.artifacts.rglob(done["run_id"])) / "artifacts"
    assert json.loads((run_folder / "scores.json").read_text("utf-8")) == {"n": 3}
    folder = run_folder / "model"
    model = Model.load(str(folder / "MLmodel"))
    assert model.signature is not None
    assert model.saved_input_example_info is not None
    own = storage.run_folder(registry.home, registry.models()[0].run_id) / "model"
    assert {p.relative_to(own): p.read_bytes() for p in own.rglob("*") if p.is_file()} == {
        p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }
    assert (own / mlflow_flavor.FOLDER).is_dir()


def test_the_rows_it_learned_from_stay_here(
    desktop: Desktop, server: SharedServer, empty_server: MlflowServer
) -> None:
    registry = desktop("a")
    done = publish(server, registry, train(registry, 1))
    run = next(empty_server.artifacts.rglob(done["run_id"]))
    files = [path for path in run.rglob("*") if path.is_file()]
    assert not [path for path in files if path.suffix == ".npz" or b"artists" in path.read_bytes()]
    tags = server.client.get_run(done["run_id"]).data.tags
    assert "owner" not in tags
    assert not [value for value in tags.values() if str(registry.home.root) in value]


def test_no_alias_moves_even_on_an_empty_server(desktop: Desktop, server: SharedServer) -> None:
    publish(server, desktop("a"), "champion")
    assert versions.aliases(server) == {}


def test_the_same_bundle_is_pushed_once(desktop: Desktop, server: SharedServer) -> None:
    first = publish(server, desktop("a"), "champion")
    again = publish(server, desktop("b"), "1")
    assert again == {**first, "published": False}
    assert len(server.client.search_model_versions("name = 'genre'")) == 1


def test_unknown_and_damaged_versions_are_not_pushed(desktop: Desktop, server: SharedServer) -> None:
    registry = desktop("a")
    with pytest.raises(AppError, match="no model '9'"):
        publish(server, registry, "9")
    number = train(registry, 1)
    (registry.folder(number) / "member-0.head.skops").write_bytes(b"damaged")
    with pytest.raises(AppError) as caught:
        publish(server, registry, number)
    assert caught.value.problem.code == "model-truncated"
    assert versions.with_digest(server, registry.resolve(number).digest) is None


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(path="novelty", method="PUT", status=500), "registry-server-failed"),
        (Fault(path="bundle.json", method="PUT", status=200, body=b"{}"), "shared-artifact"),
        (Fault(path="model-versions/create", status=503, body=b"busy"), "registry-server-failed"),
        (Fault(path="log-batch", status=403, body=b"no"), "registry-server-forbidden"),
    ],
)
def test_a_failed_publication_leaves_no_version_and_can_be_repeated(
    desktop: Desktop, proxied: FaultProxy, open_server: Connect, fault: Fault, code: str
) -> None:
    registry = desktop("a")
    proxied.faults.append(fault)
    server = open_server(proxied.uri)
    with pytest.raises(AppError) as caught, server:
        publish(server, registry, "champion")
    assert caught.value.problem.code == code
    with open_server(proxied.target) as direct:
        assert versions.with_digest(direct, registry.resolve("champion").digest) is None
        experiment = direct.client.get_experiment_by_name(storage.EXPERIMENT)
        running = direct.client.search_runs([experiment.experiment_id], "attributes.status = 'RUNNING'")
        assert list(running) == []
    proxied.faults.clear()
    with open_server(proxied.uri) as server:
        assert publish(server, registry, "champion")["published"]
