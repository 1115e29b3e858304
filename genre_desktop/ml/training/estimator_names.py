"""What families of models are called, without the libraries that make them."""

from __future__ import annotations

TITLES = {
    "lda": "Shrinkage LDA",
    "logistic": "Logistic regression",
    "svm": "Support vectors",
    "random-forest": "Random forest",
    "xgboost": "XGBoost",
    "k-neighbors": "Nearest neighbours",
}
"""Those a retrain can search, by name and in the order in which they are tried."""

_OTHERS = {
    "adapted": "Adapted starter model",
    "network": "Small neural networks",
    "vote": "Vote of several families",
}


def title(name: str) -> str:
    """A family as people read it, those among them that are not searched."""
    return TITLES.get(name) or _OTHERS.get(name, name)
