from __future__ import annotations

from dataclasses import replace

import pytest

from genre_desktop.core.errors import Problem
from genre_desktop.core.tag_rules import (
    CurrentTag,
    Edit,
    TaggableSong,
    TagRule,
    possible,
    proposed,
    tag_name,
    wanted_genres,
)

SURE, UNSURE = TaggableSong("a", "rock", 0.8), TaggableSong("a", "rock", 0.3)
SAID = TaggableSong("a", "rock", 0.1, own_word=True)
GONE = Problem("missing-file/made-up", title="gone")


def test_the_ten_are_written_as_players_know_them_and_own_genres_as_they_are() -> None:
    assert tag_name("hiphop") == "Hip-Hop"
    assert tag_name("Zydeco") == "Zydeco"


@pytest.mark.parametrize(
    ("song", "now", "replace", "ticked"),
    [
        (SURE, "", False, True),
        (UNSURE, "", False, False),
        (SAID, "", False, True),
        (SURE, "Polka", False, False),
        (SURE, "Polka", True, True),
        (UNSURE, "Polka", True, False),
        (SAID, "Polka", False, True),
        (SAID, "ROCK", True, False),
    ],
)
def test_which_files_are_selected_by_default(
    song: TaggableSong, now: str, replace: bool, ticked: bool
) -> None:
    current = CurrentTag("a", (now,) if now else ())
    assert proposed(song, current, TagRule(0.5, replace)) == Edit("a", ("Rock",) if ticked else ())


def test_what_cannot_be_written_is_never_ticked() -> None:
    assert not proposed(SAID, CurrentTag("a", problem=GONE), TagRule(0.5, replace=True))
    assert not possible(SAID, CurrentTag("a", problem=GONE), TagRule(0.5, replace=True))


TAGGED = TaggableSong(
    "a", "hiphop", 0.8, styles=("Soul", "hip hop", "R&B"), moods=("Happy", "Party"), clip_hash="h"
)
BOTH = TagRule(0.5, styles=True, moods=True)


def test_only_the_genre_is_written_unless_more_is_asked_for() -> None:
    assert proposed(TAGGED, CurrentTag("a"), TagRule(0.5)) == Edit("a", ("Hip-Hop",), (), "h")


def test_styles_follow_the_genre_each_once_and_moods_have_a_field_of_their_own() -> None:
    edit = proposed(TAGGED, CurrentTag("a"), BOTH)
    assert edit == Edit("a", ("Hip-Hop", "Soul", "R&B"), ("Happy", "Party"), "h")


@pytest.mark.parametrize(
    ("genres", "moods", "written"),
    [
        (("hiphop",), ("happy",), Edit("a", ("Hip-Hop", "Soul", "R&B"), ("Happy", "Party"), "h")),
        (("Polka",), (), Edit("a", (), ("Happy", "Party"), "h")),
        ((), ("Sad",), Edit("a", ("Hip-Hop", "Soul", "R&B"), (), "h")),
        (("Hip-Hop", "soul", "R&B"), ("Happy", "Party"), Edit("a", (), (), "h")),
    ],
)
def test_what_a_file_has_is_extended_but_not_replaced(
    genres: tuple[str, ...], moods: tuple[str, ...], written: Edit
) -> None:
    assert proposed(TAGGED, CurrentTag("a", genres, moods), BOTH) == written


def test_replacing_replaces_genres_and_moods() -> None:
    rule = TagRule(0.5, replace=True, styles=True, moods=True)
    edit = proposed(TAGGED, CurrentTag("a", ("Polka",), ("Sad",)), rule)
    assert (edit.genres, edit.moods) == (("Hip-Hop", "Soul", "R&B"), ("Happy", "Party"))


def test_an_unsure_answer_still_has_moods() -> None:
    rule = TagRule(0.9, styles=True, moods=True)
    assert proposed(TAGGED, CurrentTag("a"), rule) == Edit("a", (), ("Happy", "Party"), "h")
    assert possible(TAGGED, CurrentTag("a"), rule).genres == ("Hip-Hop", "Soul", "R&B")


def test_the_nearest_genre_is_never_sure_and_the_style_takes_its_place() -> None:
    song = TaggableSong("a", "disco", 0.9, styles=("Electronic",), unnamed_style=True)
    assert not song.sure(0.0)
    assert not proposed(song, CurrentTag("a"), TagRule(0.5))
    assert proposed(song, CurrentTag("a"), TagRule(0.5, styles=True)).genres == ("Electronic",)
    said = TaggableSong("a", "disco", 0.1, own_word=True, styles=("Electronic",), unnamed_style=True)
    assert proposed(said, CurrentTag("a"), TagRule(0.5, styles=True)).genres == ("Disco", "Electronic")
    left_out = TaggableSong("a", "disco", 0.9, unnamed_style=True)  # the user leaves its style out
    assert not proposed(left_out, CurrentTag("a"), TagRule(0.5, styles=True))


def test_what_has_no_genre_gets_none() -> None:
    assert wanted_genres(TaggableSong("a", ""), BOTH) == ()
    assert not possible(TaggableSong("a", "", 1.0), CurrentTag("a"), BOTH)


MEASURED = TaggableSong("a", "rock", 0.3, bpm="120", key="Am")
TEMPO_KEY = TagRule(0.5, tempo_key=True)


@pytest.mark.parametrize(
    ("bpm", "key", "replacing", "written"),
    [
        ("", "", False, ("120", "Am")),
        ("0", "", False, ("120", "Am")),
        ("174.5", "F#m", False, ("", "")),
        ("174.5", "F#m", True, ("120", "Am")),
        ("", "8A", False, ("120", "")),
        ("120.3", "am", True, ("", "")),
        ("90, 180", "", False, ("", "Am")),
        ("nan", "", True, ("120", "Am")),
    ],
)
def test_tempo_and_key_are_written_where_there_is_none_or_all_is_replaced(
    bpm: str, key: str, replacing: bool, written: tuple[str, str]
) -> None:
    now = CurrentTag("a", bpm=bpm, key=key)
    edit = proposed(MEASURED, now, replace(TEMPO_KEY, replace=replacing))
    assert (edit.bpm, edit.key) == written
    assert edit.genres == ()  # unsure
    assert bool(edit) == any(written)


def test_tempo_and_key_are_written_only_when_asked_for_and_known() -> None:
    assert not proposed(MEASURED, CurrentTag("a"), TagRule(0.5, replace=True))
    assert not possible(MEASURED, CurrentTag("a", ("Rock",)), TagRule(0.5))
    unknown = replace(MEASURED, bpm="", key="")
    assert not proposed(unknown, CurrentTag("a", bpm="99", key="C"), replace(TEMPO_KEY, replace=True))
    assert not proposed(MEASURED, CurrentTag("a", problem=GONE), TEMPO_KEY)
