"""What the results table is filtered and sorted by, column by column: a hundred thousand rows in one pass of NumPy."""

from __future__ import annotations

import os
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.app.analysis.group_row import Grouping, GroupRow, group_of, group_title
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.i18n.genre_names import kind_name
from genre_desktop.app.i18n.key_names import key_words
from genre_desktop.app.i18n.tag_names import sort_word
from genre_desktop.core.music.keys import key_of
from genre_desktop.core.music_tags import TAGS, TagGroup
from genre_desktop.core.types import Answer, GenreScore, SongTags

Positions = NDArray[np.intp]
"""Row numbers in the order of adding."""
Mask = NDArray[np.bool_]

_NAN = float("nan")
_NO_TAGS = SongTags()
_ORDER = {state: place for place, state in enumerate(State)}
_BIT = {tag: 1 << place for place, tag in enumerate(TAGS)}
_MOST_TAGS = 255
"""Tags of a row are numbered in one byte each."""

NO_MUSIC = ("speech", "noise", "silence")
"""Kinds of sound that stand in place of a genre."""

SORTED_BY = (
    "file", "genre", "confidence", "runner_up", "duration", "model", "status", "tags", "style", "mood", "era", "voice",
    "bpm", "key", "title", "artist", "album", "file_genre",
)  # fmt: skip
"""Keys of the columns that can be sorted by."""


class _Words:
    """A text column of few different texts, as their numbers."""

    def __init__(self) -> None:
        self.codes = array("i")
        self._known: dict[str, int] = {"": 0}

    def code(self, word: str) -> int:
        return self._known.setdefault(word, len(self._known))

    @property
    def words(self) -> list[str]:
        """The texts in the order of their numbers."""
        return list(self._known)

    def present(self) -> set[str]:
        """Return the texts that occur."""
        # np.unique would load numpy.ma, for 20 ms.
        counts = np.bincount(_array(self.codes), minlength=len(self._known))
        return {word for word, times in zip(self._known, counts.tolist(), strict=True) if times}

    def where(self, condition: Callable[[str], bool]) -> Mask:
        """Return which rows have a text of this kind."""
        found = np.fromiter(map(condition, self._known), bool, len(self._known))
        return np.asarray(found[_array(self.codes)])

    def ranks(self) -> NDArray[np.intp]:
        """Return the alphabetical place of each row's text; 0 is the empty one."""
        words, ranks = self.words, np.empty(len(self._known), np.intp)
        ranks[sorted(range(len(words)), key=words.__getitem__)] = np.arange(len(words))
        return np.asarray(ranks[_array(self.codes)])


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes of all groups.

    Attributes
    ----------
    genres:
        Names, of which the first is empty.
    shares:
        ``(groups, genres)``: means of the known probabilities, weighted by confidence.
    counts, voted:
        Songs of each group, and how many of them voted.
    lengths:
        Seconds of all songs of each group.
    """

    genres: list[str]
    shares: NDArray[np.float64]
    counts: NDArray[np.intp]
    voted: NDArray[np.intp]
    lengths: NDArray[np.float64]

    def answer(self, number: int, path: str) -> Answer:
        """Return the vote of a group as an answer: its two most likely genres."""
        shares = self.shares[number]
        best = np.argsort(-shares, kind="stable")[:2].tolist()
        top = tuple(GenreScore(self.genres[i], float(shares[i])) for i in best if shares[i] > 0)
        first = top[0] if top else GenreScore("", 0.0)
        return Answer(path, first.genre, first.probability, top, duration_s=float(self.lengths[number]))


class RowColumns:
    """The columns of some rows, which are numbered in the order of their keys."""

    def __init__(self, rows: Iterable[ResultRow] = ()) -> None:
        self.rows: list[ResultRow] = []
        self._keys = array("q")
        self._texts: list[str] = []  # case-folded: the title in the file, a line break, and the path
        self._genres, self._runners_up, self._models, self._others = _Words(), _Words(), _Words(), _Words()
        self._artists, self._albums, self._file_genres, self._music_keys = (
            _Words(),
            _Words(),
            _Words(),
            _Words(),
        )
        self._states, self._doubtful = array("b"), array("b")
        self._confidences, self._durations, self._tempi = array("d"), array("d"), array("d")
        self._weights, self._seconds = array("f"), array("f")
        """What a row's genre and its runner-up count in a vote; a genre of the user's counts 1."""
        self._groups: dict[Grouping, _Words] = {"folder": _Words(), "album": _Words()}
        self._tags: list[bytes] = []
        self._tag_bits = array("Q")
        self._tag_numbers = {tag: number for number, tag in enumerate(TAGS)}
        self.extend(rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def _arrays(self) -> tuple[array, ...]:  # type: ignore[type-arg]  # of several types
        words = (
            self._genres, self._runners_up, self._models, self._others,
            self._artists, self._albums, self._file_genres, self._music_keys, *self._groups.values(),
        )  # fmt: skip
        plain = (
            self._states, self._doubtful, self._confidences, self._durations, self._tempi, self._weights,
            self._seconds, self._tag_bits,
        )  # fmt: skip
        return *(column.codes for column in words), *plain

    def position(self, row: ResultRow) -> int | None:
        """Return the number of a row, or None if it is not here."""
        place = bisect_left(self._keys, row.key)
        return place if place < len(self._keys) and self._keys[place] == row.key else None

    def extend(self, rows: Iterable[ResultRow]) -> None:
        """Append rows with larger keys; others go where :meth:`in_order` puts them."""
        columns = self._arrays
        for row in rows:
            self.rows.append(row)
            self._keys.append(row.key)
            text, tags, *values = self._values(row)
            self._texts.append(text)
            self._tags.append(tags)
            for column, value in zip(columns, values, strict=True):
                column.append(value)

    def update(self, row: ResultRow) -> None:
        """Read a row again that has changed."""
        position = self.position(row)
        if position is None:
            return
        self._texts[position], self._tags[position], *values = self._values(row)
        for column, value in zip(self._arrays, values, strict=True):
            column[position] = value

    def in_order(self) -> Positions | None:
        """Return the order of the rows by their keys, or None if they are in order."""
        keys = _array(self._keys)
        return None if (keys[1:] > keys[:-1]).all() else np.argsort(keys, kind="stable")

    def keep(self, positions: Positions) -> None:
        """Keep only these rows, in this order."""
        chosen = positions.tolist()
        for texts in (self.rows, self._texts, self._tags):
            texts[:] = [texts[place] for place in chosen]
        for column in (self._keys, *self._arrays):
            kept = array(column.typecode)
            kept.frombytes(_array(column)[positions].tobytes())
            column[:] = kept

    def where(self, mask: Mask) -> Positions:
        """Return the numbers of the rows of a mask."""
        return np.flatnonzero(mask)

    @property
    def genres(self) -> set[str]:
        """Genres and kinds of sound that occur."""
        return self._genres.present()

    @property
    def tags(self) -> set[str]:
        """Tags that occur, of those that the program knows."""
        bits = int(np.bitwise_or.reduce(_array(self._tag_bits), initial=np.uint64(0)))
        return {tag for tag, bit in _BIT.items() if bits & bit}

    def in_states(self, states: Iterable[State]) -> Mask:
        """Return which rows are in one of these states."""
        wanted = np.zeros(len(_ORDER), bool)
        wanted[[_ORDER[state] for state in states]] = True
        return np.asarray(wanted[_array(self._states)])

    def doubtful(self) -> Mask:
        """Return which rows need review (:attr:`.ResultRow.doubtful`)."""
        return _array(self._doubtful).astype(bool)

    def of_genre(self, genre: str) -> Mask:
        """Return which rows have this genre or kind of sound."""
        return self._genres.where(genre.__eq__)

    def music(self) -> Mask:
        """Return which rows have a genre."""
        return self._genres.where(lambda name: name not in ("", *NO_MUSIC))

    def genre_numbers(self, keys: Positions) -> tuple[Positions, Positions, list[str]]:
        """Look up rows by their keys: their numbers, their genres as places in the list of names.

        Both are -1 for rows that are not here.
        """
        known = _array(self._keys)
        at = np.searchsorted(known, keys)
        at[at == len(known)] = 0
        here = known[at] == keys if len(known) else np.zeros(len(keys), bool)
        genres = np.where(here, _array(self._genres.codes)[at] if len(known) else -1, -1)
        return np.where(here, at, -1), genres, self._genres.words

    def having_tags(self, tags: Iterable[str]) -> Mask:
        """Return which rows have one of these tags."""
        wanted = np.uint64(sum(_BIT[tag] for tag in set(tags)))
        return np.asarray((_array(self._tag_bits) & wanted) != 0)

    def containing(self, word: str, among: Mask) -> Mask:
        """Return which of some rows have a case-folded word in their path, a tag of the file, a genre, kind or problem.

        A key is found by a whole word of its name or its code. Other rows may be among those returned.
        """
        found = np.zeros(len(self), bool)
        texts = compress(self._texts, among.tolist())
        found[among] = np.fromiter((word in text for text in texts), bool, np.count_nonzero(among))
        for column in (
            self._genres, self._runners_up, self._others, self._artists, self._albums, self._file_genres,
        ):  # fmt: skip
            found |= column.where(lambda text: word in text.casefold())
        return found | self._music_keys.where(lambda key: word in key_words(key))

    def in_tempo(self, slowest: float, fastest: float) -> Mask:
        """Return which rows have a tempo from ``slowest`` to ``fastest`` when rounded to whole beats per minute."""
        tempi = _array(self._tempi)
        return np.asarray((tempi >= slowest - 0.5) & (tempi < fastest + 0.5))

    def sorted(self, positions: Positions, by: str, descending: bool) -> Positions:
        """Sort rows by a column of :data:`SORTED_BY`, stable; those without a value come last."""
        if by == "file":
            names = [_name(self._texts[place]) for place in positions.tolist()]
            return _by_text(names, positions, descending)
        if by == "title":
            return _known_by_text(
                [_title(self._texts[place]) for place in positions.tolist()], positions, descending
            )
        if by in _NUMBERS:
            values = _NUMBERS[by](self)[positions]
            known = np.isfinite(values)
            order = np.argsort(-values[known] if descending else values[known], kind="stable")
            return np.concatenate([positions[known][order], positions[~known]])
        ranks, without = self._ranked_tags(None if by == "tags" else by)  # type: ignore[arg-type]  # a group
        tags = [self._tags[place].translate(ranks, without) for place in positions.tolist()]
        return _known_by_text(tags, positions, descending)

    def ranked(self, positions: Positions, ranks: Mapping[int, int]) -> Positions:
        """Sort rows by the ranks of their keys, stable; those without a rank come last."""
        keys = _array(self._keys)[positions].tolist()
        order = np.argsort([ranks.get(key, len(ranks)) for key in keys], kind="stable")
        return np.asarray(positions[order.astype(np.intp)])

    def grouped(self, positions: Positions, by: Grouping) -> Positions:
        """Return positions group by group, each where its first row was, with ``-1 - number`` above it as the heading."""
        numbers = self.group_numbers(by)[positions]
        first = np.zeros(len(self._groups[by].words), np.intp)
        first[numbers[::-1]] = np.arange(len(numbers))[::-1]
        order = np.argsort(first[numbers], kind="stable")
        positions, numbers = positions[order], numbers[order]
        starts = np.flatnonzero(np.diff(numbers, prepend=-1))
        return np.asarray(np.insert(positions, starts, -1 - numbers[starts]))

    def group_numbers(self, by: Grouping) -> NDArray[np.intp]:
        """Return the number of each row's group."""
        return _array(self._groups[by].codes).astype(np.intp)

    def votes(self, by: Grouping) -> Votes:
        """Count the votes of all rows with music, also of those that the filters hide."""
        groups, n = self.group_numbers(by), len(self._groups[by].words)
        second = np.array([self._genres.code(word) for word in self._runners_up.words])
        words, weights = self._genres.words, _array(self._weights).astype(np.float64)
        size = n * len(words)
        firsts = groups * len(words) + _array(self._genres.codes)
        seconds = groups * len(words) + second[_array(self._runners_up.codes)]
        sums = np.bincount(firsts, weights * weights, size)
        sums += np.bincount(seconds, weights * _array(self._seconds), size)
        shares = np.asarray(sums.reshape(n, len(words)), np.float64)
        shares[:, 0] = 0.0  # no genre
        shares /= np.maximum(np.bincount(groups, weights, n), 1e-9)[:, np.newaxis]
        lengths = np.nan_to_num(_array(self._durations))
        return Votes(
            words,
            shares,
            np.bincount(groups, minlength=n),
            np.bincount(groups, weights > 0, n).astype(int),
            np.asarray(np.bincount(groups, lengths, n), np.float64),
        )

    def group_row(self, by: Grouping, number: int, member: ResultRow, votes: Votes) -> GroupRow:
        """Return the heading of a group, of which ``member`` is one row."""
        folder, _ = group_of(member.location, "")
        title = group_title(folder, member.song.album if by == "album" else "")
        counts = int(votes.counts[number]), int(votes.voted[number])
        return GroupRow(by, number, title, votes.answer(number, folder), *counts)

    def _ranked_tags(self, group: TagGroup | None) -> tuple[bytes, bytes]:
        """Return a table for ``bytes.translate`` from a tag's number to its alphabetical place, and what to leave out."""
        words = [sort_word(tag, group) for tag in self._tag_numbers]
        places = {word: place for place, word in enumerate(sorted(set(words)))}
        ranks = bytes(places[word] for word in words)
        left_out = bytes(number for number, word in enumerate(words) if not word)
        return ranks.ljust(256, b"\0"), left_out

    def _values(self, row: ResultRow) -> tuple[Any, ...]:
        """Return title and path, the tags, and the values of :attr:`_arrays`."""
        brief, genre, kind = row.brief, row.genre, row.kind
        other = "" if kind == "music" else f"{kind}\n{kind_name(kind)}".casefold()
        if row.problem is not None:
            other += f"\n{row.problem.title}".casefold()
        tags, bits = b"", 0
        if brief is not None and brief.tags:
            numbers = [self._tag_number(score.tag) for score in brief.tags]
            tags = bytes(numbers)
            for number in numbers:
                bits |= 1 << number if number < len(TAGS) else 0
        confidence, duration_s = row.confidence, row.duration_s
        bpm, key, song = (None, "", _NO_TAGS) if brief is None else (brief.bpm, brief.key, brief.song)
        folder, album = group_of(row.location, song.album)
        return (
            f"{song.title}\n{row.location}".casefold(),
            tags,
            self._genres.code(genre if kind == "music" else kind),
            self._runners_up.code(row.runner_up),
            self._models.code(row.model),
            self._others.code(other),
            self._artists.code(song.artist.casefold()),
            self._albums.code(song.album.casefold()),
            self._file_genres.code(song.genre.casefold()),
            self._music_keys.code(key),
            self._groups["folder"].code(folder),
            self._groups["album"].code(album),
            _ORDER[row.state],
            row.doubtful,
            _NAN if confidence is None else confidence,
            _NAN if duration_s is None else duration_s,
            _NAN if bpm is None else bpm,
            *_weights(row, brief),
            bits,
        )

    def _tag_number(self, tag: str) -> int:
        return min(self._tag_numbers.setdefault(tag, len(self._tag_numbers)), _MOST_TAGS)


def _weights(row: ResultRow, brief: Answer | None) -> tuple[float, float]:
    """Return what a row's genre and its runner-up count in a vote."""
    if row.label:
        return 1.0, 0.0
    if brief is None or not brief.has_genre or row.state is not State.DONE:
        return 0.0, 0.0
    return brief.confidence, brief.top[1].probability if len(brief.top) > 1 else 0.0


def _ranked(column: str) -> Callable[[RowColumns], NDArray[np.float64]]:
    def ranks(columns: RowColumns) -> NDArray[np.float64]:
        values = getattr(columns, column).ranks().astype(np.float64)
        values[values == 0] = _NAN
        return np.asarray(values)

    return ranks


def _wheel_places(columns: RowColumns) -> NDArray[np.float64]:
    keys = map(key_of, columns._music_keys.words)
    places = np.array([_NAN if key is None else key.wheel_place for key in keys])
    return np.asarray(places[_array(columns._music_keys.codes)])


_NUMBERS: dict[str, Callable[[RowColumns], NDArray[np.float64]]] = {
    "genre": _ranked("_genres"),
    "runner_up": _ranked("_runners_up"),
    "model": _ranked("_models"),
    "confidence": lambda columns: _array(columns._confidences),
    "duration": lambda columns: _array(columns._durations),
    "bpm": lambda columns: _array(columns._tempi),
    "key": _wheel_places,
    "artist": _ranked("_artists"),
    "album": _ranked("_albums"),
    "file_genre": _ranked("_file_genres"),
    "status": lambda columns: _array(columns._states).astype(np.float64),
}
"""Columns whose order is one of numbers; NaN: no value."""


def _name(text: str) -> str:
    path = text[text.find("\n") + 1 :]
    return path[path.rfind(os.sep) + 1 :] or path


def _title(text: str) -> str:
    return text[: text.find("\n")]


def _by_text(texts: Sequence[str | bytes], positions: Positions, descending: bool) -> Positions:
    order = sorted(range(len(texts)), key=texts.__getitem__, reverse=descending)
    return positions[np.array(order, np.intp)]


def _known_by_text(texts: Sequence[str | bytes], positions: Positions, descending: bool) -> Positions:
    """Return positions by their texts; those without one come last."""
    known = np.fromiter(map(bool, texts), bool, len(texts))
    return np.concatenate(
        [_by_text(list(filter(None, texts)), positions[known], descending), positions[~known]]
    )


def _array(column: array) -> NDArray:  # type: ignore[type-arg]  # of several types
    """Return the contents without copying; not to be kept, because an exported array cannot grow."""
    return np.frombuffer(column, column.typecode) if len(column) else np.empty(0, column.typecode)
