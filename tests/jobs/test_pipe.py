from __future__ import annotations

import os
import pickle
import threading
import zlib
from collections.abc import Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection

import pytest

from genre_desktop.jobs import pipe
from genre_desktop.jobs.messages import Ready

PICKLE = pickle.dumps(Ready(1, 0.5))
FRAME = zlib.crc32(PICKLE).to_bytes(4, "big") + PICKLE


@pytest.fixture
def ends() -> Iterator[tuple[Connection, Connection]]:
    receiver, sender = Pipe()
    with receiver, sender:
        yield receiver, sender


def test_messages_arrive_in_order(ends: tuple[Connection, Connection]) -> None:
    receiver, sender = ends
    large = bytes(5_000_000)
    thread = threading.Thread(
        target=lambda: [pipe.send(sender, each) for each in (Ready(1, 0.5), large, None)]
    )
    thread.start()
    assert [pipe.receive(receiver) for _ in range(3)] == [Ready(1, 0.5), large, None]
    thread.join()


def test_what_cannot_be_pickled_sends_nothing(ends: tuple[Connection, Connection]) -> None:
    receiver, sender = ends
    with pytest.raises(Exception, match="pickle"):
        pipe.send(sender, lambda: None)
    assert not receiver.poll()


def test_what_is_too_large_sends_nothing(
    ends: tuple[Connection, Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver, sender = ends
    monkeypatch.setattr(pipe, "LIMIT", 1000)
    with pytest.raises(ValueError, match="too large"):
        pipe.send(sender, bytes(1000))
    assert not receiver.poll()


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"abc",
        PICKLE,  # no checksum
        FRAME[:-1],
        FRAME + b"\0",
        FRAME[:20] + bytes([FRAME[20] ^ 1]) + FRAME[21:],
        # It would reserve 1.4 GB for its memo.
        b"\x95=" + bytes(6) + b"\x8c\x1bg" + bytes(14) + b".jobs.messagens\x94\x8c\x05ReadyX",
    ],
)
def test_what_is_damaged_is_not_unpickled(
    ends: tuple[Connection, Connection], written: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver, sender = ends
    monkeypatch.setattr(pipe.pickle, "loads", lambda _: pytest.fail("unpickled"))
    sender.send_bytes(written)
    with pytest.raises(pipe.DamagedMessageError):
        pipe.receive(receiver)


def test_a_message_of_another_version_is_damaged(ends: tuple[Connection, Connection]) -> None:
    receiver, sender = ends
    other = PICKLE.replace(b"Ready", b"Gone_")
    sender.send_bytes(zlib.crc32(other).to_bytes(4, "big") + other)
    with pytest.raises(pipe.DamagedMessageError, match="Gone_"):
        pipe.receive(receiver)


def test_a_length_over_the_limit_reserves_nothing(ends: tuple[Connection, Connection]) -> None:
    receiver, sender = ends
    os.write(sender.fileno(), (-1).to_bytes(4, "big", signed=True) + (1 << 40).to_bytes(8, "big"))
    with pytest.raises(OSError, match="length"):
        pipe.receive(receiver)
