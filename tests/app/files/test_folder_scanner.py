"""Scans of a folder, with a clock that the test sets."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from genre_desktop.app.files import folder_scanner
from genre_desktop.app.files.folder_scanner import FULL_EVERY_S, SETTLE_S, FolderScanner, ScanResult
from genre_desktop.core.errors import Cancelled
from genre_desktop.core.store.batch_checkpoints import stamp
from genre_desktop.core.store.watched_files import SeenFile


class Harness:
    """A watched folder and its clock."""

    def __init__(self, root: Path) -> None:
        self.folder, self.now = FolderScanner(root, {}), 0.0

    def scan(self, after_s: float = SETTLE_S) -> ScanResult:
        self.now += after_s
        return self.folder.scan(self.now, wall=4e9)  # as if every folder had been changed long ago

    def fresh(self, after_s: float = SETTLE_S) -> list[str]:
        return [Path(found.path).name for found in self.scan(after_s).fresh]

    def see_to(self, path: Path) -> None:
        self.folder.mark_seen(str(path), SeenFile(stamp(path)))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "watched"
    (folder / "sub" / "deeper").mkdir(parents=True)
    return folder


@pytest.fixture
def scanner(root: Path) -> Harness:
    scanner = Harness(root)
    assert scanner.fresh() == []
    return scanner


def put(path: Path, content: bytes = b"sound") -> Path:
    path.write_bytes(content)
    return path


def test_a_new_file_comes_once_it_is_whole_and_only_once(scanner: Harness, root: Path) -> None:
    song = put(root / "sub" / "deeper" / "Señor.MP3", b"half")
    assert scanner.fresh() == []
    put(song, b"half and more")  # still being copied
    assert scanner.fresh() == []
    assert scanner.fresh(SETTLE_S / 2) == []
    assert scanner.fresh() == [song.name]
    assert scanner.fresh(FULL_EVERY_S) == []
    scanner.see_to(song)
    assert scanner.fresh(FULL_EVERY_S) == []


def test_what_is_no_sound_hidden_or_still_empty_is_left(scanner: Harness, root: Path) -> None:
    for name in ("letter.txt", ".genre-desktop-x.mp3", "song.mp3.part"):
        put(root / name)
    empty = root / "empty.mp3"
    empty.touch()
    (root / ".hidden").mkdir()
    put(root / ".hidden" / "a.mp3")
    scanner.scan()
    assert scanner.fresh() == []
    put(empty)
    scanner.scan(FULL_EVERY_S)
    assert scanner.fresh() == [empty.name]


def test_a_known_file_that_is_changed_in_place_comes_again(scanner: Harness, root: Path) -> None:
    song = put(root / "a.mp3")
    scanner.scan()
    scanner.scan()
    scanner.see_to(song)
    before = scanner.folder.known[str(song)]
    put(song, b"another song")
    scanner.scan(FULL_EVERY_S)
    (found,) = scanner.scan().fresh
    assert (found.path, found.before) == (str(song), before)


def test_another_name_is_no_new_song(scanner: Harness, root: Path) -> None:
    song = put(root / "a.mp3")
    scanner.scan()
    scanner.scan()
    scanner.see_to(song)
    new = song.rename(root / "sub" / "b.mp3")
    scanner.scan()
    found = scanner.scan()
    assert (found.fresh, found.moved) == ([], [(str(song), str(new))])
    assert set(scanner.folder.known) == {str(new)}


def test_a_copy_is_a_new_file(scanner: Harness, root: Path) -> None:
    song = put(root / "a.mp3")
    scanner.scan()
    scanner.scan()
    scanner.see_to(song)
    shutil.copy2(song, root / "b.mp3")  # the same size and time
    scanner.scan()
    assert scanner.fresh() == ["b.mp3"]


def test_a_folder_that_disappears_and_returns(scanner: Harness, root: Path, tmp_path: Path) -> None:
    song = put(root / "a.mp3")
    scanner.scan()
    scanner.scan()
    scanner.see_to(song)
    away = root.rename(tmp_path / "unplugged")
    assert not scanner.scan().exists
    put(away / "b.mp3")
    away.rename(root)
    assert scanner.scan().exists
    assert scanner.fresh() == ["b.mp3"]


def test_folders_that_did_not_change_are_not_listed(
    scanner: Harness, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: list[str] = []
    listing = folder_scanner._list

    def count(folder: str, seen: dict[str, str]) -> tuple[str, ...]:
        listed.append(Path(folder).name)
        return listing(folder, seen)

    monkeypatch.setattr(folder_scanner, "_list", count)
    scanner.scan()
    assert listed == []
    put(root / "sub" / "a.mp3")
    scanner.scan()
    assert listed == ["sub"]
    listed.clear()
    scanner.scan(FULL_EVERY_S)
    assert sorted(listed) == ["deeper", "sub", "watched"]


def test_links_in_circles_end(scanner: Harness, root: Path) -> None:
    (root / "sub" / "circle").symlink_to(root)
    put(root / "a.mp3")
    scanner.scan()
    assert scanner.fresh() == ["a.mp3"]


def test_it_can_be_stopped(root: Path) -> None:
    with pytest.raises(Cancelled):
        FolderScanner(root, {}).scan(0.0, 0.0, lambda: True)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such names")
def test_names_that_are_no_unicode(scanner: Harness, root: Path) -> None:
    put(Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9.mp3")))
    scanner.scan()
    assert scanner.fresh() == [os.fsdecode(b"caf\xe9.mp3")]
