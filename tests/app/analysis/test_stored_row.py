from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from genre_desktop.app.analysis.rows import State
from genre_desktop.app.analysis.stored_row import StoredRow
from genre_desktop.app.analysis.table_model import COLUMNS
from genre_desktop.core.store.results_list import StoredResult, pack, unpack
from genre_desktop.core.types import Analysis, Answer, SongTags, TagScore
from tests.fixtures.qt import GONE, answer

TAGS = (TagScore("soul", 0.9), TagScore("60s", 0.5), TagScore("female vocalists", 0.3))
MUSIC: dict[str, Any] = {"bpm": 97.3, "key": "B♭ major", "song": SongTags("Title", "Artist", "Album", "Jazz")}
WHOLE = answer("/music/a.mp3", "jazz", 0.9, warnings=("It ends early.",), clip_hash="h", tags=TAGS, **MUSIC)
BRIEF = replace(WHOLE, segments=(), probabilities=())


def whole(listed: StoredResult) -> Answer:
    return unpack(listed.packed).answer


def row(
    packed: bytes = b"", label: str = "", read: Callable[[StoredResult], Answer | None] = whole
) -> StoredRow:
    listed = StoredResult(1, "/music/a.mp3", "done", packed or pack(Analysis(WHOLE)), BRIEF, 5, label)
    return StoredRow(-3, listed, read)


def test_the_list_is_filled_without_reading_the_answer() -> None:
    stored = row(read=lambda listed: pytest.fail("not to be read"))
    words = [column.text(stored) for column in COLUMNS]
    assert words == [
        "a.mp3", "Jazz", "90 %", "Done", "Blues", "1:00", "champion v1",
        "Soul, 1960s, Female vocals", "Soul", "", "1960s", "Female vocals",
        "97.3", "6B · B♭ major", "Title", "Artist", "Album", "Jazz",
    ]  # fmt: skip
    assert (stored.clip_hash, stored.doubtful, stored.prediction_id) == ("h", True, 5)


def test_the_whole_answer_is_there_when_it_is_wanted_and_stays_the_same_one() -> None:
    stored = row(label="blues")
    assert stored.answer == WHOLE
    assert stored.answer is stored.answer
    assert stored.brief is stored.answer
    assert (stored.genre, stored.corrected) == ("blues", True)
    assert stored.packed == pack(Analysis(WHOLE))  # what is in the store stays as it is


def test_of_an_answer_that_cannot_be_understood_there_is_what_the_list_shows() -> None:
    assert row(packed=b"broken").answer is BRIEF


def test_of_an_answer_that_was_deleted_there_is_what_the_list_shows() -> None:
    assert row(read=lambda listed: None).answer is BRIEF


def test_once_it_is_read_again_only_the_new_answer_counts() -> None:
    stored = row()
    stored.apply_analysis(Analysis(answer("/music/a.mp3", "pop"), prediction_id=9))
    assert (stored.genre, stored.prediction_id, stored.packed) == ("pop", 9, b"")
    stored.apply_analysis(Analysis(replace(WHOLE, error=GONE)))
    assert (stored.state, stored.answer, stored.brief, stored.genre) == (State.FAILED, None, None, "")
