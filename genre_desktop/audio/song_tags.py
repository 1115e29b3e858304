"""Title, artist, album and genre in the tags of a file, as the list of results shows them."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from genre_desktop.audio.sandbox import client
from genre_desktop.core.errors import AppError
from genre_desktop.core.labels import tidy_label
from genre_desktop.core.types import SongTags

if TYPE_CHECKING:
    from genre_desktop.audio.decoding.container import Probe

MOST_CHARACTERS = 200
"""Of each text that is kept."""

log = logging.getLogger(__name__)


def song_tags(path: Path, info: Probe) -> SongTags:
    """Return what the tags of an opened file say; never fails.

    The genre is read as for the preview of tags to write, with all its values, so it is empty in formats
    that have no tags to write. The decoder process must be free: see :func:`.client.read_tags`.
    """
    return SongTags(*map(_tidy, (info.title, info.artist, info.album, _genre(path))))


def _genre(path: Path) -> str:
    try:
        return str(client.read_tags(path))
    except AppError as error:
        log.debug("no genre was read from %r: %s", path.name, error)
        return ""


def _tidy(text: str) -> str:
    return tidy_label(text)[:MOST_CHARACTERS].rstrip()
