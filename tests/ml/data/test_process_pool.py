"""Parallel map: results, problems, crashed and stuck processes, cancellation."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import psutil
import pytest

from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.ml.data.process_pool import parallel_map


def not_cancelled() -> bool:
    return False


class Fatal:
    """Exits its process when pickled, as when memory runs out while a result is sent."""

    def __reduce__(self):
        os._exit(9)


def work(item: str) -> str | Fatal:
    """Run in the processes; the item selects what happens."""
    if item == "refuse":
        raise AppError("refused", title="Refused", reason="It was asked to.")
    if item == "break":
        raise RuntimeError("broken")
    if item.startswith("die"):
        mark = Path(item.removeprefix("die ")) if " " in item else None
        if mark is None or not mark.exists():
            if mark is not None:
                mark.touch()
            os._exit(9)
    if item == "hang":
        time.sleep(1000)
    if item == "hang in C":
        hashlib.pbkdf2_hmac("sha256", b"", b"", 2_000_000_000)
    if item == "send and die":
        return Fatal()
    return item.upper()


def results(items, **options):
    return {
        done.item: done.value or done.problem.code
        for done in parallel_map(work, items, **{"workers": 2, "cancelled": not_cancelled, **options})
    }


def test_values_and_problems_belong_to_their_items():
    found = results(["a", "refuse", "b", "break", "c"])
    assert found == {"a": "A", "b": "B", "c": "C", "refuse": "refused", "break": "unexpected"}


def test_a_crash_costs_one_item_and_only_if_repeated(tmp_path):
    once = f"die {tmp_path / 'mark'}"
    found = results(["a", once, "die", "b"])
    assert found == {"a": "A", "b": "B", once: once.upper(), "die": "worker-died"}


def test_a_crash_while_sending_costs_its_own_item_only():
    found = results(["send and die", "a", "b", "c"])
    assert found == {"a": "A", "b": "B", "c": "C", "send and die": "worker-died"}


def test_a_stuck_process_is_killed():
    assert results(["hang", "a"], time_limit_s=6) == {"hang": "worker-died", "a": "A"}


def test_crashes_of_every_process_are_reported_once():
    with pytest.raises(AppError) as caught:
        list(parallel_map(work, ["die"] * 20, workers=1, cancelled=not_cancelled))
    assert caught.value.problem.code == "workers-die"


def test_items_are_requested_as_they_are_needed():
    requested = []

    def items():
        for item in "abcdefgh":
            requested.append(item)
            yield item

    stream = parallel_map(work, items(), workers=1, cancelled=not_cancelled)
    next(stream)
    assert requested == ["a"]
    stream.close()


def test_cancelling_ends_the_processes():
    asked = iter([False] * 3)
    before = set(psutil.Process().children(recursive=True))
    with pytest.raises(Cancelled):
        list(parallel_map(work, ["hang"] * 3, workers=2, cancelled=lambda: next(asked, True)))
    running = {p for p in psutil.Process().children(recursive=True) if "spawn_main" in " ".join(p.cmdline())}
    assert running <= before


def test_cancelling_does_not_wait_for_compiled_code():
    asked_at = []

    def cancelled():
        if time.monotonic() - begun > 4:  # both are in it by then
            asked_at.append(time.monotonic())
        return bool(asked_at)

    begun = time.monotonic()
    with pytest.raises(Cancelled):
        list(parallel_map(work, ["hang in C"] * 2, workers=2, cancelled=cancelled))
    assert time.monotonic() - asked_at[0] < 1


def test_nothing_to_do_starts_nothing():
    before = len(psutil.Process().children())
    assert results([]) == {}
    assert len(psutil.Process().children()) == before
