"""Weighted vote of the starter model and a model trained on the user's library.

With a small library the starter dominates the vote and nothing is forgotten; with a large one the
new model does. The weight is chosen on clips held out from both.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.evaluation.metrics import truth_probability
from genre_desktop.ml.models.ensemble import BASE_PREFIX, Member, Model

WEIGHTS = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0)
"""Candidate vote shares of the new model, in order of preference."""
NEVER = -40.0
"""Logit of a label that a model does not know."""
_FLOOR = 0.005


def base_member(base: Model, classes: Sequence[str], weight: float, temperature: float = 1.0) -> Member:
    """Return a member that repeats the base model's probabilities raised to ``1 / temperature``.

    Genres unknown to the base get 0. It is a logistic regression on the logarithms of those
    probabilities with diagonal coefficients, so that it is stored like any other member.
    """
    head = empty_head(len(classes), len(base.classes))
    for column, name in enumerate(base.classes):
        head.coef_[classes.index(name), column] = 1.0 / temperature
        head.intercept_[classes.index(name)] = 0.0
    return Member(None, head, tuple(BASE_PREFIX + name for name in base.classes), weight)


def empty_head(n_classes: int, n_inputs: int) -> LogisticRegression:
    """Return a logistic regression without coefficients, which gives every class a probability near 0."""
    head = LogisticRegression()
    head.classes_ = np.arange(n_classes)
    head.n_features_in_ = n_inputs
    head.n_iter_ = np.array([0], dtype=np.int32)
    head.coef_ = np.zeros((n_classes, n_inputs))
    head.intercept_ = np.full(n_classes, NEVER)
    return head


def align_classes(proba: Floats, known: Sequence[str], classes: Sequence[str]) -> Floats:
    """Return probabilities over ``known`` as columns of ``classes``; 0 for the others."""
    wide = np.zeros((len(proba), len(classes)))
    wide[:, [classes.index(name) for name in known]] = proba
    return wide


def losses(y: Labels, proba: Floats, classes: Sequence[str]) -> Floats:
    """Return ``(n,)`` log-losses, capped so that one confident mistake cannot decide."""
    return np.asarray(-np.log(np.maximum(truth_probability(y, proba, classes), _FLOOR)))


def one_standard_error_choice(options: Sequence[Floats], importance: Floats, errors: float = 2.0) -> int:
    """Return the first option that is at most ``errors`` standard errors worse than the best.

    Options come in order of preference; each is ``(n,)`` losses of the same clips, where clip
    ``i`` has weight ``importance[i]``. Breiman et al., "Classification and Regression Trees", 1984.
    """
    shares = importance / importance.sum()
    best = min(options, key=lambda loss: float(shares @ loss))
    for number, loss in enumerate(options):
        behind = loss - best
        mean = float(shares @ behind)
        if mean <= errors * np.sqrt(np.sum(shares**2 * (behind - mean) ** 2)):
            return number
    return 0
