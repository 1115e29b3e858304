import pytest

from genre_desktop.core.store import Database


class Clock:
    """A clock that advances only on :meth:`pass_`."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def db(tmp_path):
    database = Database(tmp_path / "store.db")
    yield database
    database.close()
