"""Versions, aliases and their history, in a real MLflow database."""

from __future__ import annotations

import errno
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import mlflow
import numpy as np
import pytest

from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.core.messages import loads, message
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.serving_state import DriftSeen, FailoverPolicy
from genre_desktop.core.own_files import set_aside
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.ml.models import bundle
from genre_desktop.ml.registry import alias_snapshot, starter_models, storage
from genre_desktop.ml.registry.model_info import ModelInfo
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.registry.run import flat
from genre_desktop.ml.training import champion_challenger
from tests.fixtures.synced_paths import record_syncs
from tests.ml import tiny_models


def problem(caught: pytest.ExceptionInfo[AppError]) -> str:
    found = caught.value.problem
    assert found.reason.endswith(".")
    assert found.hint
    return found.code


@pytest.fixture
def candidate(tmp_path: Path) -> Path:
    bundle.save(tiny_models.linear(seed=3, family="candidate"), tmp_path / "candidate")
    return tmp_path / "candidate"


def aliases(registry: Registry) -> dict[str, str]:
    found = {alias: info.version for info in registry.models() for alias in info.aliases}
    assert alias_snapshot.aliases(registry.home) == found
    snapshot = alias_snapshot.read(registry.home)
    assert snapshot is not None
    assert snapshot.aliases == found
    return found


def test_starters_are_versions_one_and_two(registry: Registry, with_starters: Path) -> None:
    champion, fallback = registry.resolve("champion"), registry.resolve("fallback")
    assert (champion.version, fallback.version) == ("1", "2")
    assert registry.resolve("2") == fallback
    assert champion.digest == bundle.digest_of(with_starters / "champion")
    assert starter_models.ensure(registry) is False
    model = bundle.load(champion.path(registry.home), champion.digest)
    X, _ = tiny_models.rows()
    np.testing.assert_allclose(model.predict_proba(X), tiny_models.linear().predict_proba(X))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_models_files_are_on_the_disk_before_the_registry_names_it(
    registry: Registry, candidate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced, before = record_syncs(monkeypatch), list[Path]()
    create = registry.client.create_model_version

    def created(*args: object, **named: object) -> object:
        before.extend(synced)
        return create(*args, **named)

    monkeypatch.setattr(registry.client, "create_model_version", created)
    folder = registry.folder(registry.register(candidate))
    files = [path for path in folder.parent.rglob("*") if path.is_file()]
    assert len(files) > 3
    assert {*files, folder, folder.parent, registry.home.registry} <= set(before)


def test_the_list_is_the_one_of_the_command_line(registry: Registry) -> None:
    entries = [info.to_dict() for info in registry.models()]
    assert [entry["version"] for entry in entries] == ["2", "1"]
    assert set(entries[0]) == {"version", "family", "aliases", "metrics", "created", "feature_version"}
    assert entries[1]["aliases"] == ["champion"]
    assert entries[1]["metrics"] == {"gmean": 0.5, "accuracy": 0.6}
    assert entries[1]["created"].endswith("Z")
    json.dumps(entries)


def test_mlflow_itself_finds_signature_example_and_answers(registry: Registry) -> None:
    address = storage.uri(alias_snapshot.database(registry.home))
    mlflow.set_tracking_uri(address)
    mlflow.set_registry_uri(address)
    try:
        scorer = mlflow.pyfunc.load_model("models:/genre@champion")
    finally:
        mlflow.set_tracking_uri(None)
        mlflow.set_registry_uri(None)
    loader = scorer.metadata.flavors["python_function"]["loader_module"]
    assert loader == "genre_desktop.ml.mlflow_model"  # what registries on users' disks hold
    assert len(scorer.metadata.signature.inputs.inputs) == tiny_models.N_FEATURES
    probabilities = scorer.predict(scorer.input_example)
    assert probabilities.shape == (1, 10)
    assert float(probabilities.sum(axis=1).iloc[0]) == pytest.approx(1.0)


def test_register_stores_metrics_parameters_tags_and_moves_no_alias(
    registry: Registry, candidate: Path
) -> None:
    version = registry.register(
        candidate,
        metrics={
            "gmean": 0.7,
            "per_genre": {"R&B": {"recall": 0.5}},
            "gmean_ci": [0.6, 0.8],
            "bad": float("nan"),
        },
        params={"trials": 20, "long": "x" * 9000},
        tags={"kind": "retrain", "rows": 123},
    )
    assert version == "3"
    assert aliases(registry) == {"champion": "1", "fallback": "2"}
    info = registry.models()[0]
    assert info.metrics == {
        "gmean": 0.7,
        "per_genre/R_x26_B/recall": 0.5,
        "gmean_ci/low": 0.6,
        "gmean_ci/high": 0.8,
    }
    assert info.params["trials"] == "20"
    assert (info.tags["kind"], info.tags["rows"], info.family) == ("retrain", "123", "candidate")


def test_a_run_is_written_step_by_step(registry: Registry, candidate: Path, tmp_path: Path) -> None:
    (tmp_path / "plot.png").write_bytes(b"png")
    with registry.run("retrain", {"source": "test"}) as run:
        for trial in range(3):
            run.metrics({"gmean": trial / 10}, step=trial)
        run.dataset("library", "d" * 64, "42 clips")
        run.text("notes.md", "Fine.")
        run.file(tmp_path / "plot.png", "plots")
        run.metrics({f"m{i}": i for i in range(150)})
        registry.register(candidate, run=run)
    stored = registry.client.get_run(run.id)
    assert stored.info.status == "FINISHED"
    assert [m.value for m in registry.client.get_metric_history(run.id, "gmean")] == [0.0, 0.1, 0.2]
    assert stored.inputs.dataset_inputs[0].dataset.name == "library"
    assert {path.name for path in run.artifacts.rglob("*.*")} >= {"notes.md", "plot.png", "bundle.json"}
    assert registry.models()[0].run_id == run.id


@pytest.mark.parametrize(("error", "status"), [(Cancelled, "KILLED"), (KeyError, "FAILED")])
def test_a_run_ends_as_what_happened(registry: Registry, error, status: str) -> None:
    with pytest.raises(error), registry.run("retrain") as run:
        raise error
    assert registry.client.get_run(run.id).info.status == status


def test_promotion_makes_the_old_champion_fallback_and_rollback_undoes_it(
    registry: Registry, candidate: Path
) -> None:
    version = registry.register(candidate)
    move = registry.promote(version, reason="Better by 3 points.")
    assert (move.champion, move.fallback) == (version, "1")
    assert aliases(registry) == {"champion": version, "fallback": "1"}
    tags = {info.version: info.tags for info in registry.models()}
    assert (tags[version]["decision"], tags[version]["reason"]) == ("promoted", "Better by 3 points.")
    assert "champion until" in tags["1"]["fallback_reason"]
    undone = registry.rollback("It was worse.")
    assert (undone.champion, undone.fallback) == ("1", "2")
    assert aliases(registry) == {"champion": "1", "fallback": "2"}
    tags = {info.version: info.tags for info in registry.models()}
    assert (tags[version]["decision"], tags[version]["reason"]) == ("rolled back", "It was worse.")


def test_rollback_goes_back_step_by_step_and_then_fails(registry: Registry) -> None:
    with pytest.raises(AppError) as caught:
        registry.rollback()
    assert problem(caught) == "nothing-to-undo"
    registry.promote("2")
    assert aliases(registry) == {"champion": "2", "fallback": "1"}
    registry.promote("1")
    registry.rollback()
    assert aliases(registry) == {"champion": "2", "fallback": "1"}
    registry.rollback()
    assert aliases(registry) == {"champion": "1", "fallback": "2"}
    with pytest.raises(AppError):
        registry.rollback()


def test_reasons_are_english_tags_that_can_still_be_translated(registry: Registry) -> None:
    scores = message("G-Mean {before:.3f} → {after:.3f}", before=0.5, after=0.625)
    registry.promote("2", reason=message("Significant improvement: {scores}.", scores=scores))
    tags = {info.version: info.tags for info in registry.models()}
    assert tags["2"]["reason"] == "Significant improvement: G-Mean 0.500 → 0.625."
    assert loads(tags["2"]["reason.message"]).params == {"scores": scores}
    assert loads(tags["1"]["fallback_reason.message"]).params == {"version": "2"}


def test_another_fallback_can_be_named_with_its_reason(registry: Registry, candidate: Path) -> None:
    version = registry.register(candidate)
    registry.promote(version, fallback="2", fallback_reason="Another family is steadier.")
    assert aliases(registry) == {"champion": version, "fallback": "2"}


def test_a_damaged_champion_neither_becomes_fallback_nor_blocks_its_successor(
    registry: Registry, candidate: Path
) -> None:
    version = registry.register(candidate)
    next(registry.folder("1").glob("*.head.*")).unlink()
    registry.promote(version)
    assert aliases(registry) == {"champion": version, "fallback": "2"}
    with pytest.raises(AppError) as caught:
        registry.rollback()  # there is no going back to a damaged champion
    assert problem(caught) == "model-missing"
    assert aliases(registry) == {"champion": version, "fallback": "2"}


def test_promoting_the_champion_again_changes_nothing(registry: Registry) -> None:
    registry.promote("1")
    assert aliases(registry) == {"champion": "1", "fallback": "2"}
    with pytest.raises(AppError):
        registry.rollback()


@pytest.mark.parametrize("selector", ["99", "unknown", "", "-1"])
def test_unknown_models(registry: Registry, selector: str) -> None:
    with pytest.raises(AppError) as caught:
        registry.resolve(selector)
    assert problem(caught) == "model-unknown"
    with pytest.raises(AppError) as caught:
        registry.promote(selector)
    assert problem(caught) == "model-unknown"
    assert aliases(registry) == {"champion": "1", "fallback": "2"}


def test_a_damaged_model_is_never_promoted(registry: Registry, candidate: Path) -> None:
    version = registry.register(candidate)
    part = next(registry.folder(version).glob("*.head.skops"))
    part.write_bytes(part.read_bytes()[:-1] + b"x")
    with pytest.raises(AppError) as caught:
        registry.promote(version)
    assert problem(caught) == "model-digest"
    assert aliases(registry) == {"champion": "1", "fallback": "2"}


def test_a_damaged_bundle_is_not_registered(registry: Registry, candidate: Path) -> None:
    next(candidate.glob("*.head.skops")).unlink()
    with pytest.raises(AppError) as caught:
        registry.register(candidate)
    assert problem(caught) == "model-missing"
    assert len(registry.models()) == 2
    assert registry.client.search_runs(["1"], "attributes.status = 'RUNNING'") == []


def test_a_promotion_resets_the_serving_state(registry: Registry) -> None:
    database = Database(registry.home.store)
    serving = ServingController(database, FailoverPolicy(confirmations=1))
    serving.report(DriftSeen("Too much metal."))
    assert serving.current().active == "fallback"
    registry.promote("2")
    assert serving.current().active == "champion"
    database.close()


def test_errors_of_mlflow_are_translated(registry: Registry) -> None:
    with closing(sqlite3.connect(alias_snapshot.database(registry.home))) as connection:
        connection.execute("ALTER TABLE model_versions RENAME TO elsewhere")
        connection.commit()
    with pytest.raises(AppError) as caught:
        registry.models()
    assert problem(caught) == "registry-failed"


def test_errors_of_sqlite_are_shown_without_what_sqlalchemy_adds(registry: Registry) -> None:
    registry.models()  # connects
    with closing(sqlite3.connect(alias_snapshot.database(registry.home))) as connection:
        connection.execute("ALTER TABLE model_versions RENAME TO elsewhere")
        connection.commit()
    with pytest.raises(AppError) as caught:
        registry.models()
    assert caught.value.problem.params["error"] == "no such table: model_versions"


def test_a_file_that_is_no_database(home: Home) -> None:
    alias_snapshot.database(home).write_bytes(b"not a database" * 1000)
    with pytest.raises(AppError) as caught:
        Registry(home).models()
    assert problem(caught) == "registry-unreadable"


def _overwrite(path: Path) -> None:
    path.write_bytes(b"not a database" * 1000)


def _without_versions(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE model_versions")
        connection.commit()


def _replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [_overwrite, _without_versions, _replace_by_folder])
def test_a_damaged_database_is_set_aside_and_what_served_is_registered_again(
    registry: Registry, candidate: Path, damage: Callable[[Path], None]
) -> None:
    home = registry.home
    served = bundle.digest_of(candidate)
    registry.promote(registry.register(candidate))
    registry.close()
    damage(alias_snapshot.database(home))
    with starter_models.open_registry(home) as repaired:
        assert repaired.resolve("champion").digest == served
        assert repaired.resolve("fallback").version == "1"
        assert len(repaired.models()) == 3
    (aside,) = set_aside.found(home.registry)
    assert set_aside.original(aside) == "mlflow.db"


def test_a_registry_that_is_locked_is_not_set_aside(registry: Registry) -> None:
    registry.close()
    with closing(sqlite3.connect(alias_snapshot.database(registry.home))) as holder:
        holder.execute("BEGIN IMMEDIATE")
        assert not storage.is_damaged(registry.home)


@pytest.mark.parametrize("written", ["{", "5", "[]", '{"champion": "77"}', '{"champion": []}', "[" * 4000])
def test_a_damaged_record_of_a_move_leaves_the_aliases_as_they_are(registry: Registry, written: str) -> None:
    before = aliases(registry)
    registry.client.set_registered_model_tag(alias_snapshot.MODEL, "moving", written)
    registry.close()
    registry.snapshot()
    assert aliases(registry) == before
    assert "moving" not in registry.client.get_registered_model(alias_snapshot.MODEL).tags


def test_a_damaged_history_has_nothing_to_undo(registry: Registry) -> None:
    registry.client.set_registered_model_tag(alias_snapshot.MODEL, "history", "{")
    with pytest.raises(AppError) as caught:
        registry.rollback()
    assert problem(caught) == "nothing-to-undo"


def test_aliases_of_versions_that_are_gone_are_given_to_the_starters(
    registry: Registry, candidate: Path
) -> None:
    registry.promote(registry.register(candidate))
    registry.close()
    with closing(sqlite3.connect(alias_snapshot.database(registry.home))) as connection:
        connection.execute("UPDATE registered_model_aliases SET version = 77")
        connection.commit()
    with starter_models.open_registry(registry.home) as repaired:
        assert aliases(repaired) == {"champion": "1", "fallback": "2"}


# -- starters -----------------------------------------------------------------------------------------------


def test_starters_are_registered_before_anything_can_take_their_numbers(
    tmp_path: Path, with_starters: Path, quick_database: Path, candidate: Path
) -> None:
    home = Home(tmp_path / "new")
    with starter_models.open_registry(home) as registry:
        assert registry.register(candidate) == "3"
        assert aliases(registry) == {"champion": "1", "fallback": "2"}


def test_newer_starters_replace_older_ones_and_leave_trained_models_alone(
    registry: Registry, candidate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained = registry.register(candidate, tags={"kind": "retrain"})
    registry.promote(trained)
    newer = tmp_path / "newer"
    bundle.save(tiny_models.linear(seed=5), newer / "champion")
    bundle.save(tiny_models.boosted(seed=5), newer / "fallback")
    monkeypatch.setattr(starter_models, "folder", lambda alias: newer / alias)
    assert starter_models.ensure(registry) is True
    assert aliases(registry) == {"champion": trained, "fallback": "5"}
    assert registry.resolve("5").digest == bundle.digest_of(newer / "fallback")
    assert starter_models.ensure(registry) is False


def test_a_champion_of_another_feature_version_makes_room_for_the_starter(
    registry: Registry, candidate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained = registry.register(candidate)
    registry.promote(trained)
    registry.client.set_model_version_tag("genre", trained, "feature_version", "an-older-one")
    bundle.save(tiny_models.linear(seed=5), tmp_path / "newer" / "champion")
    bundle.save(tiny_models.boosted(seed=5), tmp_path / "newer" / "fallback")
    monkeypatch.setattr(starter_models, "folder", lambda alias: tmp_path / "newer" / alias)
    starter_models.ensure(registry)
    assert aliases(registry) == {"champion": "4", "fallback": "5"}


def test_restore_serves_the_starters_again(registry: Registry, candidate: Path) -> None:
    registry.promote(registry.register(candidate))
    starter_models.restore(registry)
    assert aliases(registry) == {"champion": "1", "fallback": "2"}
    registry.rollback()
    assert aliases(registry) == {"champion": "3", "fallback": "1"}


def test_restore_replaces_damaged_copies(registry: Registry) -> None:
    next(registry.folder("1").glob("*.skops")).write_bytes(b"x")
    starter_models.restore(registry)
    assert aliases(registry) == {"champion": "3", "fallback": "2"}
    found = registry.resolve("champion")
    bundle.load(found.path(registry.home), found.digest)


def test_restore_sets_an_unusable_registry_aside(home: Home, quick_database: Path) -> None:
    alias_snapshot.database(home).write_bytes(b"not a database" * 1000)
    with Registry(home) as registry:
        starter_models.restore(registry)
        assert aliases(registry) == {"champion": "1", "fallback": "2"}
    kept = [path for path in home.root.iterdir() if "broken" in path.name]
    assert len(kept) == 1
    assert (kept[0] / "mlflow.db").read_bytes().startswith(b"not a database")


@pytest.mark.parametrize(("failures", "aside"), [(1, 0), (2, 1)])
def test_restore_keeps_a_registry_whose_disk_failed_once(
    home: Home, quick_database: Path, monkeypatch: pytest.MonkeyPatch, failures: int, aside: int
) -> None:
    models, left = Registry.models, [AppError("registry-failed", error="disk I/O error")] * failures

    def failing(registry: Registry) -> list[ModelInfo]:
        if left:
            raise left.pop()
        return models(registry)

    with starter_models.open_registry(home) as registry:
        monkeypatch.setattr(Registry, "models", failing)
        starter_models.restore(registry)
        assert aliases(registry) == {"champion": "1", "fallback": "2"}
    assert len([path for path in home.root.iterdir() if "broken" in path.name]) == aside


# -- moves and upgrades ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["plain", "with space, umlaut ü, 100 %, #hash & 🎵"])
def test_a_home_may_be_moved(home: Home, candidate: Path, tmp_path: Path, name: str) -> None:
    with Registry(home) as registry:
        registry.promote(registry.register(candidate))
    moved = Home(home.root.rename(tmp_path / name))
    snapshot = alias_snapshot.read(moved)
    assert snapshot is not None  # without MLflow
    version = snapshot.resolve("champion")
    bundle.load(version.path(moved), version.digest)
    with Registry(moved) as registry:
        assert aliases(registry) == {"champion": "3", "fallback": "1"}
        registry.rollback()
        client = registry.client
        found = mlflow.artifacts.download_artifacts(
            artifact_uri=client.get_model_version_download_uri("genre", "3"),
        )
        assert Path(found).is_relative_to(moved.root)
        registry.register(candidate)
        assert registry.folder("4").is_relative_to(moved.root)


def test_a_database_of_an_older_mlflow_is_upgraded_and_kept(home: Home) -> None:
    path = alias_snapshot.database(home)
    with storage._engine(path) as engine:
        from alembic import command
        from mlflow.store.db.utils import _get_alembic_config

        with engine.begin() as connection:
            config = _get_alembic_config(storage.uri(path))
            config.attributes["connection"] = connection
            command.downgrade(config, "-1")
    with closing(sqlite3.connect(path)) as connection:
        old = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    with Registry(home) as registry:
        assert [info.version for info in registry.models()] == ["2", "1"]
        assert aliases(registry) == {"champion": "1", "fallback": "2"}
    backup = path.with_name("mlflow.db.before-upgrade")
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == old
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() != old


def test_a_database_of_a_newer_mlflow_is_left_alone(home: Home) -> None:
    path = alias_snapshot.database(home)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'fffffffffff1'")
        connection.commit()
    with pytest.raises(AppError) as caught:
        Registry(home).models()
    assert problem(caught) == "registry-newer"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("fffffffffff1",)
    assert not list(home.registry.glob("*.making*"))


# -- the snapshot ---------------------------------------------------------------------------------------------


def test_a_snapshot_counts_only_while_it_agrees_with_mlflow(registry: Registry) -> None:
    home = registry.home
    assert alias_snapshot.read(home).aliases["champion"] == "1"
    registry.client.set_registered_model_alias("genre", "champion", "2")  # as MLflow's own tools do it
    assert alias_snapshot.read(home) is None
    assert registry.resolve("champion").version == "2"
    assert alias_snapshot.read(home).aliases["champion"] == "2"


def test_other_writes_leave_the_snapshot_valid(registry: Registry) -> None:
    before = alias_snapshot.fingerprint(registry.home)
    with registry.run("retrain"):
        pass
    assert alias_snapshot.fingerprint(registry.home) != before
    assert alias_snapshot.read(registry.home) is not None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 99}', '{"format": 1, "versions": 3}'])
def test_a_damaged_snapshot_is_none(home: Home, text: str) -> None:
    (home.registry / alias_snapshot.FILE).write_text(text, "utf-8")
    assert alias_snapshot.read(home) is None


def test_reading_the_snapshot_needs_no_heavy_library(home: Home) -> None:
    code = (
        "import sys, pathlib\n"
        "from genre_desktop.core.paths import Home\n"
        "from genre_desktop.ml.registry import alias_snapshot\n"
        "print(alias_snapshot.read(Home(pathlib.Path(sys.argv[1]))).resolve('champion').version)\n"
        "print(sorted({'mlflow', 'sklearn', 'xgboost', 'sqlalchemy', 'pandas'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(home.root)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split("\n")[:2] == ["1", "[]"]


def test_flat_metrics() -> None:
    assert flat({"a": 1, "b": {"c": np.float32(0.5)}, "d": (0, 1), "e": "text", "f": None, "g": True}) == {
        "a": 1.0,
        "b/c": 0.5,
        "d/low": 0.0,
        "d/high": 1.0,
    }


def test_a_model_that_cannot_be_opened_for_now_stays_the_fallback(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    champion = registry.folder("1")
    read = bundle.read_bytes

    def exhausted(path: Path, limit: int) -> bytes:
        if path.is_relative_to(champion):
            raise OSError(errno.EMFILE, "too many open files", str(path))
        return read(path, limit)

    monkeypatch.setattr(bundle, "read_bytes", exhausted)
    with pytest.raises(AppError) as caught:
        registry.promote("2")
    assert caught.value.problem.key == bundle.EXHAUSTED
    with pytest.raises(AppError):
        champion_challenger.serving(registry)
    assert aliases(registry) == {"champion": "1", "fallback": "2"}
    monkeypatch.undo()
    registry.promote("2")
    assert aliases(registry) == {"champion": "2", "fallback": "1"}


def test_a_full_disk_is_called_one(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(registry.home.registry))

    monkeypatch.setattr(alias_snapshot, "write", full)
    with pytest.raises(AppError) as caught:
        registry.promote("2")
    assert problem(caught) == "no-space"


def test_a_run_that_cannot_be_written_says_so(registry: Registry) -> None:
    run = registry.run("failing")
    run.artifacts.parent.mkdir(parents=True)
    run.artifacts.write_text("a file in its place", "utf-8")
    with pytest.raises(AppError) as caught:
        run.text("decision.json", "{}")
    assert problem(caught) == "registry-failed"
    run.end("FAILED")


def test_a_run_whose_end_cannot_be_written_reports_what_was_first(registry: Registry) -> None:
    def fail() -> None:
        with closing(sqlite3.connect(alias_snapshot.database(registry.home))) as connection:
            connection.execute("ALTER TABLE runs RENAME TO elsewhere")
            connection.commit()
        raise KeyError

    with pytest.raises(KeyError), registry.run("failing"):
        fail()
