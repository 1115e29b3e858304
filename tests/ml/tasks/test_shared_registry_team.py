"""Promotion for a team that has contributed: its clips take part in the comparison."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.core.settings import Settings
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import Answer
from genre_desktop.ml.evaluation.promotion_policy import Decision
from genre_desktop.ml.features.schema import FEATURE_VERSION
from genre_desktop.ml.tasks import contribute, shared_registry
from genre_desktop.ml.tasks.shared_registry import ALL, OWN, TEAM
from tests.ml import tiny_models
from tests.ml.data.test_folder_import import Context
from tests.ml.registry.shared.test_team_table import table  # noqa: F401  # every test has its own
from tests.ml.tasks.test_shared_registry import desktop, serve_starter, trained  # noqa: F401


def contribute_from(tmp_path, uri, shift):
    """Let another desktop contribute clips; ``shift`` rotates their labels as :func:`test_train.fill` does."""
    other = Context(tmp_path / "contributor")
    other.home.create()
    Settings.load(other.home.settings)["registry.uri"] = uri
    database = Database(other.home.store)
    X, y = tiny_models.rows(6, seed=11)
    names = np.unique(y)
    turned = dict(zip(names, np.roll(names, shift), strict=True))
    for number, (row, label) in enumerate(zip(X, y, strict=True)):
        answer = Answer(
            f"/songs/{number}.mp3", "pop", 0.5, clip_hash=f"song {number}", feature_version=FEATURE_VERSION,
            features=row, duration_s=30.0,
        )  # fmt: skip
        Corrections(database).add(PredictionLog(database).add(answer, "file"), str(turned[label]))
    database.close()
    return contribute.run(other, {})


@pytest.mark.parametrize(("shift", "moved"), [(1, True), (0, False)])
def test_the_team_s_clips_take_part(trained, tmp_path, empty_server, shift, moved):  # noqa: F811
    """The model of ``trained`` knows labels that are rotated once."""
    serve_starter(trained)
    contribute_from(tmp_path, empty_server.uri, shift)
    shared_registry.publish(trained, {"version": "3"})
    done = shared_registry.promote(trained, {"version": "3"})
    assert set(done["comparisons"]) == {ALL, TEAM}
    assert done["moved"] is moved
    assert done["comparisons"][ALL]["n"] == 2 * done["comparisons"][TEAM]["n"] == 120
    assert "team" in done["reason"]


def decision(promote, high):
    numbers = dict.fromkeys(
        ("champion_gmean", "candidate_gmean", "delta", "low", "p_gmean", "p_log_loss", "log_loss_gain"), 0.0
    )
    return Decision(promote=promote, reason="why", high=high, forgotten=None, n=9, **numbers)


@pytest.mark.parametrize(
    ("decisions", "promoted"),
    [
        ({OWN: decision(True, 0.1)}, True),
        ({OWN: decision(False, 0.1)}, False),
        ({ALL: decision(True, 0.1)}, True),
        ({ALL: decision(True, 0.1), TEAM: decision(False, 0.05)}, True),
        ({ALL: decision(True, 0.1), TEAM: decision(False, -0.01)}, False),
        ({ALL: decision(False, 0.1), TEAM: decision(True, 0.2)}, False),
    ],
)
def test_better_on_all_clips_and_not_worse_on_the_team_s(decisions, promoted):
    assert shared_registry._verdict(decisions)[1] is promoted
