"""Decisions and reports by Evidently, which is imported by the first of them, because that takes seconds."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from genre_desktop.core.errors import AppError
from genre_desktop.ml.drift.comparison import Comparison, Decision


def decide(compared: Comparison) -> Decision:
    """Return Evidently's decision.

    Raises
    ------
    AppError
        ``drift-check-failed`` when Evidently cannot be loaded or fails.
    """
    try:
        with _without_warnings():
            from genre_desktop.ml.drift import evidently_check

            return evidently_check.decide(compared)
    except Exception as error:  # whatever a damaged installation raises
        raise AppError("drift-check-failed", error=_described(error)) from error


def draw(compared: Comparison) -> str:
    """Return Evidently's report on the same tests as an HTML page; takes a quarter of a minute or more.

    Raises
    ------
    AppError
        ``report-failed/evidently`` when Evidently cannot be loaded or fails.
    """
    try:
        with _without_warnings():
            from genre_desktop.ml.drift import evidently_check

            return evidently_check.draw(compared)
    except Exception as error:  # whatever a damaged installation raises
        raise AppError("report-failed/evidently", error=_described(error)) from error


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Hide deprecations in Evidently's dependencies, and correlations of columns that never change."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _described(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
