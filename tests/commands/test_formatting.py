from __future__ import annotations

import pytest

from genre_desktop.commands import formatting
from genre_desktop.core.errors import Problem


def test_names_cannot_move_the_columns_of_a_table() -> None:
    rows = [("a\x1b[31m\nb", "1"), ("x" * 10_000, "2"), ("日" * 10_000, "3")]
    lines = formatting.table(rows, right=(1,))
    assert lines[0].startswith("a\\x1b[31m\\nb ")
    assert lines[1].startswith("xxx")
    assert "x…  2" in lines[1]
    assert "日…" in lines[2]
    assert {formatting.width(line) for line in lines} == {formatting.WIDEST + 3}


def test_width_counts_columns() -> None:
    assert formatting.width("abc") == 3
    assert formatting.width("日本") == 4
    assert formatting.width("e\u0301") == 1
    assert formatting.width("🎸") == 2


def test_columns_line_up_whatever_the_script() -> None:
    lines = formatting.table([("genre", "n"), ("日本", "7"), ("jazz", "123")], right=(1,))
    assert lines == ["genre    n", "日本     7", "jazz   123"]
    assert {formatting.width(line) for line in lines} == {10}
    assert formatting.table([]) == []
    assert formatting.table([("a", ""), ("bb", "")]) == ["a", "bb"]


@pytest.mark.parametrize(
    ("share", "shown"), [(0.0, "0 %"), (0.071, "7 %"), (0.995, "99 %"), (0.9999, "99 %"), (1.0, "100 %")]
)
def test_percent(share: float, shown: str) -> None:
    assert formatting.percent(share) == shown


@pytest.mark.parametrize(("seconds", "shown"), [(7.9, "0:07"), (205, "3:25"), (3725, "1:02:05"), (0, "0:00")])
def test_clock(seconds: float, shown: str) -> None:
    assert formatting.clock(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0.045, "45 ms"), (3.21, "3.2 s"), (250, "4 min"), (4800, "1 h 20 min")]
)
def test_lasting(seconds: float, shown: str) -> None:
    assert formatting.format_duration(seconds) == shown


def test_sentence_and_count() -> None:
    assert formatting.sentence(Problem("c", title="What", reason="Why.", hint="Next.")) == "What: Why. Next."
    assert formatting.sentence(Problem("c", title="What", reason="Why.")) == "What: Why."
    assert [formatting.count(n, "file") for n in (0, 1, 2)] == ["0 files", "1 file", "2 files"]
    assert formatting.count(2, "copy", "copies") == "2 copies"
