from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.files import song_collector
from genre_desktop.app.files.song_collector import SLICE, SongCollector, songs_of
from genre_desktop.app.i18n import tag_names
from genre_desktop.core.music_tags import TagVocabulary
from genre_desktop.core.tag_rules import TaggableSong
from genre_desktop.core.types import Answer, TagScore
from tests.fixtures.qt import answer


def rows(number: int) -> list[ResultRow]:
    found = answer("/music/a.mp3", "jazz", 0.9, clip_hash="h")
    return [ResultRow(key, Path(f"/music/{key}.mp3"), State.DONE, found) for key in range(1, number + 1)]


def test_only_answered_rows_are_songs_and_corrections_override_the_model() -> None:
    first, second, third = rows(3)
    second.label = "blues"
    third.state = State.CANCELLED
    assert songs_of([first, second, third]) == [
        TaggableSong(str(first.path), "jazz", 0.9, False, 60.0, "h"),
        TaggableSong(str(second.path), "blues", None, True, 60.0, "h"),
    ]


def test_songs_have_the_words_for_their_styles_and_moods() -> None:
    (row,) = rows(1)
    tags = tuple(TagScore(tag, 0.5) for tag in ("rnb", "sad", "90s", "sexy"))
    row.answer = answer("/music/a.mp3", "jazz", 0.9, tags=tags, style="rnb")
    tag_names.set_vocabulary(TagVocabulary({"sexy": ""}))
    (song,) = songs_of([row])
    assert (song.styles, song.moods, song.unnamed_style) == (("R&B",), ("Sad",), True)


def test_songs_have_tempo_and_key_as_tag_fields_spell_them() -> None:
    (row,) = rows(1)
    (song,) = songs_of([row])
    assert (song.bpm, song.key) == ("", "")
    row.answer = answer("/music/a.mp3", "jazz", 0.9, bpm=127.6, key="F♯ minor")
    (song,) = songs_of([row])
    assert (song.bpm, song.key) == ("128", "F#m")


def test_speech_is_no_song_unless_the_user_gave_it_a_genre() -> None:
    first, second = rows(2)
    for row in (first, second):
        row.answer = Answer(str(row.path), kind="speech", clip_hash="h")
    second.label = "blues"
    assert [(song.path, song.genre) for song in songs_of([first, second])] == [(str(second.path), "blues")]


def test_few_rows_are_gathered_at_once(qtbot: QtBot) -> None:
    collected: list[list[TaggableSong]] = []
    collector = SongCollector()
    collector.gather(rows(2), collected.append)
    collector.gather([], collected.append)
    assert [len(found) for found in collected] == [2, 0]


def test_many_are_converted_in_slices_and_the_last_call_counts(qtbot: QtBot) -> None:
    collected: list[list[TaggableSong]] = []
    many = rows(2 * SLICE + 1)
    collector = SongCollector()
    collector.gather(many[:-1], lambda _songs: collected.append([]))
    collector.gather(many, collected.append)
    assert collected == []
    qtbot.waitUntil(lambda: len(collected) == 1)
    assert collected[0] == song_collector.songs_of(many)
