"""Joining what was learned just now with the model it was built on.

The answer of a retrained model is a weighted vote of the starter model and of a model trained
on the person's library. With little in the library the starter carries the vote and nothing is
forgotten; with much, the library does. The weight is chosen on clips that neither had seen.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.evaluation.metrics import truth_probability
from genre_desktop.ml.models.ensemble import BASE_PREFIX, Member, Model

WEIGHTS = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0)
"""Shares of the vote that the new model may get, in the order of preference."""
_NEVER = -40.0
_FLOOR = 0.005


def base_member(base: Model, classes: Sequence[str], weight: float, temperature: float = 1.0) -> Member:
    """A voice that repeats the base model's probabilities; genres unknown to the base get none.

    They are raised to ``1 / temperature``. It is a logistic regression on logarithms of those probabilities with the identity as its
    coefficients, so that it is stored like any other part.
    """
    head = LogisticRegression()
    head.classes_ = np.arange(len(classes))
    head.n_features_in_ = len(base.classes)
    head.n_iter_ = np.array([0], dtype=np.int32)
    head.coef_ = np.zeros((len(classes), len(base.classes)))
    head.intercept_ = np.full(len(classes), _NEVER)
    for column, name in enumerate(base.classes):
        head.coef_[classes.index(name), column] = 1.0 / temperature
        head.intercept_[classes.index(name)] = 0.0
    return Member(None, head, tuple(BASE_PREFIX + name for name in base.classes), weight)


def align_classes(proba: Floats, known: Sequence[str], classes: Sequence[str]) -> Floats:
    """Probabilities over ``known`` as columns of ``classes``; 0 for the others."""
    wide = np.zeros((len(proba), len(classes)))
    wide[:, [classes.index(name) for name in known]] = proba
    return wide


def losses(y: Labels, proba: Floats, classes: Sequence[str]) -> Floats:
    """``(n,)`` negative log probability of each clip's genre, capped: one sure mistake must not decide."""
    values: Floats = -np.log(np.maximum(truth_probability(y, proba, classes), _FLOOR))
    return values


def one_standard_error_choice(options: Sequence[Floats], importance: Floats, errors: float = 2.0) -> int:
    """The first option that is not worse than the best by more than some standard errors.

    Options stand in the order of preference; each is ``(n,)`` losses of the same clips, of which
    clip ``i`` counts ``importance[i]``. Breiman et al., "Classification and Regression Trees", 1984.
    """
    shares = importance / importance.sum()
    best = min(options, key=lambda loss: float(shares @ loss))
    for number, loss in enumerate(options):
        behind = loss - best
        mean = float(shares @ behind)
        if mean <= errors * np.sqrt(np.sum(shares**2 * (behind - mean) ** 2)):
            return number
    return 0
