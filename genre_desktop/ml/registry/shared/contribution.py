"""The corrected feature rows that a desktop gives to its team, and their file.

What leaves, and nothing else: for each corrected or confirmed clip its label, the pseudonyms of the
recording and of its group (:mod:`genre_desktop.ml.data.pseudonyms`), its length, the position and the
features of its windows. No audio, no path or file name, no text of a tag.

Files of others are read with suspicion: no pickle, sizes before contents, every value checked.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError
from genre_desktop.core.labels import tidy_label
from genre_desktop.core.messages import Message, message
from genre_desktop.core.serialization import pack_arrays
from genre_desktop.core.store.library import Clip
from genre_desktop.ml.arrays import DAMAGED_ARCHIVE, read_arrays
from genre_desktop.ml.data.dataset import TEAM
from genre_desktop.ml.data.pseudonyms import Pseudonyms, is_pseudonym
from genre_desktop.ml.features.schema import FEATURE_VERSION, NAMES, VERSIONS, widen

FORMAT = "1"
FILE = "contribution.npz"
MOST_BYTES = 50_000_000
"""Size of a file, and of its unpacked arrays, that is still read."""
MOST_WINDOWS = 15_000
"""Windows in one contribution, so that its file stays below :data:`MOST_BYTES`."""
_LONGEST_LABEL = 100
_LONGEST_TEXT = 200
_LARGEST = 1e12
"""Of a feature; larger numbers overflow in the training of everybody else."""
_TEXTS = ("clips", "labels", "groups")
_NUMBERS = ("durations", "starts", "lengths", "features")
_SINGLE = ("feature_version", "format", "contributor")
_ARRAYS = frozenset({*_TEXTS, *_NUMBERS, *_SINGLE, "counts", "columns"})


@dataclass(frozen=True, eq=False)
class Contribution:
    """Clips of one contributor under pseudonyms, in the order of these, with features of this version.

    ``left_out`` counts clips that cannot be sent, ``contributor`` is a random id.
    """

    contributor: str
    clips: tuple[Clip, ...]
    left_out: int = 0

    @property
    def windows(self) -> int:
        """Number of feature rows."""
        return sum(len(clip.starts) for clip in self.clips)

    @cached_property
    def data(self) -> bytes:
        """The file; equal clips make equal bytes."""
        return bytes(pack_arrays(self._arrays()))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file, 64 hex digits."""
        return hashlib.sha256(self.data).hexdigest()

    def rows(self) -> list[dict[str, Any]]:
        """Return one line for each clip, for a preview."""
        return [
            {
                "label": clip.label,
                "recording": clip.content_hash,
                "group": clip.group,
                "windows": len(clip.starts),
                "duration_s": clip.duration_s,
            }
            for clip in self.clips
        ]

    def _arrays(self) -> dict[str, NDArray[Any]]:
        clips = self.clips
        features = [clip.features for clip in clips] or [np.empty((0, len(NAMES)))]
        return {
            "clips": np.array([clip.content_hash for clip in clips], dtype=str),
            "labels": np.array([clip.label for clip in clips], dtype=str),
            "groups": np.array([clip.group for clip in clips], dtype=str),
            "durations": np.array([clip.duration_s for clip in clips], dtype="<f8"),
            "counts": np.array([len(clip.starts) for clip in clips], dtype="<i8"),
            "starts": np.concatenate([[], *(clip.starts for clip in clips)]).astype("<f8"),
            "lengths": np.concatenate([[], *(clip.lengths for clip in clips)]).astype("<f8"),
            "features": np.vstack(features).astype("<f8"),
            "columns": np.array(NAMES),
            "feature_version": np.array(FEATURE_VERSION),
            "format": np.array(FORMAT),
            "contributor": np.array(self.contributor),
        }


def prepare(clips: Iterable[Clip], contributor: str, names: Pseudonyms) -> Contribution:
    """Return what leaves of these clips, the most important first; what does not fit is left out."""
    kept: dict[str, Clip] = {}
    windows = left_out = 0
    for clip in clips:
        sent = _nameless(clip, names)
        if _wrong(sent) or windows + len(sent.starts) > MOST_WINDOWS:
            left_out += 1
        elif sent.content_hash not in kept:
            kept[sent.content_hash] = sent
            windows += len(sent.starts)
    return Contribution(contributor, tuple(kept[name] for name in sorted(kept)), left_out)


def read(path: Path, digest: str) -> Contribution:
    """Read a file of anybody.

    Raises
    ------
    AppError
        ``contribution-damaged`` with the reason, ``contribution-version`` for features of another version.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _damaged(message("it is larger than {n} MB", n=MOST_BYTES // 1_000_000))
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise _damaged(message("its content differs from what its contributor sent"))
        return _checked(_unpacked(data))
    except DAMAGED_ARCHIVE as error:
        raise _damaged(message("it cannot be read ({error})", error=str(error)[:100])) from error


def _nameless(clip: Clip, names: Pseudonyms) -> Clip:
    return Clip(
        content_hash=names.recording(clip.content_hash),
        path="",
        label=tidy_label(clip.label),
        group=names.group(clip.group),
        source=TEAM,
        duration_s=float(clip.duration_s),
        starts=clip.starts.astype(np.float64),
        lengths=clip.lengths.astype(np.float64),
        features=widen(clip.features),
    )


def _unpacked(data: bytes) -> dict[str, NDArray[Any]]:
    """Return the arrays of an archive, none of which is larger than its entry says."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
        if {entry.filename for entry in entries} != {f"{name}.npy" for name in _ARRAYS}:
            raise _damaged(message("it contains other tables than a contribution has"))
        if len(entries) > len(_ARRAYS) or sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise _damaged(message("it is larger than {n} MB", n=MOST_BYTES // 1_000_000))
    return read_arrays(BytesIO(data))


def _checked(arrays: dict[str, NDArray[Any]]) -> Contribution:
    _check_kinds(arrays)
    version = str(arrays["feature_version"])
    if tuple(arrays["columns"].tolist()) != VERSIONS.get(version) or str(arrays["format"]) != FORMAT:
        raise AppError("contribution-version", version=version, known=FEATURE_VERSION)
    counts, n = arrays["counts"], arrays["counts"].size
    if not n:
        raise _damaged(message("it is empty"))
    windows = int(counts.sum()) if counts.min() >= 1 and counts.max() <= MOST_WINDOWS else 0
    shapes: dict[str, tuple[int, ...]] = dict.fromkeys((*_TEXTS, "durations", "counts"), (n,))
    shapes |= dict.fromkeys(("starts", "lengths"), (windows,))
    shapes["features"] = (windows, len(VERSIONS[version]))
    if any(arrays[name].shape != shape for name, shape in shapes.items()):
        raise _damaged(message("its tables do not belong together"))
    clips = _clips(arrays)
    wrong = next(filter(None, map(_wrong, clips)), None)
    if wrong is None and len({clip.content_hash for clip in clips}) < n:
        wrong = message("it contains a recording twice")
    if wrong is not None:
        raise _damaged(wrong)
    return Contribution(str(arrays["contributor"]), clips)


def _check_kinds(arrays: dict[str, NDArray[Any]]) -> None:
    kinds = dict.fromkeys((*_TEXTS, *_SINGLE, "columns"), "U") | dict.fromkeys(_NUMBERS, "f")
    for name, kind in (kinds | {"counts": "i"}).items():
        found = arrays[name].dtype
        if found.kind != kind or (kind == "U" and found.itemsize > 4 * _LONGEST_TEXT):
            raise _damaged(message("its table {name} has another type", name=name))
        if kind == "f" and found.itemsize != 8:
            raise _damaged(message("its table {name} has another type", name=name))
    if any(arrays[name].shape != () for name in _SINGLE):
        raise _damaged(message("its tables do not belong together"))


def _clips(arrays: dict[str, NDArray[Any]]) -> tuple[Clip, ...]:
    ends = np.cumsum(arrays["counts"])[:-1]
    parts = (np.split(arrays[name], ends) for name in ("starts", "lengths"))
    features = np.split(widen(arrays["features"]), ends)
    texts = (arrays[name].tolist() for name in (*_TEXTS, "durations"))
    return tuple(
        Clip(content_hash, "", label, group, TEAM, duration_s, starts, lengths, rows)
        for content_hash, label, group, duration_s, starts, lengths, rows in zip(
            *texts, *parts, features, strict=True
        )
    )


def _wrong(clip: Clip) -> Message | None:
    """Return what is wrong with a clip, if anything."""
    label = clip.label
    if not label or len(label) > _LONGEST_LABEL or not label.isprintable() or tidy_label(label) != label:
        return message("a genre in it is not plain text")
    if not (is_pseudonym(clip.content_hash) and is_pseudonym(clip.group)):
        return message("a name in it is not a pseudonym")
    times = np.concatenate([[clip.duration_s], clip.starts, clip.lengths])
    if not (len(clip.starts) and np.isfinite(times).all() and times.min() >= 0):
        return message("a position in it is not a time")
    known = np.isfinite(clip.features)
    if not (known | np.isnan(clip.features)).all() or not known.any(axis=1).all():
        return message("a feature in it is not a number")
    if np.abs(clip.features[known]).max() > _LARGEST:
        return message("a feature in it is too large")
    return None


def _damaged(reason: Message) -> AppError:
    return AppError("contribution-damaged", reason=reason)
