"""Replaces ``sounddevice`` in the device processes of tests.

The environment variable ``FAKE_SOUND`` sets its behaviour, as JSON:

hangs:
    The step that never returns while a thread keeps a core busy, as PortAudio's may: ``list``, ``start`` or ``abort``.
dies:
    The step at which the whole process ends.
played:
    The file to which an output appends what it plays.
dies_after, overflow_at:
    Blocks of 10 ms after which a stream ends by itself, and before which samples were lost.
missing:
    True where PortAudio is not installed.
no_output:
    True where there is no loudspeaker.
pace:
    How many times faster than real time an output plays; 0 for as fast as it can.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from array import array
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

RATE = 44_100
BLOCK = RATE // 100
_settings = json.loads(os.environ["FAKE_SOUND"])
if _settings.get("missing"):
    raise OSError("PortAudio library not found")
default = SimpleNamespace(device=(0, 1))


class PortAudioError(Exception):
    """As sounddevice's."""


class CallbackStop(Exception):  # noqa: N818  # sounddevice's name
    """Asks for the end of the stream."""


def _step(name: str) -> None:
    if _settings.get("dies") == name:
        os._exit(3)
    if _settings.get("hangs") == name:
        hashlib.pbkdf2_hmac("sha256", b"", b"", 2**31 - 1)  # hours, without the interpreter


def query_hostapis() -> Any:
    return ({"name": "ALSA", "default_input_device": 0, "devices": [0, 1]},)


def query_devices(kind: str = "") -> Any:
    _step("list")
    rows = [
        {"name": name, "hostapi": 0, "index": index, "default_samplerate": float(RATE)} | channels
        for index, (name, channels) in enumerate(
            (
                ("mic", {"max_input_channels": 1, "max_output_channels": 0}),
                ("speaker", {"max_input_channels": 0, "max_output_channels": 2}),
            )
        )
    ]
    if kind == "output" and _settings.get("no_output"):
        raise ValueError("no output device")
    return rows[1] if kind == "output" else rows


class _Stream:
    latency = 0.0

    def __init__(self, *, callback: Any, finished_callback: Any, **_options: Any) -> None:
        self._callback, self._finished = callback, finished_callback
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        _step("start")
        self._thread.start()

    def abort(self) -> None:
        _step("abort")
        self._closing.set()

    def close(self) -> None:
        self._thread.join()

    def _run(self) -> None:
        for number in count():
            if self._closing.is_set() or number >= _settings.get("dies_after", float("inf")):
                break
            if not self._block(number):
                break
        self._finished()

    def _block(self, number: int) -> bool:
        raise NotImplementedError


class RawInputStream(_Stream):
    """Records a ramp: every sample is its own number."""

    def _block(self, number: int) -> bool:
        samples = array("f", range(number * BLOCK, (number + 1) * BLOCK))
        overflow = number == _settings.get("overflow_at")
        self._callback(samples.tobytes(), BLOCK, None, "input overflow" if overflow else None)
        time.sleep(0.01)
        return True


class RawOutputStream(_Stream):
    """Plays into a file."""

    def _block(self, number: int) -> bool:
        out = bytearray(BLOCK * 8)
        try:
            self._callback(out, BLOCK, None, None)
        except CallbackStop:
            return False
        if "played" in _settings:
            with Path(_settings["played"]).open("ab") as file:
                file.write(out)
        if _settings.get("pace"):
            time.sleep(0.01 / _settings["pace"])
        return True
