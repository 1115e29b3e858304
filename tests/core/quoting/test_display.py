from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.core.quoting.display import LONGEST_NAME, shown, shown_name


def test_controls_are_escapes_but_for_line_breaks() -> None:
    assert shown("a\x1b[31m\n\u202eb\r") == "a\\x1b[31m\n\\u202eb\\r"
    assert shown_name("a\n\x1bb") == "a\\n\\x1bb"


def test_marks_of_a_direction_are_left_out_and_overrides_are_seen() -> None:
    assert shown("\u200fשיר\u200e\u061c.mp3") == "שיר.mp3"
    assert shown_name("\u200fשיר\u202e") == "שיר\\u202e"


def test_markup_stays_text() -> None:
    assert shown("<b>x</b>&amp; A & B") == "<b>x</b>&amp; A & B"


def test_long_words_are_cut_in_the_middle_and_long_texts_are_not() -> None:
    assert shown("x" * 10_000 + ".mp3 ok") == "x" * 30 + "…" + "x" * 10 + ".mp3 ok"
    assert shown("word " * 1000) == "word " * 1000
    path = "/music/" + "folder/" * 100 + "x" * 48
    assert shown(path) == path


def test_long_names_are_cut_at_the_end() -> None:
    assert shown_name("x" * 10_000) == "x" * (LONGEST_NAME - 1) + "…"
    assert shown_name("x" * LONGEST_NAME) == "x" * LONGEST_NAME


@given(st.text(st.sampled_from("ab \n\x1b\u202e"), max_size=300))
def test_twice_is_as_good_as_once(text: str) -> None:
    assert shown(shown(text)) == shown(text)
    assert shown_name(shown_name(text)) == shown_name(text)
