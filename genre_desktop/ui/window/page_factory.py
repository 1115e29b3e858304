"""Factories of the pages, which are imported when they are first shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from genre_desktop.ui.context import AppContext


def _analyse(context: AppContext) -> QWidget:
    from genre_desktop.ui.pages.analyse.page import AnalysePage

    return AnalysePage(context)


def _live(context: AppContext) -> QWidget:
    from genre_desktop.ui.pages.live.page import LivePage

    return LivePage(context)


def _library(context: AppContext) -> QWidget:
    from genre_desktop.ui.pages.library.page import LibraryPage

    return LibraryPage(context)


def _models(context: AppContext) -> QWidget:
    from genre_desktop.ui.pages.models.page import ModelsPage

    return ModelsPage(context)


def _monitor(context: AppContext) -> QWidget:
    from genre_desktop.ui.pages.monitor.page import MonitorPage

    return MonitorPage(context)


FACTORIES: dict[str, Callable[[AppContext], QWidget]] = {
    "analyse": _analyse,
    "live": _live,
    "library": _library,
    "models": _models,
    "monitor": _monitor,
}
"""Factories by the id of the page."""
