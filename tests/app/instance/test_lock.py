"""One window for each home: who is first, what a second start says, and who may say it."""

from __future__ import annotations

import contextlib
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
from genre_desktop.app.instance.server import InstanceServer
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
def reception(qtbot: QtBot, home: Home) -> Iterator[InstanceServer]:
    taken = Lock(home, "window")
    assert taken.acquire()
    reception = InstanceServer(home)
    assert reception.listening
    yield reception
    reception.close()
    taken.release()


def elsewhere(qtbot: QtBot, home: Home, *files: Path) -> str:
    """What a second process gets when it wants the seat; this one's event loop answers it.

    Not a thread: Qt's waiting functions keep Python's lock.
    """
    code = (
        "import os, sys; from pathlib import Path; from genre_desktop.app.instance import lock; "
        "from genre_desktop.core.paths import Home; "
        "print(lock.take_seat(Home(Path(sys.argv[1])), [Path(name) for name in sys.argv[2:]]))"
    )
    words = [sys.executable, "-c", code, str(home.root), *map(str, files)]
    process = subprocess.Popen(words, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=PATIENCE_MS)
    return process.communicate()[0].strip()


def test_the_first_has_the_seat_and_the_next_does_not_wait_for_ever(home: Home) -> None:
    seat = lock.take_seat(home, [])
    assert seat is not None
    assert seat.ours
    with pytest.raises(AppError) as silent:  # nobody listens
        lock.take_seat(home, [], patience_s=0.0)
    assert silent.value.problem.code == "window-silent"
    assert not lock.secondary_lock(home).ours
    seat.leave()
    again = lock.take_seat(home, [])
    assert again is not None
    assert again.ours
    again.leave()


def test_a_second_start_hands_over_whatever_files_are_called(
    qtbot: QtBot, home: Home, reception: InstanceServer
) -> None:
    files = [Path("/music/Señor\nNova 🎵.mp3"), Path(os.fsdecode(b"/music/caf\xe9.mp3"))]
    asked: list[list[Path]] = []
    reception.asked.connect(asked.append)
    assert elsewhere(qtbot, home, *files) == "None"
    assert asked == [files]


@pytest.mark.skipif(not is_linux(), reason="makes a Unix socket")
def test_who_did_not_wait_for_the_answer_is_not_served(
    qtbot: QtBot, home: Home, reception: InstanceServer, caplog: pytest.LogCaptureFixture
) -> None:
    """What a window that hung finds when it wakes up; the other start has opened the files itself by then."""
    caplog.set_level("INFO")
    reception.asked.connect(lambda _files: pytest.fail("nobody waits for this"))
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(reception.address)
        line.sendall(lock.message([Path("/music/song.mp3")]))
    qtbot.waitUntil(lambda: "did not wait" in caplog.text, timeout=PATIENCE_MS)


def test_relative_names_are_those_of_the_second_start(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home.root)
    files, _ = lock.parse_message(lock.message([Path("song.mp3")]))
    assert files == [home.root / "song.mp3"]


def test_the_desktops_token_travels_along(
    qtbot: QtBot, home: Home, reception: InstanceServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "token-7")
    said = lock.message([])
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN")
    assert lock.parse_message(said) == ([], {"XDG_ACTIVATION_TOKEN": "token-7"})


def speak(address: str, words: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(PATIENCE_MS / 1000)
        line.connect(address)
        line.sendall(words)
        with contextlib.suppress(ConnectionError):
            return line.recv(100)
    return b""


@pytest.mark.skipif(not is_linux(), reason="speaks to a Unix socket")
@pytest.mark.parametrize("words", [b"hello\n", b"{}\n", b'{"open": [7], "tokens": {}}\n', b"\xff\xfe\n"])
def test_other_words_are_not_answered(
    qtbot: QtBot, reception: InstanceServer, words: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    reception.asked.connect(lambda _files: pytest.fail("this was no second start"))
    answers: list[bytes] = []
    thread = threading.Thread(target=lambda: answers.append(speak(reception.address, words)))
    thread.start()
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=PATIENCE_MS)
    assert answers == [b""]
    assert "no second start" in caplog.text


@pytest.mark.skipif(not is_linux(), reason="permissions of sockets")
def test_only_this_user_reaches_the_socket(home: Home, reception: InstanceServer) -> None:
    place = Path(reception.address)
    assert stat.S_ISSOCK(place.stat().st_mode)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert lock.known_address(home) == reception.address


@pytest.mark.skipif(not is_linux(), reason="makes a Unix socket")
def test_a_socket_left_by_a_killed_window_is_taken_over(qtbot: QtBot, home: Home) -> None:
    killed = socket.socket(socket.AF_UNIX)
    killed.bind(lock.new_address(home))
    killed.close()  # the file stays
    lock.note_address(home, lock.new_address(home))
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
