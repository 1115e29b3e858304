"""Set up logging: a rotating file in the home, and warnings on standard error."""

from __future__ import annotations

import contextlib
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from genre_desktop.core.logs.formatter import ConsoleFormatter, FileFormatter

MAX_BYTES = 1_000_000
KEEP = 3
"""Older log files kept beside the current one."""

_QUIET = ("alembic", "matplotlib", "numba", "urllib3", "libav", "git", "mlflow.store.db")
"""Libraries of which only warnings are logged."""


class SharedRotatingFileHandler(RotatingFileHandler):
    """A rotating log file that keeps its file while another process has it open (Windows).

    What cannot be written, as on a full disk, is left out: standard error is for what users should read.
    """

    def doRollover(self) -> None:
        """Start a new file, or continue with this one."""
        try:
            super().doRollover()
        except OSError:
            self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:
        """Report errors of records, but none of the file."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


def set_up(folder: Path, name: str = "genre-desktop", stderr_level: int = logging.WARNING) -> Path:
    """Send log records to ``folder/name.log``, and those of ``stderr_level`` to standard error.

    Without a writable folder only standard error is used. A repeated call replaces the handlers.

    Returns
    -------
    Path
        The log file.
    """
    path = folder / f"{name}.log"
    root = logging.getLogger()
    for old in [h for h in root.handlers if getattr(h, "ours", False)]:
        root.removeHandler(old)
        old.close()
    handlers: list[logging.Handler] = []
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(
            SharedRotatingFileHandler(
                path, maxBytes=MAX_BYTES, backupCount=KEEP, encoding="utf-8", errors="backslashreplace"
            )
        )
    if sys.stderr is not None:  # a windowed app has none
        console = logging.StreamHandler()
        console.setLevel(stderr_level)
        console.setFormatter(ConsoleFormatter())
        console.addFilter(lambda record: record.name != "py.warnings")  # for developers, in the file
        handlers.append(console)
    for handler in handlers:
        if handler.formatter is None:
            handler.setFormatter(FileFormatter())
        handler.ours = True  # type: ignore[attr-defined]
        root.addHandler(handler)
    root.setLevel(logging.INFO)
    for library in _QUIET:
        logging.getLogger(library).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    return path
