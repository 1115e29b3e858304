"""Waits that grow by the time in which this process had no core."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from genre_desktop.ml import starvation

BUDGET_S = 0.01


@pytest.fixture
def held_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets for how many seconds each thread was held back."""
    monkeypatch.setattr(starvation, "_THREADS", tmp_path)

    def write(**seconds: float) -> None:
        for thread, since in seconds.items():
            (tmp_path / thread).mkdir(exist_ok=True)
            (tmp_path / thread / "schedstat").write_text(f"123 {round(since * 1e9)} 4\n")

    write(t1=100.0, t2=7.0)
    return write


def test_time_without_a_core_does_not_count(held_back: Callable[..., None]) -> None:
    waits: list[float] = []

    def ready(timeout_s: float) -> bool:
        waits.append(timeout_s)
        threading.Event().wait(timeout_s)
        held_back(t2=7.0 + 4 * BUDGET_S, t3=2 * BUDGET_S)  # it grew by four budgets, once
        return len(waits) == 2

    assert starvation.wait(ready, BUDGET_S)
    assert 0 < waits[1] <= 4 * BUDGET_S


def test_who_had_a_core_has_the_budget(held_back: Callable[..., None]) -> None:
    waits: list[float] = []

    def ready(timeout_s: float) -> bool:
        waits.append(timeout_s)
        threading.Event().wait(timeout_s + BUDGET_S)
        return False

    assert not starvation.wait(ready, BUDGET_S)
    assert len(waits) == 1


def test_a_wait_ends(held_back: Callable[..., None]) -> None:
    waits: list[float] = []

    def ready(timeout_s: float) -> bool:
        waits.append(timeout_s)
        threading.Event().wait(timeout_s)
        held_back(t1=1000.0)
        return False

    assert not starvation.wait(ready, BUDGET_S)
    assert sum(waits) <= starvation.MOST * BUDGET_S + 0.001


def test_a_system_that_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starvation, "_THREADS", tmp_path / "nothing")
    assert starvation.held_back() == {}
    assert not starvation.wait(lambda _timeout_s: False, 0.0)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts it")
def test_linux_counts_every_thread() -> None:
    assert str(threading.get_native_id()) in starvation.held_back()
