"""Publication, promotion after a real comparison, and sync, between two desktops and a stock server."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.registry.shared import promotion, versions
from genre_desktop.ml.registry.shared.connection import ServerOptions, SharedServer, connect
from genre_desktop.ml.tasks import shared_registry, train
from tests.fakes import keyring_backend
from tests.fixtures.mlflow_server import MlflowServer
from tests.ml.data.test_folder_import import Context
from tests.ml.tasks.test_train import fill

Open = Callable[[str], Context]


@pytest.fixture
def desktop(
    template: Path,
    with_starters: Path,
    tmp_path: Path,
    empty_server: MlflowServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Open:
    """Make a desktop that knows the server, by its name; there is no reference table."""
    monkeypatch.setattr(reference_dataset, "shipped_path", lambda: tmp_path / "none.npz")
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    keyring_backend.use(monkeypatch, tmp_path / "keyring.json")

    def open_(name: str) -> Context:
        shutil.copytree(template / "home", tmp_path / name)
        Settings(Home(tmp_path / name).settings)["registry.uri"] = empty_server.uri
        return Context(tmp_path / name)

    return open_


@pytest.fixture
def trained(desktop: Open) -> Context:
    """A desktop whose own labels are other ones than the starters know, with a champion for them: version 3."""
    context = desktop("a")
    fill(context.home, shift=1).close()
    assert train.run(context, {"families": ["lda"], "trials": 1})["version"] == "3"
    return context


def serve_starter(context: Context) -> None:
    """Let the first starter be the server's champion."""
    shared_registry.publish(context, {"version": "1"})
    assert shared_registry.promote(context, {"version": "1"})["moved"]


def asked(uri: str, question: Callable[[SharedServer], Any]) -> Any:
    with connect(ServerOptions.at(uri)) as server:
        return question(server)


def test_a_correction_here_becomes_an_answer_there(
    trained: Context, desktop: Open, empty_server: MlflowServer
) -> None:
    serve_starter(trained)
    published = shared_registry.publish(trained, {"version": "3"})
    assert set(published) == {"version", "server_version", "uri", "run_id", "digest", "published"}
    done = shared_registry.promote(trained, {"version": "3"})
    assert (done["version"], done["server_version"], done["moved"]) == ("3", "2", True)
    assert (done["champion_before"], done["fallback"]) == ("1", "1")
    assert "Significant improvement" in done["reason"]
    assert done["comparisons"]["own"]["promote"] is True
    b = desktop("b")
    synced = shared_registry.sync(b, {})
    assert (synced["champion"], synced["fallback"], synced["skipped"]) == ("3", "1", [])
    with Registry(b.home) as registry:
        assert registry.resolve("champion").digest == published["digest"]


def test_what_is_not_better_leaves_the_servers_champion(trained: Context, empty_server: MlflowServer) -> None:
    shared_registry.publish(trained, {"version": "3"})
    shared_registry.promote(trained, {"version": "3"})
    shared_registry.publish(trained, {"version": "1"})
    done = shared_registry.promote(trained, {"version": "1"})
    assert done["moved"] is False
    assert "No significant improvement" in done["reason"]
    assert asked(empty_server.uri, versions.aliases) == {"champion": "1"}
    assert len(asked(empty_server.uri, promotion.history)) == 1


def test_the_champion_itself_needs_no_promotion(trained: Context) -> None:
    serve_starter(trained)
    done = shared_registry.promote(trained, {"version": "1"})
    assert done["moved"] is False
    assert "already" in done["reason"]


def test_a_version_has_to_be_published_first(trained: Context) -> None:
    with pytest.raises(AppError, match="models publish 3"):
        shared_registry.promote(trained, {"version": "3"})


def test_the_servers_champion_need_not_be_here_for_the_comparison(trained: Context, desktop: Open) -> None:
    shared_registry.publish(trained, {"version": "3"})
    shared_registry.promote(trained, {"version": "3"})
    b = desktop("b")
    fill(b.home, shift=2).close()
    train.run(b, {"families": ["lda"], "trials": 1})
    shared_registry.publish(b, {"version": "3"})
    done = shared_registry.promote(b, {"version": "3"})
    assert done["moved"] is True
    with Registry(b.home) as registry:
        assert set(registry.snapshot().versions) == {"1", "2", "3"}, "it was looked at, not kept"


def test_a_damaged_champion_is_no_obstacle(trained: Context, empty_server: MlflowServer) -> None:
    serve_starter(trained)
    with Registry(trained.home) as registry:
        digest = registry.resolve("1").digest
        (registry.folder("1") / "novelty.json").unlink()
    for path in empty_server.artifacts.rglob("novelty.json"):
        path.write_bytes(b"{}")
    assert len(digest) == 64
    shared_registry.publish(trained, {"version": "3"})
    done = shared_registry.promote(trained, {"version": "3"})
    assert done["moved"] is True
    assert "cannot be used" in done["reason"]


def test_a_champion_of_a_newer_program_is_not_replaced(trained: Context, empty_server: MlflowServer) -> None:
    serve_starter(trained)
    shared_registry.publish(trained, {"version": "3"})
    asked(empty_server.uri, lambda s: s.client.set_model_version_tag("genre", "1", "feature_version", "99"))
    with pytest.raises(AppError) as caught:
        shared_registry.promote(trained, {"version": "3"})
    assert caught.value.problem.code == "feature-version"


def test_a_cancelled_promotion_moves_nothing(trained: Context, empty_server: MlflowServer) -> None:
    serve_starter(trained)
    shared_registry.publish(trained, {"version": "3"})
    trained.cancelled = lambda: True
    with pytest.raises(Cancelled):
        shared_registry.promote(trained, {"version": "3"})
    assert asked(empty_server.uri, versions.aliases) == {"champion": "1"}


def test_an_address_in_the_parameters_wins_over_the_settings(desktop: Open) -> None:
    with pytest.raises(AppError) as caught:
        shared_registry.sync(desktop("a"), {"registry": "http://models.example"})
    assert caught.value.problem.code == "registry-server-insecure"


def test_without_a_server_there_is_a_sentence(desktop: Open) -> None:
    context = desktop("a")
    Settings.load(context.home.settings)["registry.uri"] = ""
    with pytest.raises(AppError) as caught:
        shared_registry.sync(context, {"registry": ""})
    assert caught.value.problem.code == "registry-server-none"
