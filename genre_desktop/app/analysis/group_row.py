"""The heading of a group of rows: a folder or an album, with the genre that its songs voted for. No Qt, no NumPy."""

from __future__ import annotations

import os
import re
from typing import Literal

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.core.types import Answer

Grouping = Literal["none", "folder", "album"]

_DISC = re.compile(r"(cd|disc|disk)[ _.-]*\d{1,2}\b.*", re.IGNORECASE)
"""Name of a folder with one disc of an album."""


class GroupRow(ResultRow):
    """A heading; its answer is the vote, without a genre where no song voted.

    Attributes
    ----------
    by:
        What the list is grouped by.
    number:
        Number of the group; the list's rows have others.
    count, voted:
        Songs of the group in the list, and how many of them voted.
    """

    __slots__ = ("by", "count", "number", "title", "voted")

    def __init__(self, by: Grouping, number: int, title: str, answer: Answer, count: int, voted: int) -> None:
        super().__init__(-1, answer.path, State.DONE, answer)
        self.by, self.number, self.title, self.count, self.voted = by, number, title, count, voted

    @property
    def name(self) -> str:
        """The name of the folder or the album."""
        return self.title

    @property
    def doubtful(self) -> bool:
        """Never: only answers are reviewed."""
        return False


def group_of(location: str, album: str) -> tuple[str, str]:
    """Return the folder of a file, and what names its album; a file without an album belongs to its folder.

    Albums of one name in several folders are different ones, but the discs of an album are often in folders of
    their own (``CD 1``), which count as one.
    """
    folder = location.rpartition(os.sep)[0] or os.sep
    if not album:
        return folder, folder
    above, _, name = folder.rpartition(os.sep)
    return folder, f"{above if above and _DISC.fullmatch(name) else folder}\n{album.casefold()}"


def group_title(folder: str, album: str) -> str:
    """Return the album, else the last two names of the folder."""
    above, _, name = folder.rpartition(os.sep)
    outer = above.rpartition(os.sep)[2]
    return album or (f"{outer}{os.sep}{name}" if outer else name) or folder
