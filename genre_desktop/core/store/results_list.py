"""The window's list of results, stored so that the next start restores it."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from math import isfinite
from sys import intern
from typing import Any, NamedTuple, cast

from genre_desktop.core import serialization
from genre_desktop.core.own_files.damaged_rows import readable
from genre_desktop.core.own_files.reader import UnreadableFile, parse_json
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.repository import Repository
from genre_desktop.core.types import Analysis, Answer, GenreScore, Kind, ModelRef, SongTags, TagScore


class Brief(NamedTuple):
    """The part of an answer that the list shows, as it is stored: a third of the memory of an answer.

    The fields are columns of the table.
    """

    clip_hash: str
    genre: str
    runner_up: str
    confidence: float
    duration_s: float
    unusual: int
    warnings: str
    alias: str
    model_version: str
    tags: str
    style: str
    kind: Kind
    runner_up_probability: float
    bpm: float | None
    key: str
    title: str
    artist: str
    album: str
    file_genre: str


class StoredResult:
    """A file in the list.

    Attributes
    ----------
    id:
        Its position: the list is ordered by id.
    state:
        Name of the state in the window.
    packed:
        Its answer or problem, as :func:`pack` writes it; empty before the analysis and where the answer
        is among the predictions.
    prediction_id:
        Id of the answer among the predictions, where it is stored.
    label:
        The user's correction; empty when there is none. Read-only: corrections have their own table.
    """

    __slots__ = ("_brief", "id", "label", "packed", "path", "prediction_id", "state")

    def __init__(
        self,
        id: int,  # noqa: A002  # as in the table
        path: str,
        state: str,
        packed: bytes = b"",
        brief: Answer | Brief | None = None,
        prediction_id: int | None = None,
        label: str = "",
    ) -> None:
        self.id, self.path, self.state, self.packed = id, path, state, packed
        self._brief, self.prediction_id, self.label = brief, prediction_id, label

    @property
    def has_answer(self) -> bool:
        """Whether there is an answer, which :attr:`brief` would have to build."""
        return self._brief is not None

    @property
    def brief(self) -> Answer | None:
        """The part of the answer that the list shows: no segments, of the genres the first two. None without an answer. It stays when the prediction is deleted."""
        return _answer(self.path, self._brief) if isinstance(self._brief, Brief) else self._brief

    def with_song(self, song: SongTags) -> StoredResult:
        """Return the row of a file whose tags say something else by now."""
        brief = self.brief and brief_of(replace(self.brief, song=song))
        return StoredResult(
            self.id, self.path, self.state, self.packed, brief, self.prediction_id, self.label
        )


def pack(analysis: Analysis) -> bytes:
    """Return the analysis without features and spectrogram, compressed."""
    return zlib.compress(serialization.dump(analysis).encode(), 1)


def unpack(packed: bytes) -> Analysis:
    """Return the analysis that :func:`pack` wrote.

    Raises
    ------
    ValueError, KeyError, TypeError, zlib.error
        The bytes are not what :func:`pack` writes.
    """
    plain = packed.startswith(b"{")  # migrated from a batch
    return serialization.restore((packed if plain else zlib.decompress(packed)).decode())


_UNSEARCHED = "list:unsearched"
_PUT = (
    f"INSERT OR REPLACE INTO listing (id, path, state, time, prediction_id, answer, {', '.join(Brief._fields)}) "  # noqa: S608  # literals
    f"VALUES ({', '.join('?' * (6 + len(Brief._fields)))})"
)
_PAGE = (
    f"SELECT id, path, state, answer, prediction_id, {', '.join(Brief._fields)}, (SELECT c.label FROM corrections c "  # noqa: S608  # literals
    "WHERE c.clip_hash = l.clip_hash AND l.clip_hash != '' AND c.undone IS NULL ORDER BY c.id DESC LIMIT 1) "
    "FROM listing l WHERE id > ? ORDER BY id LIMIT ?"
)


class ResultsListStore(Repository):
    """Writes and reads the list."""

    def change(self, gone: Iterable[int], rows: Iterable[StoredResult]) -> None:
        """Delete the rows with these ids, then add or replace ``rows``, all in one transaction."""
        now = self._clock()
        values = [_values(row, now) for row in rows]
        with self._db.transaction() as connection:
            connection.executemany("DELETE FROM listing WHERE id = ?", [(number,) for number in gone])
            connection.executemany(_PUT, values)

    def page(self, after: int, n: int) -> list[StoredResult]:
        """Return the next ``n`` rows after an id, in order."""
        cursor = self._db.connection.cursor()
        cursor.row_factory = None  # plain tuples: faster
        found: list[StoredResult] = []
        while len(found) < n:  # damaged rows are left out
            values = after, n - len(found)
            rows = self._lenient(lambda values=values: cursor.execute(_PAGE, values).fetchall())  # type: ignore[misc]
            found += readable(self._db.path, "listing", rows, _listed, lambda row: row[0])
            if len(rows) < values[1]:
                break
            after = rows[-1][0]
        return found

    def answer(self, row: StoredResult) -> Answer | None:
        """Return the complete answer, from any thread; None where only ``row.brief`` exists.

        Raises
        ------
        ValueError, KeyError, TypeError, zlib.error
            The stored answer is damaged.
        """
        found = None
        if row.packed:
            found = unpack(row.packed).answer
        elif row.prediction_id is not None:
            found = PredictionLog(self._db).answer(row.prediction_id, row.path)
        brief = row.brief
        # The file's tags may have been written since.
        return found if found is None or brief is None else replace(found, song=brief.song)

    def paths(self) -> frozenset[str]:
        """Return every file in the list."""
        cursor = self._db.connection.cursor()
        cursor.row_factory = None  # plain tuples: faster
        return frozenset(
            os.fsdecode(path)
            for (path,) in cursor.execute("SELECT path FROM listing")
            if isinstance(path, bytes)
        )

    def last_id(self) -> int:
        """Return the last id, 0 when the list is empty."""
        return self._number("SELECT coalesce(max(id), 0) FROM listing")

    def unsearched(self) -> tuple[str, ...]:
        """Return the folders whose search was not finished."""
        return tuple(KeyValueStore(self._db).get(_UNSEARCHED, ()))

    def save_unsearched(self, folders: Iterable[str]) -> None:
        """Store the folders whose search is not finished."""
        KeyValueStore(self._db).set(_UNSEARCHED, list(folders))

    def clear(self) -> None:
        """Delete the list."""
        with self._db.transaction() as connection:
            connection.execute("DELETE FROM listing")
            KeyValueStore(self._db).delete(_UNSEARCHED)

    def delete_before(self, moment: float) -> int:
        """Delete rows last changed before ``moment``; return how many."""
        return self._delete("listing", "time < ?", moment)


def brief_of(answer: Answer) -> Brief:
    """Return the part of an answer that the list shows."""
    model = answer.model or ModelRef("", "", "")
    return Brief(
        answer.clip_hash,
        intern(answer.genre),
        intern(answer.top[1].genre) if len(answer.top) > 1 else "",
        answer.confidence,
        answer.duration_s,
        int(answer.unusual),
        json.dumps(answer.warnings) if answer.warnings else "",
        intern(model.alias),
        intern(model.version),
        json.dumps([[tag.tag, tag.score] for tag in answer.tags]),
        intern(answer.style),
        cast("Kind", intern(answer.kind)),
        _share(answer.top[1].probability) if len(answer.top) > 1 else 0.0,
        answer.bpm,
        intern(answer.key),
        answer.song.title,
        intern(answer.song.artist),
        intern(answer.song.album),
        intern(answer.song.genre),
    )


def _values(row: StoredResult, now: float) -> tuple[object, ...]:
    shown = brief_of(row.brief or Answer(""))
    return row.id, os.fsencode(row.path), row.state, now, row.prediction_id, row.packed, *shown


def _listed(row: tuple[Any, ...]) -> StoredResult:
    number, path, state, packed, prediction_id, *values, label = row
    shown = Brief(*values)
    if not isfinite(shown.confidence + shown.duration_s + shown.unusual + (shown.bpm or 0.0)):
        raise ValueError("its numbers are none")
    if not isinstance(shown.title, str):
        raise TypeError("its title is no text")
    values[_SECOND] = _share(values[_SECOND])
    for place in _REPEATED:
        values[place] = intern(values[place])
    brief = Brief(*values) if shown.genre or shown.kind != "music" else None
    return StoredResult(number, os.fsdecode(path), intern(state), packed, brief, prediction_id, label or "")


_REPEATED = tuple(
    Brief._fields.index(name)
    for name in (
        "genre", "runner_up", "warnings", "alias", "model_version", "style", "kind", "key", "artist", "album",
        "file_genre",
    )
)  # fmt: skip
"""Places of the texts that many rows share."""
_SECOND = Brief._fields.index("runner_up_probability")
_SHARES = tuple(n / 1000 for n in range(1001))


def _share(probability: float) -> float:
    """Return a probability with three decimal places, as one object for all rows that have it."""
    return _SHARES[round(1000 * min(1.0, max(0.0, probability)))]


@lru_cache(maxsize=32)
def _model(alias: str, version: str) -> ModelRef | None:
    return ModelRef("", version, alias) if version else None


@lru_cache(maxsize=512)
def _answer(path: str, brief: Brief) -> Answer:
    """Cached, because the list asks again for each cell that it paints."""
    first = (GenreScore(brief.genre, brief.confidence),) if brief.genre else ()
    second = (GenreScore(brief.runner_up, brief.runner_up_probability),) if brief.runner_up else ()
    return Answer(
        path,
        brief.genre,
        brief.confidence,
        first + second,
        bool(brief.unusual),
        model=_model(brief.alias, brief.model_version),
        duration_s=brief.duration_s,
        warnings=tuple(each for each in _items(brief.warnings) if isinstance(each, str)),  # type: ignore[misc]  # as stored: plain text,
        clip_hash=brief.clip_hash,
        kind=brief.kind,
        tags=tuple(TagScore(str(tag[0]), float(tag[1])) for tag in _items(brief.tags) if _is_tag(tag)),
        style=brief.style,
        bpm=brief.bpm,
        key=brief.key,
        song=SongTags(brief.title, brief.artist, brief.album, brief.file_genre),
    )


def _items(text: str) -> list[Any]:
    """Return the list in a column of JSON; empty where it is none."""
    try:
        found = parse_json(text) if text else []
    except UnreadableFile:
        return []
    return found if isinstance(found, list) else []


def _is_tag(tag: Any) -> bool:
    return isinstance(tag, list) and len(tag) == 2 and isinstance(tag[1], int | float)
