"""What a file that has taken over the decoder process can do: end it, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.audio.decoding import decoder
from genre_desktop.audio.sandbox import client, pool, process
from genre_desktop.core.errors import AppError
from tests.audio.sandbox import payload_child
from tools.synthetic_audio import music, write

pytestmark = pytest.mark.usefixtures("taken_over")

FORBIDDEN = (
    "socket", "connect", "file", "write-file", "list", "program", "fork", "thread", "kill", "trace", "unlink",
    "executable-memory", "raise-limit",
)  # fmt: skip


def key_of(tmp_path: Path, content: bytes) -> str:
    """Read a file with a payload, then a good one; return the key of the problem."""
    bad = tmp_path / "bad.wav"
    bad.write_bytes(content)
    good = write(tmp_path / "good.wav", music(1.0, 22_050), 22_050)
    client.probe(good)
    with pytest.raises(AppError) as caught:
        client.read(bad)
    assert client.read(good).clip_hash == decoder.read(good).clip_hash
    assert "bad.wav" in str(caught.value)
    assert pool.protection().landlock or pool.protection().seccomp
    return caught.value.problem.key


@pytest.mark.parametrize("payload", FORBIDDEN)
def test_what_is_forbidden_ends_it(tmp_path: Path, payload: str) -> None:
    assert key_of(tmp_path, f"PAYLOAD {payload} ".encode()) == "decoder-stopped/forbidden"
    assert not Path("/tmp/from-the-decoder").exists()


@pytest.mark.parametrize(
    ("payload", "key"),
    [
        ("crash", "decoder-stopped/crashed"),
        ("exit", "decoder-stopped/crashed"),
        ("error", "decoder-stopped/crashed"),
        ("allocate", "decoder-stopped/memory"),
        ("traceback", "decoder-stopped/memory"),
    ],
)
def test_other_ends_are_told_apart(tmp_path: Path, payload: str, key: str) -> None:
    assert key_of(tmp_path, f"PAYLOAD {payload} ".encode()) == key


def test_no_progress_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "STALLED_S", 1.5)
    assert key_of(tmp_path, b"PAYLOAD stall ") == "decoder-stopped/stalled"


GOOD_END = {"duration_s": 1.0, "warnings": [], "clip_hash": "0" * 32}


def _end(**changes: Any) -> bytes:
    return json.dumps({"end": {**GOOD_END, **changes}}).encode()


@pytest.mark.parametrize(
    "answer",
    [
        b"\xff\xfe",
        b"[" * 60_000,
        b"[]",
        b"{}",
        b'{"info": {}}',
        b'{"block": 3}',
        b'{"info": 1, "block": 2}',
        json.dumps({"info": {**payload_child.INFO, "artist": "x" * 9000}}).encode(),
        json.dumps({"info": {**payload_child.INFO, "artist": "\ud800"}}).encode(),
        json.dumps({"info": {**payload_child.INFO, "channels": True}}).encode(),
        json.dumps({"info": {**payload_child.INFO, "duration_s": float("inf")}}).encode(),
        json.dumps({"info": {**payload_child.INFO, "more": 1}}).encode(),
        json.dumps({"problem": {"key": "your-password", "values": {}}}).encode(),
        json.dumps({"problem": {"key": "undecodable/sample-rate", "values": {"rate": [1]}}}).encode(),
        json.dumps({"problem": {"key": "non-finite", "values": {"when": "x"}}}).encode(),
        json.dumps({"failed": 7}).encode(),
        json.dumps({"os_error": -1}).encode(),
    ],
)
def test_a_malformed_answer_ends_it(tmp_path: Path, answer: bytes) -> None:
    assert key_of(tmp_path, b"PAYLOAD answer " + answer) == "decoder-stopped/answer"


@pytest.mark.parametrize(
    "answer",
    [
        b'{"block": 99999999}',
        b'{"block": -1}',
        b'{"block": 1.5}',
        b'{"block": 10}',
        b'{"info": {}}',
        _end(clip_hash="../../etc"),
        _end(duration_s="1"),
        _end(duration_s=float("nan")),
        _end(warnings=[{"text": "Call this number", "values": {}, "plural": ""}]),
        _end(warnings=[{"text": "{found_s.__class__}", "values": {"found_s": 1}, "plural": ""}]),
        _end(warnings=7),
    ],
)
def test_malformed_blocks_and_ends_end_it(tmp_path: Path, answer: bytes) -> None:
    assert key_of(tmp_path, b"PAYLOAD blocks " + answer) == "decoder-stopped/answer"
