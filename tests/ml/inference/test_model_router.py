"""Champion or fallback: faults switch, proofs bring back, literal choices stay literal."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.serving_state import DriftSeen, FailoverPolicy
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.serving_history import SwitchLog
from genre_desktop.ml.inference import model_router as duty_module
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
def watch(home: Home) -> Iterator[ServingController]:
    database = Database(home.store)
    yield ServingController(database, FailoverPolicy(confirmations=1, proofs=2))
    database.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def duty(home: Home, watch: ServingController, clock: Clock) -> ModelRouter:
    return ModelRouter(ModelCache(home, clock), watch, clock)


def break_files(home: Home, alias: str) -> Callable[[], None]:
    """Flip a bit in a registered model; the function returned puts it back."""
    shelf = ModelCache(home)
    part = next(shelf.find(alias).path(home).glob("*.head.*"))
    good = part.read_bytes()
    part.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    return lambda: part.write_bytes(good) and None


def test_the_champion_answers(duty: ModelRouter, watch: ServingController) -> None:
    verdict = duty.answer(X)
    assert (verdict.ref.alias, verdict.ref.version, verdict.ref.because) == ("champion", "1", "")
    assert verdict.windows.shape == (4, 10)
    np.testing.assert_allclose(verdict.windows, tiny_models.linear().predict_proba(X), atol=1e-6)
    assert watch.current().active == "champion"


def test_a_damaged_champion_is_refused_and_comes_back_once_it_is_whole(
    home: Home, duty: ModelRouter, watch: ServingController, clock: Clock
) -> None:
    repair = break_files(home, "champion")
    verdict = duty.answer(X)
    assert verdict.ref.alias == "fallback"
    assert "not the file that was registered" in verdict.ref.because
    assert watch.current().champion_fault.code == "model-digest"
    assert duty.answer(X).ref.because == verdict.ref.because
    repair()
    assert duty.answer(X).ref.alias == "fallback"  # tried again from time to time, not each time
    clock.now += duty_module.PROBE_EVERY_S
    duty.answer(X)
    assert duty.answer(X).ref.alias == "champion"
    assert [switch.new for switch in SwitchLog(watch._db).recent()] == ["champion", "fallback"]


def test_a_removed_folder_is_noticed_while_running(
    home: Home, duty: ModelRouter, watch: ServingController
) -> None:
    assert duty.answer(X).ref.alias == "champion"
    folder = ModelCache(home).find("champion").path(home)
    folder.rename(folder.with_name("elsewhere"))
    assert duty.answer(X).ref.alias == "fallback"
    assert watch.current().champion_fault.code == "model-missing"


def fail(X):
    raise ZeroDivisionError("division by zero")


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [(fail, "model-raised"), (lambda X: np.full((len(X), 10), np.nan), "model-non-finite")],
)
def test_a_champion_that_misbehaves_is_replaced_until_it_proves_itself(
    duty: ModelRouter,
    home: Home,
    watch: ServingController,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    behaviour,
    code: str,
) -> None:
    with monkeypatch.context() as patch:
        champion = duty._shelf.get(duty._shelf.find("champion"))
        patch.setitem(champion.__dict__, "predict_proba", behaviour)
        assert duty.answer(X).ref.alias == "fallback"
        assert watch.current().champion_fault.code == code
    for _ in range(2):  # two proofs are asked for
        assert duty.answer(X).ref.alias == "fallback"
        clock.now += duty_module.PROBE_EVERY_S
        duty.answer(X)
    assert duty.answer(X).ref.alias == "champion"


def test_a_champion_that_hangs_does_not_hang_the_answer(
    duty: ModelRouter, watch: ServingController, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duty_module, "BUDGET_S", 0.05)
    wake = threading.Event()
    champion = duty._shelf.get(duty._shelf.find("champion"))
    monkeypatch.setitem(champion.__dict__, "predict_proba", lambda X: wake.wait(60))
    try:
        verdict = duty.answer(X)
        assert verdict.ref.alias == "fallback"
        assert watch.current().champion_fault.code == "model-slow"
        assert "took longer" in verdict.ref.because
        clock.now += duty_module.PROBE_EVERY_S
        duty.answer(X)  # the first attempt still hangs: no second thread joins it
        assert sum(thread.name == "model-1" for thread in threading.enumerate()) == 1
    finally:
        wake.set()


def test_drift_lets_the_fallback_answer_and_says_why(duty: ModelRouter, watch: ServingController) -> None:
    watch.report(DriftSeen("Your music departs from the reference."))
    ref = duty.answer(X).ref
    assert (ref.alias, ref.because) == ("fallback", "Your music departs from the reference.")


def test_with_both_broken_the_problem_is_plain_and_one_repair_is_enough(
    home: Home, duty: ModelRouter, watch: ServingController, clock: Clock
) -> None:
    repairs = [break_files(home, alias) for alias in ("champion", "fallback")]
    with pytest.raises(AppError) as caught:
        duty.answer(X)
    assert caught.value.problem.code == "no-model"
    assert "Restore" in caught.value.problem.hint
    assert watch.current().active == "none"
    repairs[1]()
    ref = duty.answer(X).ref
    assert ref.alias == "fallback"
    assert ref.because
    assert watch.current().active == "fallback"


def test_a_broken_fallback_is_found_out_when_it_is_needed(
    home: Home, duty: ModelRouter, watch: ServingController
) -> None:
    break_files(home, "fallback")
    watch.report(DriftSeen("Your music departs from the reference."))
    assert duty.answer(X).ref.alias == "champion"
    assert watch.current().active == "champion"
    assert watch.current().fallback_fault.code == "model-digest"


def test_literal_choices_are_taken_literally(home: Home, duty: ModelRouter, watch: ServingController) -> None:
    watch.report(DriftSeen("Your music departs from the reference."))
    assert duty.answer(X, "1").ref.version == "1"
    assert duty.answer(X, "1").ref.alias == "champion"
    assert duty.answer(X, "fallback").ref.because == ""
    break_files(home, "fallback")
    with pytest.raises(AppError) as caught:
        duty.answer(X, "fallback")
    assert caught.value.problem.code == "model-digest"
    with pytest.raises(AppError) as caught:
        duty.answer(X, "77")
    assert caught.value.problem.code == "model-unknown"
    assert watch.current().fallback_fault is None  # it was asked for by name: nobody else's business


def test_prepare_falls_back_and_fails_only_when_nothing_serves(
    home: Home, duty: ModelRouter, watch: ServingController
) -> None:
    break_files(home, "champion")
    duty.prepare()
    assert watch.current().active == "fallback"
    break_files(home, "fallback")
    duty._shelf.drop(duty._shelf.find("fallback"))
    with pytest.raises(AppError) as caught:
        duty.prepare()
    assert caught.value.problem.code == "no-model"


def test_a_broken_store_costs_no_answer(home: Home, duty: ModelRouter, watch: ServingController) -> None:
    duty.answer(X)
    watch._db.connection.execute("DROP TABLE state")
    assert duty.answer(X).ref.alias == "champion"
    break_files(home, "champion")
    assert duty.answer(X).ref.alias == "fallback"


# -- the shelf ---------------------------------------------------------------------------------------------


def test_a_promotion_is_followed_at_once_and_models_are_not_read_twice(
    home: Home, duty: ModelRouter, registry: Registry
) -> None:
    shelf = duty._shelf
    first = shelf.get(shelf.find("champion"))
    assert shelf.get(shelf.find("champion")) is first
    registry.promote("2")
    assert duty.answer(X).ref.version == "2"
    registry.rollback()
    assert duty.answer(X).ref.version == "1"


def test_an_alias_moved_by_mlflow_itself_is_followed(
    duty: ModelRouter, clock: Clock, registry: Registry
) -> None:
    assert duty.answer(X).ref.version == "1"
    registry.client.set_registered_model_alias("genre", "champion", "2")
    assert duty.answer(X).ref.version == "1"  # it might be our own promotion, half done
    clock.now += GRACE_S
    assert duty.answer(X).ref.version == "2"


def test_a_fresh_home_serves_the_shipped_models_under_their_later_numbers(
    tmp_path: Path, with_starters: Path
) -> None:
    home = Home(tmp_path / "fresh")
    shelf = ModelCache(home)
    assert [shelf.find(alias).version for alias in ("champion", "fallback")] == ["1", "2"]
    assert shelf.find("champion").path(home) == with_starters / "champion"
    assert shelf.get(shelf.find("champion")).family == "logistic"
    assert not home.root.exists()


@pytest.mark.parametrize("snapshot", [True, False])
def test_an_unreadable_registry_costs_no_answer(
    home: Home, watch: ServingController, registry: Registry, snapshot: bool
) -> None:
    registry.promote("2")
    registry.close()
    (home.registry / "mlflow.db").write_bytes(b"not a database" * 1000)
    if not snapshot:
        (home.registry / "serving.json").unlink()
    ref = ModelRouter(ModelCache(home), watch).answer(X).ref
    assert (ref.alias, ref.version) == ("champion", "2" if snapshot else "1")
    assert "mlflow.db" in ref.because
