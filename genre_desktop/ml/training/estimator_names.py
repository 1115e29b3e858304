"""What families of models are called, without the libraries that make them."""

from __future__ import annotations

from genre_desktop.core.messages import N_

TITLES = {
    "lda": N_("Shrinkage LDA"),
    "logistic": N_("Logistic regression"),
    "svm": N_("Support vectors"),
    "random-forest": N_("Random forest"),
    "xgboost": N_("XGBoost"),
    "k-neighbors": N_("Nearest neighbours"),
}
"""Those a retrain can search, by name and in the order in which they are tried."""

_OTHERS = {
    "adapted": N_("Adapted starter model"),
    "network": N_("Small neural networks"),
    "vote": N_("Vote of several families"),
}


def title(name: str) -> str:
    """A family as people read it, those among them that are not searched."""
    return TITLES.get(name) or _OTHERS.get(name, name)
