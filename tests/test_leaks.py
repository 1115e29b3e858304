"""The check that fails leaking tests, applied to tests that leak."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.fixtures.shared_data import REPOSITORY

LEAKY = """
    import logging, subprocess, sys, threading, warnings
    import pytest

    stop = threading.Event()

    def test_tidy():
        thread = threading.Thread(target=lambda: None)
        thread.start()
        subprocess.run([sys.executable, "-c", "pass"], check=True)

    def test_leaves_a_thread():
        threading.Thread(target=stop.wait, name="left alone", daemon=True).start()

    def test_is_not_blamed_for_the_one_before():
        stop.set()

    def test_leaves_a_process():
        globals()["child"] = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)

    def test_comes_after_the_process():
        child.stdin.close()
        assert child.wait() != 0  # the check has ended it

    def test_warns():
        warnings.warn("an unexpected warning")

    def test_says_something_to_qt(qapp):
        from PySide6.QtCore import qWarning
        qWarning("Qt complains")
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Outcomes of those tests, run with this folder's configuration: ``name -> line``."""
    folder = Path(tmp_path_factory.mktemp("leaky"))
    (folder / "test_leaky.py").write_text(textwrap.dedent(LEAKY))
    command = [sys.executable, "-m", "pytest", "-c", str(REPOSITORY / "pyproject.toml"), "--rootdir", str(folder),
             "-p", "tests.conftest", "-p", "no:cacheprovider", "-rA", "--tb=line", str(folder)]  # fmt: skip
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=120)
    lines = [line for line in done.stdout.splitlines() if "::test_" in line]
    return {line.partition("::")[2].split()[0]: line for line in lines} | {"all": done.stdout + done.stderr}


def test_tests_that_leave_nothing_pass(outcomes: dict[str, str]) -> None:
    for name in ("test_tidy", "test_is_not_blamed_for_the_one_before", "test_comes_after_the_process"):
        assert outcomes[name].startswith("PASSED"), outcomes["all"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("test_leaves_a_thread", "thread “left alone” (in"),
        ("test_leaves_a_process", "input()"),
        ("test_warns", "an unexpected warning"),
        ("test_says_something_to_qt", "Qt"),
    ],
)
def test_the_culprit_is_named(outcomes: dict[str, str], name: str, text: str) -> None:
    assert outcomes[name].startswith(("ERROR", "FAILED")), outcomes["all"]
    assert text in outcomes["all"]
