from __future__ import annotations

import json
import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.core.quoting.controls import json_text, printable, printable_lines

BIDIRECTIONAL = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Every character with the property Bidi_Control (Unicode 16, PropList.txt)."""


def obeyed(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in BIDIRECTIONAL


def test_nothing_that_a_terminal_obeys_is_left_and_everything_else_is() -> None:
    for character in map(chr, range(sys.maxunicode + 1)):
        shown = printable(character)
        if obeyed(character):
            assert re.fullmatch(r"\\([tnr]|x[0-9a-f]{2}|u[0-9a-f]{4})", shown), hex(ord(character))
        elif not "\u2066" <= character <= "\u206f":
            assert shown == character, hex(ord(character))


def test_escapes_are_those_of_python() -> None:
    assert printable("a\x1b[31m\nb\tc\x9b\0") == "a\\x1b[31m\\nb\\tc\\x9b\\x00"
    assert printable("caf\udce9.wav") == "caf\\udce9.wav"
    assert printable("gpj.\u202efdp.mp3") == "gpj.\\u202efdp.mp3"
    assert printable("naïve 日本 🎸 עברית 👩‍🎤.mp3") == "naïve 日本 🎸 עברית 👩‍🎤.mp3"
    assert printable("C:\\new") == "C:\\new"


@given(st.text())
def test_escaping_twice_changes_nothing(text: str) -> None:
    assert printable(printable(text)) == printable(text)


def test_lines_stay_lines() -> None:
    assert printable_lines("a\n\x1bb\r\n") == "a\n\\x1bb\\r\n"


@pytest.mark.parametrize("indent", [None, 1])
@given(text=st.text(st.characters()))
def test_json_gives_the_exact_text_back_and_holds_no_control(text: str, indent: int | None) -> None:
    document = {"path": _whole(text), "label": [text[:1]]}
    text = json_text(document, indent=indent)
    assert json.loads(text) == document
    assert not any(obeyed(character) for character in text.replace("\n", "" if indent else "\n"))
    text.encode("utf-8")


def _whole(text: str) -> str:
    """Join halves of a character, which no file system hands over apart."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def test_json_stays_readable() -> None:
    assert json_text({"ü": ["🎸", 1, None]}) == '{"ü": ["🎸", 1, null]}'
    assert json_text("a\udcff\u202e\x7f\n") == '"a\\udcff\\u202e\\u007f\\n"'
    with pytest.raises(ValueError, match="JSON compliant"):
        json_text(float("nan"))
