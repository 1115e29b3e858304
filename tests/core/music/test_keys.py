"""Names of keys, their places on the Camelot wheel, and their spelling in tag fields."""

from __future__ import annotations

import pytest

from genre_desktop.core.music.keys import KEYS, Key, camelot, key_of, key_tag, tempo_tag


@pytest.mark.parametrize(
    ("tonic", "mode", "name", "code", "tag"),
    [
        (0, "major", "C major", "8B", "C"),
        (9, "minor", "A minor", "8A", "Am"),
        (6, "major", "F♯ major", "2B", "F#"),
        (6, "minor", "F♯ minor", "11A", "F#m"),
        (10, "major", "B♭ major", "6B", "Bb"),
        (3, "minor", "E♭ minor", "2A", "Ebm"),
        (8, "minor", "G♯ minor", "1A", "G#m"),
        (1, "major", "D♭ major", "3B", "Db"),
    ],
)
def test_a_key_has_a_name_a_camelot_code_and_a_tag(
    tonic: int, mode: str, name: str, code: str, tag: str
) -> None:
    key = Key(tonic, mode)
    assert (key.name, key.camelot, key.tag) == (name, code, tag)
    assert key_of(name) == key
    assert camelot(name) == code
    assert key_tag(name) == tag


def test_the_24_keys_have_24_names_codes_and_tags_of_at_most_three_ascii_characters() -> None:
    assert len(KEYS) == 24
    for spelling in ("name", "camelot", "tag"):
        assert len({getattr(key, spelling) for key in KEYS}) == 24
    assert all(key.tag.isascii() and len(key.tag) <= 3 for key in KEYS)


def test_the_wheel_is_in_the_order_of_its_codes() -> None:
    around = sorted(KEYS, key=lambda key: key.wheel_place)
    assert [key.camelot for key in around] == [f"{n}{letter}" for n in range(1, 13) for letter in "AB"]
    assert [key.wheel_place for key in around] == list(range(1, 25))


def test_relative_keys_share_their_number_and_a_fifth_is_the_next() -> None:
    for tonic in range(12):
        major = int(Key(tonic, "major").camelot[:-1])
        assert Key((tonic + 9) % 12, "minor").camelot == f"{major}A"
        assert Key((tonic + 7) % 12, "major").camelot == f"{major % 12 + 1}B"


@pytest.mark.parametrize("text", ["", "H major", "A", "a minor", "A#m"])
def test_other_texts_are_no_key(text: str) -> None:
    assert key_of(text) is None
    assert camelot(text) == key_tag(text) == ""


def test_a_tempo_is_a_whole_number_in_tags() -> None:
    assert [tempo_tag(bpm) for bpm in (None, 119.4, 119.5, 120.5)] == ["", "119", "120", "121"]
