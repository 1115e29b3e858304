from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import qt_support

qt_support.quiet_platform()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    qt_support.strict(items, Path(__file__).parent)


@pytest.fixture(autouse=True)
def _no_leaks() -> Iterator[None]:
    yield from qt_support.no_leaks()
