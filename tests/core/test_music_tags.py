"""Listener tags of the encoder."""

from __future__ import annotations

from genre_desktop.core import music_tags
from genre_desktop.core.music_tags import TagVocabulary
from genre_desktop.core.types import TagScore


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


def scores(*tags: str) -> list[TagScore]:
    return [TagScore(tag, 0.5) for tag in tags]


def test_tags_are_written_as_english_titles() -> None:
    written = {tag: music_tags.written_name(tag) for tag in ("rnb", "hip-hop", "alternative rock", "60s")}
    assert written == {
        "rnb": "R&B", "hip-hop": "Hip-Hop", "alternative rock": "Alternative Rock", "60s": "60s",
    }  # fmt: skip


def test_words_come_in_the_order_of_the_tags_by_group_and_at_most_six() -> None:
    tags = scores("soul", "sad", "funk", "happy", "60s", "guitar", "pop", "party")
    words = TagVocabulary().words
    assert words(tags) == ("Soul", "Sad", "Funk", "Happy", "60s", "Guitar")
    assert words(tags, "style") == ("Soul", "Funk")
    assert words(tags, "mood") == ("Sad", "Happy")
    assert words(tags, name=str.upper)[:2] == ("SOUL", "SAD")


def test_the_users_words_replace_tags_two_may_share_one_and_an_empty_word_leaves_a_tag_out() -> None:
    vocabulary = TagVocabulary({"house": "Electronic", "electro": "ELECTRONIC", "sexy": ""})
    assert vocabulary.words(scores("house", "sexy", "electro", "electronic", "happy")) == (
        "Electronic", "Happy",
    )  # fmt: skip
    # What is left out makes room for the next one.
    tags = scores("sexy", "soul", "funk", "pop", "rock", "folk", "jazz", "metal")
    assert vocabulary.words(tags) == ("Soul", "Funk", "Pop", "Rock", "Folk", "Jazz")


def test_the_setting_is_read_and_written_and_what_is_no_tag_ignored() -> None:
    vocabulary = TagVocabulary.parse(
        ["house= Electronic  music ", "sexy=", "polka=Folk", "happy", "rnb=a\x1b[1m=b\u202e"]
    )
    assert vocabulary.own == {"house": "Electronic music", "sexy": "", "rnb": "a=b"}
    assert vocabulary.entries == ("sexy=", "rnb=a=b", "house=Electronic music")
    assert TagVocabulary.parse(vocabulary.entries) == vocabulary
