"""The drift reference of a champion: its training clips, prepared for comparison.

The starters were trained on published tables whose rows may not be shipped. Their reference is a sketch:
the quantiles of each column within each genre, so that no row of it is a track. The columns of the music
encoder, which the tables lack, have a reference of their own, from the shipped reference clips. A champion
trained on the user's library adds those clips.

``python -m genre_desktop.ml.drift.reference`` rebuilds the shipped sketch.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import shipped
from genre_desktop.core.serialization import write_arrays
from genre_desktop.core.store.library import Clip
from genre_desktop.ml.arrays import DAMAGED_ARCHIVE, Floats, Labels, read_arrays
from genre_desktop.ml.data import gtzan_tables, reference_dataset
from genre_desktop.ml.drift import codec_shift
from genre_desktop.ml.drift.codec_shift import CodecPairs
from genre_desktop.ml.drift.partial_residuals import PartialResiduals
from genre_desktop.ml.features.schema import (
    ENCODER_NAMES,
    FEATURE_VERSION,
    SIGNAL_NAMES,
    check_version,
)

LEVELS = (np.arange(33) + 0.5) / 33
"""Quantiles of each column in a sketch."""
_RESIDUAL_ARRAYS = ("center", "scale", "mean", "precision")


@dataclass(frozen=True, eq=False)
class Reference:
    """Rows to compare with.

    Attributes
    ----------
    names:
        Columns: those of the schema or some of them.
    raw, unexplained:
        ``(m, n_features)``: values as measured, and their partial residuals.
    labels:
        ``(m,)`` genres.
    own:
        ``(m,)`` True for the user's clips, False for the shipped sketch.
    clips:
        ``(m,)`` number of clips that each row represents.
    residual_model:
        Computes ``unexplained`` of other rows.
    confidence:
        ``(m,)`` held-out confidence of the champion; NaN: unknown.
    coding:
        ``(n_features,)`` mean change by strong compression
        (:meth:`.codec_shift.CodecPairs.direction`); zeros: unknown.
    coded:
        ``(m,)`` projections of the rows on it, in arbitrary units.
    """

    names: tuple[str, ...]
    raw: Floats
    unexplained: Floats
    labels: Labels
    own: NDArray[np.bool_]
    clips: Floats
    residual_model: PartialResiduals
    confidence: Floats
    coding: Floats
    coded: Floats

    def columns_among(self, names: tuple[str, ...]) -> list[int]:
        """Return the positions of the reference's columns among ``names``, which may hold more.

        Raises
        ------
        AppError
            ``drift-rows`` where one is missing.
        """
        where = {name: i for i, name in enumerate(names)}
        found = [where[name] for name in self.names if name in where]
        if len(found) < len(self.names):
            raise AppError("drift-rows", columns=len(found), known=len(self.names))
        return found

    def along_coding(self, unexplained: Floats) -> Floats:
        """Return the projections ``(n,)`` of partial residuals on :attr:`coding`."""
        return np.asarray(unexplained @ self.coding)

    @property
    def n_clips(self) -> int:
        """Number of clips that it represents."""
        return round(float(self.clips.sum()))

    def with_own(
        self, X: Floats, labels: Labels, confidence: Floats, clips: Floats | None = None
    ) -> Reference:
        """Add the user's clips, rows of the schema, without those that lack a column of :attr:`names`.

        ``clips``: how many clips each row represents, by default one.
        """
        X = X[:, : len(self.names)]
        whole = np.isfinite(X).all(axis=1)
        clips = np.ones(len(X)) if clips is None else clips
        X, labels, confidence, clips = X[whole], labels[whole], confidence[whole], clips[whole]
        unexplained = self.residual_model.residuals(X)
        return replace(
            self,
            raw=np.vstack([self.raw, X]),
            unexplained=np.vstack([self.unexplained, unexplained]),
            labels=np.concatenate([self.labels, labels.astype(str)]),
            own=np.concatenate([self.own, np.ones(len(X), bool)]),
            clips=np.concatenate([self.clips, clips]),
            confidence=np.concatenate([self.confidence, confidence]),
            coded=np.concatenate([self.coded, self.along_coding(unexplained)]),
        )

    def with_confidence(self, by_genre: dict[str, Floats]) -> Reference:
        """Set the champion's confidence on the sketch's genres, as quantiles."""
        confidence = self.confidence.copy()
        for genre, values in by_genre.items():
            where = np.flatnonzero((self.labels == genre) & ~self.own)
            if len(values) and len(where):
                confidence[where] = np.quantile(values, (np.arange(len(where)) + 0.5) / len(where))
        return replace(self, confidence=confidence)


def sketch(
    X: Floats, labels: Labels, names: tuple[str, ...] = SIGNAL_NAMES, recoded: CodecPairs | None = None
) -> Reference:
    """Replace rows by the quantiles of each genre and column; correlations are in the residual model.

    ``recoded`` shows the changes by strong compression; without it, only features are compared.
    """
    residual_model = PartialResiduals.fit(X)
    coding = np.zeros(X.shape[1]) if recoded is None else recoded.direction(residual_model)
    unexplained, labels = residual_model.residuals(X), np.asarray(labels, dtype=str)
    parts = [(genre, labels == genre) for genre in sorted(set(labels.tolist()))]
    n = len(LEVELS)

    def quantiles(columns: Floats) -> Floats:
        return np.concatenate([np.quantile(columns[rows], LEVELS, axis=0) for _, rows in parts])

    return Reference(
        names,
        raw=quantiles(X),
        unexplained=quantiles(unexplained),
        labels=np.repeat(np.array([genre for genre, _ in parts]), n),
        own=np.zeros(n * len(parts), bool),
        clips=np.repeat([rows.sum() / n for _, rows in parts], n),
        residual_model=residual_model,
        confidence=np.full(n * len(parts), np.nan),
        coding=coding,
        coded=quantiles(unexplained @ coding),
    )


def save(path: Path, reference: Reference) -> None:
    """Write a reference without confidence as plain arrays; equal ones give equal bytes."""
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
        **{
            f"lens_{part}": getattr(reference.residual_model, part).astype("<f4") for part in _RESIDUAL_ARRAYS
        },
    }
    write_arrays(path, arrays)


def load(path: Path | None = None) -> Reference:
    """Read a reference, the shipped one by default.

    Raises
    ------
    AppError
        ``no-reference`` when the file is missing or damaged, ``feature-version``.
    """
    path = path or shipped("data", "drift_reference.npz")
    try:
        with path.open("rb") as file:
            arrays = read_arrays(file)
        check_version(str(arrays["feature_version"]))
        return _reference(arrays)
    except DAMAGED_ARCHIVE as error:
        raise AppError("no-reference", name=path.name, kind=type(error).__name__, error=str(error)) from error


def of_encoder(clips: Sequence[Clip] | None = None) -> Reference:
    """Return the sketch of the encoder's columns in the shipped reference clips, which may be given.

    Raises
    ------
    AppError
        As :func:`.reference_dataset.load`.
    """
    clips = reference_dataset.load() if clips is None else clips
    X = np.stack([clip.features[:, len(SIGNAL_NAMES) :].mean(axis=0) for clip in clips])
    return sketch(X, np.array([clip.label for clip in clips]), ENCODER_NAMES)


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
        PartialResiduals(*(numbers[f"lens_{part}"] for part in _RESIDUAL_ARRAYS)),
        np.full(len(labels), np.nan),
        numbers["coding"],
        numbers["coded"],
    )


def build(folder: Path) -> Reference:
    """Build the shipped sketch from the published tables in ``folder``.

    It includes all tracks of the fault-filtered split, on which the starters were selected, trained and
    tested.

    Raises
    ------
    AppError
        ``tables-missing``.
    """
    parts = ("train", "valid", "test")
    rows = gtzan_tables.load_gtzan_table(folder).only(
        [track for part in parts for track in gtzan_tables.split(folder, part)]
    )
    X = rows.X[:, : len(SIGNAL_NAMES)]
    whole = np.isfinite(X).all(axis=1)
    return sketch(X[whole], rows.y[whole], recoded=codec_shift.load())


def main() -> None:
    """Rebuild the shipped sketch."""
    path = Path(__file__).resolve().parents[3] / "data" / "drift_reference.npz"
    made = build(gtzan_tables.shared_folder())
    save(path, made)
    sys.stdout.write(f"{path.name}: {made.n_clips} tracks, {path.stat().st_size / 1024:.0f} KiB\n")


if __name__ == "__main__":
    main()
