"""The pages of the window, in the order of the rail; a new page is one line in :data:`PAGES`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from genre_desktop.app.text import mark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from genre_desktop.ui.context import Context


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page; ``make`` imports and builds it when it is first shown."""

    id: str
    title: str
    icon: str
    shortcut: str
    make: Callable[[Context], QWidget]


def _analyse(context: Context) -> QWidget:
    from genre_desktop.ui.pages.analyse import AnalysePage

    return AnalysePage(context)


def _live(context: Context) -> QWidget:
    from genre_desktop.ui.pages.live import LivePage

    return LivePage(context)


def _library(context: Context) -> QWidget:
    from genre_desktop.ui.pages.library import LibraryPage

    return LibraryPage(context)


def _models(context: Context) -> QWidget:
    from genre_desktop.ui.pages.models import ModelsPage

    return ModelsPage(context)


def _monitor(context: Context) -> QWidget:
    from genre_desktop.ui.pages.monitor import MonitorPage

    return MonitorPage(context)


PAGES: tuple[PageSpec, ...] = (
    PageSpec("analyse", mark("Analyse"), "analyse", "Ctrl+1", _analyse),
    PageSpec("live", mark("Live"), "live", "Ctrl+2", _live),
    PageSpec("library", mark("Library"), "library", "Ctrl+3", _library),
    PageSpec("models", mark("Models"), "models", "Ctrl+4", _models),
    PageSpec("monitor", mark("Monitor"), "monitor", "Ctrl+5", _monitor),
)
