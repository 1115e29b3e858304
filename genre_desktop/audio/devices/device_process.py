"""A child process that owns a sound device, so that a hanging driver can be killed with it.

WORKAROUND: PortAudio issue 1037: it may wait forever for its own thread when a sound server dies or hangs, and
libpulse for a server that does not respond. So neither is loaded in any other process.
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

RESPONSE_S = 15.0
"""Time limit for opening or listing devices: some tenths of a second, with many drivers a few seconds."""

CLOSE_S = 1.0
"""Time limit for closing, which takes some hundredths of a second unless it hangs."""

T = TypeVar("T")


class DeviceChannel:
    """The child's end of the pipe.

    Attributes
    ----------
    inbox:
        Messages from the parent. None means: close the device and exit; it is also queued when the parent has
        ended, and :data:`CLOSE_S` later this process exits by itself.
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
        """Number of messages that the parent has not received yet."""
        return self._outbox.qsize()

    def send(self, message: object) -> None:
        """Queue a message for the parent without blocking, so that the audio callback may call it."""
        self._outbox.put(message)

    def flush(self) -> None:
        """Wait until everything is sent; close the channel for sending."""
        self._outbox.put(None)
        self._writer.join()

    def _write(self) -> None:
        with contextlib.suppress(OSError):  # the parent has ended, which the reader detects
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
    """Runs ``task(channel, *arguments)`` in a child process.

    Parameters
    ----------
    task:
        A module-level function, called with a :class:`DeviceChannel`. An exception it raises is sent to the parent.
    arguments:
        Picklable values.
    """

    def __init__(self, task: Callable[..., None], *arguments: object) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, child_end = context.Pipe()
        self._process = context.Process(
            target=_run, args=(task, child_end, arguments), name="sound device", daemon=True
        )
        self._process.start()
        child_end.close()
        self._send_lock = threading.Lock()
        self._receiver: threading.Thread | None = None

    def receive(self, timeout_s: float | None = None) -> Any:
        """Wait for a message, by default for :data:`RESPONSE_S`; None on timeout or when the process has ended.

        Raises
        ------
        AppError
            Raised by the task.
        """
        try:
            ready = self._connection.poll(RESPONSE_S if timeout_s is None else timeout_s)
            message = self._connection.recv() if ready else None
        except (EOFError, OSError):
            return None
        if isinstance(message, Exception):
            raise message
        return message

    def open(self, missing: AppError) -> Any:
        """Return the first message, which means that the device is open; end the process without one.

        Raises
        ------
        AppError
            ``missing`` on timeout or when the process has ended, else raised by the task.
        """
        try:
            opened = self.receive()
            if opened is None:
                raise missing
        except BaseException:
            self.end()
            raise
        return opened

    def follow(self, on_message: Callable[[Any], None], on_end: Callable[[], None]) -> None:
        """Call ``on_message`` with every further message and ``on_end`` after the last, from one thread."""
        self._receiver = threading.Thread(
            target=self._follow, args=(on_message, on_end), name="sound device", daemon=True
        )
        self._receiver.start()

    def send(self, message: object) -> None:
        """Send to the task's inbox; does nothing when the process has ended."""
        with contextlib.suppress(OSError), self._send_lock:
            self._connection.send(message)

    def end(self) -> None:
        """Close the device, or kill the process if that hangs; safe to call twice."""
        self.send(None)
        self._process.join(CLOSE_S)
        self._process.kill()
        self._process.join()
        if self._receiver is None:
            self._connection.close()
        elif self._receiver is not threading.current_thread():
            self._receiver.join()

    def _follow(self, on_message: Callable[[Any], None], on_end: Callable[[], None]) -> None:
        with contextlib.suppress(EOFError, OSError):
            while True:
                on_message(self._connection.recv())
        with self._send_lock:
            self._connection.close()
        on_end()


def call(task: Callable[[], T], timeout_s: float | None = None) -> T | None:
    """Call ``task`` in a child process and return its result; None on timeout or if the process died.

    Raises
    ------
    AppError
        Raised by the task.
    """
    process = DeviceProcess(_send_result, task)
    try:
        result: T | None = process.receive(timeout_s)
        return result
    finally:
        process.end()


def _send_result(channel: DeviceChannel, task: Callable[[], object]) -> None:
    channel.send(task())


def _run(task: Callable[..., None], connection: Connection, arguments: tuple[object, ...]) -> None:
    """Run the task and exit without the exit handlers, of which PortAudio's may hang."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C
    _discard_output()
    channel = DeviceChannel(connection)
    try:
        task(channel, *arguments)
    except AppError as error:
        channel.send(error)
    except Exception as error:  # raised by a driver, perhaps not picklable
        channel.send(RuntimeError(f"{type(error).__name__}: {error}"))
    channel.flush()
    os._exit(0)


def _discard_output() -> None:
    """Redirect drivers' output to null: the parent may be writing JSON, and PortAudio repeats lines endlessly."""
    null = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        with contextlib.suppress(OSError):  # a windowed app has no such descriptor
            os.dup2(null, number)
    os.close(null)
