"""Convert rows to songs for tags and playlists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, QTimer

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.i18n.tag_names import written_words
from genre_desktop.core.music.keys import key_tag, tempo_tag
from genre_desktop.core.tag_rules import TaggableSong

SLICE = 400
"""Rows converted at a time, in about 10 ms."""


class SongCollector(QObject):
    """Convert many rows in slices, so that the window stays responsive."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._next)
        self._rows: Sequence[ResultRow] = ()
        self._songs: list[TaggableSong] = []
        self._then: Callable[[list[TaggableSong]], None] = lambda _songs: None

    def gather(self, rows: Sequence[ResultRow], then: Callable[[list[TaggableSong]], None]) -> None:
        """Call ``then`` with the songs, at once if they are few; a later call replaces this one."""
        self._rows, self._songs, self._then = rows, [], then
        self._timer.start()
        self._next()

    def _next(self) -> None:
        self._songs += songs_of(self._rows[:SLICE])
        self._rows = self._rows[SLICE:]
        if not self._rows:
            self._timer.stop()
            self._then(self._songs)


def songs_of(rows: Iterable[ResultRow]) -> list[TaggableSong]:
    """Convert answered rows in their order; a correction overrides the model's genre."""
    return [_song(row) for row in rows if row.state is State.DONE and row.genre]


def _song(row: ResultRow) -> TaggableSong:
    return TaggableSong(
        row.location,
        row.genre,
        confidence=row.confidence,
        own_word=bool(row.label),
        duration_s=row.duration_s,
        clip_hash=row.clip_hash,
        styles=written_words(row.tags, "style"),
        moods=written_words(row.tags, "mood"),
        unnamed_style=bool(row.brief and row.brief.style),
        bpm=tempo_tag(row.bpm),
        key=key_tag(row.music_key),
    )
