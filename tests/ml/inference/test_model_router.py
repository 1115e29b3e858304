"""Champion or fallback: faults switch, successes recover, explicit selectors stay literal."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.serving_state import DriftSeen, FailoverPolicy
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.serving_history import SwitchLog
from genre_desktop.ml.inference import model_router
from genre_desktop.ml.inference.model_cache import GRACE_S, ModelCache
from genre_desktop.ml.inference.model_router import ModelRouter
from genre_desktop.ml.registry.registry import Registry
from tests.ml import tiny_models

X = tiny_models.rows(1)[0][:4]


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def monitor(home: Home) -> Iterator[ServingController]:
    database = Database(home.store)
    yield ServingController(database, FailoverPolicy(confirmations=1, proofs=2))
    database.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def router(home: Home, monitor: ServingController, clock: Clock) -> ModelRouter:
    return ModelRouter(ModelCache(home, clock), monitor, clock)


def break_files(home: Home, alias: str) -> Callable[[], None]:
    """Flip a bit in a registered model; the returned function restores it."""
    models = ModelCache(home)
    part = next(models.find(alias).path(home).glob("*.head.*"))
    good = part.read_bytes()
    part.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    return lambda: part.write_bytes(good) and None


def test_the_champion_answers(router: ModelRouter, monitor: ServingController) -> None:
    prediction = router.answer(X)
    assert (prediction.ref.alias, prediction.ref.version, prediction.ref.because) == ("champion", "1", "")
    assert prediction.windows.shape == (4, 10)
    np.testing.assert_allclose(prediction.windows, tiny_models.linear().predict_proba(X), atol=1e-6)
    assert monitor.current().active == "champion"


def test_a_damaged_champion_is_refused_and_comes_back_once_it_is_whole(
    home: Home, router: ModelRouter, monitor: ServingController, clock: Clock
) -> None:
    repair = break_files(home, "champion")
    prediction = router.answer(X)
    assert prediction.ref.alias == "fallback"
    assert "not the file that was registered" in prediction.ref.because
    assert monitor.current().champion_fault.code == "model-digest"
    assert router.answer(X).ref.because == prediction.ref.because
    repair()
    assert router.answer(X).ref.alias == "fallback"  # tried again from time to time, not each time
    clock.now += model_router.PROBE_EVERY_S
    router.answer(X)
    assert router.answer(X).ref.alias == "champion"
    assert [switch.new for switch in SwitchLog(monitor._db).recent()] == ["champion", "fallback"]


def test_a_removed_folder_is_noticed_while_running(
    home: Home, router: ModelRouter, monitor: ServingController
) -> None:
    assert router.answer(X).ref.alias == "champion"
    folder = ModelCache(home).find("champion").path(home)
    folder.rename(folder.with_name("elsewhere"))
    assert router.answer(X).ref.alias == "fallback"
    assert monitor.current().champion_fault.code == "model-missing"


def fail(X):
    raise ZeroDivisionError("division by zero")


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [(fail, "model-raised"), (lambda X: np.full((len(X), 10), np.nan), "model-non-finite")],
)
def test_a_faulty_champion_is_replaced_until_it_recovers(
    router: ModelRouter,
    home: Home,
    monitor: ServingController,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    behaviour,
    code: str,
) -> None:
    with monkeypatch.context() as patch:
        champion = router._models.get(router._models.find("champion"))
        patch.setitem(champion.__dict__, "predict_proba", behaviour)
        assert router.answer(X).ref.alias == "fallback"
        assert monitor.current().champion_fault.code == code
    for _ in range(2):  # two successes are required
        assert router.answer(X).ref.alias == "fallback"
        clock.now += model_router.PROBE_EVERY_S
        router.answer(X)
    assert router.answer(X).ref.alias == "champion"


def test_a_champion_that_hangs_does_not_hang_the_answer(
    router: ModelRouter, monitor: ServingController, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_router, "BUDGET_S", 0.05)
    wake = threading.Event()
    champion = router._models.get(router._models.find("champion"))
    monkeypatch.setitem(champion.__dict__, "predict_proba", lambda X: wake.wait(60))
    try:
        prediction = router.answer(X)
        assert prediction.ref.alias == "fallback"
        assert monitor.current().champion_fault.code == "model-slow"
        assert "took longer" in prediction.ref.because
        clock.now += model_router.PROBE_EVERY_S
        router.answer(X)  # the first attempt still hangs: no second thread joins it
        assert sum(thread.name == "model-1" for thread in threading.enumerate()) == 1
    finally:
        wake.set()


def test_drift_switches_to_the_fallback_with_a_reason(
    router: ModelRouter, monitor: ServingController
) -> None:
    monitor.report(DriftSeen("Your music departs from the reference."))
    ref = router.answer(X).ref
    assert (ref.alias, ref.because) == ("fallback", "Your music departs from the reference.")


def test_with_both_broken_it_fails_and_one_repair_is_enough(
    home: Home, router: ModelRouter, monitor: ServingController, clock: Clock
) -> None:
    repairs = [break_files(home, alias) for alias in ("champion", "fallback")]
    with pytest.raises(AppError) as caught:
        router.answer(X)
    assert caught.value.problem.code == "no-model"
    assert "Restore" in caught.value.problem.hint
    assert monitor.current().active == "none"
    repairs[1]()
    ref = router.answer(X).ref
    assert ref.alias == "fallback"
    assert ref.because
    assert monitor.current().active == "fallback"


def test_a_broken_fallback_is_found_out_when_it_is_needed(
    home: Home, router: ModelRouter, monitor: ServingController
) -> None:
    break_files(home, "fallback")
    monitor.report(DriftSeen("Your music departs from the reference."))
    assert router.answer(X).ref.alias == "champion"
    assert monitor.current().active == "champion"
    assert monitor.current().fallback_fault.code == "model-digest"


def test_literal_choices_are_taken_literally(
    home: Home, router: ModelRouter, monitor: ServingController
) -> None:
    monitor.report(DriftSeen("Your music departs from the reference."))
    assert router.answer(X, "1").ref.version == "1"
    assert router.answer(X, "1").ref.alias == "champion"
    assert router.answer(X, "fallback").ref.because == ""
    break_files(home, "fallback")
    with pytest.raises(AppError) as caught:
        router.answer(X, "fallback")
    assert caught.value.problem.code == "model-digest"
    with pytest.raises(AppError) as caught:
        router.answer(X, "77")
    assert caught.value.problem.code == "model-unknown"
    assert monitor.current().fallback_fault is None  # an explicit request is not reported


def test_prepare_falls_back_and_fails_only_when_nothing_serves(
    home: Home, router: ModelRouter, monitor: ServingController
) -> None:
    break_files(home, "champion")
    router.prepare()
    assert monitor.current().active == "fallback"
    break_files(home, "fallback")
    router._models.drop(router._models.find("fallback"))
    with pytest.raises(AppError) as caught:
        router.prepare()
    assert caught.value.problem.code == "no-model"


def test_a_broken_store_costs_no_answer(home: Home, router: ModelRouter, monitor: ServingController) -> None:
    router.answer(X)
    monitor._db.connection.execute("DROP TABLE state")
    assert router.answer(X).ref.alias == "champion"
    break_files(home, "champion")
    assert router.answer(X).ref.alias == "fallback"


# -- the cache ---------------------------------------------------------------------------------------------


def test_a_promotion_is_followed_at_once_and_models_are_not_read_twice(
    home: Home, router: ModelRouter, registry: Registry
) -> None:
    models = router._models
    first = models.get(models.find("champion"))
    assert models.get(models.find("champion")) is first
    registry.promote("2")
    assert router.answer(X).ref.version == "2"
    registry.rollback()
    assert router.answer(X).ref.version == "1"


def test_an_alias_moved_by_mlflow_itself_is_followed(
    router: ModelRouter, clock: Clock, registry: Registry
) -> None:
    assert router.answer(X).ref.version == "1"
    registry.client.set_registered_model_alias("genre", "champion", "2")
    assert router.answer(X).ref.version == "1"  # it might be our own promotion, half done
    clock.now += GRACE_S
    assert router.answer(X).ref.version == "2"


def test_a_fresh_home_serves_the_shipped_models_under_their_later_numbers(
    tmp_path: Path, with_starters: Path
) -> None:
    home = Home(tmp_path / "fresh")
    models = ModelCache(home)
    assert [models.find(alias).version for alias in ("champion", "fallback")] == ["1", "2"]
    assert models.find("champion").path(home) == with_starters / "champion"
    assert models.get(models.find("champion")).family == "logistic"
    assert not home.root.exists()


def test_where_aliases_point_to_versions_that_are_gone_a_starter_answers_and_reports_it(
    home: Home, monitor: ServingController, registry: Registry
) -> None:
    registry.close()
    with closing(sqlite3.connect(home.registry / "mlflow.db")) as connection:
        connection.execute("UPDATE registered_model_aliases SET version = 77")
        connection.commit()
    ref = ModelRouter(ModelCache(home), monitor).answer(X).ref
    assert (ref.alias, ref.version) == ("champion", "1")
    assert "champion 77" in ref.because


@pytest.mark.parametrize("snapshot", [True, False])
def test_an_unreadable_registry_costs_no_answer(
    home: Home, monitor: ServingController, registry: Registry, snapshot: bool
) -> None:
    registry.promote("2")
    registry.close()
    (home.registry / "mlflow.db").write_bytes(b"not a database" * 1000)
    if not snapshot:
        (home.registry / "serving.json").unlink()
    ref = ModelRouter(ModelCache(home), monitor).answer(X).ref
    assert (ref.alias, ref.version) == ("champion", "2" if snapshot else "1")
    assert "mlflow.db" in ref.because


def test_without_the_files_of_both_models_a_starter_answers_and_says_so(
    home: Home, router: ModelRouter
) -> None:
    assert router.answer(X).ref.version == "1"
    models = ModelCache(home)
    for alias in ("champion", "fallback"):
        shutil.rmtree(models.find(alias).path(home))
    assert router.answer(X).windows.shape == (4, 10)
    prediction = router.answer(X)
    assert prediction.ref.version.startswith("starter-")
    assert (
        "a starter model is used instead" in prediction.ref.because
        or "cannot be read" in prediction.ref.because
    )
