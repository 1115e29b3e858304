from __future__ import annotations

import logging
import sys

from genre_desktop.core.logs.formatter import ConsoleFormatter, FileFormatter
from genre_desktop.core.logs.reader import parse

FORGED = "x.mp3\n2026-01-01 10:00:00,1 ERROR home: forged\n10:00:00 forged\r\x1b[31m\u202e\x85\u2028"


def record(text: str, *values: object, trace: bool = False) -> logging.LogRecord:
    return logging.LogRecord("a", logging.WARNING, "f", 1, text, values, sys.exc_info() if trace else None)


def test_a_file_name_forges_no_record() -> None:
    text = FileFormatter().format(record("cannot read %s", FORGED))
    (found,) = parse(text)
    assert (found.level, found.source) == ("WARNING", "a")
    assert found.text.startswith("cannot read x.mp3\n 2026-01-01")
    assert all(line.isprintable() for line in text.split("\n"))


def test_nor_does_the_text_of_an_error() -> None:
    try:
        raise ValueError(FORGED)
    except ValueError:
        text = FileFormatter().format(record("it broke", trace=True))
    assert len(list(parse(text))) == 1
    assert "Traceback" in text
    assert all(line.isprintable() for line in text.split("\n"))


def test_a_terminal_gets_one_line_without_controls() -> None:
    try:
        raise ValueError(FORGED)
    except ValueError:
        failed = record("it broke: %s", FORGED, trace=True)
    text = ConsoleFormatter().format(failed)
    assert text.startswith("WARNING: it broke: x.mp3\\n2026-01-01")
    assert text.isprintable()
    assert failed.exc_info  # the file gets it
