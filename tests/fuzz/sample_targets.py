"""Targets that misbehave in each way, in a process of their own."""

from __future__ import annotations

import ctypes
import threading
import time
from pathlib import Path

from fuzz.outcome import Broken
from fuzz.target import Target
from genre_desktop.core.errors import AppError


def run(path: Path) -> str:
    data = path.read_bytes()
    for word, act in ACTS.items():
        if word in data:
            act()
    return "quiet"


def crash() -> None:
    ctypes.string_at(0)


def hang() -> None:
    time.sleep(60)


def allocate() -> None:
    bytearray(700 * 2**20)


def raise_error() -> None:
    raise ZeroDivisionError


def raise_in_thread() -> None:
    thread = threading.Thread(target=raise_error)
    thread.start()
    thread.join()


def refuse() -> None:
    raise AppError("empty-file", name="a")


def lose_a_value() -> None:
    raise AppError("empty-file")


def refuse_without_a_sentence() -> None:
    raise AppError("unexpected", error="x")


def break_a_promise() -> None:
    raise Broken("a promise")


ACTS = {
    b"CRASH": crash,
    b"HANG": hang,
    b"MEMORY": allocate,
    b"RAISE": raise_error,
    b"THREAD": raise_in_thread,
    b"REFUSE": refuse,
    b"VALUE": lose_a_value,
    b"SENTENCE": refuse_without_a_sentence,
    b"PROMISE": break_a_promise,
}

SAMPLE = Target("sample", "a sample", lambda: {"seed.bin": b"nothing happens"}, run)
