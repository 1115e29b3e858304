"""Names of tags in two languages and in the user's own words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from genre_desktop.app.i18n import catalogue, tag_names, translate
from genre_desktop.core.music_tags import TAGS, TagVocabulary
from genre_desktop.core.types import TagScore

HOUSE = tuple(TagScore(tag, 0.5) for tag in ("house", "sad", "female vocalists"))


@pytest.fixture
def german() -> Iterator[None]:
    translate.set_catalogue(catalogue.load("de"))
    tag_names.set_vocabulary(TagVocabulary())
    yield
    translate.set_catalogue(catalogue.load("en"))
    tag_names.set_vocabulary(TagVocabulary())


def test_every_tag_has_a_name_of_its_own() -> None:
    names = [tag_names.standard_name(tag) for tag in TAGS]
    assert len(set(names)) == len(TAGS)
    assert not set(names) & set(TAGS)  # none is shown as the encoder spells it


def test_tags_are_grouped_under_translated_titles(german: None) -> None:
    assert tag_names.grouped_tags(HOUSE) == [
        ("Stil", ("House",)),
        ("Stimmung", ("Traurig",)),
        ("Stimme und Instrumente", ("Frauengesang",)),
    ]


def test_the_search_finds_english_the_language_of_the_window_and_the_users_words(german: None) -> None:
    tag_names.set_vocabulary(TagVocabulary({"sad": "Melancholy", "sexy": ""}))
    for word in ("sad", "traurig", "melancholy"):
        assert tag_names.tags_found(word) == {"sad"}
    for word in ("female vocals", "frauengesang"):
        assert tag_names.tags_found(word) == {"female vocalists"}
    assert tag_names.tags_found("indie") == {"indie", "indie rock", "indie pop"}
    assert tag_names.tags_found("sexy") == frozenset()


def test_words_to_filter_by() -> None:
    tag_names.set_vocabulary(TagVocabulary({"house": "Electronic", "sexy": ""}))
    assert tag_names.filter_words(["house", "electronic", "sexy", "happy"]) == {"Electronic", "Happy"}
    assert tag_names.tags_called("Electronic") == {"house", "electronic"}


def test_words_sort_regardless_of_case_and_without_those_left_out() -> None:
    tag_names.set_vocabulary(TagVocabulary({"house": "zouk", "female vocalists": ""}))
    tags = ("house", "female vocalists", "sad")
    assert [tag_names.sort_word(tag) for tag in tags] == ["zouk", "", "sad"]
    assert [tag_names.sort_word(tag, "mood") for tag in tags] == ["", "", "sad"]


def test_a_tag_that_is_left_out_keeps_its_name_for_sentences() -> None:
    tag_names.set_vocabulary(TagVocabulary({"house": ""}))
    assert tag_names.tag_words(HOUSE) == ("Sad", "Female vocals")
    assert tag_names.tag_name("house") == "House"
