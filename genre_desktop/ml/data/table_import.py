"""Import of feature tables with a label column as clips of the library; see :mod:`.table_columns`."""

from __future__ import annotations

import csv
import hashlib
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError
from genre_desktop.core.labels import clean_label, normalize_text
from genre_desktop.core.messages import Message, message
from genre_desktop.core.quoting.cells import cell_text
from genre_desktop.core.store.library import Clip
from genre_desktop.ml.data.dataset import PUBLISHED
from genre_desktop.ml.data.import_report import reason_of
from genre_desktop.ml.data.table_columns import Layout, of_header, some
from genre_desktop.ml.features import schema

WINDOW_S = 30.0
"""Length of a row without one."""

_SEGMENT_S = 10.0
_BLOCK = 1024
"""Rows of a block of numbers."""
_LARGEST = float(np.finfo(np.float32).max)
"""XGBoost and the rows of drift checks have single precision, in which larger values are infinite."""
_TRACK = re.compile(r"(?P<track>[a-z]+\.\d{5})(?:\.(?P<segment>\d))?\.wav")


@dataclass(frozen=True, slots=True)
class _Row:
    """One line: a window of the recording ``clip``; ``number`` is its row in :class:`_Numbers`."""

    clip: str
    label: str
    group: str
    start: float
    length: float
    number: int


class _Numbers:
    """The feature columns of a table, in blocks, so that no copy is needed as they grow."""

    def __init__(self, columns: Sequence[int]) -> None:
        self._columns = np.array(columns, dtype=np.intp)
        self._blocks: list[NDArray[np.float64]] = []
        self._n = 0

    def append(self, values: Sequence[float]) -> int:
        """Add a row and return its number."""
        block, place = divmod(self._n, _BLOCK)
        if block == len(self._blocks):
            self._blocks.append(np.empty((_BLOCK, len(self._columns))))
        self._blocks[block][place] = values
        self._n += 1
        return self._n - 1

    def of(self, numbers: Sequence[int]) -> NDArray[np.float64]:
        """Return rows of the feature schema; NaN in columns that the table lacks."""
        rows = np.full((len(numbers), len(schema.NAMES)), np.nan)
        for row, number in zip(rows, numbers, strict=True):
            row[self._columns] = self._blocks[number // _BLOCK][number % _BLOCK]
        return rows


class _Clips(Sequence[Clip]):
    """The recordings of a checked table; each is built when it is asked for, which saves memory."""

    def __init__(self, path: Path, recordings: Mapping[str, list[_Row]], numbers: _Numbers) -> None:
        self._path, self._numbers = path, numbers
        self._recordings = [_checked(path, name, rows) for name, rows in recordings.items()]

    def __len__(self) -> int:
        return len(self._recordings)

    @overload
    def __getitem__(self, index: int) -> Clip: ...

    @overload
    def __getitem__(self, index: slice) -> list[Clip]: ...

    def __getitem__(self, index: int | slice) -> Clip | list[Clip]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        rows = self._recordings[index]
        return _clip(self._path, rows, self._numbers.of([row.number for row in rows]))


def read_table(
    path: Path,
    canonical: Callable[[str], str] = clean_label,
    refused: Callable[[str, Message], None] = lambda row, reason: None,
) -> Sequence[Clip]:
    """Read a table and check all of it before any row is used. A row without a usable label is left out.

    Parameters
    ----------
    path:
        Comma, semicolon or tab separated, UTF-8, one header line; cells as :func:`.cells.cell` quotes them.
    canonical:
        Returns the established spelling of a label, or raises as :func:`.clean_label`.
    refused:
        Called with each row that is left out, as path, and the reason.

    Returns
    -------
    sequence of Clip
        One per recording, ``source`` ``table``; missing contract columns are NaN.

    Raises
    ------
    AppError
        ``missing-file``, ``table-unreadable``, ``table-empty``, ``table-no-label``,
        ``table-columns``, ``table-values`` (no number, NaN, infinite), ``table-rows``
        (two rows for the same part of a recording, or a recording with two labels).
    """
    lines = _lines(path)
    _, header = next(lines, (0, None))
    if header is None:
        raise AppError("table-empty", name=path.name)
    layout = of_header(path, header)
    numbers = _Numbers(list(layout.features.values()))
    recordings: dict[str, list[_Row]] = {}
    number = 0
    for number, cells in lines:
        _check_width(path, layout, number, cells)
        try:
            label = canonical(cells[layout.label])
        except AppError as error:
            reason = message("Line {number}: {reason}", number=number, reason=reason_of(error.problem))
            refused(f"{path}#/{_name(layout, number, cells)}", reason)
            continue
        row = _row(path, layout, number, cells, label, numbers)
        recordings.setdefault(row.clip, []).append(row)
    if not number:
        raise AppError("table-empty/header-only", name=path.name)
    return _Clips(path, recordings, numbers)


def is_published(clip: Clip) -> bool:
    """Return whether a clip is a track of the published GTZAN tables, whose rows are merged."""
    return clip.content_hash.startswith(PUBLISHED)


def published_hash(track: str) -> str:
    """Return ``gtzan:blues.00000``, which serves as the content hash of a published track."""
    return PUBLISHED + track


def merged(old: Clip | None, new: Clip) -> Clip:
    """Return ``new`` with the windows and columns that only ``old`` has; ``new`` takes precedence."""
    if old is None:
        return new
    rows = _by_place(replace(old, features=schema.widen(old.features)))
    for place, features in _by_place(new).items():
        before = rows.get(place, features)
        rows[place] = np.where(np.isnan(features), before, features)
    places = sorted(rows)
    return replace(
        new,
        starts=np.array([start for start, _ in places], dtype=float),
        lengths=np.array([length for _, length in places], dtype=float),
        features=np.stack([rows[place] for place in places]),
        duration_s=max(old.duration_s, new.duration_s),
    )


def _by_place(clip: Clip) -> dict[tuple[int, int], NDArray[np.float64]]:
    # Whole seconds: one published table has 30.01 s, the other no length.
    places = zip(clip.starts, clip.lengths, clip.features, strict=True)
    return {(round(start), round(length)): row for start, length, row in places}


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of each line that is not blank."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            delimiter = max(",;\t", key=first.count)
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield reader.line_num, [cell_text(cell) for cell in cells]
    except FileNotFoundError as error:
        raise AppError("missing-file/table", name=path.name, path=str(path)) from error
    except OSError as error:
        raise AppError("table-unreadable", name=path.name, error=error.strerror or str(error)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise AppError("table-unreadable/not-text", name=path.name, error=str(error)) from error


def _row(
    path: Path,
    layout: Layout,
    number: int,
    cells: Sequence[str],
    label: str,
    numbers: _Numbers,
) -> _Row:
    place = numbers.append(_features(path, layout, number, cells))
    start = 0.0 if layout.start is None else _number(path, layout, number, cells, layout.start)
    name = _name(layout, number, cells)
    group = "" if layout.group is None else normalize_text(cells[layout.group]).casefold()
    match = _TRACK.fullmatch(name)
    if match is not None:  # of a published table, where blues.00000.2.wav is a 10 s part of a track
        name = published_hash(match["track"])
        start = start if match["segment"] is None else _SEGMENT_S * int(match["segment"])
    return _Row(name, label, group, start, _length(path, layout, number, cells), place)


def _check_width(path: Path, layout: Layout, number: int, cells: Sequence[str]) -> None:
    if len(cells) != len(layout.header):
        raise AppError(
            "table-values/cells", name=path.name, number=number, cells=len(cells), header=len(layout.header)
        )


def _name(layout: Layout, number: int, cells: Sequence[str]) -> str:
    name = "" if layout.name is None else normalize_text(cells[layout.name])
    return name or f"row {number}"


def _features(path: Path, layout: Layout, number: int, cells: Sequence[str]) -> list[float]:
    try:
        values = [float(cells[position]) for position in layout.features]
    except ValueError:
        values = []
    if not values or not max(map(abs, values)) <= _LARGEST or math.isnan(sum(values)):
        # One of them is invalid, or (if not) all together are beyond what a number holds.
        return [_number(path, layout, number, cells, position) for position in layout.features]
    return values


def _number(path: Path, layout: Layout, number: int, cells: Sequence[str], position: int) -> float:
    try:
        value = float(cells[position])
    except ValueError:
        value = math.nan
    if not abs(value) <= _LARGEST:
        raise _invalid_value(path, number, layout.header[position], cells[position].strip(), value)
    return value


def _invalid_value(path: Path, number: int, column: str, found: str, value: float) -> AppError:
    if math.isfinite(value):
        return AppError("table-values/too-large", name=path.name, number=number, found=found, column=column)
    if found:
        return AppError("table-values/not-finite", name=path.name, number=number, found=found, column=column)
    return AppError("table-values/empty", name=path.name, number=number, column=column)


def _length(path: Path, layout: Layout, number: int, cells: Sequence[str]) -> float:
    if layout.length is None:
        return WINDOW_S
    value = _number(path, layout, number, cells, layout.length)
    if value <= 0:
        raise AppError("table-values/length", name=path.name, number=number, length=f"{value:g}")
    return value / schema.SAMPLE_RATE if layout.samples else value


def _checked(path: Path, name: str, rows: list[_Row]) -> list[_Row]:
    """Return the rows of a recording in the order of their starts."""
    if len(rows) == 1:
        return rows
    labels = sorted({row.label for row in rows})
    track = name.removeprefix(PUBLISHED)
    if len(labels) > 1:
        raise AppError("table-rows/labels", name=path.name, clip=track, labels=some(labels))
    if len({row.start for row in rows}) < len(rows):
        raise AppError("table-rows/stretch", name=path.name, clip=track)
    return sorted(rows, key=lambda row: row.start)


def _clip(path: Path, rows: Sequence[_Row], features: NDArray[np.float64]) -> Clip:
    name = rows[0].clip
    track = name.removeprefix(PUBLISHED)
    published = name.startswith(PUBLISHED)
    own_group = f"file:{name}" if published else f"file:{path}#{name}"
    return Clip(
        content_hash=name if published else _digest(name, features),
        # A starter model identifies its training tracks by file name.
        path=f"{path}#/{track}.wav" if published else f"{path}#/{name}",
        label=rows[0].label,
        group=f"artist:{rows[0].group}" if rows[0].group else own_group,
        source="table",
        duration_s=max(row.start + row.length for row in rows),
        starts=np.array([row.start for row in rows]),
        lengths=np.array([row.length for row in rows]),
        features=features,
    )


def _digest(name: str, features: NDArray[np.float64]) -> str:
    digest = hashlib.blake2b(name.encode("utf-8", "backslashreplace"), digest_size=16)
    digest.update(np.ascontiguousarray(features, dtype="<f8").tobytes())
    return f"table:{digest.hexdigest()}"
