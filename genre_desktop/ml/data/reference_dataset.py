"""The shipped reference table: feature rows of the app's extractor, without audio.

One compressed NumPy file of plain arrays, loaded without pickle. It is added to the training rows when
they are collected and never copied into the user's library: it changes with the program, is not
deleted with the user's data, and the library shows the user's clips only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import shipped
from genre_desktop.core.serialization import write_arrays
from genre_desktop.core.store.library import Clip
from genre_desktop.ml.arrays import DAMAGED_ARCHIVE, read_arrays
from genre_desktop.ml.data.dataset import REFERENCE
from genre_desktop.ml.features.schema import FEATURE_VERSION, NAMES, VERSIONS, widen

FORMAT = "1"
_ARTIST = "artist:"
_TEXTS = ("clips", "names", "labels", "groups")


def shipped_path() -> Path:
    """Return the path of the shipped table."""
    return shipped("data", "reference.npz")


def save(path: Path, clips: Iterable[Clip]) -> None:
    """Write the table.

    Arrays: ``clips`` (content hashes), ``names`` (file names, by which a starter model identifies
    its training clips), ``labels``, ``groups`` and ``durations``, one entry per clip; ``counts``,
    windows of each clip; ``starts``, ``lengths`` (seconds) and ``features`` (float32), one row per
    window; ``columns``, ``feature_version``, ``format``. Equal clips give equal bytes.
    """
    found = sorted(clips, key=lambda clip: Path(clip.path).name)
    arrays = {
        "clips": np.array([clip.content_hash for clip in found], dtype=str),
        "names": np.array([Path(clip.path).name for clip in found], dtype=str),
        "labels": np.array([clip.label for clip in found], dtype=str),
        "groups": np.array([clip.group for clip in found], dtype=str),
        "durations": np.array([clip.duration_s for clip in found]),
        "counts": np.array([len(clip.starts) for clip in found]),
        "starts": np.concatenate([clip.starts for clip in found]),
        "lengths": np.concatenate([clip.lengths for clip in found]),
        "features": np.vstack([clip.features for clip in found]).astype("<f4"),
        "columns": np.array(NAMES),
        "feature_version": np.array(FEATURE_VERSION),
        "format": np.array(FORMAT),
    }
    write_arrays(path, arrays)


def load(path: Path | None = None) -> list[Clip]:
    """Read the table's clips, ``source`` ``reference``; the shipped one by default.

    Raises
    ------
    AppError
        ``reference-missing``, ``reference-unreadable``, or ``reference-version`` when another
        feature version measured it.
    """
    path = path or shipped_path()
    try:
        with path.open("rb") as file:
            return _clips(read_arrays(file))
    except FileNotFoundError as error:
        raise AppError("reference-missing", path=str(path)) from error
    except DAMAGED_ARCHIVE as error:
        raise AppError("reference-unreadable", path=str(path), error=str(error)) from error


def load_if_intact(log: Callable[[str], None]) -> list[Clip]:
    """Read the shipped table; without an intact one log why, and return nothing."""
    try:
        return load()
    except AppError as error:
        log(str(error))
        return []


def _clips(arrays: dict[str, np.ndarray]) -> list[Clip]:
    version = str(arrays["feature_version"])
    if tuple(arrays["columns"].tolist()) != VERSIONS.get(version):
        raise AppError("reference-version", version=version, known=FEATURE_VERSION)
    ends = np.cumsum(arrays["counts"])[:-1]
    starts, lengths = np.split(arrays["starts"], ends), np.split(arrays["lengths"], ends)
    features = np.split(widen(arrays["features"]), ends)
    texts = zip(*(arrays[name].tolist() for name in _TEXTS), strict=True)
    return [
        Clip(
            content_hash=content_hash,
            path=name,
            label=label,
            group=group if group.startswith(_ARTIST) else _ARTIST + group,  # as in the library
            source=REFERENCE,
            duration_s=float(arrays["durations"][i]),
            starts=starts[i],
            lengths=lengths[i],
            features=features[i],
        )
        for i, (content_hash, name, label, group) in enumerate(texts)
    ]
