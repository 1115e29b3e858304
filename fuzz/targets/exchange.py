"""What other processes send: the socket of the running instance, the pipes of workers."""

from __future__ import annotations

import pickle
from functools import cache
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from fuzz.mutation.documents import deep, json_tree
from fuzz.outcome import Broken
from fuzz.seeds import homes
from fuzz.target import Target
from genre_desktop.app.instance import lock
from genre_desktop.core.errors import Problem
from genre_desktop.jobs import messages
from genre_desktop.jobs.workers import process


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
        _write_frame(sender, path.read_bytes())
        sender.close()
        process._read(receiver, received.append, lambda: lost.append(True))
    if not lost:
        raise Broken("the loss of a worker is not reported")
    return f"{len(received)} received"


def _write_frame(sender: Connection, data: bytes) -> None:
    sender.send_bytes(data[:60_000])


@cache
def _frames() -> dict[str, bytes]:
    found: tuple[Any, ...] = (
        messages.Ready(1, 0.5),
        messages.Result(3, homes.answer("a")),
        messages.Failure(3, Problem("empty-file", name="x")),
        messages.Progress(3, 0.5),
        messages.Heartbeat(3),
        messages.LogLine(20, "a", "text"),
    )
    return {f"{type(each).__name__}.pickle": pickle.dumps(each) for each in found}


TARGETS = (
    Target(
        "socket", "the socket of the running instance", homes.messages, socket_message, (json_tree, json_tree, deep),
        expected=(ValueError,), instrumented=("genre_desktop.app.instance.lock",),
    ),
    Target("workers", "the pipe from a worker that is broken", _frames, worker_messages),
)  # fmt: skip
