"""Splitting rows into folds so that no artist stands on both sides."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

Index = NDArray[np.intp]


def grouped_folds(
    y: NDArray[Any], groups: NDArray[Any], n_splits: int = 5, seed: int = 0
) -> list[tuple[Index, Index]]:
    """Folds ``(train, held_out)`` of row numbers, stratified by genre as far as groups allow.

    Every row is held out exactly once. There are fewer folds where there are fewer groups.
    A genre that has all its rows in one group is unknown to the model of that fold: such rows
    count as missed, which is what would happen to the next such artist.

    Parameters
    ----------
    y, groups:
        ``(n,)`` labels and artists.

    Raises
    ------
    ValueError
        Fewer than two groups: nothing can be held out.
    """
    n_groups = len(np.unique(groups))
    if n_groups < 2:
        raise ValueError("rows of at least two artists are needed to hold any out")
    largest = int(np.unique(y, return_counts=True)[1].max())
    splitter = StratifiedGroupKFold(max(2, min(n_splits, n_groups, largest)), shuffle=True, random_state=seed)
    with warnings.catch_warnings():
        # A genre with fewer clips than folds is expected here, and described above.
        warnings.filterwarnings("ignore", "The least populated class", UserWarning)
        return [(a, b) for a, b in splitter.split(np.zeros((len(y), 1)), y, groups) if len(a) and len(b)]
