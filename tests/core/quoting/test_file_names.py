from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.core.quoting.file_names import file_names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("AC/DC", "AC-DC.x"),
        ("..", "-.x"),
        ("", "-.x"),
        ("../../etc", "-..-etc.x"),
        ("C:\\new", "C--new.x"),
        ("con", "con-.x"),
        ("Nul.txt", "Nul-.txt.x"),
        ("COM¹", "COM¹-.x"),
        ("conga", "conga.x"),
        ("Pop . ", "Pop.x"),
        ("a\0b\x1b[31m\nc\x9b", "a-b-[31m-c-.x"),
        ("\u202egnp\u2028\udcff", "-gnp--.x"),
        ("Señor 日本", "Señor 日本.x"),
    ],
)
def test_one_name(text: str, name: str) -> None:
    assert file_names([text], ".x") == {text: name}


def test_names_differ_whatever_the_file_system_holds_to_be_equal() -> None:
    texts = ["Rock", "rock", "ROCK", "caf\u00e9", "cafe\u0301", "ROCK (2)", "A:B", "A/B"]
    names = list(file_names(texts, ".x").values())
    assert names == [
        "Rock.x", "rock (2).x", "ROCK (3).x", "caf\u00e9.x", "cafe\u0301 (2).x", "ROCK (2) (2).x", "A-B.x", "A-B (2).x",
    ]  # fmt: skip


@pytest.mark.parametrize("letter", ["x", "é", "日", "🎸", "."])
def test_ten_thousand_letters_are_cut(tmp_path: Path, letter: str) -> None:
    (name,) = file_names([letter * 10_000], ".m3u8").values()
    assert len(os.fsencode(name)) <= 210
    (tmp_path / f".{name}.part").touch()


@given(st.lists(st.text(st.characters()), max_size=5, unique=True))
def test_any_text_gets_a_name_in_its_folder(texts: list[str]) -> None:
    names = file_names(texts, ".m3u8")
    assert len({name.casefold() for name in names.values()}) == len(texts)
    for name in names.values():
        assert Path("/folder", name).parent == Path("/folder")
        assert name.isprintable() or all(c not in name for c in "\0\n\r\x1b\u202e")
        name.encode()
