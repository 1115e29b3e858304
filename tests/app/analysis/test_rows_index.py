from __future__ import annotations

from pathlib import Path

import pytest

from genre_desktop.app.analysis.rows import Piles, ResultRow, State
from genre_desktop.audio.file_discovery import Unreadable
from genre_desktop.core.types import Analysis, Answer
from tests.fixtures.qt import GONE, answer

A, B = Path("/m/a"), Path("/m/b")


@pytest.fixture
def piles() -> Piles:
    return Piles()


def test_new_files_get_rows_in_their_order_and_are_read(piles: Piles) -> None:
    result = piles.take([A, B])
    assert [(row.key, row.path) for row in result.fresh] == [(1, A), (2, B)]
    assert result.to_read == result.fresh
    assert result.changed == []
    assert result.shown is result.fresh[0]


def test_a_file_has_one_row_however_often_it_is_opened(piles: Piles) -> None:
    first = piles.take([A])
    again = piles.take([A, A])
    assert (again.fresh, again.to_read, again.changed) == ([], [], [])
    assert again.shown is first.fresh[0]


@pytest.mark.parametrize("state", [State.FAILED, State.CANCELLED, State.INTERRUPTED])
def test_a_file_without_an_answer_is_tried_again_when_opened_again(piles: Piles, state: State) -> None:
    (row,) = piles.take([A]).fresh
    row.state = state
    result = piles.take([A])
    assert (result.fresh, result.to_read, result.changed) == ([], [row], [row])


def test_unreadable_folders_are_rows_that_need_no_reading(piles: Piles) -> None:
    locked = Unreadable(Path("/m/locked"), GONE)
    result = piles.take([locked])
    (row,) = result.fresh
    assert (row.state, row.problem, result.to_read) == (State.FAILED, GONE, [])
    again = piles.take([locked])
    assert (again.fresh, again.to_read, again.changed) == ([], [], [row])


def test_rows_taken_off_the_list_are_new_when_they_are_opened_again(piles: Piles) -> None:
    one, other = piles.take([A, B]).fresh
    piles.remove([other])
    assert (piles.row_of(A), piles.row_of(B), piles.rows) == (one, None, [one])
    (fresh,) = piles.take([B]).fresh
    assert fresh.key == 3
    assert piles.put_back([other]) == []  # it has another row since


def test_a_row_takes_over_an_analysis() -> None:
    row = ResultRow(1, A, fraction=0.5)
    row.apply_analysis(Analysis(Answer("/m/a", error=GONE)))
    assert (row.state, row.problem, row.answer, row.fraction) == (State.FAILED, GONE, None, None)
    row.apply_analysis(Analysis(answer("/m/a"), prediction_id=4))
    assert (row.state, row.problem, row.genre, row.prediction_id) == (State.DONE, None, "rock", 4)


def test_a_row_that_enters_another_state_forgets_how_far_the_last_one_was() -> None:
    row = ResultRow(1, A, State.FAILED, problem=GONE, fraction=0.5)
    assert not row.enter(State.FAILED)
    assert row.problem is GONE
    assert row.enter(State.WAITING)
    assert (row.state, row.problem, row.fraction) == (State.WAITING, None, None)
