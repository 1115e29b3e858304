"""The registry's files on a full disk, and locks that cannot be had."""

from __future__ import annotations

from pathlib import Path

import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.ml.registry import storage
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.registry.starter_models import open_registry
from tests.fixtures.small_disk import fill


def test_a_full_disk_is_not_called_a_busy_registry(small_disk: Path) -> None:
    home = Home(small_disk / "home").create()
    fill(small_disk)
    with pytest.raises(AppError) as caught, storage.locked(home):
        pass
    assert caught.value.problem.code == "no-space"
    assert str(home.registry) in str(caught.value.problem.reason)


def test_a_disk_that_is_full_while_the_registry_is_made_is_named_and_a_new_start_works(
    small_disk: Path,
) -> None:
    home = Home(small_disk / "home").create()
    with storage.locked(home):
        filler = fill(small_disk)
    with pytest.raises(AppError) as caught, Registry(home) as registry:
        registry.snapshot()
    assert caught.value.problem.code == "no-space"
    filler.unlink()
    with Registry(home) as registry:
        assert registry.snapshot().aliases == {}


def test_a_disk_that_is_full_while_starters_are_registered_is_named(small_disk: Path) -> None:
    home = Home(small_disk / "home").create()
    with pytest.raises(AppError) as caught:
        open_registry(home)  # they have more than there is
    assert caught.value.problem.code == "no-space"


def test_a_lock_that_is_no_database_is_not_called_busy(tmp_path: Path) -> None:
    home = Home(tmp_path).create()
    (home.registry / storage.LOCK).mkdir()
    with pytest.raises(AppError) as caught, storage.locked(home):
        pass
    assert caught.value.problem.code == "registry-failed"
