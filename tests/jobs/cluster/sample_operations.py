"""Operations that real workers of a cluster run in the tests; each reads the file it is given."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from genre_desktop.core.errors import AppError
from genre_desktop.core.types import AnalyseRequest, Analysis, Answer
from genre_desktop.jobs.context import TaskContext

MODULE = __name__


@dataclass(frozen=True, slots=True)
class Item:
    """A file, and where the operation leaves its marks."""

    path: str
    marks: str = ""
    seconds: float = 0.0


def read(context: TaskContext, item: Item) -> tuple[int, bytes]:
    """Return the process and the content of the file."""
    return os.getpid(), Path(item.path).read_bytes()


def pause(context: TaskContext, item: Item) -> str:
    """Work for some seconds, and leave a mark for each start and each end."""
    _mark(item, "started")
    by = time.monotonic() + item.seconds
    while time.monotonic() < by:
        context.check_cancelled()
        time.sleep(0.01)
    _mark(item, "ended")
    return Path(item.path).name


def answer_or_kill(context: TaskContext, request: AnalyseRequest) -> Analysis:
    """Answer without analysing, or end the worker where the file says so."""
    if Path(request.path).read_text() == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.02)
    return Analysis(Answer(request.path, genre="jazz", confidence=1.0))


def refuse(context: TaskContext, item: Item) -> None:
    raise AppError("refused", title="It was refused", reason=item.path, hint="Ask nicely.")


def stumble(context: TaskContext, item: Item) -> None:
    raise ValueError("a bug")


def _mark(item: Item, what: str) -> None:
    if item.marks:
        name = f"{Path(item.path).name}.{what}.{os.getpid()}.{time.monotonic_ns()}"
        (Path(item.marks) / name).touch()
