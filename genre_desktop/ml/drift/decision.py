"""Decisions and reports by Evidently, which is imported by the first of them, because that takes seconds."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TypeVar

from genre_desktop.core.errors import AppError
from genre_desktop.ml.drift.comparison import Comparison, Decision

T = TypeVar("T")


def decide(compared: Comparison) -> Decision:
    """Return Evidently's decision.

    Raises
    ------
    AppError
        ``drift-check-failed`` when Evidently cannot be loaded or fails.
    """

    def work() -> Decision:
        from genre_desktop.ml.drift import evidently_check

        return evidently_check.decide(compared)

    return _guarded(work, "drift-check-failed")


def draw(compared: Comparison) -> str:
    """Return Evidently's report on the same tests as an HTML page; takes a quarter of a minute or more.

    Raises
    ------
    AppError
        ``report-failed/evidently`` when Evidently cannot be loaded or fails.
    """

    def work() -> str:
        from genre_desktop.ml.drift import evidently_check

        return evidently_check.draw(compared)

    return _guarded(work, "report-failed/evidently")


def _guarded(work: Callable[[], T], problem: str) -> T:
    try:
        with warnings.catch_warnings():
            # deprecations in Evidently's dependencies, and correlations of columns that never change
            warnings.simplefilter("ignore")
            return work()
    except Exception as error:  # whatever a damaged installation raises
        raise AppError(problem, error=f"{type(error).__name__}: {error}") from error
