"""A child process's end of the pipe to its parent; imports no heavy module, since it precedes the set-up."""

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
from genre_desktop.jobs import pipe
from genre_desktop.jobs.messages import Cancel, Heartbeat, LogLine, Progress, Request, Stop

PROGRESS_EVERY_S = 0.05
"""Minimum interval of progress messages, so that an operation cannot flood the window."""

HEARTBEAT_EVERY_S = 1.0
"""Minimum interval of heartbeats, which calls of :meth:`ProgressReporter.cancelled` send."""

_NO_DIGITS = str.maketrans("", "", "0123456789")


class Channel:
    """Sends messages to the parent and receives requests and cancellations in its own thread.

    When the parent ends in any way, its side of the pipe closes and ``on_orphaned`` is called in that
    thread, also during work; by default the process exits at once.
    """

    def __init__(self, connection: Connection, on_orphaned: Callable[[], None] = lambda: os._exit(1)) -> None:
        self._connection = connection
        self._on_orphaned = on_orphaned
        self._sending = threading.Lock()
        self._requests: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._cancelled: set[int] = set()
        threading.Thread(target=self._listen, name="channel", daemon=True).start()

    def send(self, message: object) -> None:
        """Send a message, from any thread."""
        try:
            with self._sending:
                pipe.send(self._connection, message)
        except OSError:
            self._on_orphaned()

    def receive(self) -> Request | None:
        """Wait for the next request; None means exit."""
        return self._requests.get()

    def is_cancelled(self, request_id: int) -> bool:
        """Return True once the parent cancelled this request."""
        return request_id in self._cancelled

    def discard_cancellation(self, request_id: int) -> None:
        """Discard the cancellation of a request that has ended."""
        self._cancelled.discard(request_id)

    def _listen(self) -> None:
        while True:
            try:
                message: Any = pipe.receive(self._connection)
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
        """Return whether to stop; also send a heartbeat if one is due."""
        self._send_every(HEARTBEAT_EVERY_S, Heartbeat(self._id))
        return self._channel.is_cancelled(self._id)

    def progress(self, fraction: float | None, message: Message = EMPTY) -> None:
        """Send progress, throttled unless the work is complete or at a new stage.

        The stage is the message without its digits; it may be shown for a minute, so it must not be dropped.
        """
        stage = message.translate(_NO_DIGITS)
        important = stage != self._stage or (fraction is not None and fraction >= 1.0)
        self._stage = stage
        self._send_every(0.0 if important else PROGRESS_EVERY_S, Progress(self._id, fraction, message))

    def _send_every(self, interval_s: float, message: object) -> None:
        now = time.monotonic()
        if now - self._last >= interval_s:
            self._last = now
            self._channel.send(message)


class ParentLog(logging.Handler):
    """Sends log records to the parent, so that one process writes the log file."""

    def __init__(self, channel: Channel) -> None:
        super().__init__()
        self._channel = channel

    def emit(self, record: logging.LogRecord) -> None:
        """Send the record's text."""
        try:
            self._channel.send(LogLine(record.levelno, record.name, self.format(record)))
        except Exception:
            self.handleError(record)
