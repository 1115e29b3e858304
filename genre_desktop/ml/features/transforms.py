"""Feature transforms that make models independent of level and key.

A raw row contains much that is irrelevant to genre: the level at which a clip was mastered, and the
key in which it is played. The transforms remove these:

- *logarithms* of all positive sizes (hertz, variances, levels), so that a difference is a ratio;
- *gain-free levels*: spread, crest and balance of harmonic and percussive parts relative to the
  level, in place of the level;
- *key-free harmony*: transposing a song rotates its twelve chroma values. Magnitudes of their
  discrete Fourier transform, and products of three components whose phases cancel under rotation
  (the bispectrum, Kondor 2008; in music theory the DFT of pitch-class sets, Amiot 2016), are
  invariant. Tonnetz coordinates come in pairs that rotate likewise; their lengths are invariant.

Measured with grouped cross-validation in ``docs/accuracy.md``.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.features.schema import N_CHROMA, SIGNAL_NAMES

Array = NDArray[np.float64]

_TINY = 1e-12
_CHROMA = ("chroma_stft", "chroma_cqt")
_TRIPLES = (
    (1, 2, 3), (1, 3, 4), (1, 4, 5), (2, 3, 5), (1, 1, 2), (2, 2, 4),
    (3, 3, 6), (1, 5, 6), (2, 4, 6), (2, 5, 7), (3, 4, 7), (4, 4, 8),
)  # fmt: skip
"""Components a, b, c with a + b = c (mod 12): the phase of Fa Fb conj(Fc) is free of rotation."""
_FIRST, _SECOND, _SUM = np.array(_TRIPLES).T
_AT = {name: i for i, name in enumerate(SIGNAL_NAMES)}
_CHROMA_AT = {
    (base, statistic): [_AT[f"{base}_{i}_{statistic}"] for i in range(N_CHROMA)]
    for base in _CHROMA
    for statistic in ("mean", "std")
}
_TONNETZ_AT = [
    [_AT[f"tonnetz_{i + j}_{statistic}"] for i in (0, 2, 4) for statistic in ("mean", "std")] for j in (0, 1)
]


def transform_rows(X: Array, level: bool = True) -> Array:
    """Transform ``(n, n_features)`` to ``(n, n_forms)``.

    Further columns (the encoder's, a base model's probabilities) pass through unchanged. A missing
    input (NaN) makes the features that depend on it NaN. ``level`` keeps the level itself.
    """
    X = np.asarray(X, dtype=np.float64)
    rows = X[:, : len(SIGNAL_NAMES)]
    parts = [_logs(rows, level), _relative_levels(rows), _tonnetz(rows), _harmony(rows)]
    return np.hstack([*parts, X[:, len(SIGNAL_NAMES) :]])


def names(level: bool = True) -> tuple[str, ...]:
    """Return a description of each column of :func:`transform_rows`, in order."""
    harmony = []
    for base in _CHROMA:
        harmony += [f"{base} mean |F{k}|" for k in range(N_CHROMA // 2 + 1)]
        harmony += [f"{base} bispectrum {part} {triple}" for part in ("re", "im") for triple in _TRIPLES]
        harmony += [f"{base} std |F{k}|" for k in range(N_CHROMA // 2 + 1)]
    pairs = [f"tonnetz {i},{i + 1} {statistic}" for i in (0, 2, 4) for statistic in ("mean", "std")]
    return (*(n for n in _KEPT if level or not _is_level(n)), *_RELATIVE, *pairs, *harmony)


def _log(values: Array) -> Array:
    return np.log(np.maximum(np.abs(values), _TINY))


def _is_level(name: str) -> bool:
    starts = ("rms", "power_rms", "mel_power", "poly", "mfcc1_mean", "harmony_var", "perceptr_var")
    return name.startswith(starts)


def _is_pitch(name: str) -> bool:
    # tonnetz_0_mean and chroma_stft_3_std, but not chroma_stft_mean
    return name.startswith("tonnetz") or (name.startswith("chroma") and any(c.isdigit() for c in name))


def _is_size(name: str) -> bool:
    sizes = ("rms", "spectral", "rolloff", "zero", "power_", "mel_power", "tempo", "poly_2_mean")
    return name.endswith(("_var", "_std", "_max")) or name.startswith(sizes)


_SIGNED = ("poly_0_mean", "poly_1_mean", "harmony_mean", "perceptr_mean")
"""Of either sign and proportional to the level: useful only as ratios, or (the last two) not at all."""
_KEPT = [n for n in SIGNAL_NAMES if not _is_pitch(n) and n not in _SIGNED]


_RELATIVE = (
    "rms spread", "power spread", "power crest", "power over rms", "harmonic over percussive",
    "harmonic over rms", "percussive over rms", "mel spread", "mel over rms",
    "poly_0 spread", "poly_1 spread", "poly_2 spread", "poly_0 over poly_2", "poly_1 over poly_2",
)  # fmt: skip
_LEVELS = (
    "rms_mean", "rms_var", "power_rms_mean", "power_rms_std", "power_rms_max", "harmony_var", "perceptr_var",
    "mel_power_mean", "mel_power_std", *(f"poly_{i}_{statistic}" for i in range(3) for statistic in ("mean", "std")),
)  # fmt: skip
_LEVELS_AT = [_AT[name] for name in _LEVELS]


@lru_cache(maxsize=2)
def _kept(level: bool) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the indices of the kept columns, and among those the indices of the logarithms."""
    names = [n for n in _KEPT if level or not _is_level(n)]
    return np.array([_AT[n] for n in names]), np.flatnonzero([_is_size(n) for n in names])


def _logs(X: Array, level: bool) -> Array:
    columns, sizes = _kept(level)
    out = X[:, columns]
    out[:, sizes] = _log(out[:, sizes])
    return out


def _relative_levels(X: Array) -> Array:
    log = dict(zip(_LEVELS, _log(X[:, _LEVELS_AT]).T, strict=True))
    columns = [
        log["rms_var"] / 2 - log["rms_mean"],
        log["power_rms_std"] - log["power_rms_mean"],
        log["power_rms_max"] - log["power_rms_mean"],
        log["power_rms_mean"] - 2 * log["rms_mean"],
        (log["harmony_var"] - log["perceptr_var"]) / 2,
        log["harmony_var"] / 2 - log["rms_mean"],
        log["perceptr_var"] / 2 - log["rms_mean"],
        log["mel_power_std"] - log["mel_power_mean"],
        log["mel_power_mean"] - 2 * log["rms_mean"],
        *(log[f"poly_{i}_std"] - log[f"poly_{i}_mean"] for i in range(3)),
        *(log[f"poly_{i}_mean"] - log["poly_2_mean"] for i in range(2)),
    ]
    return np.stack(columns, axis=1)


def _tonnetz(X: Array) -> Array:
    one, other = (X[:, index] for index in _TONNETZ_AT)
    return np.asarray(np.log(np.hypot(one, other) + 1e-3))


def _harmony(X: Array) -> Array:
    parts = []
    for base in _CHROMA:
        for statistic in ("mean", "std"):
            spectrum = np.fft.fft(X[:, _CHROMA_AT[base, statistic]], axis=1)
            parts.append(np.log(np.abs(spectrum[:, : N_CHROMA // 2 + 1]) + 1e-3))
            if statistic == "mean":
                parts.append(_bispectrum(spectrum))
    return np.hstack(parts)


def _bispectrum(spectrum: NDArray[np.complex128]) -> Array:
    """Return real and imaginary parts ``(n, 2 * triples)``, scaled to a typical length of 1."""
    own = spectrum[:, 1:]
    length = np.sqrt(np.sum(np.abs(own) ** 2, axis=1, keepdims=True)) + 1e-9
    with np.errstate(invalid="ignore"):  # rows with missing chroma stay NaN; complex division warns
        unit = spectrum / length
        products = unit[:, _FIRST] * unit[:, _SECOND] * np.conj(unit[:, _SUM])
        products = products / np.maximum(np.abs(products), 1e-9) ** (2 / 3)  # a cube root shortens the tails
    return np.hstack([products.real, products.imag])
