"""Work in several processes: outcomes, problems, dead and stuck processes, stopping."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import psutil
import pytest

from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.ml.data.process_pool import parallel_map


def never() -> bool:
    return False


class Fatal:
    """Ends its process when it is pickled, as running out of memory while a result is sent does."""

    def __reduce__(self):
        os._exit(9)


def work(item: str) -> str | Fatal:
    """What the processes run: the item says what happens."""
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
    if item == "die while sending":
        return Fatal()
    return item.upper()


def outcome(items, **options):
    return {
        done.item: done.value or done.problem.code
        for done in parallel_map(work, items, **{"workers": 2, "cancelled": never, **options})
    }


def test_values_and_problems_belong_to_their_items():
    found = outcome(["a", "refuse", "b", "break", "c"])
    assert found == {"a": "A", "b": "B", "c": "C", "refuse": "refused", "break": "unexpected"}


def test_a_process_that_dies_costs_one_item_and_only_if_it_dies_again(tmp_path):
    once = f"die {tmp_path / 'mark'}"
    found = outcome(["a", once, "die", "b"])
    assert found == {"a": "A", "b": "B", once: once.upper(), "die": "worker-died"}


def test_a_process_that_dies_while_it_sends_costs_its_own_item_only():
    found = outcome(["die while sending", "a", "b", "c"])
    assert found == {"a": "A", "b": "B", "c": "C", "die while sending": "worker-died"}


def test_a_stuck_process_is_given_up():
    assert outcome(["hang", "a"], time_limit_s=6) == {"hang": "worker-died", "a": "A"}


def test_when_every_process_dies_that_is_said_once():
    with pytest.raises(AppError) as caught:
        list(parallel_map(work, ["die"] * 20, workers=1, cancelled=never))
    assert caught.value.problem.code == "workers-die"


def test_items_are_taken_as_they_are_needed():
    taken = []

    def items():
        for item in "abcdefgh":
            taken.append(item)
            yield item

    stream = parallel_map(work, items(), workers=1, cancelled=never)
    next(stream)
    assert taken == ["a"]
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
    assert outcome([]) == {}
    assert len(psutil.Process().children()) == before
