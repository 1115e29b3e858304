"""The model families of a retrain and their search spaces.

Every family is an imbalanced-learn Pipeline: feature forms, imputation, scaling, a sampler against
class imbalance, the classifier. Samplers act in fitting only; the scikit-learn part is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from imblearn.over_sampling import SMOTE, RandomOverSampler
from imblearn.pipeline import Pipeline
from optuna import Trial
from sklearn.calibration import CalibratedClassifierCV
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from xgboost import XGBClassifier

from genre_desktop.core.errors import AppError
from genre_desktop.ml.features.transformer import Forms

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of model.

    Attributes
    ----------
    name:
        In the command line and the registry.
    defaults:
        The parameters tried first; good on the GTZAN training folds.
    suggest:
        Samples parameters for a trial.
    head:
        Creates the classifier from parameters, a seed and whether classes are weighted.
    balances:
        Methods against class imbalance that this family supports.
    rows:
        Rows, with the copies that balancing makes, beyond which it is trained on a stratified sample of
        that size (:mod:`.sampling`): a fit takes half a minute at most then, and a stored one 40 MB.
    """

    name: str
    defaults: Params
    suggest: Callable[[Trial], dict[str, Any]]
    head: Callable[[Params, int, bool], Any]
    balances: tuple[str, ...]
    rows: int


def build(name: str, params: Params, *, seed: int, smallest: int, features: bool = True) -> Pipeline:
    """Return an unfitted pipeline of a family.

    Parameters
    ----------
    params:
        The family's parameters and ``balance``: ``none``, ``weights``, ``oversample``, ``smote``.
    features:
        False when the inputs are another model's probabilities only, which need no forms.
    smallest:
        Rows of the rarest genre in the training rows; SMOTE needs neighbours to interpolate.
    """
    family = of_name(name)
    balance = _supported_balance(family, str(params["balance"]), smallest)
    steps: list[tuple[str, Any]] = [
        *([("forms", Forms())] if features else []),
        ("fill", SimpleImputer(strategy="median", keep_empty_features=True)),
        ("scale", StandardScaler()),
    ]
    if balance == "oversample":
        steps.append(("sample", RandomOverSampler(random_state=seed)))
    elif balance == "smote":
        steps.append(("sample", SMOTE(k_neighbors=min(5, smallest - 1), random_state=seed)))
    return Pipeline([*steps, ("head", family.head(params, seed, balance == "weights"))])


def of_name(name: str) -> Family:
    """Return the family of that name; AppError ``unknown-family`` lists the known ones."""
    try:
        return FAMILIES[name]
    except KeyError:
        raise AppError("unknown-family", name=repr(name), families=", ".join(FAMILIES)) from None


def _supported_balance(family: Family, balance: str, smallest: int) -> str:
    if balance == "smote" and smallest < 2:
        balance = "oversample"
    if smallest < _NEEDED.get(family.name, 1):
        balance = "oversample"
    return balance if balance in family.balances else "oversample"


def _forest(p: Params, seed: int, weighted: bool) -> Any:
    return RandomForestClassifier(
        n_estimators=200,
        min_samples_leaf=int(p["min_samples_leaf"]),
        max_features=float(p["max_features"]),
        class_weight="balanced" if weighted else None,
        random_state=seed,
        n_jobs=1,
    )


def _forest_space(trial: Trial) -> dict[str, Any]:
    return {
        "min_samples_leaf": trial.suggest_int("min_samples_leaf", 1, 8, log=True),
        "max_features": trial.suggest_float("max_features", 0.04, 0.4, log=True),
    }


def _xgboost(p: Params, seed: int, weighted: bool) -> Any:
    return XGBClassifier(
        n_estimators=int(p["n_estimators"]),
        max_depth=int(p["max_depth"]),
        learning_rate=float(p["learning_rate"]),
        subsample=0.7,
        colsample_bytree=float(p["colsample_bytree"]),
        reg_lambda=float(p["reg_lambda"]),
        tree_method="hist",
        max_bin=64,
        random_state=seed,
        n_jobs=1,
    )


def _xgboost_space(trial: Trial) -> dict[str, Any]:
    return {
        "n_estimators": trial.suggest_int("n_estimators", 50, 200),
        "max_depth": trial.suggest_int("max_depth", 1, 4),
        "learning_rate": trial.suggest_float("learning_rate", 0.04, 0.3, log=True),
        "colsample_bytree": trial.suggest_float("colsample_bytree", 0.1, 0.6, log=True),
        "reg_lambda": trial.suggest_float("reg_lambda", 0.3, 10.0, log=True),
    }


def _neighbours(p: Params, seed: int, weighted: bool) -> Any:
    # Brute force: a few thousand rows need no tree, and a tree could not be stored without pickle.
    return KNeighborsClassifier(
        int(p["n_neighbors"]), weights="distance", metric=str(p["metric"]), algorithm="brute"
    )


def _neighbours_space(trial: Trial) -> dict[str, Any]:
    return {
        "n_neighbors": trial.suggest_int("n_neighbors", 1, 30, log=True),
        "metric": trial.suggest_categorical("metric", ["euclidean", "manhattan", "cosine"]),
    }


def _logistic(p: Params, seed: int, weighted: bool) -> Any:
    weight = "balanced" if weighted else None
    return LogisticRegression(C=float(p["C"]), class_weight=weight, max_iter=2000, random_state=seed)


def _logistic_space(trial: Trial) -> dict[str, Any]:
    return {"C": trial.suggest_float("C", 1e-3, 1.0, log=True)}


def _lda(p: Params, seed: int, weighted: bool) -> Any:
    return LinearDiscriminantAnalysis(solver="lsqr", shrinkage=float(p["shrinkage"]))


def _lda_space(trial: Trial) -> dict[str, Any]:
    return {"shrinkage": trial.suggest_float("shrinkage", 0.05, 0.95)}


_SVM_FOLDS = 3


def _svm(p: Params, seed: int, weighted: bool) -> Any:
    weight = "balanced" if weighted else None
    machine = SVC(C=float(p["C"]), gamma=float(p["gamma"]), class_weight=weight, cache_size=100)
    return CalibratedClassifierCV(machine, method="sigmoid", cv=_SVM_FOLDS, ensemble=False)


def _svm_space(trial: Trial) -> dict[str, Any]:
    return {
        "C": trial.suggest_float("C", 0.3, 30.0, log=True),
        "gamma": trial.suggest_float("gamma", 5e-4, 2e-2, log=True),
    }


_NEEDED = {"lda": 2, "svm": _SVM_FOLDS}
"""Rows of each genre needed for a covariance, and for each fold of the inner calibration."""

_ALL = ("none", "weights", "oversample", "smote")
_SAMPLERS = ("none", "oversample", "smote")


FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        Family("lda", {"shrinkage": 0.3, "balance": "none"}, _lda_space, _lda, _SAMPLERS, 20_000),
        Family("logistic", {"C": 0.03, "balance": "weights"}, _logistic_space, _logistic, _ALL, 20_000),
        Family("svm", {"C": 4.0, "gamma": 5e-3, "balance": "weights"}, _svm_space, _svm, _ALL, 5_000),
        Family(
            "random-forest",
            {"min_samples_leaf": 2, "max_features": 0.15, "balance": "weights"},
            _forest_space,
            _forest,
            _ALL,
            4_000,
        ),
        Family(
            "xgboost",
            {
                "n_estimators": 150,
                "max_depth": 2,
                "learning_rate": 0.12,
                "colsample_bytree": 0.3,
                "reg_lambda": 1.0,
                "balance": "oversample",
            },
            _xgboost_space,
            _xgboost,
            _SAMPLERS,
            8_000,
        ),
        Family(
            "k-neighbors",
            {"n_neighbors": 9, "metric": "cosine", "balance": "smote"},
            _neighbours_space,
            _neighbours,
            _SAMPLERS,
            10_000,
        ),
    )
}
"""By name, in the order of the search."""


def suggest(family: Family, trial: Trial) -> dict[str, Any]:
    """Sample the parameters of one trial, including the method against class imbalance."""
    return {**family.suggest(trial), "balance": trial.suggest_categorical("balance", list(family.balances))}
