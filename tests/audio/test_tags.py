"""Genres written into real files of every format, with the sound and everything else left as it was."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

import mutagen
import pytest

from genre_desktop.audio import tags
from genre_desktop.audio.decoding.content_hash import clip_hash
from genre_desktop.audio.decoding.decoder import read
from genre_desktop.audio.tags import read_tags, sweep, write_tags
from genre_desktop.core.errors import AppError
from tools import synthetic_audio
from tools.synthetic_audio import music, write

FORMATS = (".mp3", ".m4a", ".flac", ".ogg", ".opus", ".aiff", ".wav", ".wma")
SOUND = music(1.5)


def make(folder: Path, suffix: str) -> Path:
    return write(folder / f"Señor 歌{suffix}", SOUND)


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_genre_is_written_the_sound_stays_and_the_old_one_comes_back(tmp_path: Path, suffix: str) -> None:
    path = make(tmp_path, suffix)
    sound, before = read(path), read_tags(path)
    assert clip_hash(path) == sound.clip_hash
    assert before.genres == ()
    replaced: list[Any] = []
    assert write_tags(path, ["Hip-Hop"], sound=sound.clip_hash, before_replacing=replaced.append) == before
    assert replaced == [before]
    assert str(read_tags(path)) == "Hip-Hop"
    after = read(path)
    assert after.clip_hash == sound.clip_hash
    assert (after.samples == sound.samples).all()
    write_tags(path, before.genres, had_tags=before.had_tags)
    assert read_tags(path).genres == ()
    assert read(path).clip_hash == sound.clip_hash
    assert hidden(tmp_path) == []


@pytest.mark.parametrize("suffix", [".flac", ".m4a", ".mp3"])
def test_other_tags_and_several_genres_survive(tmp_path: Path, suffix: str) -> None:
    path = make(tmp_path, suffix)
    easy: Any = mutagen.File(path, easy=True)
    if easy.tags is None:
        easy.add_tags()
    easy["title"], easy["artist"], easy["genre"] = "Ночь", "Anonymous", ["Polka", "Ska"]
    easy.save()
    before = write_tags(path, ["Rock"])
    changed: Any = mutagen.File(path, easy=True)
    assert (changed["title"], changed["artist"], changed["genre"]) == (["Ночь"], ["Anonymous"], ["Rock"])
    write_tags(path, before.genres)
    assert mutagen.File(path, easy=True)["genre"] == ["Polka", "Ska"]


def test_id3_keeps_its_version_and_numbers_are_shown_in_words(tmp_path: Path) -> None:
    from mutagen.id3 import ID3, TCON, TIT2, TYER

    path = make(tmp_path, ".mp3")
    old = ID3()
    for frame in (TIT2(encoding=1, text="a"), TYER(encoding=0, text="1971"), TCON(encoding=0, text="(17)")):
        old.add(frame)
    old.save(path, v2_version=3)
    assert str(read_tags(path)) == "Rock"
    before = write_tags(path, ["Jazz"])
    now = ID3(path, translate=False)
    assert now.version == (2, 3, 0)
    assert now["TYER"].text == ["1971"]
    write_tags(path, before.genres)
    assert ID3(path, translate=False)["TCON"].text == ["(17)"]


def old_tags(path: Path, version: int) -> None:
    """Give an mp3 the tags of another age: ID3v2.2 or ID3v1."""
    from mutagen.id3 import ID3

    body = path.read_bytes()[ID3(path).size :]
    if version == 1:
        tag = b"TAG" + b"Old title".ljust(30, b"\0") + bytes(60) + b"1971" + bytes(30) + bytes([17])
        path.write_bytes(body + tag)
        return
    texts = {b"TT2": b"Old title", b"TYE": b"1971", b"TCO": b"(17)"}
    frames = b"".join(
        name + (len(text) + 1).to_bytes(3, "big") + b"\0" + text for name, text in texts.items()
    )
    path.write_bytes(b"ID3\x02\x00\x00" + bytes([0, 0, 0, len(frames)]) + frames + body)


@pytest.mark.parametrize("version", [1, 2])
def test_tags_of_another_age_become_2_3_and_keep_what_they_say(tmp_path: Path, version: int) -> None:
    from mutagen.id3 import ID3

    path = make(tmp_path, ".mp3")
    old_tags(path, version)
    sound = read(path).clip_hash
    assert str(read_tags(path)) == "Rock"
    write_tags(path, ["Jazz"], sound=sound)
    now = ID3(path, translate=False)
    assert now.version == (2, 3, 0)
    assert (now["TIT2"].text, now["TYER"].text, now["TCON"].text) == (["Old title"], ["1971"], ["Jazz"])


@pytest.mark.parametrize(("suffix", "codec"), [(".wv", "wavpack"), (".tta", "tta")])
def test_formats_of_collectors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, codec: str
) -> None:
    monkeypatch.setitem(synthetic_audio.CODECS, suffix, codec)
    path = make(tmp_path, suffix)
    sound = read(path).clip_hash
    before = write_tags(path, ["Rock"], sound=sound)
    assert str(read_tags(path)) == "Rock"
    write_tags(path, before.genres, had_tags=before.had_tags)
    assert (read_tags(path).genres, read(path).clip_hash) == ((), sound)


def test_permissions_stay_and_the_time_of_change_is_new(tmp_path: Path) -> None:
    path = make(tmp_path, ".flac")
    path.chmod(0o640)
    os.utime(path, (1, 1))
    write_tags(path, ["Rock"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path.stat().st_mtime > 1000


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path = make(tmp_path, ".flac")
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.flac"
    link.symlink_to(path)
    write_tags(link, ["Rock"])
    assert link.is_symlink()
    assert str(read_tags(path)) == "Rock"


def problem(path: Path, **more: Any) -> str:
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(AppError) as caught:
        write_tags(path, ["Rock"], **more)
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert hidden(path.parent) == []
    found = caught.value.problem
    assert found.title
    assert found.reason
    return found.code


def test_each_reason_not_to_write_is_reported_and_the_file_is_untouched(tmp_path: Path) -> None:
    protected = make(tmp_path, ".flac")
    protected.chmod(0o444)
    letter = tmp_path / "letter.mp3"
    letter.write_text("dear friend, this is no song\n" * 40)
    assert problem(protected) == "file-read-only"
    assert problem(tmp_path / "gone.mp3") == "missing-file"
    (tmp_path / "folder").mkdir()
    assert problem(tmp_path / "folder") == "tags-unsupported"
    assert problem(letter) in ("tags-damaged", "tags-unsupported")
    for suffix in (".mkv", ".avi", ".aac"):
        assert problem(make(tmp_path, suffix)) == "tags-unsupported"


def test_another_song_by_now_is_left_alone(tmp_path: Path) -> None:
    path = make(tmp_path, ".flac")
    assert problem(path, sound="hash of the song that was answered") == "file-changed"


@pytest.mark.parametrize("failing", ["_check_written", "_check_sound", "_copy_metadata"])
def test_whatever_fails_on_the_way_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    path = make(tmp_path, ".flac")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tags, failing, full)
    assert problem(path) == "no-space"


def test_a_file_that_changes_meanwhile_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(tmp_path, ".flac")
    copy_metadata = tags._copy_metadata

    def write_meanwhile(copy: Path, target: Path, status: os.stat_result) -> None:
        copy_metadata(copy, target, status)
        path.write_bytes(b"another")

    monkeypatch.setattr(tags, "_copy_metadata", write_meanwhile)
    with pytest.raises(AppError) as caught:
        write_tags(path, ["Rock"])
    assert caught.value.problem.code == "file-changed"
    assert path.read_bytes() == b"another"


def test_copies_of_a_killed_process_are_swept_and_young_ones_are_not(tmp_path: Path) -> None:
    old, young = tmp_path / f"{tags.PREFIX}a.flac", tmp_path / f"{tags.PREFIX}b.flac"
    for copy in (old, young):
        copy.touch()
    os.utime(old, (1, 1))
    assert sweep(tmp_path) == 1
    assert hidden(tmp_path) == [young.name]
    assert sweep(tmp_path / "nowhere") == 0


def raw_values(path: Path) -> tuple[list[str], list[str]]:
    """Return genre and mood as another program finds them, with no code of ours."""
    file: Any = mutagen.File(path)
    if path.suffix in (".mp3", ".aiff", ".wav"):
        return list(file.tags["TCON"].text), list(file.tags["TMOO"].text)
    if path.suffix == ".m4a":
        moods = file.tags["----:com.apple.iTunes:MOOD"]
        return list(file.tags["\xa9gen"]), [bytes(mood).decode() for mood in moods]
    genre, mood = ("WM/Genre", "WM/Mood") if path.suffix == ".wma" else ("genre", "mood")
    return list(map(str, file.tags[genre])), list(map(str, file.tags[mood]))


@pytest.mark.parametrize("suffix", FORMATS)
def test_several_genres_and_moods_are_separate_values_and_the_old_ones_come_back(
    tmp_path: Path, suffix: str
) -> None:
    path = make(tmp_path, suffix)
    sound = read(path).clip_hash
    before = write_tags(path, ["Rock", "Sóul"], ["Happy", "Mellow"], sound=sound)
    assert raw_values(path) == (["Rock", "Sóul"], ["Happy", "Mellow"])
    now = read_tags(path)
    assert (now.genres, now.names, now.moods) == (("Rock", "Sóul"), ("Rock", "Sóul"), ("Happy", "Mellow"))
    write_tags(path, ["Jazz"])  # the moods stay
    assert (read_tags(path).genres, read_tags(path).moods) == (("Jazz",), ("Happy", "Mellow"))
    write_tags(path, before.genres, before.moods, had_tags=before.had_tags)
    assert (read_tags(path).genres, read_tags(path).moods) == ((), ())
    assert read(path).clip_hash == sound
    assert not mutagen.File(path).tags or before.had_tags


@pytest.mark.parametrize(("suffix", "codec"), [(".wv", "wavpack"), (".tta", "tta")])
def test_several_values_in_formats_of_collectors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, codec: str
) -> None:
    monkeypatch.setitem(synthetic_audio.CODECS, suffix, codec)
    path = make(tmp_path, suffix)
    write_tags(path, ["Rock", "Soul"], ["Happy"])
    assert (read_tags(path).genres, read_tags(path).moods) == (("Rock", "Soul"), ("Happy",))


def test_id3_2_3_becomes_2_4_for_several_values_and_2_3_again_with_all_that_it_had(tmp_path: Path) -> None:
    from mutagen.id3 import ID3, IPLS, RVAD, TCON, TDAT, TIME, TIT2, TORY, TSIZ, TSOP, TYER

    path = make(tmp_path, ".mp3")
    old = ID3()
    for kind, text in ((TIT2, "a"), (TYER, "1971"), (TDAT, "0312"), (TIME, "2030"), (TORY, "1969")):
        old.add(kind(encoding=0, text=text))
    for kind, text in ((TCON, "(17)"), (TSOP, "B"), (TSIZ, "9")):
        old.add(kind(encoding=1, text=text))
    old.add(IPLS(encoding=0, people=[["producer", "Ann"]]))
    old.add(RVAD(adjustments=[1, 2]))
    old.save(path, v2_version=3)
    frames = {key: repr(entry) for key, entry in ID3(path, translate=False).items()}
    before = write_tags(path, ["Jazz", "Soul"], ["Happy"])
    assert before.id3 == 3
    now = ID3(path, translate=False)
    assert now.version == (2, 4, 0)
    assert (now["TCON"].text, now["TMOO"].text) == (["Jazz", "Soul"], ["Happy"])
    assert (str(now["TDRC"]), str(now["TDOR"])) == ("1971-12-03 20:30:00", "1969")
    assert now["TIPL"].people == [["producer", "Ann"]]
    assert (now["TIT2"].text, now["TSOP"].text, now["TSIZ"].text) == (["a"], ["B"], ["9"])
    assert now["RVAD"].adjustments == [1, 2]
    write_tags(path, before.genres, before.moods, had_tags=before.had_tags, id3=before.id3)
    again = ID3(path, translate=False)
    assert again.version == (2, 3, 0)
    assert {key: repr(entry) for key, entry in again.items()} == frames


def test_a_year_that_is_no_date_survives_id3_2_4(tmp_path: Path) -> None:
    from mutagen.id3 import ID3, TYER

    path = make(tmp_path, ".mp3")
    old = ID3()
    old.add(TYER(encoding=0, text="about 1971"))
    old.save(path, v2_version=3)
    write_tags(path, ["Jazz", "Soul"])
    assert ID3(path, translate=False)["TYER"].text == ["about 1971"]


def test_an_error_after_the_file_was_replaced_does_not_deny_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its record would be deleted, and the previous tag could not be put back."""
    path = make(tmp_path, ".flac")

    def broken(*arguments: Any, **keywords: Any) -> None:
        raise OSError(errno.EIO, "")

    def record(before: tags.FileTags) -> None:
        monkeypatch.setattr(Path, "unlink", broken)

    tags.write_tags(path, ["Jazz"], before_replacing=record)
    assert tags.read_tags(path).genres == ("Jazz",)


RAW = {
    ".m4a": ("tmpo", "----:com.apple.iTunes:initialkey"),
    ".wma": ("WM/BeatsPerMinute", "WM/InitialKey"),
    ".wv": ("BPM", "INITIALKEY"),
} | dict.fromkeys((".flac", ".ogg", ".opus"), ("bpm", "initialkey"))


def raw_tempo_and_key(path: Path) -> tuple[list[str], list[str]]:
    """Return tempo and key as another program finds them, with no code of ours."""
    file: Any = mutagen.File(path)
    if path.suffix in (".mp3", ".aiff", ".wav", ".tta"):
        return list(file.tags["TBPM"].text), list(file.tags["TKEY"].text)
    if path.suffix == ".m4a":
        assert file.tags["tmpo"] == [128]  # whole numbers
    bpm, key = (file.tags[name] for name in RAW[path.suffix])
    return [str(value) for value in bpm], [
        bytes(value).decode() if path.suffix == ".m4a" else str(value) for value in key
    ]


@pytest.mark.parametrize("suffix", [*FORMATS, ".wv", ".tta"])
def test_tempo_and_key_are_written_where_players_look_and_removed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setitem(synthetic_audio.CODECS, ".wv", "wavpack")
    monkeypatch.setitem(synthetic_audio.CODECS, ".tta", "tta")
    path = make(tmp_path, suffix)
    sound = read(path).clip_hash
    write_tags(path, ["Rock"])
    before = write_tags(path, None, None, ["128"], ["F#m"], sound=sound)
    assert (before.genres, before.bpm, before.key) == (("Rock",), (), ())
    assert raw_tempo_and_key(path) == (["128"], ["F#m"])
    now = read_tags(path)
    assert (now.genres, now.bpm, now.key) == (("Rock",), ("128",), ("F#m",))
    write_tags(path, None, None, before.bpm, before.key)
    assert (read_tags(path).bpm, read_tags(path).key) == ((), ())
    assert read(path).clip_hash == sound
    assert hidden(tmp_path) == []


def test_the_unknown_tempo_that_players_write_is_restored(tmp_path: Path) -> None:
    path = make(tmp_path, ".m4a")
    file: Any = mutagen.File(path)
    file["tmpo"] = [0]
    file.save()
    before = write_tags(path, None, bpm=["128"])
    assert before.bpm == ("0",)
    write_tags(path, None, bpm=before.bpm)
    assert mutagen.File(path)["tmpo"] == [0]


def test_id3_2_3_stays_for_tempo_and_key(tmp_path: Path) -> None:
    from mutagen.id3 import ID3, TIT2

    path = make(tmp_path, ".mp3")
    old = ID3()
    old.add(TIT2(encoding=0, text="a"))
    old.save(path, v2_version=3)
    write_tags(path, ["Jazz"], bpm=["90"], key=["Bbm"])
    now = ID3(path, translate=False)
    assert now.version == (2, 3, 0)
    assert (now["TIT2"].text, now["TBPM"].text, now["TKEY"].text) == (["a"], ["90"], ["Bbm"])
