"""Titles of model families, importable without the machine-learning libraries."""

from __future__ import annotations

from genre_desktop.core.messages import N_

TITLES = {
    "lda": N_("Shrinkage LDA"),
    "logistic": N_("Logistic regression"),
    "svm": N_("Support vector machine"),
    "random-forest": N_("Random forest"),
    "xgboost": N_("XGBoost"),
    "k-neighbors": N_("Nearest neighbours"),
}
"""The families of a retrain by name, in the order of the search."""

_OTHERS = {
    "adapted": N_("Adapted starter model"),
    "network": N_("Small neural networks"),
    "vote": N_("Ensemble of several families"),
}


def title(name: str) -> str:
    """Return the title of a family, searched or not."""
    return TITLES.get(name) or _OTHERS.get(name, name)
