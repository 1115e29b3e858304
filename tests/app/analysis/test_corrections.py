"""The user's word for answers, with a real store."""

from __future__ import annotations

from pathlib import Path

import pytest

from genre_desktop.app.analysis.corrections import CorrectionService
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.core.errors import AppError
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from tests.fixtures.qt import answer


@pytest.fixture
def rows(db: Database) -> list[ResultRow]:
    found = []
    for key, name in enumerate(("a.mp3", "b.mp3")):
        one = answer(name, "jazz", clip_hash=f"hash {name}")
        number = PredictionLog(db).add(one, "file")
        found.append(ResultRow(key, Path(name), State.DONE, one, prediction_id=number))
    return found


@pytest.fixture
def service(db: Database) -> CorrectionService:
    return CorrectionService(lambda: db, lambda row: None)


def test_a_typed_genre_is_cleaned(service: CorrectionService, rows: list[ResultRow]) -> None:
    service.apply(rows, " Pol\x1b[31mka\u202e\x00 ")
    assert [row.label for row in rows] == ["Polka", "Polka"]
    service.apply(rows[:1], "POLKA\u200b")
    assert rows[0].label == "Polka"


@pytest.mark.parametrize(
    ("typed", "code"), [("  ", "empty-label"), ("\u200b", "empty-label"), ("x" * 201, "label-too-long")]
)
def test_one_that_is_no_name_is_refused(
    service: CorrectionService, rows: list[ResultRow], db: Database, typed: str, code: str
) -> None:
    with pytest.raises(AppError) as caught:
        service.apply(rows, typed)
    assert caught.value.problem.code == code
    assert Corrections(db).latest() == []


def test_genres_that_older_versions_stored_are_offered_clean(
    service: CorrectionService, rows: list[ResultRow], db: Database
) -> None:
    service.apply(rows, "Polka")
    db.connection.execute("UPDATE corrections SET label = 'Pol' || char(27) || '[31mka'")
    assert service.labels()[-1] == "Polka"
    service.apply(rows, "polka")
    assert [row.label for row in rows] == ["Polka", "Polka"]
