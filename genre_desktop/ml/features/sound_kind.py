"""What a window contains: music, speech, noise or silence. Files and live mode share this detector.

A multinomial logistic regression on the music encoder's embedding, averaged over the patches of the window, and
on nine descriptors of level, spectrum and modulation. Its weights are numbers in
``data/sound_kinds.npz``, made by ``tools/train_sound_kinds.py`` from free music, speech and noise. Music wins
unless another kind is clearly more probable, because a song without a genre is the worse mistake. Noise includes
animals, weather, machines and applause.

Without the encoder's columns only the rules of :mod:`.speech_detection` remain, which must agree on the window
and on most of its parts; noise is not detected then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.paths import shipped
from genre_desktop.core.types import Kind
from genre_desktop.ml.features.schema import EMBEDDING_NAMES, ENCODER_NAMES, SAMPLE_RATE, SIGNAL_NAMES
from genre_desktop.ml.features.speech_detection import DESCRIPTORS, descriptors, is_silent, is_speech

Row = NDArray[np.float64]

KINDS: tuple[Kind, ...] = ("music", "speech", "noise")
"""The classes of the regression, in the order of its outputs."""

COLUMNS: tuple[str, ...] = (*EMBEDDING_NAMES, *DESCRIPTORS)
"""Its inputs. The tags' log-odds are left out, because they are linear functions of the embedding."""

PARTS_S = 10.0
"""Length of the parts of a window on which the rules must agree where the encoder is missing."""


@dataclass(frozen=True)
class KindModel:
    """The logistic regression.

    Attributes
    ----------
    mean, scale:
        ``(n_columns,)``: subtracted from each column, and divided by.
    weights, bias:
        ``(3, n_columns)`` and ``(3,)``, rows in the order of :data:`KINDS`.
    least:
        ``(3,)``: probability from which a kind is chosen instead of music; 0 for music.
    """

    mean: Row
    scale: Row
    weights: Row
    bias: Row
    least: Row

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a model that ``tools/train_sound_kinds.py`` wrote.

        Raises
        ------
        ValueError
            It has other columns.
        """
        with np.load(path, allow_pickle=False) as file:
            if tuple(file["columns"].tolist()) != COLUMNS:
                raise ValueError(f"{path} has other columns")
            return cls(
                *(file[name].astype(np.float64) for name in ("mean", "scale", "weights", "bias", "least"))
            )

    def probabilities(self, X: Row) -> Row:
        """Return the probabilities ``(n, 3)`` of inputs ``(n, n_columns)``."""
        scores = (X - self.mean) / self.scale @ self.weights.T + self.bias
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True))

    def choose(self, X: Row) -> list[Kind]:
        """Return the kind of each input: the most probable of those that reach ``least``."""
        P = self.probabilities(X)
        P[self.least > P] = -1.0
        return [KINDS[i] for i in P.argmax(axis=1)]


@cache
def _shipped_model() -> KindModel:
    return KindModel.load(shipped("data", "sound_kinds.npz"))


def classify_window(samples: NDArray[np.floating], encoding: Row | None) -> Kind:
    """Return what a window contains.

    Parameters
    ----------
    samples:
        ``(n,)`` mono at 22050 Hz, full scale ±1; at least a second.
    encoding:
        ``(250,)``: the encoder's columns of the window's feature row, or None (:func:`encoding_of`).
    """
    if is_silent(samples, SAMPLE_RATE):
        return "silence"
    if encoding is None:
        return "speech" if _rules_agree(samples) else "music"
    X = inputs(encoding, descriptors(samples, SAMPLE_RATE))
    return _shipped_model().choose(X[np.newaxis])[0]


def inputs(encoding: Row, described: Row) -> Row:
    """Return the inputs of the regression, ``(n_columns,)``, for the encoder's columns and descriptors of a window."""
    return np.concatenate([encoding[-len(EMBEDDING_NAMES) :], described])


def encoding_of(row: Row) -> Row | None:
    """Return the encoder's columns of a feature row; None where they are missing."""
    found = row[len(SIGNAL_NAMES) :]
    return found if len(found) == len(ENCODER_NAMES) and np.isfinite(found).all() else None


def overall(kinds: Sequence[Kind], lengths: Sequence[float]) -> Kind:
    """Return the kind of a recording whose windows have these kinds and lengths: music if half of it is.

    A song with a spoken introduction is music. Of the other kinds the longest wins.
    """
    seconds = {kind: sum(s for k, s in zip(kinds, lengths, strict=True) if k == kind) for kind in set(kinds)}
    if 2 * seconds.get("music", 0.0) >= sum(seconds.values()):
        return "music"
    return max((kind for kind in seconds if kind != "music"), key=lambda kind: (seconds[kind], kind))


def _rules_agree(samples: NDArray[np.floating]) -> bool:
    part = round(PARTS_S * SAMPLE_RATE)
    parts = [samples[i : i + part] for i in range(0, max(1, len(samples) - part + 1), part)]
    agreeing = sum(is_speech(one, SAMPLE_RATE) for one in parts)
    return 2 * agreeing > len(parts) and is_speech(samples, SAMPLE_RATE)
