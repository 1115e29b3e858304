"""The table of pages, in the order of the navigation rail."""

from __future__ import annotations

from dataclasses import dataclass

from genre_desktop.app.i18n.translate import mark


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page, which the window builds when it is first shown."""

    id: str
    title: str
    icon: str
    shortcut: str


PAGES: tuple[PageSpec, ...] = (
    PageSpec("analyse", mark("Analyse"), "analyse", "Ctrl+1"),
    PageSpec("live", mark("Live"), "live", "Ctrl+2"),
    PageSpec("library", mark("Library"), "library", "Ctrl+3"),
    PageSpec("models", mark("Models"), "models", "Ctrl+4"),
    PageSpec("monitor", mark("Monitor"), "monitor", "Ctrl+5"),
)
