"""What a dropped folder gives, and what it never does: stop, loop or fall over."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest

from genre_desktop.audio.file_discovery import Unreadable, find_audio, is_candidate
from genre_desktop.core.errors import Cancelled


def tree(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()


def names(root: Path, **options: bool) -> list[str]:
    return [path.relative_to(root).as_posix() for path in find_audio([root], **options)]


def test_candidates() -> None:
    for name in ("a.mp3", "A.WAV", "clip.Mp4", "音.flac", "a.b.ogg"):
        assert is_candidate(name)
    for name in (".hidden.mp3", "._a.mp3", "cover.jpg", "mp3", "a.mp3.part", "list.m3u"):
        assert not is_candidate(name)


def test_a_folder_gives_its_own_files_and_recursively_those_below(tmp_path: Path) -> None:
    tree(tmp_path, "b.mp3", "a.WAV", "cover.jpg", "sub/c.ogg", "sub/deep/d.flac", ".git/e.wav", "zoo/f.wav")
    assert names(tmp_path) == ["a.WAV", "b.mp3"]
    assert names(tmp_path, recursive=True) == ["a.WAV", "b.mp3", "sub/c.ogg", "sub/deep/d.flac", "zoo/f.wav"]


def test_hidden_sound_is_found_by_name_and_what_holds_none_is_not(tmp_path: Path) -> None:
    tree(
        tmp_path,
        "a.wav",
        "._a.wav",
        ".b.wav",
        ".notes.txt",
        "sub/.c.ogg",
        ".git/config",
        "sub/.old/deep/d.mp3",
    )
    found = list(find_audio([tmp_path], recursive=True, report_hidden=True))
    hidden = [item.path.relative_to(tmp_path).as_posix() for item in found if isinstance(item, Unreadable)]
    assert hidden == [".b.wav", "sub/.c.ogg", "sub/.old"]
    assert [item for item in found if isinstance(item, Path)] == [tmp_path / "a.wav"]
    assert not any(isinstance(item, Unreadable) for item in find_audio([tmp_path], recursive=True))
    with pytest.raises(Cancelled):
        list(find_audio([tmp_path], recursive=True, report_hidden=True, cancelled=lambda: True))


def test_named_files_are_always_tried_and_only_once(tmp_path: Path) -> None:
    tree(tmp_path, "notes.txt", "a.wav")
    given = [
        tmp_path / "notes.txt",
        tmp_path / "missing.mp3",
        tmp_path / "a.wav",
        tmp_path,
        tmp_path / "a.wav",
    ]
    assert list(find_audio(given)) == given[:3]


def test_links_in_circles_end(tmp_path: Path) -> None:
    tree(tmp_path, "a.wav", "sub/b.wav")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "self.wav").symlink_to(tmp_path / "self.wav")
    assert names(tmp_path, recursive=True) == ["a.wav", "self.wav", "sub/b.wav"]


def test_a_linked_folder_is_followed(tmp_path: Path) -> None:
    tree(tmp_path, "music/a.wav", "elsewhere/b.wav")
    (tmp_path / "music" / "link").symlink_to(tmp_path / "elsewhere")
    assert names(tmp_path / "music", recursive=True) == ["a.wav", "link/b.wav"]


@pytest.mark.parametrize(
    ("error", "word"),
    [(PermissionError(13, "Permission denied"), "denies"), (OSError(5, "Input/output error"), "output")],
)
def test_a_folder_that_cannot_be_opened_is_a_row_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, word: str
) -> None:
    tree(tmp_path, "a/1.wav", "b/2.wav", "c/3.wav")
    real = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "b":
            raise error
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = list(find_audio([tmp_path], recursive=True))
    assert [item.name for item in found if isinstance(item, Path)] == ["1.wav", "3.wav"]
    (row,) = (item for item in found if isinstance(item, Unreadable))
    assert row.path == tmp_path / "b"
    assert row.problem.code == "unreadable-folder"
    assert word in row.problem.reason


def test_rows_come_before_the_walk_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "a/1.wav", "b/2.wav")
    visited: list[str] = []
    real = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: (visited.append(Path(path).name), real(path))[1])
    first = next(iter(find_audio([tmp_path], recursive=True)))
    assert first == tmp_path / "a" / "1.wav"
    assert "b" not in visited


def test_cancelling_ends_the_walk(tmp_path: Path) -> None:
    tree(tmp_path, *(f"{n}.wav" for n in range(10)))
    answers = itertools.chain([False] * 4, itertools.repeat(True))
    found = find_audio([tmp_path], cancelled=lambda: next(answers))
    with pytest.raises(Cancelled):
        list(found)
