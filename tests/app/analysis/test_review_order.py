from __future__ import annotations

from genre_desktop.app.analysis.review_order import extract_start, teaching_order
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.core.types import GenreScore, Segment
from tests.fixtures.qt import answer


def row(key: int, first: str, second: str, margin: float) -> ResultRow:
    top = (GenreScore(first, 0.4 + margin / 2), GenreScore(second, 0.4 - margin / 2))
    return ResultRow(key, f"/{key}.mp3", State.DONE, answer(f"/{key}.mp3", first, 0.4, top=top))


def test_the_least_certain_come_first_and_pairs_of_genres_take_turns() -> None:
    rows = [
        row(1, "rock", "metal", 0.01),
        row(2, "rock", "metal", 0.02),
        row(3, "rock", "metal", 0.2),
        row(4, "jazz", "blues", 0.3),
        row(5, "rock", "pop", 0.05),
        row(6, "rock", "pop", 0.04),
    ]
    assert [each.key for each in teaching_order(rows)] == [1, 6, 4, 2, 5, 3]


def test_an_answer_of_one_genre_is_certain() -> None:
    alone = ResultRow(1, "/a", State.DONE, answer("/a", "rock", 1.0, top=(GenreScore("rock", 1.0),)))
    assert [each.key for each in teaching_order([alone, row(2, "jazz", "pop", 0.9)])] == [2, 1]


def test_the_extract_is_the_middle_of_the_clearest_section_of_the_genre() -> None:
    sections = (
        Segment(0.0, 30.0, "rock", 0.5), Segment(30.0, 60.0, "rock", 0.8), Segment(60.0, 90.0, "jazz", 0.95),
    )  # fmt: skip
    assert extract_start(answer("/a", "rock", segments=sections)) == 40.0
    short = (Segment(50.0, 54.0, "rock", 0.9),)
    assert extract_start(answer("/a", "rock", segments=short)) == 50.0
    assert extract_start(answer("/a", "rock", segments=())) == 25.0
