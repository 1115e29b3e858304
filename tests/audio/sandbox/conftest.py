"""A decoder process of the tests' own for each test."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from genre_desktop.audio.sandbox import pool, process, protocol

if sys.platform != "linux":
    pytest.skip("the decoder process needs Linux", allow_module_level=True)


@pytest.fixture(autouse=True)
def fresh_pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    pool.close()
    monkeypatch.setattr(pool, "_sealed", True)
    pool.use("auto")
    yield
    pool.use("auto")
    pool.close()


@pytest.fixture
def taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files with a payload take the decoder process over."""
    script = str(Path(__file__).with_name("payload_child.py"))
    monkeypatch.setattr(process, "command", lambda: [sys.executable, "-P", script, protocol.ARGUMENT])
