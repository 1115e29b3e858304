"""One window for each home: a second start hands its files to the first and leaves.

Where the first does not answer, nothing happens silently: the person is asked (``ui/already_running.py``),
or told where nobody can be asked.

Who is first, a lock of the operating system tells, which no crash can leave behind; where the first one
listens, it writes beside that lock. Qt's network part is imported where it is used: the first window
needs it after its first paint only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.jobs.process_lock import Lock

PATIENCE_S = 6.0
"""How long a second start waits for the first window, which may be just opening or closing."""

ANSWER_MS = 3000
"""How long the first window may take to say that it heard."""

LARGEST = 16_000_000
"""Bytes of one message; the longest command line is far shorter."""

TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""What a desktop gives to a program it starts, so that its window may come to the front."""


class InstanceLock:
    """The right to be the window of a home, until :meth:`leave` or the end of the process.

    ``ours`` is False where another window has it and a person wanted this one beside it.
    """

    def __init__(self, lock: Lock, *, ours: bool) -> None:
        self._lock, self.ours = lock, ours

    def leave(self) -> None:
        """The window is gone."""
        self._lock.release()


def take_seat(home: Home, files: Sequence[Path], patience_s: float | None = None) -> InstanceLock | None:
    """The seat, or None when another window has it and took the files.

    Raises
    ------
    AppError
        ``window-silent``: another window has it and did not answer for ``patience_s`` (:data:`PATIENCE_S`).
    """
    lock = Lock(home, "window")
    by = time.monotonic() + (PATIENCE_S if patience_s is None else patience_s)
    while True:
        if lock.acquire():
            return InstanceLock(lock, ours=True)
        if send_to_running_instance(home, files):
            return None
        if time.monotonic() >= by:
            raise AppError("window-silent", home=str(home.root))
        time.sleep(0.1)


def secondary_lock(home: Home) -> InstanceLock:
    """For a window that is to work beside the one that has the seat."""
    return InstanceLock(Lock(home, "window"), ours=False)


def send_to_running_instance(home: Home, files: Sequence[Path]) -> bool:
    """Ask the window of this home to come forward and open files; True when it said that it will."""
    address = known_address(home)
    if not address:
        return False
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(address)
    if not socket.waitForConnected(ANSWER_MS):
        return False
    socket.write(message(files))
    heard = socket.waitForBytesWritten(ANSWER_MS) and socket.waitForReadyRead(ANSWER_MS)
    answer = bytes(socket.readAll().data()) if heard else b""
    socket.disconnectFromServer()
    return answer.startswith(b"ok")


def message(files: Sequence[Path]) -> bytes:
    """What a second start says: one line of JSON, file names whole whatever bytes are in them."""
    paths = [os.fsencode(path.absolute()).hex() for path in files]
    tokens = {name: os.environ[name] for name in TOKENS if os.environ.get(name)}
    return json.dumps({"open": paths, "tokens": tokens}).encode() + b"\n"


def parse_message(line: bytes) -> tuple[list[Path], dict[str, str]]:
    """The inverse of :func:`message`: files and tokens. ``ValueError`` for anything else."""
    said: Any = json.loads(line)
    try:
        files = [Path(os.fsdecode(bytes.fromhex(path))) for path in said["open"]]
        tokens = {name: str(said["tokens"][name]) for name in TOKENS if name in said["tokens"]}
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error
    return files, tokens


def known_address(home: Home) -> str:
    """Where the window of this home listens, or listened; empty when nobody wrote it down."""
    try:
        return _note(home).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def note_address(home: Home, address: str) -> Callable[[], None]:
    """Write down where this window listens; call the result to take it back."""
    note = _note(home)
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(address, "utf-8")

    def forget() -> None:
        with contextlib.suppress(OSError):
            note.unlink()

    return forget


def new_address(home: Home) -> str:
    """A name for this home's socket that only this user can reach; empty where no safe place is found.

    On Windows the name of a pipe, elsewhere a path in a folder that is closed to others. Not in the
    home itself: its path may be longer than the hundred bytes a socket's may have.
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
    """Whether the folder is there now, ours, and closed to others: in a shared place it may be a trap."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != _user():
            return False
        folder.chmod(0o700)
    except OSError:
        return False
    return True


def _user() -> int:
    return os.getuid() if sys.platform != "win32" else 0


def _note(home: Home) -> Path:
    return home.root / "locks" / "window.address"
