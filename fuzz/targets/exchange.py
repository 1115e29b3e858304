"""What other processes send: the socket of the running instance, the pipes of workers."""

from __future__ import annotations

import os
from functools import cache
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

from fuzz.mutation.documents import deep, json_tree
from fuzz.outcome import Broken
from fuzz.seeds import homes
from fuzz.target import Target
from genre_desktop.app.instance import lock
from genre_desktop.core.errors import Problem
from genre_desktop.jobs import messages, pipe
from genre_desktop.jobs.workers import process

MAX_WRITTEN = 60_000
"""Bytes that fit into an unread pipe."""


def socket_message(path: Path) -> str:
    """Parse a line from the socket of the running instance."""
    files, tokens = lock.parse_message(path.read_bytes().partition(b"\n")[0])
    return f"{min(len(files), 3)} files, {len(tokens)} tokens"


def worker_messages(path: Path) -> str:
    """Receive bytes that a broken worker wrote on its pipe; its loss must be reported, whatever they are."""
    receiver, sender = Pipe()
    received: list[object] = []
    lost: list[bool] = []
    with receiver, sender:
        os.write(sender.fileno(), path.read_bytes()[:MAX_WRITTEN])
        sender.close()
        process._read(receiver, received.append, lambda: lost.append(True))
    if not lost:
        raise Broken("the loss of a worker is not reported")
    return f"{len(received)} received"


@cache
def _written() -> dict[str, bytes]:
    found: tuple[Any, ...] = (
        messages.Ready(1, 0.5),
        messages.Result(3, homes.answer("a")),
        messages.Failure(3, Problem("empty-file", name="x")),
        messages.Progress(3, 0.5),
        messages.Heartbeat(3),
        messages.LogLine(20, "a", "text"),
    )
    frames = {type(each).__name__: _frame(each) for each in found}
    return {f"{name}.bytes": frame for name, frame in (frames | {"All": b"".join(frames.values())}).items()}


def _frame(message: object) -> bytes:
    receiver, sender = Pipe()
    with receiver, sender:
        pipe.send(sender, message)
        return os.read(receiver.fileno(), MAX_WRITTEN)


TARGETS = (
    Target(
        "socket", "the socket of the running instance", homes.messages, socket_message, (json_tree, json_tree, deep),
        expected=(ValueError,), instrumented=("genre_desktop.app.instance.lock",),
    ),
    Target("workers", "the pipe from a worker that is broken", _written, worker_messages),
)  # fmt: skip
