"""One running instance per home: its lock, the messages of later instances, and access to its socket."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.instance import lock
from genre_desktop.app.instance.server import MAX_CONNECTIONS, InstanceServer
from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.jobs.process_lock import Lock
from tests.fixtures.qt import PATIENCE_MS, is_linux
from tests.fixtures.shared_data import REPOSITORY


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    (tmp_path / "run").mkdir(mode=0o700)
    return Home(tmp_path / "home").create()


@pytest.fixture
def server(qtbot: QtBot, home: Home) -> Iterator[InstanceServer]:
    held = Lock(home, "window")
    assert held.acquire()
    server = InstanceServer(home)
    assert server.listening
    yield server
    server.close()
    held.release()


def start_second_instance(qtbot: QtBot, home: Home, *files: Path) -> str:
    """Return what ``acquire_lock`` returns in another process; this one's event loop answers it.

    A thread would not do: Qt's waiting functions hold Python's lock.
    """
    code = (
        "import os, sys; from pathlib import Path; from genre_desktop.app.instance import lock; "
        "from genre_desktop.core.paths import Home; "
        "print(lock.acquire_lock(Home(Path(sys.argv[1])), [Path(name) for name in sys.argv[2:]]))"
    )
    command = [sys.executable, "-c", code, str(home.root), *map(str, files)]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=PATIENCE_MS)
    return process.communicate()[0].strip()


def test_the_first_has_the_lock_and_the_next_does_not_wait_for_ever(home: Home) -> None:
    first = lock.acquire_lock(home, [])
    assert first is not None
    assert first.primary
    with pytest.raises(AppError) as silent:  # no server is listening
        lock.acquire_lock(home, [], patience_s=0.0)
    assert silent.value.problem.code == "window-silent"
    assert not lock.secondary_lock(home).primary
    first.release()
    again = lock.acquire_lock(home, [])
    assert again is not None
    assert again.primary
    again.release()


def test_a_second_start_hands_over_whatever_files_are_called(
    qtbot: QtBot, home: Home, server: InstanceServer
) -> None:
    files = [Path("/music/Señor\nNova 🎵.mp3"), Path(os.fsdecode(b"/music/caf\xe9.mp3"))]
    received: list[list[Path]] = []
    server.files_received.connect(received.append)
    assert start_second_instance(qtbot, home, *files) == "None"
    assert received == [files]


@pytest.mark.skipif(not is_linux(), reason="makes a Unix socket")
def test_who_did_not_wait_for_the_answer_is_not_served(
    qtbot: QtBot, home: Home, server: InstanceServer, caplog: pytest.LogCaptureFixture
) -> None:
    """A window that hung handles the message late; the other instance has opened the files by then."""
    caplog.set_level("INFO")
    server.files_received.connect(lambda _files: pytest.fail("the sender did not wait"))
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(server.address)
        line.sendall(lock.message([Path("/music/song.mp3")]))
    qtbot.waitUntil(lambda: "did not wait" in caplog.text, timeout=PATIENCE_MS)


def test_relative_names_are_those_of_the_second_start(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home.root)
    files, _ = lock.parse_message(lock.message([Path("song.mp3")]))
    assert files == [home.root / "song.mp3"]


def test_the_desktops_token_travels_along(
    qtbot: QtBot, home: Home, server: InstanceServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "token-7")
    sent = lock.message([])
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN")
    assert lock.parse_message(sent) == ([], {"XDG_ACTIVATION_TOKEN": "token-7"})


def exchange(address: str, data: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(PATIENCE_MS / 1000)
        line.connect(address)
        line.sendall(data)
        with contextlib.suppress(ConnectionError):
            return line.recv(100)
    return b""


@pytest.mark.skipif(not is_linux(), reason="connects to a Unix socket")
@pytest.mark.parametrize("data", [b"hello\n", b"{}\n", b'{"open": [7], "tokens": {}}\n', b"\xff\xfe\n"])
def test_other_words_are_not_answered(
    qtbot: QtBot, server: InstanceServer, data: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    server.files_received.connect(lambda _files: pytest.fail("not from a later instance"))
    answers: list[bytes] = []
    thread = threading.Thread(target=lambda: answers.append(exchange(server.address, data)))
    thread.start()
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=PATIENCE_MS)
    assert answers == [b""]
    assert "not from a later instance" in caplog.text


@pytest.mark.skipif(not is_linux(), reason="permissions of sockets")
def test_only_this_user_reaches_the_socket(home: Home, server: InstanceServer) -> None:
    place = Path(server.address)
    assert stat.S_ISSOCK(place.stat().st_mode)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert lock.known_address(home) == server.address


@pytest.mark.skipif(not is_linux(), reason="makes a Unix socket")
def test_a_socket_left_by_a_killed_window_is_taken_over(qtbot: QtBot, home: Home) -> None:
    killed = socket.socket(socket.AF_UNIX)
    killed.bind(lock.new_address(home))
    killed.close()  # the file stays
    lock.write_address(home, lock.new_address(home))
    assert not lock.send_to_running_instance(home, [])
    second = InstanceServer(home)
    assert second.listening
    second.close()
    assert lock.known_address(home) == ""
    assert not lock.send_to_running_instance(home, [])


def test_homes_do_not_share_a_window(home: Home, tmp_path: Path) -> None:
    assert lock.new_address(home) != lock.new_address(Home(tmp_path / "other"))


@pytest.mark.skipif(not is_linux(), reason="links and owners of folders")
def test_a_trap_in_a_shared_folder_is_not_used(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "run" / "genre-desktop").symlink_to(tmp_path / "mine")
    assert not lock._made_private(tmp_path / "run" / "genre-desktop")
    assert not lock._made_private(tmp_path / "no" / "such")


@pytest.mark.skipif(not is_linux(), reason="connects to a Unix socket")
def test_idle_connections_do_not_keep_out_a_second_start(
    qtbot: QtBot, home: Home, server: InstanceServer
) -> None:
    received: list[list[Path]] = []
    server.files_received.connect(received.append)
    with contextlib.ExitStack() as stack:
        idle = [stack.enter_context(socket.socket(socket.AF_UNIX)) for _ in range(200)]
        for line in idle:
            line.setblocking(False)
            line.connect(server.address)  # the window is busy: all of them wait in the queue
        assert start_second_instance(qtbot, home, Path("/music/a.mp3")) == "None"
        assert received == [[Path("/music/a.mp3")]]
        assert len(server._open) <= MAX_CONNECTIONS
        idle[0].setblocking(True)
        idle[0].settimeout(PATIENCE_MS / 1000)
        assert idle[0].recv(1) == b""  # closed, to make room
    qtbot.waitUntil(lambda: not server._open, timeout=PATIENCE_MS)


@pytest.mark.skipif(not is_linux(), reason="connects to a Unix socket")
def test_an_idle_connection_is_closed(
    qtbot: QtBot, server: InstanceServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("genre_desktop.app.instance.server.IDLE_MS", 50)
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(server.address)
        line.sendall(b'{"open"')
        qtbot.waitUntil(lambda: bool(server._open), timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: not server._open, timeout=PATIENCE_MS)


@pytest.mark.skipif(not is_linux(), reason="asks the kernel for the peer")
def test_only_this_user_is_a_peer(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = socket.socketpair()
    with one, other:
        assert lock.is_own_peer(one.fileno())
        monkeypatch.setattr(lock, "_user", lambda: os.getuid() + 1)
        assert not lock.is_own_peer(one.fileno())


def test_a_disk_without_space_for_the_lock_gives_a_window_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(lock.Lock, "acquire", full)
    seat = lock.acquire_lock(Home(tmp_path), [])
    assert seat is not None
    assert not seat.primary
