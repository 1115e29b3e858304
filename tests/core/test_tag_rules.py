from __future__ import annotations

import pytest

from genre_desktop.core.errors import Problem
from genre_desktop.core.tag_rules import CurrentTag, TaggableSong, proposed, tag_name

SURE, UNSURE = TaggableSong("a", "rock", 0.8), TaggableSong("a", "rock", 0.3)
SAID = TaggableSong("a", "rock", 0.1, own_word=True)
GONE = Problem("missing-file/made-up", title="gone")


def test_the_ten_are_written_as_players_know_them_and_own_genres_as_they_are() -> None:
    assert tag_name("hiphop") == "Hip-Hop"
    assert tag_name("Zydeco") == "Zydeco"


@pytest.mark.parametrize(
    ("song", "now", "replace", "ticked"),
    [
        (SURE, "", False, True),
        (UNSURE, "", False, False),
        (SAID, "", False, True),
        (SURE, "Polka", False, False),
        (SURE, "Polka", True, True),
        (UNSURE, "Polka", True, False),
        (SAID, "Polka", False, True),
        (SAID, "ROCK", True, False),
    ],
)
def test_which_files_are_selected_by_default(
    song: TaggableSong, now: str, replace: bool, ticked: bool
) -> None:
    assert proposed(song, CurrentTag("a", now), 0.5, replace=replace) is ticked


def test_what_cannot_be_written_is_never_ticked() -> None:
    assert not proposed(SAID, CurrentTag("a", "", GONE), 0.5, replace=True)


def test_without_a_genre_nothing_is_written() -> None:
    speech = TaggableSong("/music/a.mp3", "", 1.0)
    assert not proposed(speech, CurrentTag("/music/a.mp3"), 0.0, replace=True)
