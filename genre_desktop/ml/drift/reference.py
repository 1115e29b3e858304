"""What "as usual" means for a champion: the clips it learned from, in a form that drift is measured with.

The starters learned from published tables whose rows may not be shipped. Their reference is a
sketch: for each genre the quantiles of each column by itself, so no row of it is a track. A
champion that was trained here adds the person's own clips from the library to that.

``python -m genre_desktop.ml.drift.reference`` makes the shipped sketch anew.
"""

from __future__ import annotations

import sys
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import shipped
from genre_desktop.core.serialization import write_arrays
from genre_desktop.ml.data import gtzan_tables
from genre_desktop.ml.drift import codec_shift
from genre_desktop.ml.drift.codec_shift import CodecPairs
from genre_desktop.ml.drift.partial_residuals import PartialResiduals
from genre_desktop.ml.features.schema import FEATURE_VERSION, NAMES, check_version

Array = NDArray[np.float64]
Labels = NDArray[np.str_]

LEVELS = (np.arange(33) + 0.5) / 33
"""Quantiles that a sketch keeps of each column."""
_LENS = ("center", "scale", "mean", "precision")


@dataclass(frozen=True, eq=False)
class Reference:
    """Rows to compare with.

    Attributes
    ----------
    names:
        Columns, in contract order.
    raw, unexplained:
        ``(m, n_features)``: values as measured, and what :class:`.partial_residuals.PartialResiduals` leaves of them.
    labels:
        ``(m,)`` genres.
    own:
        ``(m,)`` True for the person's clips, False for the sketch that the program came with.
    clips:
        ``(m,)`` how many clips each row stands for.
    lens:
        Gives ``unexplained`` of other rows.
    confidence:
        ``(m,)`` how sure the champion was of such clips before it had seen them; NaN: unknown.
    coding:
        ``(n_features,)`` the direction in which strong compression moves a clip
        (:meth:`.codec_shift.CodecPairs.direction`); zeros: unknown.
    coded:
        ``(m,)`` how far along it each row lies, in arbitrary units.
    """

    names: tuple[str, ...]
    raw: Array
    unexplained: Array
    labels: Labels
    own: NDArray[np.bool_]
    clips: Array
    lens: PartialResiduals
    confidence: Array
    coding: Array
    coded: Array

    def along_coding(self, unexplained: Array) -> Array:
        """``(n,)`` how far clips lie along :attr:`coding`, from what :attr:`lens` leaves of them."""
        values: Array = unexplained @ self.coding
        return values

    @property
    def n_clips(self) -> int:
        """How many clips stand behind it."""
        return round(float(self.clips.sum()))

    def with_own(self, X: Array, labels: Labels, confidence: Array) -> Reference:
        """With the person's own clips added: ``(n, n_features)`` rows; those with gaps are left out."""
        whole = np.isfinite(X).all(axis=1)
        X, labels, confidence = X[whole], labels[whole], confidence[whole]
        unexplained = self.lens.residuals(X)
        return replace(
            self,
            raw=np.vstack([self.raw, X]),
            unexplained=np.vstack([self.unexplained, unexplained]),
            labels=np.concatenate([self.labels, labels.astype(str)]),
            own=np.concatenate([self.own, np.ones(len(X), bool)]),
            clips=np.concatenate([self.clips, np.ones(len(X))]),
            confidence=np.concatenate([self.confidence, confidence]),
            coded=np.concatenate([self.coded, self.along_coding(unexplained)]),
        )

    def with_confidence(self, by_genre: dict[str, Array]) -> Reference:
        """With what is known of the champion's confidence on the sketch's genres, as quantiles."""
        confidence = self.confidence.copy()
        for genre, values in by_genre.items():
            where = np.flatnonzero((self.labels == genre) & ~self.own)
            if len(values) and len(where):
                confidence[where] = np.quantile(values, (np.arange(len(where)) + 0.5) / len(where))
        return replace(self, confidence=confidence)


def sketch(
    X: Array, labels: Labels, names: tuple[str, ...] = NAMES, recoded: CodecPairs | None = None
) -> Reference:
    """Quantiles of each genre and column in place of rows; ties between columns live on in the lens.

    ``recoded`` tells what strong compression does; without it, only features are compared.
    """
    lens = PartialResiduals.fit(X)
    coding = np.zeros(X.shape[1]) if recoded is None else recoded.direction(lens)
    unexplained, labels = lens.residuals(X), np.asarray(labels, dtype=str)
    parts = [(genre, labels == genre) for genre in sorted(set(labels.tolist()))]
    n = len(LEVELS)

    def quantiles(columns: Array) -> Array:
        return np.concatenate([np.quantile(columns[rows], LEVELS, axis=0) for _, rows in parts])

    return Reference(
        names,
        raw=quantiles(X),
        unexplained=quantiles(unexplained),
        labels=np.repeat(np.array([genre for genre, _ in parts]), n),
        own=np.zeros(n * len(parts), bool),
        clips=np.repeat([rows.sum() / n for _, rows in parts], n),
        lens=lens,
        confidence=np.full(n * len(parts), np.nan),
        coding=coding,
        coded=quantiles(unexplained @ coding),
    )


def shipped_path() -> Path:
    """Where the sketch lies in this installation."""
    return shipped("data", "drift_reference.npz")


def save(path: Path, reference: Reference) -> None:
    """Write a reference (without confidence) as plain arrays; equal ones give equal bytes."""
    arrays = {
        "names": np.array(reference.names),
        "labels": reference.labels,
        "own": reference.own,
        "clips": reference.clips,
        "raw": reference.raw.astype("<f4"),
        "unexplained": reference.unexplained.astype("<f4"),
        "coding": reference.coding.astype("<f4"),
        "coded": reference.coded.astype("<f4"),
        "feature_version": np.array(FEATURE_VERSION),
        **{f"lens_{part}": getattr(reference.lens, part).astype("<f4") for part in _LENS},
    }
    write_arrays(path, arrays)


def load(path: Path | None = None) -> Reference:
    """Read a reference, the shipped one by default.

    Raises
    ------
    AppError
        ``no-reference`` when the file is missing or damaged, ``feature-version``.
    """
    path = path or shipped_path()
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        check_version(str(arrays["feature_version"]))
        return _reference(arrays)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise AppError("no-reference", name=path.name, kind=type(error).__name__, error=str(error)) from error


def _reference(arrays: dict[str, NDArray[np.generic]]) -> Reference:
    numbers = {name: array.astype(np.float64) for name, array in arrays.items() if array.dtype.kind == "f"}
    labels = arrays["labels"].astype(str)
    return Reference(
        tuple(arrays["names"].tolist()),
        numbers["raw"],
        numbers["unexplained"],
        labels,
        arrays["own"].astype(bool),
        numbers["clips"],
        PartialResiduals(*(numbers[f"lens_{part}"] for part in _LENS)),
        np.full(len(labels), np.nan),
        numbers["coding"],
        numbers["coded"],
    )


def build(folder: Path) -> Reference:
    """The shipped sketch, from the published tables in ``folder``.

    All tracks of the fault-filtered split: what the starters were chosen, trained and tested on.

    Raises
    ------
    AppError
        ``tables-missing``.
    """
    parts = ("train", "valid", "test")
    rows = gtzan_tables.load_gtzan_table(folder).only(
        [track for part in parts for track in gtzan_tables.split(folder, part)]
    )
    whole = np.isfinite(rows.X).all(axis=1)
    return sketch(rows.X[whole], rows.y[whole], recoded=codec_shift.load())


def main() -> None:
    """Write the shipped sketch anew."""
    path = Path(__file__).resolve().parents[3] / "data" / "drift_reference.npz"
    made = build(gtzan_tables.shared_folder())
    save(path, made)
    sys.stdout.write(f"{path.name}: {made.n_clips} tracks, {path.stat().st_size / 1024:.0f} KiB\n")


if __name__ == "__main__":
    main()
