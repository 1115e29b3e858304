"""Contributing from real homes to a real server: what the preview shows is what leaves."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Library
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.features.schema import FEATURE_VERSION
from genre_desktop.ml.registry.shared import team_data, team_table
from genre_desktop.ml.registry.shared.connection import ServerOptions, connect
from genre_desktop.ml.registry.shared.contribution import FILE
from genre_desktop.ml.tasks import contribute
from tests.ml.data.test_folder_import import Context
from tests.ml.data.test_training_data import clip, predicted
from tests.ml.registry.shared.test_team_table import table  # noqa: F401  # every test has its own


@pytest.fixture(autouse=True)
def no_reference(monkeypatch, tmp_path):
    monkeypatch.setattr(reference_dataset, "shipped_path", lambda: tmp_path / "none.npz")


@pytest.fixture
def make(tmp_path, mlflow_server):
    """Make a desktop's context and store, with the server in its settings."""
    opened = []

    def make_(name):
        home = Home(tmp_path / name).create()
        Settings.load(home.settings)["registry.uri"] = mlflow_server.uri
        opened.append(Database(home.store))
        return Context(home.root), opened[-1]

    yield make_
    for database in opened:
        database.close()


def correct(database, *contents, label="jazz"):
    return [Corrections(database).add(predicted(database, content), label) for content in contents]


def rows_on(mlflow_server):
    with connect(ServerOptions.at(mlflow_server.uri)) as server:
        return team_data.load_rows(server)


def refusal(function, context, **params):
    with pytest.raises(AppError) as error:
        function(context, params)
    return error.value.problem.code


def test_what_the_preview_shows_is_what_leaves(make, mlflow_server):
    context, database = make("a")
    Library(database).put(clip("both", windows=3), FEATURE_VERSION)
    correct(database, "both", "heard")
    shown = contribute.preview(context, {})
    document = json.loads((context.home.root / "cache" / contribute.PREVIEW).read_text("utf-8"))
    assert {**document, "file": shown["file"]} == {**shown, "rows": document["rows"]}
    assert (shown["clips"], shown["windows"], shown["left_out"]) == (2, 4, 0)
    assert rows_on(mlflow_server) == []

    result = contribute.run(context, {"digest": shown["digest"]})
    assert result == {k: v for k, v in shown.items() if k != "file"} | {
        "run_id": result["run_id"], "status": "sent",
    }  # fmt: skip
    stored = next(mlflow_server.artifacts.rglob(f"{result['run_id']}/artifacts/{FILE}")).read_bytes()
    assert hashlib.sha256(stored).hexdigest() == shown["digest"]
    assert len(stored) == shown["bytes"]
    sent = [(c.label, c.content_hash, c.group, len(c.starts)) for c in rows_on(mlflow_server)]
    assert sent == [(r["label"], r["recording"], r["group"], r["windows"]) for r in document["rows"]]


def test_a_preview_changes_nothing_on_the_server(make, mlflow_server):
    context, database = make("a")
    correct(database, "heard")
    contribute.preview(context, {})
    with connect(ServerOptions.at(mlflow_server.uri)) as server:
        assert team_table.salt_of(server) is None


def test_what_changed_since_the_preview_does_not_leave(make, mlflow_server):
    context, database = make("a")
    correct(database, "heard")
    digest = contribute.preview(context, {})["digest"]
    correct(database, "another")
    assert refusal(contribute.run, context, digest=digest) == "contribution-changed"
    assert rows_on(mlflow_server) == []


def test_names_that_another_first_contributor_changed_do_not_leave(make, mlflow_server):
    context, database = make("a")
    correct(database, "heard")
    digest = contribute.preview(context, {})["digest"]
    other, others = make("b")
    correct(others, "else")
    contribute.run(other, {})
    assert refusal(contribute.run, context, digest=digest) == "contribution-changed"
    digest = contribute.preview(context, {})["digest"]
    assert contribute.run(context, {"digest": digest})["status"] == "sent"
    assert len(rows_on(mlflow_server)) == 2


def test_two_desktops_name_one_recording_alike(make, mlflow_server):
    for name in ("a", "b"):
        context, database = make(name)
        correct(database, "same")
        contribute.run(context, {})
    one, two = rows_on(mlflow_server)
    assert one.content_hash == two.content_hash
    assert one.group != two.group  # of a file that is in no artist's folder


def test_the_same_corrections_are_sent_once(make, mlflow_server):
    context, database = make("a")
    correct(database, "heard")
    first = contribute.run(context, {})
    again = contribute.run(context, {})
    assert again == {**first, "status": "unchanged"}


def test_an_undone_correction_leaves_the_table_and_the_last_one_withdraws(make, mlflow_server):
    context, database = make("a")
    one, two = correct(database, "one", "two")
    contribute.run(context, {})
    Corrections(database).undo(one)
    assert contribute.run(context, {})["status"] == "sent"
    assert len(rows_on(mlflow_server)) == 1
    Corrections(database).undo(two)
    assert contribute.run(context, {})["status"] == "withdrawn"
    assert rows_on(mlflow_server) == []
    assert refusal(contribute.run, context) == "nothing-to-contribute"


def test_without_corrections_there_is_nothing_to_contribute(make):
    context, database = make("a")
    Library(database).put(replace(clip("imported")), FEATURE_VERSION)
    assert refusal(contribute.preview, context) == "nothing-to-contribute"
    assert refusal(contribute.run, context) == "nothing-to-contribute"


def test_a_home_without_a_server_and_the_server_of_a_command(make, tmp_path, mlflow_server):
    home = Home(tmp_path / "none").create()
    assert refusal(contribute.preview, Context(home.root)) == "registry-server-none"
    database = Database(home.store)
    correct(database, "heard")
    database.close()
    shown = contribute.preview(Context(home.root), {"registry": f"{mlflow_server.uri}/"})
    assert shown["server"] == mlflow_server.uri


def test_a_cancelled_contribution_sends_nothing(make, mlflow_server):
    context, database = make("a")
    correct(database, "heard")
    context.cancelled = lambda: True
    with pytest.raises(Cancelled):
        contribute.run(context, {})
    assert rows_on(mlflow_server) == []
