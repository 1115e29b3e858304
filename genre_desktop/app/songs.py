"""The list's rows as songs that can go into tags and playlists."""

from __future__ import annotations

from collections.abc import Iterable

from genre_desktop.app.results import Row, State
from genre_desktop.core.tagging import Song


def songs_of(rows: Iterable[Row]) -> list[Song]:
    """Answered rows, in their order; the person's word counts before the model's."""
    return [_song(row) for row in rows if row.state is State.DONE and row.genre]


def _song(row: Row) -> Song:
    return Song(
        str(row.path),
        row.genre,
        confidence=row.confidence or 0.0,
        own_word=bool(row.label),
        duration_s=row.duration_s,
        clip_hash=row.clip_hash,
    )
