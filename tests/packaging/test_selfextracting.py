"""The self-extracting script, with a stand-in for the program: installs, replaces, removes, unpacks."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from tools.package import linux, selfextracting

pytestmark = pytest.mark.skipif(
    not all(shutil.which(tool) for tool in ("ar", "xz", "sh")), reason="ar, xz and sh are needed"
)


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    bundle = folder / "root" / "opt" / "genre-desktop"
    bundle.mkdir(parents=True)
    (bundle / "genre-desktop").write_text('#!/bin/sh\necho "plays $1"\n')
    (bundle / "genre-desktop").chmod(0o755)
    linux.share(folder / "root" / "usr" / "share")
    with tarfile.open(folder / "data.tar.xz", "w:xz") as archive:
        archive.add(folder / "root", ".")
    subprocess.run(["ar", "rc", "package.deb", "data.tar.xz"], check=True, cwd=folder)
    return selfextracting.build(folder / "package.deb", folder)


def run(script: Path, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(["sh", str(script), *arguments], capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


def files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() or path.is_symlink()
    }


def test_it_installs_replaces_and_removes_itself(script: Path, tmp_path: Path) -> None:
    prefix = tmp_path / "my programs"
    for _ in range(2):  # the second time over the first
        run(script, "--prefix", str(prefix))
    started = subprocess.run(
        [prefix / "bin" / "genre-desktop", "song"], capture_output=True, text=True, check=True
    )
    assert started.stdout == "plays song\n"
    entry = (prefix / "share" / "applications" / "genre-desktop.desktop").read_text("utf-8")
    assert f'Exec="{prefix}/lib/genre-desktop/genre-desktop" %F' in entry
    assert "share/icons/hicolor/48x48/apps/genre-desktop.png" in files(prefix)
    (prefix / "share" / "applications" / "mimeinfo.cache").unlink(missing_ok=True)  # the desktop's own
    run(prefix / "lib" / "genre-desktop" / "install.sh", "--uninstall", "--prefix", str(prefix))
    assert {name for name in files(prefix) if "genre-desktop" in name} == set()


def test_it_only_unpacks_when_asked(script: Path, tmp_path: Path) -> None:
    run(script, "--extract", str(tmp_path / "here"))
    assert (tmp_path / "here" / "opt" / "genre-desktop" / "genre-desktop").stat().st_mode & 0o100


def test_it_says_how_it_is_used(script: Path) -> None:
    assert "--uninstall" in run(script, "--help")
    assert "--uninstall" in run(script, "--instal", code=2)
