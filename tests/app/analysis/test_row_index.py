from __future__ import annotations

from pathlib import Path

import pytest

from genre_desktop.app.analysis.checkpoints import CheckpointWriter, FoundFile
from genre_desktop.app.analysis.file_search import FoundFiles
from genre_desktop.app.analysis.row_index import RowIndex, apply_analysis
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.audio.file_discovery import Unreadable
from genre_desktop.core.types import Analysis, Answer
from tests.fixtures.qt import GONE, answer


class Notes(CheckpointWriter):
    """A keeper that writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, int, object]] = []

    def add(self, search: int, path: Path, mark: str, analysis: Analysis) -> None:
        self.told.append(("add", search, mark))

    def close(self, search: int, *, finished: bool) -> None:
        self.told.append(("close", search, finished))


@pytest.fixture
def piles() -> RowIndex:
    return RowIndex(Notes())


def told(piles: RowIndex) -> list[tuple[str, int, object]]:
    assert isinstance(piles.keeper, Notes)
    return piles.keeper.told


def sight(name: str, kept: Analysis | None = None) -> FoundFile:
    return FoundFile(Path("/m") / name, f"mark of {name}", kept)


def read(piles: RowIndex, row: ResultRow) -> None:
    analysis = Analysis(answer(row.path))
    apply_analysis(row, analysis)
    piles.answered(row, analysis)


def test_a_folder_is_finished_when_all_was_found_and_read(piles: RowIndex) -> None:
    rows = piles.take(FoundFiles(1, (sight("a"), sight("b")))).to_read
    read(piles, rows[0])
    piles.complete(1)
    assert told(piles) == [("add", 1, "mark of a")]
    read(piles, rows[1])
    assert told(piles)[1:] == [("add", 1, "mark of b"), ("close", 1, True)]


def test_reading_may_be_faster_than_finding(piles: RowIndex) -> None:
    (row,) = piles.take(FoundFiles(1, (sight("a"),))).to_read
    read(piles, row)
    assert told(piles) == [("add", 1, "mark of a")]
    piles.complete(1)
    assert told(piles)[-1] == ("close", 1, True)


def test_a_file_has_one_row_however_often_it_is_opened(piles: RowIndex) -> None:
    first = piles.take(FoundFiles(1, (sight("a"),)))
    again = piles.take(FoundFiles(2, (sight("a"),)))
    assert (again.fresh, again.to_read) == ([], [])
    assert again.shown is first.fresh[0]


def test_a_file_that_failed_is_tried_again_when_opened_again(piles: RowIndex) -> None:
    (row,) = piles.take(FoundFiles(1, (sight("a"),))).fresh
    row.state = State.FAILED
    assert piles.take(FoundFiles(2, (sight("a"),))).to_read == [row]


def test_unreadable_folders_and_kept_answers_are_rows_that_need_no_reading(piles: RowIndex) -> None:
    kept = sight("kept.mp3", Analysis(answer("/m/kept.mp3", "jazz")))
    result = piles.take(FoundFiles(1, (Unreadable(Path("/m/locked"), GONE), kept)))
    locked, known = result.fresh
    assert (locked.state, locked.problem) == (State.FAILED, GONE)
    assert (known.state, known.genre) == (State.DONE, "jazz")
    assert (result.to_read, result.answered) == ([], 1)


def test_rows_taken_off_the_list_are_not_waited_for(piles: RowIndex) -> None:
    one, other = piles.take(FoundFiles(1, (sight("a"), sight("b")))).to_read
    piles.complete(1)
    read(piles, one)
    piles.remove([other])
    assert told(piles)[-1] == ("close", 1, True)
    assert piles.take(FoundFiles(2, (sight("b"),))).fresh != []


def test_an_interrupted_folder_is_closed_unfinished(piles: RowIndex) -> None:
    (row,) = piles.take(FoundFiles(1, (sight("a"),))).to_read
    piles.interrupt()
    piles.complete(1)
    piles.answered(row, Analysis(answer(row.path)))
    assert told(piles) == [("close", 1, False)]


def test_settling_a_row() -> None:
    row = ResultRow(1, Path("/m/a"), fraction=0.5)
    apply_analysis(row, Analysis(Answer("/m/a", error=GONE)))
    assert (row.state, row.problem, row.answer, row.fraction) == (State.FAILED, GONE, None, None)
    apply_analysis(row, Analysis(answer("/m/a")))
    assert (row.state, row.problem, row.genre) == (State.DONE, None, "rock")
