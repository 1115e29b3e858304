"""Which rows a retrain learns from when there are more than a family of models can take.

Training time grows faster than the number of rows for most families, and what they gain from further rows
shrinks. So settings are searched on a sample of at most :data:`SEARCH_ROWS` rows, and a family is trained on
at most ``Family.rows`` rows. A smaller library is used as it is. Samples are stratified and drawn with the
seed of the run: the same rows and seed give the same sample.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from genre_desktop.ml.arrays import Labels
from genre_desktop.ml.data.dataset import CORRECTED, REFERENCE, Index, TrainingRows
from genre_desktop.ml.training import estimators
from genre_desktop.ml.training.estimator_names import title

SEARCH_ROWS = 20_000
"""Rows beyond which settings are searched, and the starter adapted, on a sample of clips of that size."""
WHOLE_ROWS = 2_000
"""A fit on no more rows than these is never sampled, however many copies balancing makes of them."""
LEAST = 50
"""Of each stratum as many are kept (or all there are): rare genres, corrections and reference clips."""

_COPIES = ("oversample", "smote")
"""Methods against imbalance that raise every genre to the rows of the largest."""


def limits(rows: TrainingRows, families: Sequence[str]) -> dict[str, int]:
    """Return the sample sizes that apply to a library, by family and as ``search``; none for a small one."""
    found = {"search": SEARCH_ROWS} if len(rows) > SEARCH_ROWS else {}
    named = {name: estimators.of_name(name).rows for name in families}
    return found | {name: most for name, most in named.items() if len(rows) > most}


def describe(rows: TrainingRows, found: Mapping[str, int]) -> list[str]:
    """Return the lines of the log for what :func:`limits` found."""
    lines = [f"{title(name)}: a sample of {most} rows." for name, most in found.items() if name != "search"]
    if "search" in found:
        lines.insert(0, f"Settings are searched on a sample of {found['search']} of {len(rows)} rows.")
    return lines


def of_clips(rows: TrainingRows, index: Index, seed: int, most: int) -> Index:
    """Return about ``most`` of the rows ``index``, whole clips, by kind and genre; all if there are no more."""
    if len(index) <= most:
        return index
    _, first, clip = np.unique(rows.clips[index], return_index=True, return_inverse=True)
    sources = rows.sources[index[first]]
    kind = np.where(np.isin(sources, CORRECTED), 0, np.where(sources == REFERENCE, 1, 2))
    strata = np.char.add(kind.astype(str), rows.y[index[first]])
    kept = stratified(strata, round(len(first) * most / len(index)), seed)
    return np.asarray(index[np.isin(clip.reshape(-1), kept)])


def of_rows(index: Index, y: Labels, family: str, balance: str, seed: int) -> Index:
    """Return the rows among ``index`` that a fit of ``family`` uses: all, or ``Family.rows`` of them.

    The copies that ``balance`` makes of rare genres count: no genre then has more rows than an equal share.

    Parameters
    ----------
    index:
        Row numbers; a correction may be repeated.
    y:
        ``(n,)`` numbers of the labels of all rows.
    """
    most, labels = estimators.of_name(family).rows, y[index]
    genres, counts = np.unique(labels, return_counts=True)
    copied = balance in _COPIES
    if len(index) <= WHOLE_ROWS or max(len(index), copied * len(genres) * int(counts.max())) <= most:
        return index
    if not copied:
        return np.asarray(index[stratified(labels, most, seed)])
    rng = np.random.default_rng(seed)
    share = max(most // len(genres), 1)
    parts = [np.flatnonzero(labels == genre) for genre in genres]
    kept = [p if len(p) <= share else rng.choice(p, share, replace=False) for p in parts]
    return np.asarray(index[np.sort(np.concatenate(kept))])


def stratified(strata: Labels, most: int, seed: int) -> Index:
    """Return the positions, in order, of about ``most`` entries drawn without replacement.

    :data:`LEAST` of each stratum, then shares in proportion to what is left of each.
    """
    rng = np.random.default_rng(seed)
    _, number, sizes = np.unique(strata, return_inverse=True, return_counts=True)
    least = np.minimum(sizes, LEAST)
    left = max(most - int(least.sum()), 0)
    quotas = least + (sizes - least) * left // max(int((sizes - least).sum()), 1)
    number = number.reshape(-1)
    parts = [
        rng.choice(np.flatnonzero(number == i), min(int(n), int(sizes[i])), replace=False)
        for i, n in enumerate(quotas)
    ]
    return np.asarray(np.sort(np.concatenate(parts)))
