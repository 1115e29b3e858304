"""Protocol of the task context, and what tasks of this layer share."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import Protocol, TypeVar

from genre_desktop.core.errors import Cancelled
from genre_desktop.core.messages import Message
from genre_desktop.core.paths import Home
from genre_desktop.core.types import ItemResult

Item = TypeVar("Item")


class JobContext(Protocol):
    """What a task receives from the job process (:class:`jobs.context.TaskContext`)."""

    @property
    def home(self) -> Home:
        """The user's data folder."""

    @property
    def cancelled(self) -> Callable[[], bool]:
        """Returns True once the user cancels."""

    @property
    def progress(self) -> Callable[[float | None, Message], None]:
        """``progress(fraction | None, message)`` with fraction 0 to 1."""

    @property
    def log(self) -> Callable[[str], None]:
        """Writes one line to the task's log, which the user can read."""

    def map_files(
        self, op: str, items: Iterable[Item], workers: int
    ) -> Generator[ItemResult[Item], None, None]:
        """Yield the items' results of a worker operation as they complete, in any order.

        Parameters
        ----------
        op:
            Name of the operation.
        items:
            Picklable, with a field ``path``; requested a few ahead of the results.
        workers:
            Most processes on this computer.

        Raises
        ------
        Cancelled
            The user cancelled; nothing goes on in the background.
        AppError
            No worker can work.
        """


def check_cancelled(context: JobContext) -> None:
    """Raise :class:`Cancelled` once the user cancels."""
    if context.cancelled():
        raise Cancelled
