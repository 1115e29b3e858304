"""Prepares every test process as the app does its own: one thread for each numerical library.

Without the cap OpenBLAS starts a thread per core in every test process, and they get in each
other's way: measuring one clip took twenty times as long.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import hypothesis
import pytest

from genre_desktop import environment
from tests.fixtures import leak_check

if TYPE_CHECKING:
    from genre_desktop.core.paths import Home
    from genre_desktop.core.store.database import Database

# librosa, which only tests call, compiles into numba's cache. A cache that two processes wrote crashes
# the third (numba issue 10128), one left by a killed run too: every process gets a new one, thrown away.
# Set, not defaulted: the processes of pytest-xdist inherit what their parent has set here.
_numba_cache = tempfile.mkdtemp(prefix="genre-desktop-tests-numba-")
os.environ["NUMBA_CACHE_DIR"] = _numba_cache
environment.set_up()

# A shell starts what runs in the background with Ctrl-C ignored, and the commands under test would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# No deadlines, as the machine may be busy.
hypothesis.settings.register_profile("busy", deadline=None)
hypothesis.settings.load_profile("busy")

pytest_plugins = ("tests.fixtures.cli", "tests.fixtures.mlflow_server", "tests.fixtures.small_disk")


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    yield from leak_check.watch()


@pytest.fixture
def db(home: Home) -> Iterator[Database]:
    """The store of ``home``, which is a fixture of the tests beside."""
    from genre_desktop.core.store.database import Database

    opened = Database(home.store)
    yield opened
    opened.close()


def pytest_unconfigure() -> None:
    """Throw the compiled code away; pytest-xdist ends its processes without exit handlers."""
    shutil.rmtree(_numba_cache, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Names that are not UTF-8, such as the tests log on purpose, cannot be sent between test processes."""
    report = yield
    report.sections = [
        (title, text.encode("utf-8", "backslashreplace").decode("utf-8")) for title, text in report.sections
    ]
    return report
