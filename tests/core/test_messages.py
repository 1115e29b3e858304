from __future__ import annotations

import copy
import json
import pickle
from gettext import NullTranslations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.core.messages import (
    EMPTY,
    Message,
    dumps,
    from_json,
    joined,
    loads,
    message,
    message_plural,
    to_json,
)

INNER = message("Version {version} failed.", version="3")
OUTER = message("{reason} It took {seconds:.1f} s.", reason=INNER, seconds=2.25)


class Shouting(NullTranslations):
    def gettext(self, message: str) -> str:
        return (
            message.upper()
            .replace("{VERSION}", "{version}")
            .replace("{REASON}", "{reason}")
            .replace("{SECONDS:.1F}", "{seconds:.1f}")
        )

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return "alles" if n == 1 else "viele: {n}"


def test_a_message_is_its_english_text() -> None:
    assert OUTER == "Version 3 failed. It took 2.2 s."
    assert type(str(OUTER)) is str
    assert json.dumps({"reason": OUTER}) == '{"reason": "Version 3 failed. It took 2.2 s."}'
    assert f"{OUTER}".startswith("Version 3")
    assert not EMPTY


def test_template_and_values_are_translated_each() -> None:
    assert OUTER.render(Shouting(), lambda text: text.replace(".", ",")) == "VERSION 3 FAILED. IT TOOK 2,2 S."


@pytest.mark.parametrize(("n", "english", "other"), [(1, "one part", "alles"), (3, "3 parts", "viele: 3")])
def test_the_language_chooses_the_plural(n: int, english: str, other: str) -> None:
    parts = message_plural(n, "one part", "{n} parts")
    assert parts == english
    assert parts.render(Shouting()) == other


def test_literal_text_is_never_formatted() -> None:
    name = "{0} {song} %s.mp3"
    assert Message(name) == name
    assert message("“{name}” is done", name=name) == f"“{name}” is done"
    assert Message(OUTER) is OUTER


def test_percentages_have_a_space_as_everywhere() -> None:
    found = message("{share:.0%} of {exact:.1%}", share=0.07, exact=0.625)
    assert found == "7 % of 62.5 %"
    assert found.render(number=lambda text: text.replace(".", ",")) == "7 % of 62,5 %"


def test_a_placeholder_without_its_value_is_refused_at_once() -> None:
    with pytest.raises(KeyError):
        message("{reason} {hint}", reason="It is gone.")


def test_several_become_one() -> None:
    assert joined((OUTER, EMPTY, "and", INNER)) == f"{OUTER} and {INNER}"
    assert joined((EMPTY,)) == ""
    assert joined((INNER, INNER), ": ").params["text1"].params == {"version": "3"}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "copied", [lambda m: pickle.loads(pickle.dumps(m)), copy.deepcopy, lambda m: loads(dumps(m))]
)
def test_a_message_survives_copies_and_the_store(copied: object) -> None:
    for original in (OUTER, message_plural(2, "one part", "{n} parts"), EMPTY, Message("plain")):
        found = copied(original)  # type: ignore[operator]
        assert found == original
        assert (found.text, found.params, found.plural) == (original.text, original.params, original.plural)
    assert copied(OUTER).params["reason"].params == {"version": "3"}  # type: ignore[operator]


def test_documents_keep_the_messages_in_them() -> None:
    document = {"skipped": [{"path": "/a", "reason": OUTER}], "n": 3, "why": INNER, "plain": Message("plain")}
    found = from_json(json.loads(json.dumps(to_json(document))))
    assert found == document
    assert found["skipped"][0]["reason"].params["seconds"] == 2.25
    assert found["why"].text == INNER.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It was stopped.",
        "{reason}",
        '{"text": ',
        '{"text": 3}',
        '{"text": "{a}", "params": {"b": 1}, "plural": ""}',
    ],
)
def test_text_of_earlier_versions_is_taken_literally(text: str) -> None:
    assert loads(text) == text


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_any_text_survives_a_column_of_the_store(text: str) -> None:
    assert loads(dumps(message("“{text}” is done", text=text))) == f"“{text}” is done"


def test_undecodable_names_can_be_stored() -> None:
    column = dumps(message("“{name}” is done", name="é a\udce9.mp3"))
    assert loads(column.encode().decode()) == "“é a\\udce9.mp3” is done"
    assert dumps(Message("a\udce9.mp3")) == "a\\udce9.mp3"


def test_a_translation_with_other_placeholders_is_replaced_by_the_english_text():
    class Broken(NullTranslations):
        def gettext(self, message):
            return "{unknown} {"

    assert message("{n} files", n=3).render(Broken()) == "3 files"
