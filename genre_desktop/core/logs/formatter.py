"""Format log records so that no value in one looks like another record, or is obeyed by a terminal."""

from __future__ import annotations

import logging

from genre_desktop.core.quoting.controls import printable

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class FileFormatter(logging.Formatter):
    """For log files: control characters are escapes, and no line but the first begins with a digit, as a time does."""

    def __init__(self) -> None:
        super().__init__(FORMAT)

    def format(self, record: logging.LogRecord) -> str:
        """Return the record; further lines are those of a message or a traceback."""
        first, *others = map(printable, super().format(record).split("\n"))
        return "\n".join([first, *(f" {line}" if line[:1].isdigit() else line for line in others)])


class ConsoleFormatter(logging.Formatter):
    """For a terminal: one line, without the traceback, which belongs in the log file."""

    def __init__(self) -> None:
        super().__init__("%(levelname)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return level and message."""
        trace, text, stack = record.exc_info, record.exc_text, record.stack_info
        record.exc_info = record.exc_text = record.stack_info = None
        try:
            return printable(super().format(record))
        finally:
            record.exc_info, record.exc_text, record.stack_info = trace, text, stack
