"""A child process's end of the pipe to its parent. Standard library only: it runs before early set-up."""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from genre_desktop.core.messages import EMPTY, Message
from genre_desktop.jobs.messages import Cancel, Heartbeat, LogLine, Progress, Request, Stop

PROGRESS_EVERY_S = 0.05
"""Progress is sent at most this often, so that a chatty operation cannot flood the window."""

ALIVE_EVERY_S = 1.0
"""Asking whether to stop counts as a sign of life; it is passed on at most this often."""

_NO_FIGURES = str.maketrans("", "", "0123456789")


def leave_at_once() -> None:
    """End this process now: the parent is gone and nobody wants the result."""
    os._exit(1)


class Channel:
    """Sends messages to the parent and listens for requests and cancellations in a thread of its own.

    When the parent ends, however it ends, its side of the pipe closes and ``on_orphaned`` runs,
    also in the middle of work: no process is left behind.
    """

    def __init__(self, connection: Connection, on_orphaned: Callable[[], None] = leave_at_once) -> None:
        self._connection = connection
        self._on_orphaned = on_orphaned
        self._sending = threading.Lock()
        self._requests: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._cancelled: set[int] = set()
        threading.Thread(target=self._listen, name="channel", daemon=True).start()

    def send(self, message: object) -> None:
        """Send from any thread; a parent that is gone is the listener's business."""
        try:
            with self._sending:
                self._connection.send(message)
        except OSError:
            self._on_orphaned()

    def receive(self) -> Request | None:
        """Wait for the next request; None means leave."""
        return self._requests.get()

    def is_cancelled(self, request_id: int) -> bool:
        """True once the parent asked to give up this request."""
        return request_id in self._cancelled

    def forget(self, request_id: int) -> None:
        """The request is over; a cancellation that came too late means nothing."""
        self._cancelled.discard(request_id)

    def _listen(self) -> None:
        while True:
            try:
                message: Any = self._connection.recv()
            except (EOFError, OSError):
                self._on_orphaned()
                return
            if isinstance(message, Cancel):
                self._cancelled.add(message.id)
            elif isinstance(message, Stop):
                self._requests.put(None)
            else:
                self._requests.put(message)


class ProgressReporter:
    """The ``cancelled`` and ``progress`` functions of one request, throttled."""

    def __init__(self, channel: Channel, request_id: int) -> None:
        self._channel = channel
        self._id = request_id
        self._last = time.monotonic()
        self._stage = ""

    def cancelled(self) -> bool:
        """Whether to stop; at most once a second it also tells the parent that work goes on."""
        self._send_every(ALIVE_EVERY_S, Heartbeat(self._id))
        return self._channel.is_cancelled(self._id)

    def progress(self, fraction: float | None, message: Message = EMPTY) -> None:
        """Tell the parent how far the work is; news in between are dropped, a new stage and the end never.

        What counts as a stage is the message but for its figures: it may stand for a minute.
        """
        stage = message.translate(_NO_FIGURES)
        matters = stage != self._stage or (fraction is not None and fraction >= 1.0)
        self._stage = stage
        self._send_every(0.0 if matters else PROGRESS_EVERY_S, Progress(self._id, fraction, message))

    def _send_every(self, interval_s: float, message: object) -> None:
        now = time.monotonic()
        if now - self._last >= interval_s:
            self._last = now
            self._channel.send(message)


class ParentLog(logging.Handler):
    """Hands log records to the parent, so that one process writes the log file."""

    def __init__(self, channel: Channel) -> None:
        super().__init__()
        self._channel = channel

    def emit(self, record: logging.LogRecord) -> None:
        """Send the record's text; formatting errors are handled as logging does."""
        try:
            self._channel.send(LogLine(record.levelno, record.name, self.format(record)))
        except Exception:
            self.handleError(record)
