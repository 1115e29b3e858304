"""One running instance per home: a later instance sends its files to the first and exits.

If the first does not answer, a dialog (``ui/already_running.py``) or a message on the terminal says so.
A lock held by the operating system decides which instance is first, so a crash cannot leave it behind; a
file beside it has the address of the first one's socket. Qt's network module is imported late: the first
window needs it only after its first paint.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import socket
import stat
import struct
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from genre_desktop.core.disk import space
from genre_desktop.core.errors import AppError
from genre_desktop.core.own_files.reader import parse_json, read_bytes
from genre_desktop.core.paths import Home, make_folder
from genre_desktop.jobs.process_lock import Lock

PATIENCE_S = 6.0
"""Seconds a later instance waits for the first, which may be just opening or closing."""

ANSWER_MS = 3000
"""Time limit for each step of the exchange with the first instance."""

MAX_MESSAGE_BYTES = 16_000_000
"""Size limit of a message; the longest command line is far shorter."""

TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""Environment variables by which a desktop allows a program's window to come to the front."""


class InstanceLock:
    """The lock of a home's window, held until :meth:`release` or the end of the process.

    ``primary`` is False for a window that the user opened beside the one that holds the lock.
    """

    def __init__(self, lock: Lock, *, primary: bool) -> None:
        self._lock, self.primary = lock, primary

    def release(self) -> None:
        """Release the lock."""
        self._lock.release()


def acquire_lock(home: Home, files: Sequence[Path], patience_s: float | None = None) -> InstanceLock | None:
    """Return the lock, or None when another instance holds it and received the files.

    Where a full disk has no space for the lock, that of a second window is returned.

    Raises
    ------
    AppError
        ``window-silent``: another instance holds it and did not answer for ``patience_s`` (:data:`PATIENCE_S`).
    """
    lock = Lock(home, "window")
    by = time.monotonic() + (PATIENCE_S if patience_s is None else patience_s)
    while True:
        try:
            acquired = lock.acquire()
        except OSError as error:
            if not space.is_full(error):
                raise
            return secondary_lock(home)
        if acquired:
            return InstanceLock(lock, primary=True)
        if send_to_running_instance(home, files):
            return None
        if time.monotonic() >= by:
            raise AppError("window-silent", home=str(home.root))
        time.sleep(0.1)


def secondary_lock(home: Home) -> InstanceLock:
    """Return the lock object of a window beside the one that holds the lock."""
    return InstanceLock(Lock(home, "window"), primary=False)


def send_to_running_instance(home: Home, files: Sequence[Path]) -> bool:
    """Send files to the running instance, which raises its window; return True if it confirmed."""
    address = known_address(home)
    if not address:
        return False
    from PySide6.QtNetwork import QLocalSocket

    line = QLocalSocket()
    line.connectToServer(address)
    if not line.waitForConnected(ANSWER_MS):
        return False
    line.write(message(files))
    answered = line.waitForBytesWritten(ANSWER_MS) and line.waitForReadyRead(ANSWER_MS)
    answer = bytes(line.readAll().data()) if answered else b""
    line.disconnectFromServer()
    return answer.startswith(b"ok")


def message(files: Sequence[Path]) -> bytes:
    """Return the message of a later instance: one line of JSON, with file names as hexadecimal bytes."""
    paths = [os.fsencode(path.absolute()).hex() for path in files]
    tokens = {name: os.environ[name] for name in TOKENS if os.environ.get(name)}
    return json.dumps({"open": paths, "tokens": tokens}).encode() + b"\n"


def parse_message(line: bytes) -> tuple[list[Path], dict[str, str]]:
    """Return the files and tokens of a :func:`message`; ``ValueError`` for anything else."""
    try:
        document: Any = parse_json(line)
        files = [Path(os.fsdecode(bytes.fromhex(path))) for path in document["open"]]
        tokens = {name: str(document["tokens"][name]) for name in TOKENS if name in document["tokens"]}
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    return files, tokens


def known_address(home: Home) -> str:
    """Return the address of the running instance's socket, possibly stale; empty if there is none."""
    try:
        return read_bytes(_address_file(home), 4096).decode("utf-8")
    except (OSError, ValueError):
        return ""


def write_address(home: Home, address: str) -> None:
    """Publish the address of this instance's socket."""
    path = _address_file(home)
    make_folder(path.parent)
    path.write_text(address, "utf-8")


def delete_address(home: Home) -> None:
    """Delete the published address."""
    with contextlib.suppress(OSError):
        _address_file(home).unlink()


def new_address(home: Home) -> str:
    """Return a socket address that only this user can reach; empty if there is no safe folder.

    On Windows the name of a pipe, elsewhere a path in a private folder. Not in the home itself: its
    path may exceed the hundred bytes of a socket's.
    """
    name = hashlib.blake2b(os.fsencode(home.root.absolute()), digest_size=8).hexdigest()
    if sys.platform == "win32":
        return f"genre-desktop-{os.environ.get('USERNAME', '')}-{name}"
    folder = _private_folder()
    return str(folder / f"{name}.socket") if folder else ""


def _private_folder() -> Path | None:
    given = os.environ.get("XDG_RUNTIME_DIR", "")
    bases = [Path(given) / "genre-desktop"] if given else []
    bases.append(Path(tempfile.gettempdir()) / f"genre-desktop-{_user()}")
    return next((folder for folder in bases if len(str(folder)) < 70 and _made_private(folder)), None)


def _made_private(folder: Path) -> bool:
    """Create the folder if missing; return whether it is the user's own, closed to others and no link."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != _user():
            return False
        folder.chmod(0o700)
    except OSError:
        return False
    return True


def is_own_peer(descriptor: int) -> bool:
    """Return whether the process at the other end of a socket is this user's; True where the system cannot say."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    with closing(socket.socket(fileno=os.dup(descriptor))) as connection:
        try:
            found = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        except OSError:  # it has gone already
            return False
    return bool(struct.unpack("3i", found)[1] == _user())


def _user() -> int:
    return os.getuid() if sys.platform != "win32" else 0


def _address_file(home: Home) -> Path:
    return home.root / "locks" / "window.address"
