"""The identity of a desktop: random, kept, and of use for one team at a time."""

from __future__ import annotations

import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import forget_everything
from genre_desktop.ml.registry.shared import contributor


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home").create()


def test_it_is_random_and_stays(home, tmp_path):
    me = contributor.of_home(home)
    assert contributor.of_home(home) == me
    other = contributor.of_home(Home(tmp_path / "other").create())
    assert len({me.id, me.secret, me.proposal, other.id, other.secret, other.proposal}) == 6
    assert me.secret not in repr(me)


def test_it_survives_forgetting_everything(home):
    me = contributor.of_home(home)
    database = Database(home.store)
    forget_everything(database)
    database.close()
    assert contributor.of_home(home) == me


def test_only_its_owner_can_read_it(home):
    contributor.of_home(home)
    assert (home.registry / contributor.FILE).stat().st_mode & 0o077 == 0


def test_names_are_known_for_servers_whose_salt_was_seen(home):
    assert contributor.remembered_names(home, "https://a") is None
    assert not (home.registry / contributor.FILE).exists()  # asking makes none
    contributor.remember_salt(home, "https://a", "ab" * 32)
    contributor.remember_salt(home, "https://b", "cd" * 32)
    names = contributor.remembered_names(home, "https://a")
    assert names == contributor.of_home(home).names("ab" * 32)
    assert contributor.remembered_names(home, "https://b") != names


def test_without_a_known_server_the_names_are_those_of_the_last_team(home):
    contributor.of_home(home)
    assert contributor.remembered_names(home) is None
    contributor.remember_salt(home, "https://a", "ab" * 32)
    contributor.remember_salt(home, "https://b", "cd" * 32)
    last = contributor.of_home(home).names("cd" * 32)
    assert contributor.remembered_names(home) == contributor.remembered_names(home, "https://c") == last
    contributor.remember_salt(home, "https://a", "ab" * 32)  # met again
    assert contributor.remembered_names(home) == contributor.of_home(home).names("ab" * 32)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"id": "ab", "secret": "xx", "proposal": "ab"}',
        '{"id": 5, "secret": "ab", "proposal": "ab"}',
        '{"id": "ab", "secret": "", "proposal": "ab"}',
        '{"id": "ab", "secret": "ab", "proposal": "ab", "salts": {"a": 1}}',
    ],
)
def test_a_damaged_file_is_reported(home, text):
    (home.registry / contributor.FILE).write_text(text)
    with pytest.raises(AppError) as error:
        contributor.of_home(home)
    assert error.value.problem.code == "contributor-unreadable"
