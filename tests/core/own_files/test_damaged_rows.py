from __future__ import annotations

from contextlib import closing

import pytest

from genre_desktop.core.messages import message
from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.serving_state import ModelFault, ServingState
from genre_desktop.core.own_files.damaged_rows import left_out, moment
from genre_desktop.core.store.batch_checkpoints import BatchRequest, BatchStore
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.drift_checks import DriftLog
from genre_desktop.core.store.job_runs import JobRuns
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.library import Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.results_list import ResultsListStore, StoredResult
from tests.core.store.samples import answer
from tests.core.store.test_drift_checks import CHECK
from tests.core.store.test_library import clip

GARBAGE = ["x", -1e300, 1e300, b"\xff\xfe", "[" * 100_000, "{", "null"]


@pytest.fixture
def db(tmp_path):
    with closing(Database(tmp_path / "store.db")) as db:
        yield db


def _alert(db, code):
    AlertService(db).raise_(alert_messages.job_failed(code, message("a"), message("b")))


WRITERS = {
    "predictions": lambda db, n: PredictionLog(db).add(answer(f"song {n}"), "file"),
    "job_runs": lambda db, n: JobRuns(db).finish(JobRuns(db).start(f"job {n}"), "succeeded"),
    "drift_checks": lambda db, n: DriftLog(db).add(CHECK),
    "alerts": lambda db, n: _alert(db, f"job {n}"),
    "batches": lambda db, n: BatchStore(db).open(BatchRequest((f"/music/{n}",))),
    "listing": lambda db, n: ResultsListStore(db).change([], [StoredResult(n, f"/music/{n}", "waiting")]),
}
READERS = {
    "predictions": lambda db: PredictionLog(db).recent(),
    "job_runs": lambda db: JobRuns(db).recent(),
    "drift_checks": lambda db: DriftLog(db).recent(since=-1e301),
    "alerts": lambda db: AlertService(db).history(),
    "batches": lambda db: BatchStore(db).unfinished(),
    "listing": lambda db: ResultsListStore(db).page(0, 2),
}
COLUMNS = [
    ("predictions", "time"),
    ("predictions", "probabilities"),
    ("predictions", "features"),
    ("job_runs", "started"),
    ("job_runs", "finished"),
    ("job_runs", "result"),
    ("drift_checks", "features"),
    ("drift_checks", "mix"),
    ("alerts", "time"),
    ("alerts", "level"),
    ("alerts", "snoozed_until"),
    ("batches", "started"),
    ("batches", "request"),
    ("listing", "confidence"),
    ("listing", "genre"),
]


@pytest.mark.parametrize("value", GARBAGE, ids=lambda value: repr(value)[:12])
@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_damaged_row_stops_no_list(db, table, column, value):
    for n in (1, 2, 3):
        WRITERS[table](db, n)
    db.connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = 1", (value,))
    found = READERS[table](db)
    assert len(found) >= 2
    assert len(found) == 3 or left_out(db.path) == {table: 1} or table == "listing"
    READERS[table](db)
    assert left_out(db.path).get(table, 0) <= 1


@pytest.mark.parametrize("value", [b"", b"short", b"\0" * 8, b"\xff" * 7, "text", 5, b"\0" * 6 + b"\xf0\x7f"])
def test_a_damaged_feature_row_is_left_out_of_training(db, value):
    library = Library(db)
    for number in (1, 2):
        library.put(clip(number), "1")
    widths = {"1": ("x",) * clip(1).features.shape[1]}
    first = db.connection.execute("SELECT min(rowid) FROM windows").fetchone()[0]
    db.connection.execute("UPDATE windows SET features = ? WHERE rowid = ?", (value, first))
    assert len(list(library.clips(widths))) == 1
    assert left_out(db.path) == {"windows": 1}
    number = PredictionLog(db).add(answer("c"), "file")
    PredictionLog(db).add(answer("d"), "file")
    db.connection.execute("UPDATE predictions SET features = ? WHERE id = ?", (value, number))
    judged = PredictionLog(db).judgeable({"1": ("x", "y", "z")})
    assert [one.path for one in judged] == [answer("d").path]


def test_text_that_is_no_utf8_is_read(db):
    PredictionLog(db).add(answer("a"), "file")
    db.connection.execute("UPDATE predictions SET path = CAST(x'61ff62' AS TEXT)")
    assert [row.path for row in PredictionLog(db).recent()] == ["a\ufffdb"]


@pytest.mark.parametrize(
    "value",
    ["x", "[1]", '{"active": 5}', "{}", "[" * 100_000, "null", '{"active": "champion", "since": "x"}',
     '{"active": "champion", "drift_streak": []}', '{"champion_fault": 3}'],
)  # fmt: skip
def test_a_damaged_serving_state_means_that_the_champion_answers(db, value):
    db.connection.execute("INSERT INTO state (key, value) VALUES (?, ?)", (ServingController.KEY, value))
    serving = ServingController(db)
    assert serving.current() == ServingState()
    serving.report(ModelFault("champion", "model-missing", message("gone")))
    assert serving.current().active == "fallback"


def test_a_value_of_another_kind_is_its_default(db):
    state = KeyValueStore(db)
    for value, default in (([], 0), ("x", 0), (3, {}), ({}, []), (None, 1), ([], {})):
        state.set("a", value)
        assert state.get("a", default) == default
    assert state.add("a") == 1


@pytest.mark.parametrize("value", [None, "x", float("nan"), float("inf"), -1, 1e12, b""])
def test_a_time_has_a_date(value):
    with pytest.raises(ValueError, match="no time"):
        moment(value)
