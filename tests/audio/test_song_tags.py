"""Tags of real files as the list shows them, with and without the decoder process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mutagen
import pytest

from genre_desktop.audio.sandbox import client, pool
from genre_desktop.audio.song_tags import MOST_CHARACTERS, song_tags
from genre_desktop.core.types import SongTags
from tools.synthetic_audio import music, write

SOUND = music(1.5)


@pytest.fixture(params=["auto", "off"], autouse=True)
def with_and_without_the_process(request: pytest.FixtureRequest) -> Iterator[None]:
    pool.close()
    pool.use(request.param)
    yield
    pool.use("auto")
    pool.close()


def found(path: Path) -> SongTags:
    return song_tags(path, client.probe(path))


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".flac", ".ogg", ".opus"])
def test_title_artist_album_and_every_genre_are_read(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"song{suffix}", SOUND)
    assert found(path) == SongTags()
    easy: Any = mutagen.File(path, easy=True)
    if easy.tags is None:
        easy.add_tags()
    easy["title"], easy["artist"], easy["album"], easy["genre"] = "Ночь", "Band", "Disc", ["Polka", "Ska"]
    easy.save()
    assert found(path) == SongTags("Ночь", "Band", "Disc", "Polka, Ska")


def test_the_genre_of_old_tags_is_a_word(tmp_path: Path) -> None:
    from mutagen.id3 import ID3, TCON

    path = write(tmp_path / "a.mp3", SOUND)
    old = ID3()
    old.add(TCON(encoding=0, text="(17)"))
    old.save(path, v2_version=3)
    assert found(path).genre == "Rock"


def test_of_texts_only_what_can_be_seen_is_kept_and_not_too_much(tmp_path: Path) -> None:
    path = write(tmp_path / "a.flac", SOUND)
    file: Any = mutagen.File(path)
    file["title"], file["genre"] = "\x1b[31mRed\nHouse\u202e ", "x" * 1000
    file.save()
    assert found(path) == SongTags("Red House", genre="x" * MOST_CHARACTERS)


def test_a_format_without_tags_to_write_has_no_genre(tmp_path: Path) -> None:
    assert found(write(tmp_path / "a.mkv", SOUND)) == SongTags()


def test_damaged_tags_are_no_reason_to_fail(tmp_path: Path) -> None:
    path = write(tmp_path / "a.flac", SOUND)
    info = client.probe(path)
    path.write_bytes(b"fLaC" + bytes(200))
    assert song_tags(path, info) == SongTags()
    path.unlink()
    assert song_tags(path, info) == SongTags()
