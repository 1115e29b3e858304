"""Evidently's full report of a drift check, as one HTML file that needs no network."""

from __future__ import annotations

import time
from pathlib import Path

from genre_desktop.core.errors import AppError, raise_if_full
from genre_desktop.core.paths import write_atomically
from genre_desktop.ml.drift import decision
from genre_desktop.ml.drift.comparison import Comparison


def write(path: Path, comparison: Comparison) -> Path:
    """Write the report of a check and return its path; takes a quarter of a minute or more.

    Parameters
    ----------
    path:
        An HTML file, or a folder for a file named by the time.

    Raises
    ------
    AppError
        ``report-failed`` when the file cannot be written, or as :func:`.decision.draw`.
    """
    target = path / f"drift-{time.strftime('%Y%m%d-%H%M%S')}.html" if path.is_dir() else path
    html = decision.draw(comparison)
    try:
        write_atomically(target, html.encode())
    except OSError as error:
        raise_if_full(error, target)
        raise AppError("report-failed", path=str(target), error=str(error)) from error
    return target
