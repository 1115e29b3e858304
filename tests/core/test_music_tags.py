"""Listener tags of the encoder."""

from __future__ import annotations

from genre_desktop.core import music_tags


def test_every_encoder_tag_is_shown_under_one_name_in_one_group() -> None:
    assert len(music_tags.ENCODER_TAGS) == len(set(music_tags.ENCODER_TAGS)) == 50
    shown = {music_tags.shown_name(tag) for tag in music_tags.ENCODER_TAGS}
    assert shown == set(music_tags.TAGS)
    assert {music_tags.group_of(tag) for tag in music_tags.TAGS} == set(music_tags.GROUPS)


def test_groups() -> None:
    assert music_tags.group_of("house") == "style"
    assert music_tags.group_of("happy") == "mood"
    assert music_tags.group_of("60s") == "era"
    assert music_tags.group_of("instrumental") == "voice"


def test_every_group_member_is_a_tag() -> None:
    grouped = [tag for tags in music_tags._OTHER_GROUPS.values() for tag in tags]
    assert set(grouped) <= set(music_tags.TAGS)
