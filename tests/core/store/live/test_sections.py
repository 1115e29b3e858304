from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from genre_desktop.core.store.database import Database
from genre_desktop.core.store.live.sections import LiveSections
from genre_desktop.core.store.predictions import forget_everything
from tests.core.listening.samples import BEGAN, line, taken


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = Database(tmp_path / "store.db")
    yield db
    db.close()


def test_sections_come_back_as_they_went(db: Database) -> None:
    sections = [line(0.0, "rock", label="Zydeco"), line(60.0, "jazz", **taken(50.5)), line(120.0, "")]
    LiveSections(db).change([], sections)
    assert LiveSections(db).newest() == sections
    assert LiveSections(db).newest(1) == sections[-1:]


def test_a_section_that_grew_replaces_itself_and_others_are_deleted(db: Database) -> None:
    first, second = line(0.0), line(60.0)
    longer = line(60.0, duration_s=90.0)
    LiveSections(db).change([], [first, second])
    LiveSections(db).change([first.id], [longer])
    assert LiveSections(db).newest() == [longer]
    LiveSections(db).clear()
    assert LiveSections(db).newest() == []


def test_old_ones_and_all_above_a_number_are_trimmed(db: Database) -> None:
    sections = [line(60.0 * place) for place in range(10)]
    LiveSections(db).change([], sections)
    assert LiveSections(db).trim() == 0
    assert LiveSections(db).trim(BEGAN + 90.0) == 2
    assert LiveSections(db).trim(most=5) == 3
    assert LiveSections(db).newest() == sections[-5:]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("started", float("inf")), ("kind", "applause"), ("tags", "[["), ("tags", '[["a"]]'), ("takes", "7"),
        ("duration_s", "long"), ("label", b"\xff"), ("confidence", 1e999),
    ],
)  # fmt: skip
def test_a_damaged_row_is_left_out(db: Database, column: str, value: object) -> None:
    LiveSections(db).change([], [line(0.0), line(60.0)])
    with db.transaction() as connection:
        connection.execute(
            f"UPDATE live_sections SET {column} = ? WHERE id = ?",
            (value, line(0.0).id),
        )
    assert LiveSections(db).newest() == [line(60.0)]


def test_it_is_emptied_with_the_store(db: Database) -> None:
    LiveSections(db).change([], [line(0.0)])
    forget_everything(db)
    assert LiveSections(db).newest() == []
