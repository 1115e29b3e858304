"""Read the published feature tables as rows of the feature contract.

The tables are research data outside the project, for training the starter models
(``python -m genre_desktop.ml.training.build_starters``) and for benchmarks.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.features.schema import (
    ENCODER_NAMES,
    NAMES,
    SIGNAL_NAMES,
    TABLE_57,
    TAG_NAMES,
    table_columns,
)

SHARED_VARIABLE = "GENRE_DESKTOP_SHARED_DATA"
TABLE_TAGS = "gtzan_musicnn_msd_tags.npz"
"""Tag probabilities of each patch of 733 tracks, as published for the encoder."""
_TRACK = re.compile(r"([a-z]+)[._](\d{5})")
_SMALLEST = 1e-6
"""Of a published probability: they are rounded to float32, and their log-odds must be finite."""


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of the feature contract with their labels.

    Attributes
    ----------
    tracks:
        ``(n,)`` names such as ``blues.00042``.
    X:
        ``(n, n_features)`` in contract order; NaN where a table lacks a column or a track.
    y:
        ``(n,)`` genre names.
    groups:
        ``(n,)`` artists.
    """

    tracks: NDArray[Any]
    X: NDArray[np.float64]
    y: NDArray[Any]
    groups: NDArray[Any]

    def only(self, tracks: Sequence[str]) -> Table:
        """Return the rows of these tracks, in this order; ``KeyError`` for an unknown one."""
        where = {track: i for i, track in enumerate(self.tracks.tolist())}
        index = np.array([where[track] for track in tracks], dtype=np.intp)
        return Table(self.tracks[index], self.X[index], self.y[index], self.groups[index])

    def signal_only(self) -> Table:
        """Return the rows without the encoder's columns."""
        return replace(self, X=self.X[:, : len(SIGNAL_NAMES)])


def shared_folder() -> Path:
    """Return the folder of the shared data: the environment variable, else beside the repository."""
    default = Path(__file__).resolve().parents[3].parent / "shared" / "data"
    return Path(os.environ.get(SHARED_VARIABLE, default))


def load_gtzan_table(folder: Path) -> Table:
    """Read all tracks of the published tables (999 of them complete), in contract columns.

    The encoder's columns are those of the shipped reference table for the 296 tracks that it holds. For others
    the tags are read from their published series, and the embedding is missing.

    Raises
    ------
    AppError
        ``tables-missing`` without the shared data.
    """
    sources = {
        name: _columns(_file(folder, "tables", name)) for name in {c.table for c in table_columns().values()}
    }
    tracks = sorted(sources[TABLE_57])
    X = np.full((len(tracks), len(NAMES)), np.nan)
    for j, origin in enumerate(table_columns().values()):
        rows = sources[origin.table]
        for i, track in enumerate(tracks):
            if track in rows:
                X[i, j] = float(rows[track][origin.column])
    start = len(SIGNAL_NAMES)
    for track, tags in _published_tags(folder).items():
        X[tracks.index(track), start : start + len(TAG_NAMES)] = tags
    for clip in reference_dataset.load():
        X[tracks.index(track_name(clip.path)), start:] = clip.features[:, -len(ENCODER_NAMES) :].mean(axis=0)
    artist = load_gtzan_artists(folder)
    return Table(
        np.array(tracks),
        X,
        np.array([track.split(".")[0] for track in tracks]),
        np.array([artist[track] for track in tracks]),
    )


def split(folder: Path, part: str) -> tuple[str, ...]:
    """Return the tracks of a part (``train``, ``valid``, ``test``) of the artist-disjoint, fault-filtered split."""
    text = _file(folder, "splits", f"gtzan_fault_filtered_{part}.txt").read_text("utf-8")
    return tuple(track_name(line) for line in text.split())


def load_gtzan_artists(folder: Path) -> dict[str, str]:
    """Return the artist of each GTZAN track after Sturm (2012).

    Tracks of unknown artists share one group per genre: they may be one artist, and a group that is
    too large never overrates a model.
    """
    found: dict[str, str] = {}
    for line in _file(folder, "splits", "GTZANindex.txt").read_text("latin-1").splitlines():
        if line.startswith("#") or ".wav" not in line:
            continue
        file, artist = [part.strip(" :") for part in line.split(":::")][:2]
        track = track_name(file)
        found[track] = artist.lower() or f"unknown {track.split('.')[0]}"
    return found


def track_name(file: str) -> str:
    """Return ``blues.00042`` for ``blues/blues.00042.wav``, ``blues_00042.wav``, …"""
    match = _TRACK.search(file)
    if match is None:
        raise ValueError(f"not a GTZAN file name: {file!r}")
    return f"{match[1]}.{match[2]}"


def _published_tags(folder: Path) -> dict[str, NDArray[np.float64]]:
    """Return the log-odds of each track's tags, ``(n_tags,)``, averaged over its patches."""
    with np.load(_file(folder, "tables", TABLE_TAGS), allow_pickle=False) as stored:
        tracks, offsets = stored["track"].tolist(), stored["offset"]
        P = np.clip(stored["probability"].astype(np.float64), _SMALLEST, 1 - _SMALLEST)
    odds = np.log(P / (1 - P))
    return {
        track_name(track): odds[first:last].mean(axis=0)
        for track, first, last in zip(tracks, offsets[:-1], offsets[1:], strict=True)
    }


def _columns(path: Path) -> dict[str, dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return {track_name(row["filename"]): row for row in csv.DictReader(file)}


def _file(folder: Path, *parts: str) -> Path:
    path = folder.joinpath(*parts)
    if not path.is_file():
        raise AppError("tables-missing", path=str(path), variable=SHARED_VARIABLE)
    return path
