"""The context of an operation or a job: its process's resources, cancellation, progress and log."""

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
    """The store and the predictor of a process, each opened at first use."""

    def __init__(self, home: Home) -> None:
        self.home = home

    @cached_property
    def database(self) -> Database:
        """The store; ``AppError`` when it cannot be opened."""
        from genre_desktop.core.store.database import Database

        return Database(self.home.store)

    @cached_property
    def predictor(self) -> Predictor:
        """The predictor; importing and loading it takes seconds."""
        from genre_desktop.ml.inference.predictor import Predictor

        return Predictor(self.home)

    @property
    def settings(self) -> Settings:
        """The current settings, which the user may change at any time."""
        from genre_desktop.core.settings import Settings

        return Settings.load(self.home.settings)

    def close(self) -> None:
        """Close what was opened."""
        if "database" in self.__dict__:
            self.__dict__.pop("database").close()


def _ignore_progress(fraction: float | None, message: Message = EMPTY) -> None:
    """Do nothing."""


def _ignore_text(text: str) -> None:
    """Do nothing."""


@dataclass(frozen=True)
class TaskContext:
    """The context of one run of an operation or a job.

    Attributes
    ----------
    parts:
        Resources that this process keeps between runs.
    cancelled:
        True once the run should stop; to be called between blocks of work, at least every 200 ms.
    progress:
        ``progress(fraction | None, message)`` with fraction 0 to 1.
    log:
        Writes one line to the log that the user can read.
    """

    parts: ProcessResources
    cancelled: Callable[[], bool] = no_cancel
    progress: Callable[[float | None, Message], None] = _ignore_progress
    log: Callable[[str], None] = _ignore_text

    @property
    def home(self) -> Home:
        """The user's data folder."""
        return self.parts.home

    def check_cancelled(self) -> None:
        """Raise :class:`Cancelled` once the run should stop."""
        if self.cancelled():
            raise Cancelled
