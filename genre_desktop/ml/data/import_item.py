"""One file of an import, as sent to a worker process; unpickling it imports no heavy library."""

from __future__ import annotations

from dataclasses import dataclass

from genre_desktop.core.types import Mode

MEASURE = "measure_clip"
"""The operation of workers that measures an :class:`ImportItem` (see :mod:`genre_desktop.jobs.operations`)."""


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One file to measure; ``encoded`` means with the encoder's columns."""

    path: str
    mode: Mode
    encoded: bool = False
