"""Changes of the library that can be undone; the window's page has further tests."""

from __future__ import annotations

import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.own_files.damaged_rows import left_out
from genre_desktop.core.store.library import Library
from genre_desktop.core.store.library_edits import ClipList
from tests.core.store.test_library import clip


def test_a_new_label_is_cleaned_and_one_that_shows_nothing_refused(db):
    Library(db).put(clip(1), "1")
    clips = ClipList(db)
    change = clips.relabel(clips.entries(), "Pol\x1b[31mka\u202e")
    assert (change.label, clips.entries()[0].label) == ("Polka", "Polka")
    with pytest.raises(AppError) as caught:
        clips.relabel(clips.entries(), "\u200b")
    assert caught.value.problem.code == "empty-label"
    clips.undo_relabel(change)
    assert clips.entries()[0].label == "rock"


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("clips", "label"), ("clips", "group_key"), ("clips", "added"),
        ("corrections", "label"), ("corrections", "path"), ("corrections", "time"),
    ],
)  # fmt: skip
def test_damaged_rows_are_left_out_and_counted(db, table, column):
    Library(db).put(clip(1), "1")
    Library(db).put(clip(2), "2")
    for number in (1, 2):
        db.connection.execute(
            "INSERT INTO corrections (id, time, clip_hash, path, predicted, label, model_version) "
            "VALUES (?, 1.0, ?, '/a.wav', 'jazz', 'blues', '1')",
            (number, f"other {number}"),
        )
    assert len(ClipList(db).entries()) == 4
    db.connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = 1", (b"no text",))
    assert len(ClipList(db).entries()) == 3
    assert left_out(db.path) == {table: 1}


def test_the_correction_of_a_damaged_clip_is_shown_alone(db):
    Library(db).put(clip(1), "1")
    db.connection.execute(
        "INSERT INTO corrections (id, time, clip_hash, path, predicted, label, model_version) "
        "SELECT 7, 1.0, content_hash, path, 'jazz', 'blues', '1' FROM clips"
    )
    assert [(entry.clip_id, entry.correction.id) for entry in ClipList(db).entries()] == [(1, 7)]
    db.connection.execute("UPDATE clips SET group_key = ?", (b"no text",))
    assert [(entry.clip_id, entry.label) for entry in ClipList(db).entries()] == [(0, "blues")]
