"""Which answers a drift check still has to test, and how many more a decision needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from genre_desktop.core.messages import message
from genre_desktop.core.monitoring.drift_progress import JUDGED, DriftProgress, DriftRequirements
from genre_desktop.core.monitoring.serving_state import ServingState
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.predictions import PredictionLog
from tests.core.store.samples import answer


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path).create()


def play(db: Database, *names: str) -> int:
    """Store answers; return the id of the last."""
    return [PredictionLog(db).add(answer(name), "file") for name in names][-1]


def test_a_copy_of_a_tested_recording_does_not_wait(db: Database) -> None:
    progress = DriftProgress(db)
    progress.record_tested("1", play(db, "a", "b"))
    assert progress.waiting() == 0
    play(db, "a", "c", "c")
    assert progress.waiting() == 1
    names = [one.path for one in PredictionLog(db).judgeable(["1"], tested=progress.tested("1"))]
    assert names == ["/music/c.wav"]


def test_for_a_new_champion_every_answer_from_then_on_waits(db: Database) -> None:
    progress = DriftProgress(db)
    tested = play(db, "a", "b")
    progress.record_tested("1", tested)
    play(db, "a")
    names = [one.path for one in PredictionLog(db).judgeable(["1"], tested=progress.tested("2"))]
    assert names == ["/music/a.wav"]
    progress.record_tested("2", tested + 1)
    assert progress.waiting() == 0
    play(db, "a", "b")
    assert progress.waiting() == 1


def test_a_store_of_an_earlier_version_goes_on_where_it_was(db: Database) -> None:
    KeyValueStore(db).set(JUDGED, play(db, "a", "b"))
    play(db, "c")
    assert DriftProgress(db).waiting() == 1


def test_the_result_is_kept_without_its_features(db: Database) -> None:
    progress = DriftProgress(db)
    assert progress.last_result() == {}
    progress.record_result({"drift": True, "drifted_share": 0.5, "features": [1, 2]})
    assert progress.last_result() == {"drift": True, "drifted_share": 0.5}


def test_damaged_values_are_left_out(db: Database) -> None:
    state = KeyValueStore(db)
    for damaged in ([1], {"drifted_share": "much"}, {"drift": True}):
        state.set("drift:last", damaged)
        assert DriftProgress(db).last_result() == {}
    play(db, "a")
    for damaged in ([1], {"version": 1, "id": 0}, {"version": "1"}):
        state.set("drift:judged-since", damaged)
        assert DriftProgress(db).waiting() == 1


@pytest.mark.parametrize(
    ("streak", "waiting", "missing"),
    [(0, 0, 60), (0, 12, 48), (1, 0, 30), (1, 12, 18), (1, 40, 0), (2, 0, 0)],
)
def test_what_a_confirmation_needs(streak: int, waiting: int, missing: int) -> None:
    assert DriftRequirements(30, 2).missing(ServingState(drift_streak=streak), waiting) == missing


def test_a_confirmed_drift_needs_nothing() -> None:
    state = ServingState(drifted=message("Drifted."), drift_streak=0)
    assert DriftRequirements(30, 2).missing(state, 0) == 0
