"""Weight a reference to the genres that are played.

Their shares are estimated from the model's probabilities by expectation maximisation (Saerens, Latinne
and Decaestecker 2002). Counting top predictions would include the model's confusions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.arrays import Floats

_ROUNDS = 500
_CLOSE = 1e-6
_FLOOR = 1e-6


def estimate_priors(probabilities: Floats) -> Floats:
    """Estimate the shares of genres ``(n_genres,)``, summing to 1, behind some predictions.

    Parameters
    ----------
    probabilities:
        ``(n, n_genres)``, each row summing to 1, of a model with equal priors.
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
    """``rows`` ``(m,)`` sums to 1; ``effective`` is the equivalent number of equally weighted clips."""

    rows: Floats
    effective: float


def importance_weights(strata: NDArray[np.intp], clips: Floats, wanted: Floats) -> Weights:
    """Weight each stratum to its target share.

    Parameters
    ----------
    strata:
        ``(m,)`` number of each row's stratum.
    clips:
        ``(m,)`` number of clips that each row represents.
    wanted:
        ``(n_strata,)`` shares; those of empty strata are distributed in proportion.
    """
    present = np.bincount(strata, weights=clips, minlength=len(wanted))
    share = np.where(present > 0, wanted, 0.0)
    total = share.sum()
    share = share / total if total > 0 else present / present.sum()
    rows = share[strata] * clips / present[strata]
    used = present > 0
    return Weights(rows, float(1 / np.sum(share[used] ** 2 / present[used])))
