"""A child process that owns a sound device, so that a driver that hangs can be ended with it.

PortAudio may wait forever for a thread of its own when a sound server dies or hangs (PortAudio issue 1037),
and libpulse waits forever for a server that does not answer. So neither is loaded anywhere else.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from genre_desktop.core.errors import AppError

ANSWER_S = 15.0
"""Opening a device or listing all of them takes some tenths of a second, with many drivers a few seconds."""

CLOSE_S = 1.0
"""Closing takes some hundredths of a second; after so long it will not come to an end."""


T = TypeVar("T")


class DeviceChannel:
    """The child's end of the pipe.

    Attributes
    ----------
    inbox:
        Messages of the parent. None means: close the device and end; it comes too when the parent has ended,
        and :data:`CLOSE_S` later this process ends by itself.
    """

    def __init__(self, connection: Connection) -> None:
        self.inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._outbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._connection = connection
        self._writer = threading.Thread(target=self._write, name="writer", daemon=True)
        self._writer.start()
        threading.Thread(target=self._read, name="reader", daemon=True).start()

    @property
    def backlog(self) -> int:
        """Messages that the parent has not taken yet."""
        return self._outbox.qsize()

    def send(self, message: object) -> None:
        """Queue a message for the parent; never waits, so that a sound card's thread may call it."""
        self._outbox.put(message)

    def flush(self) -> None:
        """Wait until everything is sent; nothing can be sent afterwards."""
        self._outbox.put(None)
        self._writer.join()

    def _write(self) -> None:
        with contextlib.suppress(OSError):  # the parent has ended: the reader notices
            while (message := self._outbox.get()) is not None:
                self._connection.send(message)

    def _read(self) -> None:
        try:
            while True:
                self.inbox.put(self._connection.recv())
        except (EOFError, OSError):
            self.inbox.put(None)
            time.sleep(CLOSE_S)
            os._exit(1)


class DeviceProcess:
    """Runs ``task(channel, *arguments)`` in a process of its own.

    Parameters
    ----------
    task:
        A function of a module, which gets a :class:`DeviceChannel`. An exception it raises is sent to the parent.
    arguments:
        Anything that pickles.
    """

    def __init__(self, task: Callable[..., None], *arguments: object) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=_run, args=(task, theirs, arguments), name="sound device", daemon=True
        )
        self._process.start()
        theirs.close()
        self._sending = threading.Lock()
        self._follower: threading.Thread | None = None

    def receive(self, timeout_s: float | None = None) -> Any:
        """Wait for a message; None when the process has ended or none came in time, by default :data:`ANSWER_S`.

        Raises
        ------
        AppError
            The task's own.
        """
        try:
            came = self._connection.poll(ANSWER_S if timeout_s is None else timeout_s)
            message = self._connection.recv() if came else None
        except (EOFError, OSError):
            return None
        if isinstance(message, Exception):
            raise message
        return message

    def follow(self, on_message: Callable[[Any], None], on_end: Callable[[], None]) -> None:
        """Call ``on_message`` with every message from now on and ``on_end`` after the last, from one thread."""
        self._follower = threading.Thread(
            target=self._follow, args=(on_message, on_end), name="sound device", daemon=True
        )
        self._follower.start()

    def send(self, message: object) -> None:
        """Send to the task's inbox; nothing happens when the process has ended."""
        with contextlib.suppress(OSError), self._sending:
            self._connection.send(message)

    def end(self) -> None:
        """Close the device and wait for it, or end the process when that hangs; safe to call twice."""
        self.send(None)
        self._process.join(CLOSE_S)
        self._process.kill()
        self._process.join()
        if self._follower is None:
            self._connection.close()
        elif self._follower is not threading.current_thread():
            self._follower.join()

    def _follow(self, on_message: Callable[[Any], None], on_end: Callable[[], None]) -> None:
        with contextlib.suppress(EOFError, OSError):
            while True:
                on_message(self._connection.recv())
        with self._sending:
            self._connection.close()
        on_end()


def ask(task: Callable[[], T], timeout_s: float | None = None) -> T | None:
    """Return what ``task`` returns in a process of its own; None when that ended or took too long.

    Raises
    ------
    AppError
        The task's own.
    """
    process = DeviceProcess(_answer, task)
    try:
        answer: T | None = process.receive(timeout_s)
        return answer
    finally:
        process.end()


def _answer(channel: DeviceChannel, task: Callable[[], object]) -> None:
    channel.send(task())


def _run(task: Callable[..., None], connection: Connection, arguments: tuple[object, ...]) -> None:
    """Run the task and end without the exit handlers, of which PortAudio's may hang."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _discard_output()
    channel = DeviceChannel(connection)
    try:
        task(channel, *arguments)
    except AppError as error:
        channel.send(error)
    except Exception as error:  # of a driver, and it might not pickle
        channel.send(RuntimeError(f"{type(error).__name__}: {error}"))
    channel.flush()
    os._exit(0)


def _discard_output() -> None:
    """Discard what drivers print: the parent may be writing JSON, and PortAudio repeats lines endlessly."""
    null = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        with contextlib.suppress(OSError):  # a windowed app has no such descriptor
            os.dup2(null, number)
    os.close(null)
