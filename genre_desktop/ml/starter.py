"""Builds the two starter models from the published tables: ``python -m genre_desktop.ml.starter``.

Everything about them (features, families, parameters) was chosen by grouped cross-validation
on the training and validation parts of the artist-disjoint split; the test part is used for
nothing but the figures in the model cards. The same tables give the same files twice.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from xgboost import XGBClassifier

from genre_desktop.core.types import GENRES
from genre_desktop.ml import bundle, honest, intervals, metrics, novelty, tables
from genre_desktop.ml.calibration import fit_temperature, tempered
from genre_desktop.ml.contract import FEATURE_VERSION, NAMES
from genre_desktop.ml.ensemble import Member, Model, average
from genre_desktop.ml.forms import Forms
from genre_desktop.ml.metrics import Floats
from genre_desktop.ml.splits import grouped_folds
from genre_desktop.ml.starter_card import card

SEED = 20240517
_CV_SEEDS = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one starter model is made: its voices by name, each with its weight."""

    family: str
    voices: tuple[tuple[Callable[[], Pipeline], float], ...]


def _scaled(head: Any, *, level: bool = True) -> Pipeline:
    return make_pipeline(Forms(level=level), SimpleImputer(strategy="median"), StandardScaler(), head)


def _lda() -> Pipeline:
    return _scaled(LinearDiscriminantAnalysis(solver="lsqr", shrinkage=0.3))


def _logistic() -> Pipeline:
    return _scaled(LogisticRegression(C=0.03, class_weight="balanced", max_iter=2000))


def _xgboost() -> Pipeline:
    head = XGBClassifier(
        max_depth=2,
        n_estimators=200,
        learning_rate=0.1,
        subsample=0.7,
        colsample_bytree=0.3,
        random_state=SEED,
        n_jobs=1,
    )
    return make_pipeline(Forms(), head)


RECIPES = {
    "champion": Recipe("linear vote", ((_lda, 1.0), (_logistic, 1.0))),
    "fallback": Recipe("xgboost", ((_xgboost, 1.0),)),
}


def build(alias: str, data: tables.Table, folder: Path) -> Model:
    """Train one starter model on the train and valid parts and measure it on the test part.

    Returns
    -------
    Model
        With all figures in ``metadata``.
    """
    recipe = RECIPES[alias]
    rows = data.only((*tables.split(folder, "train"), *tables.split(folder, "valid")))
    temperature, cross, held_out = _cross_validate(recipe, rows)
    model = Model(
        members=_members(recipe, rows.X, rows.y),
        classes=GENRES,
        feature_names=NAMES,
        feature_version=FEATURE_VERSION,
        family=recipe.family,
        temperature=temperature,
        novelty=novelty.fit(rows.X, seed=SEED, groups=rows.groups),
    )
    model.metadata.update(_facts(alias, rows, cross))
    model.metadata[honest.KEY] = honest.encode(rows.tracks.tolist(), held_out)
    model.metadata["test"] = _measured(model, data.only(tables.split(folder, "test")))
    model.metadata["metrics"] = {f"test_{k}": v for k, v in model.metadata["test"]["figures"].items()} | {
        f"cv_{k}": v for k, v in cross.items()
    }
    return model


def _members(recipe: Recipe, X: Floats, y: Any) -> tuple[Member, ...]:
    return tuple(Member.of(_fit(make(), X, y), weight=weight) for make, weight in recipe.voices)


def _fit(pipeline: Pipeline, X: Floats, y: Any) -> Pipeline:
    numbers = np.array([GENRES.index(label) for label in y])
    return pipeline.fit(X, numbers)


def _cross_validate(recipe: Recipe, rows: tables.Table) -> tuple[float, dict[str, float], Floats]:
    """Temperature, mean figures over several shuffles, and probabilities, all of artists left out."""
    outs = [_out_of_fold(recipe, rows, seed) for seed in _CV_SEEDS]
    temperature = fit_temperature(np.tile(rows.y, len(outs)), np.vstack(outs), GENRES)
    scores = [metrics.score(rows.y, tempered(out, temperature), GENRES).figures() for out in outs]
    means = {name: round(float(np.mean([s[name] for s in scores])), 4) for name in scores[0]}
    return temperature, means, tempered(outs[0], temperature)


def _out_of_fold(recipe: Recipe, rows: tables.Table, seed: int) -> Floats:
    out = np.zeros((len(rows.y), len(GENRES)))
    for train, held in grouped_folds(rows.y, rows.groups, 5, seed):
        voices = [(_fit(make(), rows.X[train], rows.y[train]), w) for make, w in recipe.voices]
        votes = np.stack([voice.predict_proba(rows.X[held]) for voice, _ in voices])
        out[held] = average(votes, "mean", np.array([w for _, w in voices]))
    return out


def _facts(alias: str, rows: tables.Table, cross: dict[str, float]) -> dict[str, Any]:
    return {
        "alias": alias,
        "source": "GTZAN, published feature tables (30 s, 57 columns; 167 columns)",
        "split": "artist-disjoint, fault-filtered; trained on train + valid",
        "rows": len(rows.y),
        "artists": len(np.unique(rows.groups)),
        "seed": SEED,
        "cross_validation": cross,
        "licence": "Research data; this file holds weights and summaries only, no rows of the tables.",
    }


def _measured(model: Model, rows: tables.Table) -> dict[str, Any]:
    proba = model.predict_proba(rows.X)
    scores = metrics.score(rows.y, proba, model.classes)
    spans = intervals.bootstrap(rows.y, proba, model.classes, groups=rows.groups)
    return {
        "n": scores.n,
        "artists": len(np.unique(rows.groups)),
        "figures": {name: round(value, 4) for name, value in scores.figures().items()},
        "intervals": {n: {k: round(v, 4) for k, v in s.to_dict().items()} for n, s in spans.items()},
        "per_genre": {g: s.to_dict() for g, s in scores.per_genre.items()},
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write ``champion`` and ``fallback`` with their cards below ``--out``."""
    parser = argparse.ArgumentParser(description="Build the starter models from the published tables.")
    parser.add_argument("--data", type=Path, default=tables.shared_folder(), help="folder of the shared data")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[2] / "models")
    options = parser.parse_args(arguments)
    data = tables.read(options.data)
    for alias in RECIPES:
        model = build(alias, data, options.data)
        digest = bundle.save(model, options.out / alias)
        (options.out / alias / "MODEL_CARD.md").write_text(card(model, digest), "utf-8")
        figures = model.metadata["test"]["figures"]
        sys.stdout.write(f"{alias}: {model.family}, accuracy {figures['accuracy']}, digest {digest[:12]}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
