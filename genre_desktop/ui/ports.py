"""Protocols that the window implements for its parts, which do not import the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QImage

from genre_desktop.core.errors import Problem

MessageButton = tuple[str, Callable[[], object]]
"""The text of a button and its slot."""


class Notifier(Protocol):
    """Shows messages above the page or, for some seconds, over its corner."""

    def show_problem(self, problem: Problem, tone: str = "warning") -> None:
        """Show a problem that does not belong to a row of a list."""

    def show_message(
        self, text: str, title: str = "", tone: str = "", buttons: Sequence[MessageButton] = ()
    ) -> None:
        """Show a message with buttons; without text, hide the last one."""

    def toast(self, title: str, text: str, icon: str) -> None:
        """Show a message that disappears after some seconds."""


class Opener(Protocol):
    """Opens files and pages."""

    def open_paths(self, paths: list[Path]) -> None:
        """Analyse files and folders, on the page that shows them."""

    def show_page(self, page: str) -> None:
        """Bring a page to the front."""


class ImageSaver(Protocol):
    """Saves images; widgets reach it as their top-level window."""

    def save_image(self, image: QImage, name: str) -> None:
        """Open a file dialog with ``name`` as the default, and save the image in the background."""
