from __future__ import annotations

from genre_desktop.app.i18n.genre_names import genre_name
from genre_desktop.app.i18n.translate import mark, plural, tr


def test_placeholders_are_filled() -> None:
    assert tr("{a} and {b}", a=1, b="two") == "1 and two"


def test_text_without_values_keeps_its_braces() -> None:
    assert tr("{literally}") == "{literally}"


def test_marking_changes_nothing() -> None:
    assert mark("Open files…") == "Open files…"


def test_plural_forms_and_thousands() -> None:
    assert plural(1, "1 file", "{n} files") == "1 file"
    assert plural(0, "1 file", "{n} files") == "0 files"
    assert plural(20_000, "1 file", "{n} files") == "20,000 files"


def test_genres_have_names_and_own_genres_stay_as_written() -> None:
    assert genre_name("hiphop") == "Hip-Hop"
    assert genre_name("Krautrock") == "Krautrock"
    assert genre_name("") == ""
