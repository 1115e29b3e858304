"""Training on a team's contributions: two homes, a real server, real training."""

from __future__ import annotations

import os

import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import Answer
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.data.dataset import per_clip
from genre_desktop.ml.data.pseudonyms import is_pseudonym
from genre_desktop.ml.data.training_data import gather
from genre_desktop.ml.evaluation import held_out_predictions
from genre_desktop.ml.features.schema import FEATURE_VERSION
from genre_desktop.ml.models import bundle
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.registry.shared import contributor
from genre_desktop.ml.tasks import contribute, team_clips, train
from tests.ml import tiny_models
from tests.ml.data.test_folder_import import Context
from tests.ml.registry.shared.test_team_table import file_of, table  # noqa: F401  # every test has its own
from tests.ml.tasks.test_train import QUICK, fill


@pytest.fixture
def context(home, tmp_path, monkeypatch, mlflow_server):
    """A desktop with the small starters and a server; there is no reference table."""
    monkeypatch.setattr(reference_dataset, "shipped_path", lambda: tmp_path / "none.npz")
    Settings.load(home.settings)["registry.uri"] = mlflow_server.uri
    return Context(home.root)


@pytest.fixture
def other(tmp_path, mlflow_server):
    """Another desktop, which has corrected six songs of each genre and contributed them."""
    made = Context(tmp_path / "other")
    made.home.create()
    Settings.load(made.home.settings)["registry.uri"] = mlflow_server.uri
    database = Database(made.home.store)
    X, y = tiny_models.rows(6, seed=8)
    for number, (row, label) in enumerate(zip(X, y, strict=True)):
        answer = Answer(
            f"/songs/{number}.mp3", "pop", 0.5, clip_hash=f"song {number}", feature_version=FEATURE_VERSION,
            features=row, duration_s=30.0,
        )  # fmt: skip
        Corrections(database).add(PredictionLog(database).add(answer, "file"), str(label))
    database.close()
    made.sent = contribute.run(made, {})
    return made


def test_a_shared_training_uses_everybody_s_corrections(context, other):
    fill(context.home, shift=1, per_class=3).close()
    result = train.run(context, {**QUICK, "shared": True})
    assert result["team"] == {"contributors": 1, "clips": other.sent["clips"], "skipped": []}
    with Registry(context.home) as registry:
        run = registry.client.get_run(result["run_id"])
        model = bundle.load(registry.folder(result["version"]))
    assert int(run.data.params["clips"]) == 30 + other.sent["clips"]
    assert any("desktops" in line for line in context.lines)

    # The model knows everybody's clips by their pseudonyms, and no content hash leaves with it.
    keys = held_out_predictions.decode(model)
    assert all(is_pseudonym(key) for key in keys)
    database = Database(other.home.store)
    rows = gather(database, (), team_clips.load(other, {}).table).rows  # without asking the server
    database.close()
    assert len(rows.first) == other.sent["clips"]
    held_out = per_clip(rows, held_out_predictions.predict_held_out(model, rows))
    stored = np.array([keys[name] for name in rows.names[rows.first].tolist()])
    np.testing.assert_allclose(held_out, stored / stored.sum(axis=1, keepdims=True), atol=1e-6)


def test_a_training_alone_asks_no_server(context, other):
    fill(context.home, per_class=3).close()
    Settings.load(context.home.settings)["registry.uri"] = "https://models.invalid"
    assert team_clips.load(context, {}) == team_clips.TeamClips()
    assert "team" not in train.run(context, QUICK)


def test_names_are_used_once_the_team_is_known(context, other, mlflow_server):
    assert team_clips.load(context, {}).table is None
    team_clips.load(context, {"shared": True})
    known = team_clips.load(context, {}).table
    assert known is not None
    assert known.clips == ()
    assert known.pseudonyms == contributor.remembered_names(context.home, mlflow_server.uri)


def test_a_damaged_contribution_is_left_out_of_the_training(context, other, mlflow_server):
    file = file_of(mlflow_server, other.sent["run_id"])
    file.write_bytes(file.read_bytes()[:-50])
    found = team_clips.load(context, {"shared": True})
    assert found.facts is not None
    assert found.facts["clips"] == 0
    assert [s["contributor"] for s in found.facts["skipped"]] == [other.sent["contributor"]]
    assert any("differs from what its contributor sent" in line for line in context.lines)


def test_a_server_that_is_away_ends_in_a_sentence_and_trains_nothing(context):
    Settings.load(context.home.settings)["registry.uri"] = "http://127.0.0.1:9"
    with pytest.raises(AppError) as error:
        train.run(context, {**QUICK, "shared": True})
    assert error.value.problem.code == "registry-server-unreachable"
    assert "MLFLOW_TRACKING_PASSWORD" not in os.environ
