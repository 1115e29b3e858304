from __future__ import annotations

import os
from pathlib import Path

import pytest

from genre_desktop.core import playlist
from genre_desktop.core.errors import AppError
from genre_desktop.core.tag_rules import TaggableSong
from tests.fixtures.small_disk import fill


def song(path: Path | str, genre: str = "rock", confidence: float = 0.9, **more: object) -> TaggableSong:
    return TaggableSong(str(path), genre, confidence, duration_s=61.6, **more)  # type: ignore[arg-type]


def test_one_list_for_each_genre_biggest_first_with_unsure_ones_left_out() -> None:
    plan = playlist.plan(
        [
            song("/m/a.mp3", "jazz"),
            song("/m/b.mp3", "hiphop"),
            song("/m/c.mp3", "hiphop"),
            song("/m/d.mp3", "hiphop", 0.4),
            song("/m/e.mp3", "Ska", 0.1, own_word=True),
        ],
        0.6,
    )
    assert [(found.file, len(found.songs)) for found in plan.lists] == [
        ("Hip-Hop.m3u8", 2), ("Jazz.m3u8", 1), ("Ska.m3u8", 1),
    ]  # fmt: skip
    assert (plan.unsure, plan.unnameable) == (1, 0)


def test_names_that_a_playlist_cannot_contain_are_counted() -> None:
    bad = ["caf\udce9", "two\nlines", "two\rlines", "\x1b[31m", "nul\0", "\x85", "\u2028"]
    plan = playlist.plan([*(song(f"/m/{name}.mp3") for name in bad), song("/m/café.mp3")], 0.5)
    assert len(plan.lists[0].songs) == 1
    assert plan.unnameable == len(bad)


def test_any_genre_gets_a_file_name_of_its_own() -> None:
    genres = ["AC/DC", "AC:DC", "con", "...", "Señor"]
    plan = playlist.plan([song(f"/m/{n}.mp3", genre) for n, genre in enumerate(genres)], 0.5)
    names = {found.genre: found.file for found in plan.lists}
    assert names == {
        "AC/DC": "AC-DC.m3u8",
        "AC:DC": "AC-DC (2).m3u8",
        "con": "con-.m3u8",
        "...": "-.m3u8",
        "Señor": "Señor.m3u8",
    }


def test_what_is_written_leads_back_to_the_songs(tmp_path: Path) -> None:
    lists, music = tmp_path / "lists", tmp_path / "Música 🎵"
    lists.mkdir()
    music.mkdir()
    songs = [music / "Ночь.mp3", lists / "#1 hit.mp3"]
    for path in songs:
        path.touch()
    (written,) = playlist.write(lists, playlist.plan(map(song, songs), 0.5).lists)
    lines = written.read_text("utf-8").splitlines()
    assert lines[:4] == ["#EXTM3U", "#PLAYLIST:Rock", "#EXTINF:62,Ночь", "../Música 🎵/Ночь.mp3"]
    entries = [line for line in lines if not line.startswith("#")]
    assert [(lists / entry).resolve() for entry in entries] == songs


@pytest.mark.parametrize("name", ["#1", " a", "-rf", "http:", "=1", "\ufeffx", "@", "~"])
def test_no_path_is_mistaken_for_something_else(tmp_path: Path, name: str) -> None:
    (found,) = playlist.plan([song(tmp_path / name / "a.mp3")], 0.5).lists
    assert playlist.text(tmp_path, found).splitlines()[-1] == f"./{name}/a.mp3"


def test_titles_and_genres_are_one_line_of_printable_text(tmp_path: Path) -> None:
    (found,) = playlist.plan([song(tmp_path / "a \u202eb.mp3", "#x\n\x1b[31mSka")], 0.5).lists
    assert found.file == "#x--[31mSka.m3u8"
    assert playlist.text(tmp_path, found).splitlines() == [
        "#EXTM3U",
        "#PLAYLIST:#x\\n\\x1b[31mSka",
        "#EXTINF:62,a \\u202eb",
        "a \u202eb.mp3",  # the song would not be found under another name
    ]


def test_an_older_list_is_replaced_whole(tmp_path: Path) -> None:
    (tmp_path / "Rock.m3u8").write_text("old\n" * 1000)
    playlist.write(tmp_path, playlist.plan([song(tmp_path / "a.mp3")], 0.5).lists)
    assert "old" not in (tmp_path / "Rock.m3u8").read_text("utf-8")


def test_an_unknown_length(tmp_path: Path) -> None:
    (found,) = playlist.plan([TaggableSong("/m/a.mp3", "rock", 1.0)], 0.5).lists
    assert "#EXTINF:-1,a" in playlist.text(tmp_path, found)


def test_a_missing_folder_is_created(tmp_path: Path) -> None:
    (written,) = playlist.write(tmp_path / "new" / "lists", playlist.plan([song("/m/a.mp3")], 0.5).lists)
    assert written.parent == tmp_path / "new" / "lists"
    assert written.is_file()


def test_a_folder_that_cannot_be_created_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AppError) as caught:
        playlist.write(tmp_path / "file" / "lists", playlist.plan([song("/m/a.mp3")], 0.5).lists)
    assert caught.value.problem.code == "export-failed"


def test_a_full_disk_is_named(small_disk: Path) -> None:
    fill(small_disk)
    with pytest.raises(AppError) as caught:
        playlist.write(small_disk, [playlist.Playlist("jazz", "jazz.m3u8", ())])
    assert caught.value.problem.code == "no-space"


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["/m/a/1.mp3", "/m/b/2.mp3"], "/m"), (["/m/a/1.mp3"], "/m/a"), (["/m/1.mp3", "/n/2.mp3"], ""),
        (["/1.mp3", "/m/2.mp3"], ""), (["/m/ab/1.mp3", "/m/a/2.mp3"], "/m"), ([], ""),
    ],
)  # fmt: skip
@pytest.mark.skipif(os.sep != "/", reason="paths of POSIX")
def test_the_common_folder_is_the_deepest_above_all_songs(paths: list[str], expected: str) -> None:
    assert playlist.common_folder([TaggableSong(path, "rock") for path in paths]) == expected


def test_one_playlist_has_songs_in_their_order_but_none_that_it_cannot_contain() -> None:
    songs = [song("/m/b.mp3"), song("/m/two\nlines.mp3"), song("/m/a.mp3", confidence=0.1)]
    made = playlist.of_songs("Calm", "calm.m3u8", songs)
    assert [each.path for each in made.songs] == ["/m/b.mp3", "/m/a.mp3"]
    assert playlist.text(Path("/m"), made).splitlines()[:2] == ["#EXTM3U", "#PLAYLIST:Calm"]
