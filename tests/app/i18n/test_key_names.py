"""Names of keys in two languages, and the line of tempo and key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from genre_desktop.app.i18n import catalogue, translate
from genre_desktop.app.i18n.key_names import key_name, tempo_and_key
from genre_desktop.core.music.keys import KEYS
from genre_desktop.core.types import Answer


@pytest.fixture
def german() -> Iterator[None]:
    translate.set_catalogue(catalogue.load("de"))
    yield
    translate.set_catalogue(catalogue.load("en"))


def test_in_english_a_key_is_called_as_answers_have_it() -> None:
    assert [key_name(key.name) for key in KEYS] == [key.name for key in KEYS]


def test_in_german_every_key_has_a_name_of_its_own(german: None) -> None:
    names = {key.name: key_name(key.name) for key in KEYS}
    assert len(set(names.values())) == len(KEYS)
    assert names["B major"] == "H-Dur"
    assert names["B♭ minor"] == "b-Moll"
    assert names["F♯ minor"] == "fis-Moll"


def test_the_line_has_what_is_known() -> None:
    assert tempo_and_key(Answer("a", bpm=119.96, key="A minor")) == "120.0 BPM · A minor · 8A"
    assert tempo_and_key(Answer("a", bpm=97.0)) == "97.0 BPM"
    assert tempo_and_key(Answer("a", key="F♯ major")) == "F♯ major · 2B"
    assert tempo_and_key(Answer("a")) == ""


def test_the_line_in_german(german: None) -> None:
    assert tempo_and_key(Answer("a", bpm=97.5, key="E♭ major")) == "97,5 BPM · Es-Dur · 5B"


def test_a_name_from_a_damaged_store_is_not_shown() -> None:
    assert key_name("H major") == ""
