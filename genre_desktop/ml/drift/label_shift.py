"""Weights a reference to the mix of genres that somebody plays.

Which genres, and in what shares, is estimated from the model's probabilities by expectation
maximisation: the likeliest mix under which they could arise (Saerens, Latinne and Decaestecker
2002). Counting top answers would instead carry the model's confusions into the mix.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_ROUNDS = 500
_CLOSE = 1e-6
_FLOOR = 1e-6


def estimate_priors(probabilities: Array) -> Array:
    """The likeliest mix of genres behind some answers.

    Parameters
    ----------
    probabilities:
        ``(n, n_genres)``, each row summing to 1, of a model that holds no genre for likelier
        than another.

    Returns
    -------
    Array
        ``(n_genres,)``, summing to 1.
    """
    likelihood = np.maximum(probabilities, _FLOOR)
    mix = np.full(likelihood.shape[1], 1 / likelihood.shape[1])
    for _ in range(_ROUNDS):
        joint = likelihood * mix
        new = (joint / joint.sum(axis=1, keepdims=True)).mean(axis=0)
        done = np.abs(new - mix).max() < _CLOSE
        mix = new
        if done:
            break
    return mix


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """``rows`` ``(m,)`` sums to 1; ``effective`` is how many equally weighted clips it is worth."""

    rows: Array
    effective: float


def importance_weights(strata: NDArray[np.intp], clips: Array, wanted: Array) -> Weights:
    """Give each stratum its wanted share.

    Parameters
    ----------
    strata:
        ``(m,)`` number of each row's stratum.
    clips:
        ``(m,)`` how many clips each row stands for.
    wanted:
        ``(n_strata,)`` shares; those of strata without rows go to the others in proportion.
    """
    present = np.bincount(strata, weights=clips, minlength=len(wanted))
    share = np.where(present > 0, wanted, 0.0)
    total = share.sum()
    share = share / total if total > 0 else present / present.sum()
    rows = share[strata] * clips / present[strata]
    used = present > 0
    return Weights(rows, float(1 / np.sum(share[used] ** 2 / present[used])))
