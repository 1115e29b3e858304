from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from genre_desktop.core.store.batch_checkpoints import BatchRequest, BatchRow, BatchStore, stamp
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog, forget_everything
from genre_desktop.core.types import Analysis, Answer
from tests.core.store.samples import answer

REQUEST = BatchRequest(("/music/a", "/music/\udcff"), recursive=True, model="fallback", mode="excerpt")


def row(path: str, genre: str = "rock", stamped: str = "1:2") -> BatchRow:
    return BatchRow(path, stamped, Analysis(Answer(path=path, genre=genre)))


@pytest.fixture
def batches(tmp_path: Path) -> BatchStore:
    return BatchStore(Database(tmp_path / "store.db"), clock=lambda: 100.0)


def test_a_request_comes_back_as_it_was() -> None:
    assert BatchRequest.from_key(REQUEST.key()) == REQUEST


def test_rows_are_found_by_path(batches: BatchStore) -> None:
    batch = batches.open(REQUEST)
    batches.add(batch, [row("/music/\udcff/x.wav"), row("/music/y.wav")])
    found, none = batches.find(batch, ["/music/\udcff/x.wav", "/music/z.wav"])
    assert found is not None
    assert found.answer.path == "/music/\udcff/x.wav"
    assert none is None
    paths = ["/music/\udcff/x.wav", "/music/y.wav", "/music/z.wav"]
    assert batches.stamps(batch, paths) == dict.fromkeys(paths[:2], "1:2")
    another = batches.open(REQUEST)
    assert batches.find(another, paths[:1]) == [None]
    assert batches.stamps(another, paths) == {}


def test_an_answer_that_is_remembered_is_kept_as_a_reference(tmp_path: Path) -> None:
    db = Database(tmp_path / "store.db")
    batches, log = BatchStore(db), PredictionLog(db)
    found = answer("y", path="y.wav")
    number = log.add(replace(found, path="/music/y.wav"), "batch")
    batch = batches.open(REQUEST)
    batches.add(batch, [BatchRow("y.wav", "1:2", Analysis(found, prediction_id=number))])
    assert db.connection.execute("SELECT answer FROM batch_rows").fetchone()["answer"] == ""
    (kept,) = batches.find(batch, ["y.wav"])
    assert kept == Analysis(replace(found, top=(), features=None), prediction_id=number)
    log.delete_before(time.time() + 1)
    assert batches.find(batch, ["y.wav"]) == [None]  # to be analysed once more
    db.close()


def test_a_row_that_is_redone_replaces_the_first(batches: BatchStore) -> None:
    batch = batches.open(REQUEST)
    batches.add(batch, [row("/a", "rock"), row("/a", "jazz", "1:9")])
    assert batches.stamps(batch, ["/a"]) == {"/a": "1:9"}
    (found,) = batches.find(batch, ["/a"])
    assert found is not None
    assert found.answer.genre == "jazz"


def test_unfinished_batches_are_listed_until_they_are_closed(batches: BatchStore) -> None:
    first, second = batches.open(REQUEST), batches.open(BatchRequest(("/b",)))
    batches.add(second, [row("/b/1"), row("/b/2")])
    assert [(b.id, b.done, b.started) for b in batches.unfinished()] == [
        (second, 2, 100.0),
        (first, 0, 100.0),
    ]
    assert batches.unfinished()[1].request == REQUEST
    batches.close(second)
    assert [b.id for b in batches.unfinished()] == [first]
    assert batches.find(second, ["/b/1"]) == [None]
    third = batches.open(BatchRequest(("/c",)))
    assert third == second  # nothing is left of it
    batches.close(third)
    assert batches.delete_before(100.0) == 0
    assert batches.delete_before(101.0) == 1


def test_rows_that_come_after_forgetting_everything_are_dropped(tmp_path: Path) -> None:
    database = Database(tmp_path / "store.db")
    batches = BatchStore(database)
    batch = batches.open(REQUEST)
    batches.add(batch, [row("/a")])
    forget_everything(database)
    batches.add(batch, [row("/b")])
    assert batches.unfinished() == []
    assert database.connection.execute("SELECT count(*) FROM batch_rows").fetchone()[0] == 0
    database.close()


def test_the_stamp_follows_the_content(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("1")
    os.utime(path, ns=(5, 5))
    before = stamp(path)
    assert before == "1:5"
    path.write_text("12")
    assert stamp(path) != before
    assert stamp(tmp_path / "missing") == ""
    assert stamp("nul\0byte") == ""
