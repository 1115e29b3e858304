"""The stack of pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from genre_desktop.ui.actions.actions import Fact
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.window.page_factory import FACTORIES

if TYPE_CHECKING:
    from genre_desktop.ui.pages.analyse.page import AnalysePage
    from genre_desktop.ui.pages.library.page import LibraryPage
    from genre_desktop.ui.pages.live.page import LivePage
    from genre_desktop.ui.pages.models.page import ModelsPage


class PageStack(QStackedWidget):
    """Builds each page when it is first used; ``facts_changed`` is emitted when actions may be enabled or disabled."""

    facts_changed = Signal()

    built_page = Signal(str)
    """The id of a page that was built."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._pages: dict[str, QWidget] = {}

    @property
    def built(self) -> Mapping[str, QWidget]:
        """The pages built so far, by id."""
        return self._pages

    @property
    def current(self) -> str:
        """The id of the visible page."""
        return next((name for name, page in self._pages.items() if page is self.currentWidget()), "")

    @property
    def facts(self) -> set[Fact]:
        """The conditions for actions that hold on the visible page."""
        return getattr(self.currentWidget(), "facts", set())

    def page(self, page: str) -> QWidget:
        """Return a page, building it on first use."""
        if page not in self._pages:
            self._pages[page] = FACTORIES[page](self._context)
            self._pages[page].setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            for each in self._pages[page].findChildren(QWidget):  # tables and text fields would swallow files
                each.setAcceptDrops(False)
            self.addWidget(self._pages[page])
            changed = getattr(self._pages[page], "facts_changed", None)
            if changed is not None:
                changed.connect(self.facts_changed)
            self.built_page.emit(page)
        return self._pages[page]

    @property
    def live(self) -> LivePage:
        """The Live page."""
        return cast("LivePage", self.page("live"))

    @property
    def library(self) -> LibraryPage:
        """The Library page."""
        return cast("LibraryPage", self.page("library"))

    @property
    def models(self) -> ModelsPage:
        """The Models page."""
        return cast("ModelsPage", self.page("models"))

    @property
    def analyse(self) -> AnalysePage:
        """The Analyse page."""
        return cast("AnalysePage", self.page("analyse"))

    def close_down(self) -> None:
        """Stop the background work of all pages and wait for it."""
        for page in self._pages.values():
            close_down = getattr(page, "close_down", None)
            if close_down is not None:
                close_down()
