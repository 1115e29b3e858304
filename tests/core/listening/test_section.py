from __future__ import annotations

import pytest

from tests.core.listening.samples import line


@pytest.mark.parametrize(
    ("genre", "label", "shown", "kind", "corrected"),
    [
        ("rock", "", "rock", "music", False),
        ("rock", "rock", "rock", "music", False),  # confirmed
        ("rock", "jazz", "jazz", "music", True),
        ("", "", "", "silence", False),
        ("", "ambient", "ambient", "music", True),
    ],
)
def test_what_the_user_set_is_shown(genre: str, label: str, shown: str, kind: str, corrected: bool) -> None:
    section = line(0.0, genre, label=label)
    assert (section.genre, section.kind, section.corrected) == (shown, kind, corrected)
