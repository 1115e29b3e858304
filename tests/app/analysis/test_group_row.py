"""Which group a file belongs to, and what the group is called."""

from __future__ import annotations

import pytest

from genre_desktop.app.analysis.group_row import GroupRow, group_of, group_title
from genre_desktop.core.types import Answer


@pytest.mark.parametrize(
    ("location", "album", "folder", "group"),
    [
        ("/m/Band/Disc/1.mp3", "", "/m/Band/Disc", "/m/Band/Disc"),
        ("/m/Band/Disc/1.mp3", "Blue", "/m/Band/Disc", "/m/Band/Disc\nblue"),
        ("/m/Band/Blue/CD 1/1.mp3", "BLUE", "/m/Band/Blue/CD 1", "/m/Band/Blue\nblue"),
        ("/m/Band/Blue/disc2/1.mp3", "Blue", "/m/Band/Blue/disc2", "/m/Band/Blue\nblue"),
        ("/m/Band/CD of mine/1.mp3", "Blue", "/m/Band/CD of mine", "/m/Band/CD of mine\nblue"),
        ("/1.mp3", "", "/", "/"),
        ("/1.mp3", "Blue", "/", "/\nblue"),
    ],
)
def test_discs_of_an_album_are_one_group_and_other_folders_are_not(
    location: str, album: str, folder: str, group: str
) -> None:
    assert group_of(location, album) == (folder, group)


def test_a_group_is_called_by_its_album_or_the_end_of_its_folder() -> None:
    assert group_title("/music/Band/Disc", "Blue") == "Blue"
    assert group_title("/music/Band/Disc", "") == "Band/Disc"
    assert group_title("/music", "") == "music"
    assert group_title("/", "") == "/"


def test_a_heading_is_no_answer_to_review() -> None:
    heading = GroupRow("album", 3, "Blue", Answer("/m", "rock", 0.1), 12, 9)
    assert (heading.name, heading.genre, heading.confidence, heading.doubtful) == ("Blue", "rock", 0.1, False)
