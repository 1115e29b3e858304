"""What the window does for its parts: they know these protocols, not the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QImage

from genre_desktop.core.errors import Problem

Offer = tuple[str, Callable[[], object]]
"""The text of a button and what it does."""


class Notifier(Protocol):
    """Shows messages above the page or, for a while, over its corner."""

    def show_problem(self, problem: Problem, tone: str = "warning") -> None:
        """Show a problem that belongs to no row of a list."""

    def show_message(self, text: str, title: str = "", tone: str = "", offers: Sequence[Offer] = ()) -> None:
        """Show a message with a button for each offer; without text, hide the last one."""

    def toast(self, title: str, text: str, icon: str) -> None:
        """Show a message that goes by itself."""


class Opener(Protocol):
    """Opens files and pages."""

    def open_paths(self, paths: list[Path]) -> None:
        """Analyse files and folders, on the page that shows them."""

    def show_page(self, page: str) -> None:
        """Bring a page to the front."""


class ImageSaver(Protocol):
    """Saves images; a widget finds it as the window it is in."""

    def save_image(self, image: QImage, name: str) -> None:
        """Ask for a file, proposing ``name``, and save an image in the background."""
