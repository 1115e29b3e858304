from __future__ import annotations

from pathlib import Path

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.core.types import GENRES, Answer
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


def test_a_corrected_row_has_no_confidence_in_the_user_s_genre() -> None:
    row_ = row(1, genre="jazz", confidence=0.75)
    row_.label = "jazz"
    assert row_.confidence == 0.75
    row_.label = "blues"
    assert (row_.genre, row_.confidence) == ("blues", None)


def test_the_genre_in_the_file_can_change_and_the_answer_stays() -> None:
    done = row(1, genre="jazz")
    assert done.set_file_genre("Cool jazz")
    assert not done.set_file_genre("Cool jazz")
    assert (done.song.genre, done.genre) == ("Cool jazz", "jazz")
    assert done.answer is not None
    assert done.answer.song.genre == "Cool jazz"
    assert not row(2).set_file_genre("Rock")


def test_an_answer_of_another_style_is_worth_a_look() -> None:
    other = row(1, genre="disco", confidence=0.9)
    other.answer = answer(other.path, "disco", 0.9, style="electronic")
    assert other.doubtful


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
