"""Changes of the library that can be undone; the window's page has further tests."""

from __future__ import annotations

import pytest

from genre_desktop.core.errors import AppError
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
