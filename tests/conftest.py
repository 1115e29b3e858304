"""Every test process is prepared as the app prepares its own: one thread for each numerical library.

Without the cap OpenBLAS starts a thread per core in every test process, and they get in each
other's way: measuring one clip took twenty times as long.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from genre_desktop import early

# librosa, which only tests call, compiles into a cache; two processes that share one have crashed.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
early.set_up(Path(tempfile.gettempdir()) / f"genre-desktop-tests-numba-{_worker}")

pytest_plugins = ("tests.command_line",)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Names that are not UTF-8, such as the tests log on purpose, cannot be sent between test processes."""
    report = yield
    report.sections = [
        (title, text.encode("utf-8", "backslashreplace").decode("utf-8")) for title, text in report.sections
    ]
    return report
