"""Messages of the lower layers can be translated after they were stored."""

from __future__ import annotations

import json

from genre_desktop.core import serialization
from genre_desktop.core.messages import Message, message
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.serving_state import DriftSeen, FailoverPolicy, ModelFault
from genre_desktop.core.store.alerts import AlertStore
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.job_runs import JobRuns
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.serving_history import ServingChange, SwitchLog
from genre_desktop.core.types import Analysis, Answer, ModelRef

REASON = message("Version {version} took longer than {budget:.1f} s.", version="3", budget=2.5)
ENGLISH = "Version 3 took longer than 2.5 s."


def assert_whole(found: Message) -> None:
    assert found == ENGLISH
    assert (found.text, found.params) == (REASON.text, REASON.params)


def test_outcomes_of_jobs(db: Database) -> None:
    runs = JobRuns(db)
    run_id = runs.start("retrain")
    runs.finish(
        run_id, "failed", REASON, {"reason": REASON, "skipped": [{"path": "a.mp3", "reason": REASON}]}
    )
    run = runs.get(run_id)
    assert run is not None
    for found in (run.message, run.result["reason"], run.result["skipped"][0]["reason"]):
        assert_whole(found)
    assert json.loads(json.dumps(run.result))["reason"] == ENGLISH  # what the command line prints


def test_who_serves_and_why(db: Database) -> None:
    serving = ServingController(db, FailoverPolicy(confirmations=1))
    serving.report(ModelFault("fallback", "model-slow", REASON))
    serving.report(DriftSeen(REASON))
    state = ServingController(db).current()
    assert state.fallback_fault is not None
    assert_whole(state.fallback_fault.reason)
    assert_whole(state.drifted)
    assert state.reason == f"{ENGLISH} The fallback is not available: {ENGLISH}"
    assert_whole(state.reason.params["reason2"])  # type: ignore[arg-type]


def test_switches(db: Database) -> None:
    SwitchLog(db).add(ServingChange(1.0, "champion", "fallback", "model-slow", REASON))
    (switch,) = SwitchLog(db).recent()
    assert_whole(switch.reason)


def test_answers(db: Database) -> None:
    model = ModelRef("genre", "3", "fallback", because=REASON)
    answer = Answer("a.mp3", "jazz", 0.9, model=model, warnings=(REASON,))
    restored = serialization.restore(serialization.dump(Analysis(answer))).answer
    assert restored.model is not None
    assert_whole(restored.model.because)
    assert_whole(restored.warnings[0])
    assert restored.to_dict()["warnings"] == [ENGLISH]
    log = PredictionLog(db)
    kept = log.get(log.add(answer, "file"))
    assert kept is not None
    assert_whole(kept.model.because)
    whole = log.answer(kept.id, "a.mp3")
    assert whole is not None
    assert whole.model is not None
    assert_whole(whole.model.because)


def test_rows_of_version_0_1_0_show_their_english(db: Database) -> None:
    with db.transaction() as connection:
        connection.execute(
            "INSERT INTO alerts (time, level, code, title, happened, did, can_do, action, details) "
            "VALUES (1, 'info', 'promoted', 'Version 3 is {new}', 'It is better.', '', '', '', '')"
        )
        connection.execute(
            "INSERT INTO job_runs (name, started, finished, status, message, result, log_path) "
            "VALUES ('drift', 1, 2, 'failed', 'The disk is full: It is. Free it.', '{\"reason\": \"It is.\"}', '')"
        )
    KeyValueStore(db).set(ServingController.KEY, {"active": "fallback", "code": "drift", "reason": "52 % differ.", "since": 1.0,
        "champion_fault": {"code": "c", "reason": "It is gone.", "proofs": 1}, "fallback_fault": None,
        "drifted": "52 % differ.", "drift_streak": 2, "clean_streak": 0, "comebacks": 0})  # fmt: skip
    (alert,) = AlertStore(db).standing()
    assert (alert.notice.title, alert.notice.happened) == ("Version 3 is {new}", "It is better.")
    (run,) = JobRuns(db).recent()
    assert (run.message, run.result) == ("The disk is full: It is. Free it.", {"reason": "It is."})
    state = ServingController(db).current()
    assert (state.because, state.champion_fault and state.champion_fault.reason) == (
        "52 % differ.",
        "It is gone.",
    )
