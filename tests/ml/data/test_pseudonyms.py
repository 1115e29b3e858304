"""Pseudonyms: equal on every desktop of a team where they must be, and on no other."""

from __future__ import annotations

from genre_desktop.ml.data.pseudonyms import Pseudonyms, is_pseudonym

HERE, THERE = Pseudonyms(b"salt", b"here"), Pseudonyms(b"salt", b"there")
OTHER_TEAM = Pseudonyms(b"other", b"here")


def test_recordings_and_artists_have_one_name_in_a_team_and_another_in_other_teams():
    for name in (lambda p: p.recording("ab12"), lambda p: p.group("artist:x"), lambda p: p.group("album:x")):
        assert name(HERE) == name(THERE) != name(OTHER_TEAM)


def test_paths_have_a_name_of_their_own_on_every_desktop():
    for name in (
        lambda p: p.recording("prediction:5"),
        lambda p: p.group("folder:/music/a"),
        lambda p: p.group("file:/music/a.mp3"),
    ):
        assert name(HERE) != name(THERE)
        assert name(HERE) == name(OTHER_TEAM)


def test_a_pseudonym_shows_nothing_of_the_name_and_is_recognised():
    found = HERE.group("artist:the band")
    assert "band" not in found
    assert is_pseudonym(found)
    assert not is_pseudonym("artist:the band")
    assert not is_pseudonym("team:the band")
    assert HERE.group(found) == HERE.recording(found) == found


def test_a_recording_and_a_group_of_one_text_differ():
    assert HERE.recording("artist:x") != HERE.group("artist:x")


def test_the_keys_are_not_shown():
    assert "salt" not in repr(HERE)
    assert "here" not in repr(HERE)
