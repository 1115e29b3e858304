"""What a sync pulls, when it moves the local aliases, and what it refuses."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.core.messages import message
from genre_desktop.ml.models import bundle
from genre_desktop.ml.models.ensemble import Member
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.registry.shared import artifacts, promotion
from genre_desktop.ml.registry.shared.connection import SharedServer
from genre_desktop.ml.registry.shared.publish import publish
from genre_desktop.ml.registry.shared.sync import sync
from tests.fixtures.mlflow_server import Fault, FaultProxy, MlflowServer
from tests.ml import tiny_models
from tests.ml.registry.shared.conftest import Connect, Desktop, train

BY_HAND = message("Promoted manually.")


def share(server: SharedServer, registry: Registry, version: str, alias: str = "champion") -> dict[str, Any]:
    """Publish a local version, and let an alias of the server point to it."""
    done = publish(server, registry, version)
    server.client.set_registered_model_alias("genre", alias, done["server_version"])
    return done


def files_of(empty_server: MlflowServer, done: dict[str, Any]) -> Path:
    """The bundle of a published version in the server's storage."""
    return next(empty_server.artifacts.rglob(done["run_id"])) / "artifacts" / "model" / "bundle"


def digest_of(registry: Registry, alias: str = "champion") -> str:
    return registry.resolve(alias).digest


# -- pulling ----------------------------------------------------------------------------------------


def test_champion_and_fallback_of_the_server_serve_after_a_sync(
    desktop: Desktop, server: SharedServer
) -> None:
    a, b = desktop("a"), desktop("b")
    champion = share(server, a, train(a, 1))
    fallback = share(server, a, train(a, 2), "fallback")
    done = sync(server, b)
    assert [(p["server_version"], p["alias"]) for p in done["pulled"]] == [
        ("1", "champion"),
        ("2", "fallback"),
    ]
    assert (done["champion"], done["fallback"]) == ("3", "4")
    assert done["skipped"] == []
    assert done["moved"]
    assert digest_of(b) == champion["digest"]
    assert digest_of(b, "fallback") == fallback["digest"]
    info = next(info for info in b.models() if info.version == "3")
    assert info.tags["kind"] == "shared"
    assert info.tags["shared_uri"] == server.uri
    assert info.tags["shared_version"] == "1"
    assert info.tags["shared_run"] == champion["run_id"]
    assert info.tags["corrections"] == "3"
    assert info.metrics["gmean"] == 0.501
    assert info.params["seed"] == "1"
    scores = b.folder("3").parents[1] / "scores.json"
    assert json.loads(scores.read_text("utf-8")) == {"n": 3}


def test_a_pulled_model_answers_as_on_the_desktop_that_made_it(
    desktop: Desktop, server: SharedServer
) -> None:
    a, b = desktop("a"), desktop("b")
    number = train(a, 1)
    share(server, a, number)
    sync(server, b)
    own, pulled = bundle.load(a.folder(number)), bundle.load(b.folder("champion"))
    assert (own.predict_proba(own.probe()) == pulled.predict_proba(own.probe())).all()


def test_a_second_sync_changes_nothing(desktop: Desktop, server: SharedServer) -> None:
    a, b = desktop("a"), desktop("b")
    share(server, a, train(a, 1))
    sync(server, b)
    again = sync(server, b)
    assert (again["pulled"], again["moved"], again["champion"]) == ([], False, "3")
    assert str(again["reason"]) == "Nothing has changed on the shared registry."
    assert len(b.models()) == 3


def test_the_publisher_gets_no_second_copy(desktop: Desktop, server: SharedServer) -> None:
    a = desktop("a")
    number = train(a, 1)
    share(server, a, number)
    done = sync(server, a)
    assert (done["pulled"], done["champion"], done["fallback"]) == ([], number, "1")


def test_an_empty_server_changes_nothing(desktop: Desktop, server: SharedServer) -> None:
    done = sync(server, desktop("b"))
    assert (done["pulled"], done["champion"], done["fallback"], done["moved"]) == ([], "1", "2", False)
    assert "no champion" in str(done["reason"])


def test_a_damaged_local_copy_is_pulled_again(desktop: Desktop, server: SharedServer) -> None:
    a, b = desktop("a"), desktop("b")
    share(server, a, train(a, 1))
    sync(server, b)
    (b.folder("3") / "novelty.json").write_bytes(b"{}")
    done = sync(server, b)
    assert [p["version"] for p in done["pulled"]] == ["4"]


# -- aliases ----------------------------------------------------------------------------------------


def test_a_rollback_undoes_a_sync_and_the_next_sync_respects_it(
    desktop: Desktop, server: SharedServer
) -> None:
    a, b = desktop("a"), desktop("b")
    share(server, a, train(a, 1))
    sync(server, b)
    assert b.rollback().champion == "1"
    done = sync(server, b)
    assert (done["champion"], done["moved"]) == ("1", False)
    assert "remains in use" in str(done["reason"])
    share(server, a, train(a, 2))
    assert sync(server, b)["moved"], "the server's choice changed"
    assert digest_of(b) == digest_of(a, "4")


def test_a_champion_promoted_here_stays_until_the_servers_choice_changes(
    desktop: Desktop, server: SharedServer
) -> None:
    a, b = desktop("a"), desktop("b")
    share(server, a, train(a, 1))
    sync(server, b)
    own = train(b, 5)
    b.promote(own, reason=BY_HAND)
    assert sync(server, b)["champion"] == own
    share(server, a, train(a, 2))
    done = sync(server, b)
    assert digest_of(b) == digest_of(a, "4")
    assert done["fallback"] == own, "without a fallback on the server, the old champion"
    assert b.rollback().champion == own


def test_a_new_fallback_under_the_same_champion_moves_the_fallback_only(
    desktop: Desktop, server: SharedServer
) -> None:
    a, b = desktop("a"), desktop("b")
    share(server, a, train(a, 1))
    sync(server, b)
    share(server, a, train(a, 2), "fallback")
    done = sync(server, b)
    assert (done["champion"], done["fallback"], done["moved"]) == ("3", "4", True)


# -- refusals ---------------------------------------------------------------------------------------


def _truncate(folder: Path) -> None:
    path = folder / "novelty.json"
    path.write_bytes(path.read_bytes()[:100])


def _tamper(folder: Path) -> None:
    path = folder / "novelty.json"
    path.write_bytes(path.read_bytes().replace(b"1", b"2"))


def _tamper_all(folder: Path) -> None:
    document = json.loads((folder / bundle.FILE).read_text("utf-8"))
    (folder / bundle.FILE).write_text(json.dumps({**document, "temperature": 9.0}), "utf-8")


def _large(folder: Path) -> None:
    with (folder / "novelty.json").open("ab") as file:
        file.truncate(artifacts.MOST_BYTES + 1)


def _lose(folder: Path) -> None:
    shutil.rmtree(folder)


def _pickle(folder: Path) -> None:
    document = json.loads((folder / bundle.FILE).read_text("utf-8"))
    document["files"]["model.pkl"] = {"sha256": "", "bytes": 1}
    (folder / bundle.FILE).write_text(json.dumps(document), "utf-8")


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (_truncate, "model-truncated"),
        (_tamper, "model-digest"),
        (_tamper_all, "model-digest"),
        (_pickle, "model-digest"),
        (_large, "shared-artifact"),
        (_lose, "shared-artifact"),
    ],
)
def test_a_damaged_champion_is_skipped_and_the_local_one_stays(
    desktop: Desktop,
    server: SharedServer,
    empty_server: MlflowServer,
    damage: Callable[[Path], None],
    code: str,
) -> None:
    a, b = desktop("a"), desktop("b")
    damaged = share(server, a, train(a, 1))
    good = share(server, a, train(a, 2), "fallback")
    damage(files_of(empty_server, damaged))
    done = sync(server, b)
    assert [(s["version"], s["alias"], s["code"]) for s in done["skipped"]] == [("1", "champion", code)]
    assert done["skipped"][0]["reason"]
    assert (done["champion"], done["fallback"], done["moved"]) == ("1", "2", False)
    assert [p["digest"] for p in done["pulled"]] == [good["digest"]]
    assert not list((b.home.registry / "incoming").glob("*"))


def test_a_repaired_champion_is_taken_at_the_next_sync(
    desktop: Desktop, server: SharedServer, empty_server: MlflowServer
) -> None:
    a, b = desktop("a"), desktop("b")
    done = share(server, a, train(a, 1))
    folder = files_of(empty_server, done)
    whole = (folder / "novelty.json").read_bytes()
    _truncate(folder)
    assert sync(server, b)["skipped"]
    (folder / "novelty.json").write_bytes(whole)
    assert sync(server, b)["moved"]


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        ({"feature_version": "99"}, "feature-version"),
        ({"encoder": "f" * 64}, "shared-version"),
        ({"digest": "f" * 64}, "model-digest"),
    ],
)
def test_versions_of_another_contract_are_skipped(
    desktop: Desktop, server: SharedServer, tags: dict[str, str], code: str
) -> None:
    a, b = desktop("a"), desktop("b")
    done = share(server, a, train(a, 1))
    for name, value in tags.items():
        server.client.set_model_version_tag("genre", done["server_version"], name, value)
    assert [s["code"] for s in sync(server, b)["skipped"]] == [code]


@pytest.mark.parametrize("genre", ["Ro\x1b[31mck", "\u202erock", "x" * 201, ""])
def test_a_model_whose_genres_are_no_plain_names_is_skipped(
    desktop: Desktop, server: SharedServer, tmp_path: Path, genre: str
) -> None:
    a, b = desktop("a"), desktop("b")
    X, y = tiny_models.rows()
    y = np.where(y == "rock", genre, y)
    head = make_pipeline(StandardScaler(), LogisticRegression(max_iter=200)).fit(X, y)
    model = tiny_models.linear(members=(Member.of(head),), classes=tuple(head.classes_.tolist()))
    bundle.save(model, tmp_path / "model")
    share(server, a, a.register(tmp_path / "model"))
    (skipped,) = sync(server, b)["skipped"]
    assert skipped["code"] == "shared-version"
    assert "invisible characters" in skipped["reason"]


def test_a_version_of_another_program_is_skipped(desktop: Desktop, server: SharedServer) -> None:
    server.client.create_registered_model("genre")
    server.client.create_model_version("genre", "s3://bucket/model", await_creation_for=0)
    server.client.set_registered_model_alias("genre", "champion", "1")
    assert [s["code"] for s in sync(server, desktop("b"))["skipped"]] == ["shared-version"]


def test_files_that_are_elsewhere_are_not_fetched(desktop: Desktop, server: SharedServer) -> None:
    server.client.create_registered_model("genre")
    tags = {"digest": "a" * 64, "feature_version": "2"}
    server.client.create_model_version("genre", "s3://bucket/model", tags=tags, await_creation_for=0)
    server.client.set_registered_model_alias("genre", "champion", "1")
    assert [s["code"] for s in sync(server, desktop("b"))["skipped"]] == ["registry-server-artifacts"]


def test_a_deleted_champion_leaves_the_local_one(desktop: Desktop, server: SharedServer) -> None:
    a, b = desktop("a"), desktop("b")
    done = share(server, a, train(a, 1))
    sync(server, b)
    server.client.delete_model_version("genre", done["server_version"])
    again = sync(server, b)
    assert (again["champion"], again["moved"]) == ("3", False)
    assert "no champion" in str(again["reason"])


def test_an_alias_to_a_version_that_is_gone_is_skipped(
    desktop: Desktop, proxied: FaultProxy, open_server: Connect
) -> None:
    a, b = desktop("a"), desktop("b")
    server = open_server(proxied.uri)
    share(server, a, train(a, 1))
    gone = b'{"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "no such version"}'
    proxied.faults.append(Fault(path="model-versions/get", status=404, body=gone))
    done = sync(server, b)
    assert "deleted" in str(done["skipped"][0]["reason"])
    assert done["champion"] == "1"


@pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "a\\\\b", "..", ".hidden"])
def test_a_listing_that_leads_out_of_the_folder_is_refused(
    desktop: Desktop, proxied: FaultProxy, open_server: Connect, name: str
) -> None:
    a, b = desktop("a"), desktop("b")
    server = open_server(proxied.uri)
    share(server, a, train(a, 1))
    proxied.faults.append(
        Fault(
            path=r"artifacts\?path=.*bundle",
            change=lambda body: body.replace(b"novelty.json", name.encode()),
        )
    )
    done = sync(server, b)
    assert [s["code"] for s in done["skipped"]] == ["shared-artifact"]
    assert done["champion"] == "1"


def test_a_file_larger_than_its_listing_is_cut_off(
    desktop: Desktop, proxied: FaultProxy, open_server: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = desktop("a"), desktop("b")
    server = open_server(proxied.uri)
    share(server, a, train(a, 1))
    monkeypatch.setattr(artifacts, "_CHUNK", 1000)
    proxied.faults.append(
        Fault(path="bundle/novelty.json", change=lambda body: body + b" " * artifacts.MOST_BYTES)
    )
    done = sync(server, b)
    assert "exceed 50 MB" in str(done["skipped"][0]["reason"])


def test_a_truncated_transfer_is_skipped(desktop: Desktop, proxied: FaultProxy, open_server: Connect) -> None:
    a, b = desktop("a"), desktop("b")
    server = open_server(proxied.uri)
    share(server, a, train(a, 1))
    proxied.faults.append(Fault(path="bundle/novelty.json", truncate=True))
    done = sync(server, b)
    assert "novelty.json ended after" in str(done["skipped"][0]["reason"])


# -- a server with faults ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(path="novelty.json", status=500), "registry-server-failed"),
        (Fault(path="model-versions/get", status=401, body=b"expired"), "registry-server-credentials"),
        (Fault(path="registered-models/get", status=503, body=b"busy"), "registry-server-failed"),
        (Fault(path="bundle.json", delay_s=10), "registry-server-slow"),
        (Fault(path="bundle.json", status=401, body=b"expired"), "registry-server-credentials"),
    ],
)
def test_a_fault_of_the_server_ends_the_sync_and_changes_nothing(
    desktop: Desktop,
    proxied: FaultProxy,
    open_server: Connect,
    monkeypatch: pytest.MonkeyPatch,
    fault: Fault,
    code: str,
) -> None:
    a, b = desktop("a"), desktop("b")
    share(open_server(proxied.target), a, train(a, 1))
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_TIMEOUT", "2")
    server = open_server(proxied.uri)
    proxied.faults.append(fault)
    before = b.snapshot()
    with pytest.raises(AppError) as caught, server:
        sync(server, b)
    assert caught.value.problem.code == code
    assert b.snapshot() == before
    proxied.faults.clear()
    assert sync(server, b)["moved"]


def test_a_cancelled_sync_changes_nothing(desktop: Desktop, server: SharedServer) -> None:
    a, b = desktop("a"), desktop("b")
    share(server, a, train(a, 1))
    with pytest.raises(Cancelled):
        sync(server, b, lambda: True)
    assert b.resolve("champion").version == "1"
    assert len(b.models()) == 2


def test_this_computers_clock_does_not_matter(
    desktop: Desktop, server: SharedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = desktop("a"), desktop("b")
    publish(server, a, train(a, 1))
    year = 365 * 86_400
    real = time.time
    for skew in (-year, year):
        monkeypatch.setattr(time, "time", lambda skew=skew: real() + skew)
        promotion.promote(server, "1", None if skew < 0 else "1")
    assert sync(server, b)["moved"]
    today = time.strftime("%Y", time.gmtime(real()))
    assert {entry["time"][:4] for entry in promotion.history(server)} == {today}
