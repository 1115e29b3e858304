"""Import of feature tables with a label column as clips of the library; see :mod:`.table_columns`."""

from __future__ import annotations

import csv
import hashlib
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError
from genre_desktop.core.labels import normalize_text
from genre_desktop.core.store.library import Clip
from genre_desktop.ml.data.dataset import PUBLISHED
from genre_desktop.ml.data.table_columns import Layout, of_header, some
from genre_desktop.ml.features import schema

WINDOW_S = 30.0
"""Length of a row without one."""

_SEGMENT_S = 10.0
_LARGEST = float(np.finfo(np.float32).max)
"""XGBoost and the rows of drift checks have single precision, in which larger values are infinite."""
_TRACK = re.compile(r"(?P<track>[a-z]+\.\d{5})(?:\.(?P<segment>\d))?\.wav")


@dataclass(frozen=True, slots=True)
class _Row:
    """One line: a window of the recording ``clip``."""

    clip: str
    label: str
    group: str
    start: float
    length: float
    features: NDArray[np.float64]


def read_table(path: Path, canonical: Callable[[str], str] = normalize_text) -> list[Clip]:
    """Read a table and check all of it before any row is used.

    Parameters
    ----------
    path:
        Comma, semicolon or tab separated, UTF-8, one header line.
    canonical:
        Returns the established spelling of a label.

    Returns
    -------
    list of Clip
        One per recording, ``source`` ``table``; missing contract columns are NaN.

    Raises
    ------
    AppError
        ``missing-file``, ``table-unreadable``, ``table-empty``, ``table-no-label``,
        ``table-columns``, ``table-values`` (no number, NaN, infinite, no label), ``table-rows``
        (two rows for the same part of a recording, or a recording with two labels).
    """
    lines = _lines(path)
    _, header = next(lines, (0, None))
    if header is None:
        raise AppError("table-empty", name=path.name)
    layout = of_header(path, header)
    recordings: dict[str, list[_Row]] = {}
    for number, cells in lines:
        row = _row(path, layout, number, cells, canonical)
        recordings.setdefault(row.clip, []).append(row)
    if not recordings:
        raise AppError("table-empty/header-only", name=path.name)
    return [_clip(path, name, rows) for name, rows in recordings.items()]


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
                    yield reader.line_num, cells
    except FileNotFoundError as error:
        raise AppError("missing-file/table", name=path.name, path=str(path)) from error
    except OSError as error:
        raise AppError("table-unreadable", name=path.name, error=error.strerror or str(error)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise AppError("table-unreadable/not-text", name=path.name, error=str(error)) from error


def _row(
    path: Path, layout: Layout, number: int, cells: Sequence[str], canonical: Callable[[str], str]
) -> _Row:
    if len(cells) != len(layout.header):
        raise AppError(
            "table-values/cells", name=path.name, number=number, cells=len(cells), header=len(layout.header)
        )
    label = canonical(cells[layout.label])
    if not label:
        raise AppError("table-values/no-label", name=path.name, number=number)
    features = np.full(len(schema.NAMES), np.nan)
    for position, index in layout.features.items():
        features[index] = _number(path, layout, number, cells, position)
    start = 0.0 if layout.start is None else _number(path, layout, number, cells, layout.start)
    name = f"row {number}" if layout.name is None else normalize_text(cells[layout.name]) or f"row {number}"
    group = "" if layout.group is None else normalize_text(cells[layout.group]).casefold()
    match = _TRACK.fullmatch(name)
    if match is not None:  # of a published table, where blues.00000.2.wav is a 10 s part of a track
        name = published_hash(match["track"])
        start = start if match["segment"] is None else _SEGMENT_S * int(match["segment"])
    return _Row(name, label, group, start, _length(path, layout, number, cells), features)


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


def _clip(path: Path, name: str, rows: list[_Row]) -> Clip:
    rows = sorted(rows, key=lambda row: row.start)
    starts = [row.start for row in rows]
    labels = sorted({row.label for row in rows})
    track = name.removeprefix(PUBLISHED)
    if len(labels) > 1:
        raise AppError("table-rows/labels", name=path.name, clip=track, labels=some(labels))
    if len(set(starts)) < len(starts):
        raise AppError("table-rows/stretch", name=path.name, clip=track)
    features = np.stack([row.features for row in rows])
    published = name.startswith(PUBLISHED)
    own_group = f"file:{name}" if published else f"file:{path}#{name}"
    return Clip(
        content_hash=name if published else _digest(name, features),
        # A starter model identifies its training tracks by file name.
        path=f"{path}#/{track}.wav" if published else f"{path}#/{name}",
        label=labels[0],
        group=f"artist:{rows[0].group}" if rows[0].group else own_group,
        source="table",
        duration_s=max(row.start + row.length for row in rows),
        starts=np.array(starts),
        lengths=np.array([row.length for row in rows]),
        features=features,
    )


def _digest(name: str, features: NDArray[np.float64]) -> str:
    digest = hashlib.blake2b(name.encode("utf-8", "backslashreplace"), digest_size=16)
    digest.update(np.ascontiguousarray(features, dtype="<f8").tobytes())
    return f"table:{digest.hexdigest()}"
