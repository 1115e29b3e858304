"""What an operation or a job may use: the home, shared parts, progress, and the wish to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from genre_desktop.core.errors import Cancelled, no_cancel
from genre_desktop.core.messages import EMPTY, Message
from genre_desktop.core.paths import Home

if TYPE_CHECKING:
    from genre_desktop.core.settings import Settings
    from genre_desktop.core.store.database import Database
    from genre_desktop.ml.inference.predictor import Predictor


class ProcessResources:
    """What a process opens once and keeps: the store and the predictor, each at first use."""

    def __init__(self, home: Home) -> None:
        self.home = home

    @cached_property
    def database(self) -> Database:
        """The store. ``AppError`` when it cannot be opened."""
        from genre_desktop.core.store.database import Database

        return Database(self.home.store)

    @cached_property
    def predictor(self) -> Predictor:
        """The models, imported and loaded at first use: seconds, so warm it up."""
        from genre_desktop.ml.inference.predictor import Predictor

        return Predictor(self.home)

    @property
    def settings(self) -> Settings:
        """The settings as they are now; the person may change them at any moment."""
        from genre_desktop.core.settings import Settings

        return Settings.load(self.home.settings)

    def close(self) -> None:
        """Close what was opened."""
        if "database" in self.__dict__:
            self.__dict__.pop("database").close()


def _ignore_progress(fraction: float | None, message: Message = EMPTY) -> None:
    """Nobody watches."""


def _ignore_text(text: str) -> None:
    """Nobody reads."""


@dataclass(frozen=True)
class TaskContext:
    """What one run of an operation or a job may use.

    Attributes
    ----------
    parts:
        What this process keeps between runs.
    cancelled:
        True once the person wants it to stop; ask between blocks of work, at least every 200 ms.
    progress:
        ``progress(fraction | None, message)`` with fraction 0 to 1.
    log:
        One line for the log that the person can read.
    """

    parts: ProcessResources
    cancelled: Callable[[], bool] = no_cancel
    progress: Callable[[float | None, Message], None] = _ignore_progress
    log: Callable[[str], None] = _ignore_text

    @property
    def home(self) -> Home:
        """Where the user's data lives."""
        return self.parts.home

    def check_cancelled(self) -> None:
        """Raise :class:`Cancelled` once the person wants it to stop."""
        if self.cancelled():
            raise Cancelled
