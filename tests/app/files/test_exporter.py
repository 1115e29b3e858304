"""Answers of restored rows, which an export reads from the store; saving itself: tests/ui/window/test_file_actions_export.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.analysis.stored_row import StoredRow
from genre_desktop.app.files import exporter
from genre_desktop.app.files.exporter import results_of
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.results_list import ResultsListStore, StoredResult
from genre_desktop.core.types import Answer
from tests.fixtures.qt import GONE, answer


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = Database(tmp_path / "store.db")
    yield db
    db.close()


def restored(db: Database, n: int) -> tuple[list[StoredRow], list[Answer]]:
    """Restored rows, and their answers."""
    listing, log = ResultsListStore(db), PredictionLog(db)
    found = [answer(f"/music/{key}.mp3", "jazz") for key in range(n)]
    stored = [
        StoredResult(key, each.path, "done", b"", each, log.add(each, "file"))
        for key, each in enumerate(found)
    ]
    return [StoredRow(each.id, each, listing.answer) for each in stored], found


@pytest.mark.parametrize("whole", [True, False])
def test_stored_answers_are_read_in_chunks_and_not_kept(
    db: Database, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporter, "CHUNK", 2)
    rows, found = restored(db, 5)
    failed = ResultRow(7, "/music/gone.mp3", State.FAILED, problem=GONE)
    fresh = ResultRow(8, "/music/new.mp3", State.DONE, answer("/music/new.mp3", "rock"))
    results = list(results_of([*rows, failed, fresh], lambda: db, whole=whole))
    answers = [result.answer for result in results]
    assert [each.path for each in answers] == [each.path for each in found] + [
        failed.location,
        fresh.location,
    ]
    assert [each.top for each in answers[:5]] == [each.top for each in found]
    assert [bool(each.segments) for each in answers[:5]] == [whole] * 5
    assert all(row.unread for row in rows)


def test_a_damaged_answer_does_not_take_others_along(db: Database) -> None:
    rows, found = restored(db, 3)
    db.connection.execute("UPDATE predictions SET details = x'00' WHERE id = ?", (rows[1].prediction_id,))
    db.connection.execute("DELETE FROM predictions WHERE id = ?", (rows[2].prediction_id,))
    answers = [result.answer for result in results_of(rows, lambda: db)]
    assert [each.genre for each in answers] == ["jazz"] * 3
    assert answers[0].segments == found[0].segments
    assert answers[1] is rows[1].brief  # what the list shows


def test_a_result_has_the_genre_that_the_list_shows(db: Database) -> None:
    rows, _ = restored(db, 3)
    rows[0].label, rows[1].label = "blues", "jazz"
    results = list(results_of(rows, lambda: db))
    assert [(each.genre, each.answer.genre, each.corrected) for each in results] == [
        ("blues", "jazz", True), ("jazz", "jazz", False), ("jazz", "jazz", False),
    ]  # fmt: skip
    assert [each.genre for each in results] == [row.genre for row in rows]
