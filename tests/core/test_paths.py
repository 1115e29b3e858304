import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from genre_desktop.core import paths
from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import HOME_VARIABLE, Home, make_folder, shipped, write_atomically
from tests.fixtures.synced_paths import record_syncs


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


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_after_writing_file_and_name_are_on_the_disk(tmp_path, monkeypatch):
    synced = record_syncs(monkeypatch)
    write_atomically(tmp_path / "file", b"one")
    assert synced[-1] == tmp_path
    assert [path.name.startswith(".file.") for path in synced] == [True, False]


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


def unusable(root):
    with pytest.raises(AppError) as caught:
        Home(root).create()
    assert str(root) in str(caught.value)
    return caught.value.problem.key


posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights and limits")


@posix
def test_a_file_where_the_home_should_be_is_called_one(tmp_path):
    (tmp_path / "file").write_text("x")
    assert unusable(tmp_path / "file") == "home-unusable/file"
    assert unusable(tmp_path / "file" / "below") == "home-unusable/file"


@posix
def test_the_longest_home_works_and_a_longer_one_is_refused(tmp_path):
    def long(size):
        missing = size - len(os.fsencode(tmp_path))
        names = ["a" * 99] * (missing // 100)
        return tmp_path.joinpath(*names, "b" * (missing % 100 - 1))

    home = Home(long(paths.MAX_ROOT_BYTES)).create()
    sqlite3.connect(home.registry / "mlflow.db.12345678.making").execute(
        "CREATE TABLE t (x)"
    ).connection.close()
    assert unusable(long(paths.MAX_ROOT_BYTES + 1)) == "home-unusable/long"
    with pytest.raises(sqlite3.OperationalError):  # the reason: SQLite's own limit
        sqlite3.connect(home.registry / ("c" * 60))


def create_elsewhere(root, before, *, prefix=()):
    code = f"import os; from genre_desktop.core.paths import Home; {before}; Home(__import__('pathlib').Path({str(root)!r})).create()"
    return subprocess.run([*prefix, sys.executable, "-c", code], capture_output=True, text=True).stderr


@posix
def test_a_home_of_another_user_is_called_one(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    Home(tmp_path / "home").create()
    assert "belongs to another user" in create_elsewhere(tmp_path / "home", "os.seteuid(65534)")


@pytest.mark.skipif(not shutil.which("unshare"), reason="mounts a disk of its own")
def test_a_disk_that_is_read_only_is_called_one(tmp_path):
    home = Home(tmp_path).create()  # exists: only writing shows it
    mount = f'mount --bind "{home.root}" "{home.root}" && mount -o remount,ro,bind "{home.root}"'
    prefix = ("unshare", "--mount", "sh", "-c", mount + ' && exec "$@"', "sh")
    if subprocess.run([*prefix, "true"], capture_output=True).returncode:
        pytest.skip("mounting is not permitted here")
    assert "on a disk that is read-only" in create_elsewhere(home.root, "pass", prefix=prefix)


@posix
def test_an_old_home_is_closed_to_others_and_foreign_files_are_left_alone(tmp_path):
    def mode(path):
        return path.stat().st_mode & 0o777

    home = Home(tmp_path / "home").create()
    assert mode(home.root) == 0o700
    home.store.write_bytes(b"")
    model = home.registry / "a" / "model"
    model.parent.mkdir()
    model.write_bytes(b"")
    outside = tmp_path / "outside"
    outside.mkdir(mode=0o755)
    (home.takes / "link").symlink_to(outside)
    opened = (home.root, home.registry, model.parent, home.store, model, outside)
    for path in opened:
        path.chmod(0o755 if path.is_dir() else 0o644)
    home.create()
    assert [mode(path) for path in opened] == [0o700, 0o700, 0o700, 0o600, 0o600, 0o755]
    (home.root / "holiday.jpg").write_bytes(b"")
    home.root.chmod(0o755)
    model.chmod(0o644)
    home.create()
    assert (mode(home.root), mode(model)) == (0o755, 0o600)


def test_what_a_killed_process_left_is_deleted_by_the_next_write(tmp_path):
    left, unfinished, other = (tmp_path / name for name in (".a.json.old", ".a.json.new", ".b.json.old"))
    for path in (left, unfinished, other):
        path.touch()
    for path in (left, other):
        os.utime(path, (0, 0))
    write_atomically(tmp_path / "a.json", b"{}")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".a.json.new", ".b.json.old", "a.json"]


def test_a_home_that_is_used_is_not_created_again_in_parts(tmp_path):
    home = Home(tmp_path / "home").create().use()
    make_folder(home.root / "some" / "folder")
    shutil.rmtree(home.root)
    for write in (lambda: make_folder(home.takes), lambda: write_atomically(home.settings, b"{}")):
        with pytest.raises(AppError) as caught:
            write()
        assert isinstance(caught.value, OSError)
        assert caught.value.problem.key == "home-gone/removed"
    assert not home.root.exists()
    make_folder(tmp_path / "other")
    home.create()
    make_folder(home.takes)
