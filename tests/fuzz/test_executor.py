from __future__ import annotations

import sys

import pytest

from fuzz.executor import Executor
from fuzz.findings import minimised
from fuzz.outcome import Outcome

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is measured on Linux")
SAMPLE = "tests.fuzz.sample_targets:SAMPLE"


@pytest.fixture
def executor(tmp_path):
    with Executor(SAMPLE, tmp_path, hang_s=3.0) as executor:
        yield executor


@pytest.mark.parametrize(
    ("word", "kind", "signature"),
    [
        ("quiet", "read", "quiet"),
        ("REFUSE", "refused", "empty-file"),
        ("RAISE", "exception", "ZeroDivisionError"),
        ("THREAD", "exception", "ZeroDivisionError"),
        ("VALUE", "broken", "the texts of empty-file"),
        ("SENTENCE", "broken", "no sentence for unexpected"),
        ("PROMISE", "broken", "a promise"),
        ("MEMORY", "memory", ".bin quiet"),
        ("CRASH", "crash", "SIGSEGV in __init__.py:string_at"),
        ("HANG", "hang", "in sample_targets.py:hang"),
    ],
)
def test_each_kind_of_outcome_is_found_and_the_next_input_is_read(executor, word, kind, signature):
    outcome = executor.run("a.bin", word.encode())
    assert (outcome.kind, signature in outcome.signature) == (kind, True), outcome
    assert outcome.is_finding == (kind not in ("read", "refused"))
    assert executor.run("a.bin", b"quiet").kind == "read"


def test_processor_time_is_added_over_processes(executor):
    executor.run("a.bin", b"quiet")
    before = executor.cpu_s
    executor.run("a.bin", b"CRASH")
    executor.run("a.bin", b"quiet")
    assert executor.cpu_s > before > 0


def test_an_input_is_made_smaller_while_it_stays_the_finding():
    def run(name, data):
        return Outcome("exception" if b"bad" in data else "read", "x")

    found = minimised(run, "a.bin", b"x" * 100 + b"bad" + b"y" * 300, Outcome("exception", "x"))
    assert found == b"bad"
