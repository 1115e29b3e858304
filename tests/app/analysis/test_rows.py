from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.app.analysis.rows import SORT_KEYS, ResultRow, ResultsFilter, State
from genre_desktop.core.types import GENRES, Answer, TagScore
from tests.fixtures.qt import GONE, answer


def row(key: int, name: str = "song.mp3", genre: str = "", confidence: float = 0.5) -> ResultRow:
    made = ResultRow(key, Path("/music") / name)
    if genre:
        made.state, made.answer = State.DONE, answer(made.path, genre, confidence)
    return made


def failed(key: int) -> ResultRow:
    return ResultRow(key, Path("/music/gone.mp3"), State.FAILED, problem=GONE)


def test_a_row_without_an_answer_is_empty_but_named() -> None:
    fresh = row(1, "Å ä.mp3")
    assert (fresh.name, fresh.genre, fresh.confidence, fresh.runner_up, fresh.duration_s, fresh.model) == (
        "Å ä.mp3", "", None, "", None, "",
    )  # fmt: skip


def test_a_row_shows_its_answer() -> None:
    done = row(1, genre="jazz", confidence=0.75)
    assert (done.genre, done.confidence, done.duration_s, done.model) == ("jazz", 0.75, 60.0, "champion v1")
    assert done.runner_up in GENRES
    assert done.runner_up != "jazz"


@pytest.mark.parametrize(
    ("search", "expected"),
    [("", [1, 2, 3]), ("SUMMER", [1]), ("jazz", [2]), ("music rain", [1]), ("not there", [3]), ("zebra", [])],
)
def test_search_looks_at_paths_genres_and_problems(search: str, expected: list[int]) -> None:
    rows = [row(1, "Summer Rain.mp3", "rock"), row(2, "b.mp3", "jazz"), failed(3)]
    assert [shown.key for shown in ResultsFilter(search=search).arrange(rows)] == expected


def tagged(key: int, *tags: str) -> ResultRow:
    made = row(key, f"{key}.mp3", "rock", 0.9)
    made.answer = answer(made.path, "rock", 0.9, tags=tuple(TagScore(tag, 0.5) for tag in tags))
    return made


def keys(view: ResultsFilter, rows: list[ResultRow]) -> list[int]:
    return [shown.key for shown in view.arrange(rows)]


def test_tags_are_searched_filtered_and_sorted_by_group() -> None:
    rows = [
        tagged(1, "instrumental", "house"),
        tagged(2, "sad", "soul"),
        tagged(3),
        tagged(4, "happy", "house"),
    ]
    assert keys(ResultsFilter(search="instrumental"), rows) == [1]
    assert keys(ResultsFilter(search="house happ"), rows) == [4]
    assert keys(ResultsFilter(tag="House"), rows) == [1, 4]
    assert keys(ResultsFilter(tag="Folk"), rows) == []
    assert keys(ResultsFilter(sort="style"), rows) == [1, 4, 2, 3]
    assert keys(ResultsFilter(sort="mood", descending=True), rows) == [2, 4, 1, 3]


def test_an_answer_of_another_style_is_worth_a_look() -> None:
    other = row(1, genre="disco", confidence=0.9)
    other.answer = answer(other.path, "disco", 0.9, style="electronic")
    assert other.doubtful


def test_filters_for_genre_and_state() -> None:
    rows = [row(1, genre="rock"), row(2, genre="jazz"), failed(3), row(4)]
    assert [shown.key for shown in ResultsFilter(genre="jazz").arrange(rows)] == [2]
    assert [shown.key for shown in ResultsFilter(states=frozenset({State.FAILED})).arrange(rows)] == [3]


def test_answers_worth_a_look_are_unsure_or_unusual_and_not_yet_judged() -> None:
    sure, unsure, odd, judged = (row(n, genre="rock", confidence=0.9) for n in range(4))
    unsure.answer = answer(unsure.path, "rock", 0.4)
    odd.answer = answer(odd.path, "rock", 0.9, unusual=True)
    judged.answer, judged.label = answer(judged.path, "rock", 0.4), "rock"
    shown = ResultsFilter(doubtful=True).arrange([sure, unsure, odd, judged, row(4), failed(5)])
    assert shown == [unsure, odd]


def spoken(key: int, confidence: float = 0.0) -> ResultRow:
    made = ResultRow(key, Path("/music/reading.mp3"), State.DONE)
    made.answer = Answer(str(made.path), confidence=confidence, kind="speech", unusual=True)
    return made


def test_speech_stands_in_the_genre_column_but_is_no_genre() -> None:
    row_ = spoken(1)
    assert (row_.kind, row_.genre_or_kind, row_.genre, row_.confidence) == ("speech", "speech", "", None)
    assert not row_.doubtful
    row_.label = "jazz"
    assert (row_.kind, row_.genre_or_kind, row_.genre) == ("music", "jazz", "jazz")
    assert row_.corrected


def test_speech_is_sorted_filtered_and_searched_as_a_genre_is() -> None:
    rows = [spoken(1), row(2, genre="rock"), row(3, genre="jazz"), row(4)]
    assert [r.key for r in ResultsFilter(sort="genre").arrange(rows)] == [3, 2, 1, 4]
    assert [r.key for r in ResultsFilter(genre="speech").arrange(rows)] == [1]
    assert [r.key for r in ResultsFilter(search="Speech").arrange(rows)] == [1]


def test_without_sorting_rows_stay_as_they_came() -> None:
    rows = [row(2), row(1), row(3)]
    assert ResultsFilter().arrange(rows) == rows
    assert ResultsFilter(descending=True).arrange(rows) == rows[::-1]


@pytest.mark.parametrize("descending", [False, True])
def test_rows_without_a_value_come_last_either_way(descending: bool) -> None:
    rows = [row(1), row(2, genre="rock", confidence=0.4), failed(3), row(4, genre="pop", confidence=0.9)]
    keys = [shown.key for shown in ResultsFilter(sort="confidence", descending=descending).arrange(rows)]
    assert keys == ([4, 2, 1, 3] if descending else [2, 4, 1, 3])


@given(st.lists(st.sampled_from(GENRES), max_size=30), st.sampled_from(sorted(SORT_KEYS)), st.booleans())
def test_sorting_is_a_stable_permutation(genres: list[str], sort: str, descending: bool) -> None:
    rows = [row(key, f"{genre}.mp3", genre) for key, genre in enumerate(genres)]
    arranged = ResultsFilter(sort=sort, descending=descending).arrange(rows)
    assert sorted(shown.key for shown in arranged) == list(range(len(rows)))
    key = SORT_KEYS[sort]
    for one, other in itertools.pairwise(arranged):
        if key(one) == key(other):
            assert one.key < other.key
        else:
            assert (key(one) < key(other)) is not descending  # type: ignore[operator]
