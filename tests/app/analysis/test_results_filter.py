"""Filtering and sorting: the rules of :class:`.ResultsFilter` and the columns that they read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.app.analysis.group_row import Grouping, group_of
from genre_desktop.app.analysis.results_filter import ResultsFilter
from genre_desktop.app.analysis.row_columns import SORTED_BY, RowColumns
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.i18n.key_names import key_words
from genre_desktop.app.i18n.tag_names import sort_word, tags_found
from genre_desktop.core.music.keys import key_of
from genre_desktop.core.music_tags import GROUPS, TAGS, TagGroup
from genre_desktop.core.types import GENRES, SongTags, TagScore
from tests.app.analysis.test_rows import failed, row, spoken
from tests.fixtures.qt import GONE, answer


def arranged(view: ResultsFilter, rows: list[ResultRow]) -> list[ResultRow]:
    return [rows[position] for position in view.arrange(RowColumns(rows)).tolist()]


def keys(view: ResultsFilter, rows: list[ResultRow]) -> list[int]:
    return [shown.key for shown in arranged(view, rows)]


@pytest.mark.parametrize(
    ("search", "expected"),
    [("", [1, 2, 3]), ("SUMMER", [1]), ("jazz", [2]), ("music rain", [1]), ("not found", [3]), ("zebra", [])],
)
def test_search_looks_at_paths_genres_and_problems(search: str, expected: list[int]) -> None:
    rows = [row(1, "Summer Rain.mp3", "rock"), row(2, "b.mp3", "jazz"), failed(3)]
    assert keys(ResultsFilter(search=search), rows) == expected


def tagged(key: int, *tags: str) -> ResultRow:
    made = row(key, f"{key}.mp3", "rock", 0.9)
    made.answer = answer(made.path, "rock", 0.9, tags=tuple(TagScore(tag, 0.5) for tag in tags))
    return made


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


def test_filters_for_genre_and_state() -> None:
    rows = [row(1, genre="rock"), row(2, genre="jazz"), failed(3), row(4)]
    assert keys(ResultsFilter(genre="jazz"), rows) == [2]
    assert keys(ResultsFilter(states=frozenset({State.FAILED})), rows) == [3]


def test_answers_worth_a_look_are_unsure_or_unusual_and_not_yet_judged() -> None:
    sure, unsure, odd, judged = (row(n, genre="rock", confidence=0.9) for n in range(4))
    unsure.answer = answer(unsure.path, "rock", 0.4)
    odd.answer = answer(odd.path, "rock", 0.9, unusual=True)
    judged.answer, judged.label = answer(judged.path, "rock", 0.4), "rock"
    shown = arranged(ResultsFilter(doubtful=True), [sure, unsure, odd, judged, row(4), failed(5)])
    assert shown == [unsure, odd]


def test_speech_is_sorted_filtered_and_searched_as_a_genre_is() -> None:
    rows = [spoken(1), row(2, genre="rock"), row(3, genre="jazz"), row(4)]
    assert keys(ResultsFilter(sort="genre"), rows) == [3, 2, 1, 4]
    assert keys(ResultsFilter(genre="speech"), rows) == [1]
    assert keys(ResultsFilter(search="Speech"), rows) == [1]


def test_a_filter_knows_whether_it_leaves_rows_out() -> None:
    assert ResultsFilter().passes_all
    assert ResultsFilter(search=" ", sort="genre", descending=True).passes_all
    for limited in (
        ResultsFilter(search="a"),
        ResultsFilter(genre="jazz"),
        ResultsFilter(tag="rock"),
        ResultsFilter(states=frozenset({State.DONE})),
        ResultsFilter(doubtful=True),
    ):
        assert not limited.passes_all


def test_without_sorting_rows_stay_as_they_came() -> None:
    rows = [row(2), row(1), row(3)]
    assert arranged(ResultsFilter(), rows) == rows
    assert arranged(ResultsFilter(descending=True), rows) == rows[::-1]


@pytest.mark.parametrize("descending", [False, True])
def test_rows_without_a_value_come_last_either_way(descending: bool) -> None:
    rows = [row(1), row(2, genre="rock", confidence=0.4), failed(3), row(4, genre="pop", confidence=0.9)]
    found = keys(ResultsFilter(sort="confidence", descending=descending), rows)
    assert found == ([4, 2, 1, 3] if descending else [2, 4, 1, 3])


def tag_words(row: ResultRow, group: TagGroup | None = None) -> tuple[str, ...]:
    return tuple(word for score in row.tags if (word := sort_word(score.tag, group)))


SORT_KEYS: dict[str, Callable[[ResultRow], object]] = {
    "file": lambda row: row.name.casefold(),
    "genre": lambda row: row.genre_or_kind,
    "confidence": lambda row: row.confidence,
    "runner_up": lambda row: row.runner_up,
    "duration": lambda row: row.duration_s,
    "model": lambda row: row.model,
    "status": lambda row: list(State).index(row.state),
    "tags": tag_words,
    **{group: partial(tag_words, group=group) for group in GROUPS},
    "bpm": lambda row: row.bpm,
    "key": lambda row: key.wheel_place if (key := key_of(row.music_key)) else None,
    "title": lambda row: row.song.title.casefold(),
    "artist": lambda row: row.song.artist.casefold(),
    "album": lambda row: row.song.album.casefold(),
    "file_genre": lambda row: row.song.genre.casefold(),
}
"""What each column is sorted by, row by row; rows without a value come last."""


@st.composite
def any_row(draw: st.DrawFn) -> ResultRow:
    name = draw(st.sampled_from(("a.mp3", "B.mp3", "Ä.flac", "ß.ogg", "b/a.mp3")))
    made = row(0, name)
    if draw(st.booleans()):
        tags = draw(st.lists(st.sampled_from((*TAGS, "new tag")), max_size=4, unique=True))
        scores = tuple(TagScore(tag, 0.5) for tag in tags)
        genre, confidence = draw(st.sampled_from(GENRES)), draw(st.sampled_from((0.0, 0.25, 0.5, 1.0)))
        music = {
            "bpm": draw(st.sampled_from((None, 60.0, 119.96, 120.4))),
            "key": draw(st.sampled_from(("", "A minor", "C major", "D♭ major"))),
            "song": SongTags(*(draw(st.sampled_from(("", "Own", "ÄX/Y", "jazz"))) for _ in range(4))),
        }
        made.state, made.answer = State.DONE, answer(made.path, genre, confidence, tags=scores, **music)
    elif draw(st.booleans()):
        made.state, made.problem = State.FAILED, GONE
    made.label = draw(st.sampled_from((None, "", "jazz", "My own"))) if made.answer else None
    return made


@given(st.lists(any_row(), max_size=30), st.sampled_from(SORTED_BY), st.booleans())
def test_sorting_is_that_of_the_rows_one_by_one(rows: list[ResultRow], sort: str, descending: bool) -> None:
    key = SORT_KEYS[sort]
    known = [row for row in rows if key(row) not in (None, "", ())]
    known.sort(key=key, reverse=descending)  # type: ignore[arg-type]
    missing = [row for row in rows if key(row) in (None, "", ())]
    assert arranged(ResultsFilter(sort=sort, descending=descending), rows) == known + missing


WORDS = ("a", "jazz", "own", "music b", "house", "ss", "not found", "new", "äx/y", "8a", "minor 8a")


@given(st.lists(any_row(), max_size=30), st.sampled_from(WORDS))
def test_searching_is_that_of_the_rows_one_by_one(rows: list[ResultRow], search: str) -> None:
    def found(row: ResultRow, word: str) -> bool:
        title = row.problem.title if row.problem else ""
        song = row.song
        texts = row.location, row.genre, row.runner_up, title, song.title, song.artist, song.album, song.genre
        return (
            word in "\n".join(texts).casefold()
            or word in key_words(row.music_key)
            or any(score.tag in tags_found(word) for score in row.tags)
        )

    expected = [row for row in rows if all(found(row, word) for word in search.split())]
    assert arranged(ResultsFilter(search=search), rows) == expected


@given(st.lists(any_row(), min_size=1, max_size=9), st.data())
def test_columns_follow_changes_and_removals(rows: list[ResultRow], data: st.DataObject) -> None:
    for key, each in enumerate(rows):
        each.key = key
    columns = RowColumns(rows)
    changed = data.draw(st.sampled_from(rows))
    changed.state, changed.answer = (
        State.DONE,
        answer(changed.path, "disco", 0.75, tags=(TagScore("funk", 1.0),)),
    )
    columns.update(changed)
    kept = data.draw(st.lists(st.sampled_from(range(len(rows))), unique=True))
    columns.keep(np.array(sorted(kept), np.intp))
    left = [rows[place] for place in sorted(kept)]
    assert columns.rows == left
    assert [columns.position(each) for each in left] == list(range(len(left)))
    assert columns.genres == {each.genre_or_kind for each in left}
    assert columns.tags == {score.tag for each in left for score in each.tags} - {"new tag"}
    for sort in SORTED_BY:
        view = ResultsFilter(sort=sort)
        assert [columns.rows[place] for place in view.arrange(columns)] == arranged(view, left)


def test_keys_and_tempi_are_searched() -> None:
    rows = [row(n, f"{n}.mp3", "rock") for n in range(5)]
    measured = (("A minor", 119.6), ("C major", 120.4), ("A minor", 121.0), ("", None))
    for each, (key, bpm) in zip(rows, measured, strict=False):
        each.answer = answer(each.path, "rock", key=key, bpm=bpm)
    assert keys(ResultsFilter(search="8a"), rows) == [0, 2]
    assert keys(ResultsFilter(search="A minor"), rows) == [0, 2]
    assert keys(ResultsFilter(search="8B"), rows) == [1]
    assert keys(ResultsFilter(search="120bpm"), rows) == [0, 1]
    assert keys(ResultsFilter(search="8a 120-125BPM"), rows) == [0, 2]
    assert keys(ResultsFilter(search="121–140bpm"), rows) == [2]
    rows[4].answer = answer("/music/mix 120bpm.mp3", "rock")
    named = row(5, "mix 120bpm.mp3", "rock")
    assert keys(ResultsFilter(search="120bpm"), [*rows, named]) == [0, 1, 5]


@given(
    st.lists(any_row(), max_size=30),
    st.sampled_from(("", "confidence", "title")),
    st.sampled_from(("folder", "album")),
)
def test_grouping_keeps_the_order_in_each_group_and_of_the_first_rows(
    rows: list[ResultRow], sort: str, by: Grouping
) -> None:
    def group(row: ResultRow) -> str:
        return group_of(row.location, row.song.album if by == "album" else "")[1]

    plain = arranged(ResultsFilter(sort=sort), rows)
    expected: dict[str, list[ResultRow]] = {}
    for each in plain:
        expected.setdefault(group(each), []).append(each)
    found = ResultsFilter(sort=sort, group=by).arrange(RowColumns(rows)).tolist()
    starts = [place for place, position in enumerate(found) if position < 0]
    parts = [
        [rows[position] for position in found[start + 1 : end]]
        for start, end in pairwise([*starts, len(found)])
    ]
    assert parts == list(expected.values())
    assert len({found[start] for start in starts}) == len(starts)


def test_rows_that_came_late_go_to_their_places() -> None:
    columns = RowColumns([row(5), row(6), row(-1), row(0)])
    order = columns.in_order()
    assert order is not None
    columns.keep(order)
    assert [each.key for each in columns.rows] == [-1, 0, 5, 6]
    assert columns.in_order() is None
    assert columns.position(row(5)) == 2
    assert columns.position(row(4)) is None
