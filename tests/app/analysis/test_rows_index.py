from __future__ import annotations

from pathlib import Path

import pytest

from genre_desktop.app.analysis.rows import ResultRow, RowIndex, State
from genre_desktop.audio.file_discovery import Unreadable
from genre_desktop.core.types import Analysis, Answer
from tests.fixtures.qt import GONE, answer

A, B = Path("/m/a"), Path("/m/b")


@pytest.fixture
def index() -> RowIndex:
    return RowIndex()


def test_new_files_get_rows_in_their_order_and_are_analysed(index: RowIndex) -> None:
    result = index.add([A, B])
    assert [(row.key, row.path) for row in result.added] == [(1, A), (2, B)]
    assert result.to_read == result.added
    assert result.changed == []
    assert result.shown is result.added[0]


def test_a_file_has_one_row_however_often_it_is_opened(index: RowIndex) -> None:
    first = index.add([A])
    again = index.add([A, A])
    assert (again.added, again.to_read, again.changed) == ([], [], [])
    assert again.shown is first.added[0]


@pytest.mark.parametrize("state", [State.FAILED, State.CANCELLED, State.INTERRUPTED])
def test_a_file_without_an_answer_is_analysed_again_when_opened_again(index: RowIndex, state: State) -> None:
    (row,) = index.add([A]).added
    row.state = state
    result = index.add([A])
    assert (result.added, result.to_read, result.changed) == ([], [row], [row])


def test_unreadable_folders_get_failed_rows_and_are_not_analysed(index: RowIndex) -> None:
    locked = Unreadable(Path("/m/locked"), GONE)
    result = index.add([locked])
    (row,) = result.added
    assert (row.state, row.problem, result.to_read) == (State.FAILED, GONE, [])
    again = index.add([locked])
    assert (again.added, again.to_read, again.changed) == ([], [], [row])


def test_removed_rows_are_new_when_they_are_opened_again(index: RowIndex) -> None:
    one, other = index.add([A, B]).added
    index.remove([other])
    assert (index.row_of(A), index.row_of(B), index.rows) == (one, None, [one])
    (fresh,) = index.add([B]).added
    assert fresh.key == 3
    assert index.restore([other]) == []  # it has another row since


def test_a_row_gets_the_outcome_of_an_analysis() -> None:
    row = ResultRow(1, A, fraction=0.5)
    row.apply_analysis(Analysis(Answer("/m/a", error=GONE)))
    assert (row.state, row.problem, row.answer, row.fraction) == (State.FAILED, GONE, None, None)
    row.apply_analysis(Analysis(answer("/m/a"), prediction_id=4))
    assert (row.state, row.problem, row.genre, row.prediction_id) == (State.DONE, None, "rock", 4)


def test_a_row_that_enters_another_state_resets_progress_and_problem() -> None:
    row = ResultRow(1, A, State.FAILED, problem=GONE, fraction=0.5)
    assert not row.enter(State.FAILED)
    assert row.problem is GONE
    assert row.enter(State.WAITING)
    assert (row.state, row.problem, row.fraction) == (State.WAITING, None, None)
