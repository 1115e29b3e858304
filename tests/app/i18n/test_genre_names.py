from __future__ import annotations

from typing import get_args

from genre_desktop.app.i18n.genre_names import genre_name, genre_or_kind_name, kind_name
from genre_desktop.core.types import GENRES, Kind


def test_the_ten_genres_and_every_kind_have_a_name() -> None:
    assert genre_name("hiphop") == "Hip-Hop"
    assert [kind_name(kind) for kind in get_args(Kind)] == [
        "Music",
        "Speech",
        "Noise",
        "Silence",
    ]


def test_the_genre_column_names_genres_and_kinds() -> None:
    assert [genre_or_kind_name(name) for name in (GENRES[0], "Zydeco", "speech", "")] == [
        "Blues",
        "Zydeco",
        "Speech",
        "",
    ]
