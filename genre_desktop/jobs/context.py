"""The context of an operation or a job: its process's resources, cancellation, progress and log."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from genre_desktop.core.errors import AppError, Cancelled, no_cancel
from genre_desktop.core.messages import EMPTY, Message
from genre_desktop.core.paths import Home

if TYPE_CHECKING:
    from pathlib import Path

    from genre_desktop.core.settings import Settings
    from genre_desktop.core.store.database import Database
    from genre_desktop.core.types import ItemResult
    from genre_desktop.ml.inference.predictor import Predictor
    from genre_desktop.ml.training.fold_runner import FoldRunner

Item = TypeVar("Item")


class ProcessResources:
    """The store and the predictor of a process, each opened at first use."""

    def __init__(self, home: Home) -> None:
        from genre_desktop.audio.sandbox import pool

        self.home = home
        with suppress(AppError):  # reported where a setting matters
            pool.use(str(self.settings["decoder.sandbox"]))

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

    @cached_property
    def encoder(self) -> Path:
        """The music encoder's file; ``AppError`` when there is none."""
        from genre_desktop.ml.features.encoder.identity import DIGEST
        from genre_desktop.ml.registry import encoder_store

        return encoder_store.find(self.home, DIGEST)

    @property
    def settings(self) -> Settings:
        """The current settings, which the user may change at any time."""
        from genre_desktop.core.settings import Settings

        return Settings.load(self.home.settings)

    def close(self) -> None:
        """Close what was opened, after reporting what of the store could not be read."""
        if "database" in self.__dict__:
            from genre_desktop.core.recovery import row_alerts

            database = self.__dict__.pop("database")
            row_alerts.report(database)
            database.close()


def _ignore_progress(fraction: float | None, message: Message = EMPTY) -> None:
    """Do nothing."""


def _ignore_text(text: str) -> None:
    """Do nothing."""


class MapFiles(Protocol):
    """An operation over many files (:class:`.file_map.FileMap`)."""

    def __call__(
        self, op: str, items: Iterable[Item], workers: int
    ) -> Generator[ItemResult[Item], None, None]:
        """Yield the items' results; see :meth:`.JobContext.map_files`."""


def _this_process() -> AbstractContextManager[None]:
    """Return None: folds are trained in this process."""
    return nullcontext()


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
    files:
        Runs operations on files in workers; None in a worker itself.
    fold_runner:
        Opens what trains the folds of a retrain: a cluster, or None for this process.
    """

    parts: ProcessResources
    cancelled: Callable[[], bool] = no_cancel
    progress: Callable[[float | None, Message], None] = _ignore_progress
    log: Callable[[str], None] = _ignore_text
    files: MapFiles | None = None
    fold_runner: Callable[[], AbstractContextManager[FoldRunner | None]] = _this_process

    @property
    def home(self) -> Home:
        """The user's data folder."""
        return self.parts.home

    def check_cancelled(self) -> None:
        """Raise :class:`Cancelled` once the run should stop."""
        if self.cancelled():
            raise Cancelled

    def map_files(
        self, op: str, items: Iterable[Item], workers: int
    ) -> Generator[ItemResult[Item], None, None]:
        """Yield the items' results of a worker operation; see :meth:`.JobContext.map_files`."""
        if self.files is None:
            raise RuntimeError("a worker runs one operation and has no workers of its own")
        return self.files(op, items, workers)
