"""Augmentation of training rows by the feature changes of re-recording.

Two copies of one song differ by level, tone, dynamics, codec, room. ``data/recording_shifts.npz``
holds rows of a few recordings measured before and after such changes
(``tools/measure_recording_shifts.py``). Training on rows moved by their differences makes a model
robust to them. Differences are computed between feature forms
(:mod:`genre_desktop.ml.features.transforms`), where most changes are additive; the encoder's columns, log-odds
and an embedding, follow the forms unchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from genre_desktop.core.paths import shipped
from genre_desktop.core.serialization import write_arrays
from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.features.schema import VERSIONS, check_version, widen
from genre_desktop.ml.features.transforms import transform_rows

CLEAN = "clean"


@dataclass(frozen=True, eq=False)
class RecordingShifts:
    """Differences between forms of changed and unchanged recordings.

    Attributes
    ----------
    deltas:
        ``(n_recordings, n_changes, n_forms)``; NaN where the file lacks columns.
    groups:
        ``(n_recordings,)`` artists, so that those of held-out artists can be excluded.
    """

    deltas: Floats
    groups: Labels

    def without(self, artists: Labels) -> RecordingShifts:
        """Return only the differences of recordings of other artists."""
        keep = ~np.isin(self.groups, artists)
        return RecordingShifts(self.deltas[keep], self.groups[keep])

    def augment(self, forms: Floats, *, copies: int, changes: int, strongest: float, seed: int) -> Floats:
        """Return the rows, then ``copies`` times the rows moved by a sum of random changes.

        Parameters
        ----------
        forms:
            ``(n, n_forms)``; the result is ``((1 + copies) * n, n_forms)``. Missing values (NaN) stay missing.
        changes:
            Number of changes per row.
        strongest:
            Upper bound of the random factor of a change; the lower one is 0.3.
        """
        rng = np.random.default_rng(seed)
        flat = self.deltas.reshape(-1, self.deltas.shape[-1])
        parts = [forms]
        for _ in range(copies):
            moved = forms.copy()
            for _ in range(changes):
                chosen = flat[rng.integers(0, len(flat), len(forms))]
                moved += rng.uniform(0.3, strongest, (len(forms), 1)) * chosen
            parts.append(moved)
        return np.vstack(parts)


def shipped_path() -> Path:
    """Return the path of the shipped measurements."""
    return shipped("data", "recording_shifts.npz")


def save(path: Path, rows: Floats, changes: Sequence[str], groups: Sequence[str]) -> None:
    """Write rows of any feature version, ``(n_recordings, n_changes, n)``; equal rows give equal bytes."""
    version, columns = next(item for item in VERSIONS.items() if len(item[1]) == rows.shape[-1])
    arrays = {
        "rows": rows.astype("<f4"),
        "changes": np.array(list(changes)),
        "groups": np.array(list(groups)),
        "columns": np.array(columns),
        "feature_version": np.array(version),
    }
    write_arrays(path, arrays)
    path.chmod(0o644)


def load(path: Path | None = None, *, level: bool) -> RecordingShifts:
    """Read the measured differences as forms with or without the level.

    Raises
    ------
    AppError
        ``feature-version`` when another feature version measured them.
    OSError
        The file does not exist.
    """
    with np.load(path or shipped_path(), allow_pickle=False) as stored:
        check_version(str(stored["feature_version"]))
        rows, changes = widen(stored["rows"]), stored["changes"].tolist()
        groups = stored["groups"]
    forms = transform_rows(rows.reshape(-1, rows.shape[-1]), level).reshape(*rows.shape[:2], -1)
    clean = changes.index(CLEAN)
    deltas = np.delete(forms - forms[:, clean : clean + 1], clean, axis=1)
    return RecordingShifts(deltas, groups)
