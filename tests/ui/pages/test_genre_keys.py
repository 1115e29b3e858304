"""The keys with which genres are set."""

from __future__ import annotations

from genre_desktop.ui.pages.genre_keys import with_keys


def test_every_label_has_its_own_key() -> None:
    pairs = with_keys([*map(str, range(10)), "Ska", "Samba", "Kaa", "---"])
    assert [key for _, key in pairs] == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "S", "A", "", ""]
