"""Times and durations as text."""

from __future__ import annotations

import pytest

from genre_desktop.app.i18n.time_format import (
    format_duration,
    format_future,
    format_past,
    milliseconds,
    moment,
)

NOW = 1_700_000_000.0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 second"), (45, "45 seconds"), (60, "60 seconds"), (100, "2 minutes"), (3600, "60 minutes"),
        (7200, "2 hours"), (86_400, "1 day"), (200_000, "2 days"),
    ],
)  # fmt: skip
def test_a_span(seconds: float, words: str) -> None:
    assert format_duration(seconds) == words


def test_the_past() -> None:
    assert format_past(None, NOW) == ""
    assert format_past(NOW - 3, NOW) == "just now"
    assert format_past(NOW - 300, NOW) == "5 minutes ago"
    assert format_past(NOW - 900_000, NOW) == moment(NOW - 900_000) != ""


def test_the_future() -> None:
    assert format_future(None, NOW) == ""
    assert format_future(NOW - 5, NOW) == "in a moment"
    assert format_future(NOW + 7200, NOW) == "in 2 hours"
    assert format_future(NOW + 900_000, NOW) == moment(NOW + 900_000) != ""


def test_milliseconds() -> None:
    assert [milliseconds(value) for value in (420.4, 3100.0, float("nan"))] == ["420 ms", "3.1 s", "–"]
