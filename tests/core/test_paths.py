import sys
from pathlib import Path

import platformdirs
import pytest

from genre_desktop.core import paths
from genre_desktop.core.paths import HOME_VARIABLE, Home, shipped, write_atomically


def test_the_explicit_folder_wins_over_the_variable_over_the_platform(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "variable"))
    assert Home.locate(tmp_path / "explicit").root == tmp_path / "explicit"
    assert Home.locate().root == tmp_path / "variable"
    monkeypatch.delenv(HOME_VARIABLE)
    assert Home.locate().root == Path(platformdirs.user_data_dir("genre-desktop", False)).absolute()


def test_a_relative_or_tilde_home_becomes_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert Home.locate("here").root == tmp_path / "here"
    assert Home.locate("~/there").root == tmp_path / "there"


def test_everything_lies_inside_the_home_and_create_may_be_called_twice(tmp_path):
    home = Home(tmp_path / "home").create().create()
    folders = {home.registry, home.logs, home.reports, home.takes, home.numba_cache}
    files = {home.store, home.schedule, home.settings}
    assert all(folder.is_dir() for folder in folders)
    assert all(home.root in path.parents for path in folders | files)
    assert len(folders | files) == 8


def test_shipped_files_are_beside_the_package_in_a_checkout():
    assert shipped("pyproject.toml").read_text("utf-8").startswith("[build-system]")


def test_shipped_files_are_inside_a_frozen_app(tmp_path, monkeypatch):
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "only-here.txt").write_text("x")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert shipped("resources", "only-here.txt") == tmp_path / "resources" / "only-here.txt"


def test_a_missing_shipped_file_is_named_where_it_belongs():
    assert (
        shipped("resources", "no-such-file") == Path(paths.__file__).parents[2] / "resources" / "no-such-file"
    )


def test_writing_replaces_the_whole_file_and_makes_its_folder(tmp_path):
    target = tmp_path / "new" / "file"
    write_atomically(target, b"one, which is longer")
    write_atomically(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(target.parent.iterdir()) == [target]


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path, monkeypatch):
    target = tmp_path / "file"
    write_atomically(target, b"old")

    def full(descriptor):
        raise OSError("No space left on device")

    monkeypatch.setattr(paths.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
