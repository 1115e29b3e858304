"""Build the two starter models from the published tables: ``python -m genre_desktop.ml.training.build_starters``.

Their features, families and parameters were chosen by grouped cross-validation on the training and
validation parts of the artist-disjoint split, and on the same tracks re-recorded
(:mod:`genre_desktop.ml.data.augmentation`); the test part is used for the metrics in the model cards
only. The same tables give the same files on one machine.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.pipeline import Pipeline
from threadpoolctl import threadpool_limits

from genre_desktop.core.types import GENRES
from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.data import gtzan_tables
from genre_desktop.ml.data.augmentation import RecordingShifts
from genre_desktop.ml.data.augmentation import load as load_shifts
from genre_desktop.ml.data.dataset import grouped_folds
from genre_desktop.ml.evaluation import confidence_intervals, held_out_predictions, metrics
from genre_desktop.ml.evaluation.calibration import fit_temperature, tempered
from genre_desktop.ml.features.schema import SIGNAL_NAMES
from genre_desktop.ml.features.transformer import Forms
from genre_desktop.ml.features.transforms import transform_rows
from genre_desktop.ml.models import bundle, novelty
from genre_desktop.ml.models.ensemble import Member, Model
from genre_desktop.ml.training import starter_members
from genre_desktop.ml.training.model_card import card

SEED = 20240517
COPIES, CHANGES, STRONGEST = 6, 3, 1.5
"""Each training row is repeated six times, moved by three random changes of up to 1.5 times."""
_CV_SEEDS = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class StarterMember:
    """One member of a starter; ``moved`` ones are trained on rows moved by re-recording too."""

    fit: starter_members.Fit
    moved: bool = True
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class StarterConfig:
    """Family and members of one starter model."""

    family: str
    members: tuple[StarterMember, ...]


RECIPES = {
    "champion": StarterConfig(
        "vote",
        (
            StarterMember(starter_members.lda),
            StarterMember(starter_members.network),
            StarterMember(starter_members.boosted),
            StarterMember(starter_members.network, moved=False, weight=0.5),
        ),
    ),
    "fallback": StarterConfig("network", (StarterMember(starter_members.network),)),
}
LEVEL = True
"""Whether forms include the level; rows are moved by other levels either way."""


def build(
    alias: str,
    data: gtzan_tables.Table,
    folder: Path,
    *,
    parts: Sequence[str] = ("train", "valid"),
    test: str = "test",
) -> Model:
    """Train a starter model on ``parts`` of the split and evaluate it on ``test`` (in ``metadata``)."""
    recipe, shifts = RECIPES[alias], load_shifts(level=LEVEL)
    rows = data.only([track for part in parts for track in gtzan_tables.split(folder, part)])
    tested = data.only(gtzan_tables.split(folder, test))
    shifts = shifts.without(tested.groups)
    rows, tested = rows.signal_only(), tested.signal_only()
    temperature, cross, held_out = _cross_validate(recipe, rows, shifts)
    model = _model(
        recipe, rows.X, rows.y, shifts, temperature, novelty.fit(rows.X, seed=SEED, groups=rows.groups)
    )
    model.metadata.update(_facts(alias, rows, cross, parts))
    model.metadata[held_out_predictions.KEY] = held_out_predictions.encode(rows.tracks.tolist(), held_out)
    model.metadata["test"] = _measured(model, tested)
    metric_values = {f"test_{k}": v for k, v in model.metadata["test"]["figures"].items()}
    model.metadata["metrics"] = metric_values | {f"cv_{k}": v for k, v in cross.items()}
    return model


def _model(
    recipe: StarterConfig,
    X: Floats,
    y: Labels,
    shifts: RecordingShifts,
    temperature: float = 1.0,
    unusual: novelty.Novelty | None = None,
) -> Model:
    forms, numbers = transform_rows(X, LEVEL), np.array([GENRES.index(label) for label in y])
    forms = np.where(np.isnan(forms), np.nanmedian(forms, axis=0), forms)
    moved = shifts.augment(forms, copies=COPIES, changes=CHANGES, strongest=STRONGEST, seed=SEED)
    data = {True: (moved, np.tile(numbers, COPIES + 1)), False: (forms, numbers)}
    return Model(
        members=tuple(_member(*one.fit(*data[one.moved], SEED), one.weight) for one in recipe.members),
        classes=GENRES,
        feature_names=SIGNAL_NAMES,
        feature_version="1",
        family=recipe.family,
        temperature=temperature,
        novelty=unusual,
    )


def _member(scaling: Pipeline | None, head: Any, weight: float) -> Member:
    steps = [] if scaling is None else scaling.steps
    forms = Forms(level=LEVEL)
    forms.n_features_in_ = len(SIGNAL_NAMES)
    return Member(Pipeline([("forms", forms), *steps]), head, weight=weight)


def _cross_validate(
    recipe: StarterConfig, rows: gtzan_tables.Table, shifts: RecordingShifts
) -> tuple[float, dict[str, float], Floats]:
    """Return temperature, mean metrics over shuffles, and probabilities, all of held-out artists."""
    outs = [_out_of_fold(recipe, rows, shifts, seed) for seed in _CV_SEEDS]
    temperature = fit_temperature(np.tile(rows.y, len(outs)), np.vstack(outs), GENRES)
    scores = [metrics.score(rows.y, tempered(out, temperature), GENRES).summary() for out in outs]
    means = {name: round(float(np.mean([s[name] for s in scores])), 4) for name in scores[0]}
    return temperature, means, tempered(outs[0], temperature)


def _out_of_fold(
    recipe: StarterConfig, rows: gtzan_tables.Table, shifts: RecordingShifts, seed: int
) -> Floats:
    out = np.zeros((len(rows.y), len(GENRES)))
    for train, held in grouped_folds(rows.y, rows.groups, 5, seed):
        allowed = shifts.without(rows.groups[held])
        out[held] = _model(recipe, rows.X[train], rows.y[train], allowed).predict_proba(rows.X[held])
    return out


def _facts(
    alias: str, rows: gtzan_tables.Table, cross: dict[str, float], parts: Sequence[str]
) -> dict[str, Any]:
    return {
        "alias": alias,
        "source": "GTZAN, published feature tables (30 s: 57 columns; 167 columns), differences between "
        "re-recordings measured by our own extractor",
        "split": f"artist-disjoint, fault-filtered; trained on {' + '.join(parts)}",
        "rows": len(rows.y),
        "artists": len(np.unique(rows.groups)),
        "seed": SEED,
        "cross_validation": cross,
        "licence": "Research data; this file holds weights and summaries only, no rows of the tables.",
    }


def _measured(model: Model, rows: gtzan_tables.Table) -> dict[str, Any]:
    proba = model.predict_proba(rows.X)
    scores = metrics.score(rows.y, proba, model.classes)
    spans = confidence_intervals.bootstrap(rows.y, proba, model.classes, groups=rows.groups)
    return {
        "n": scores.n,
        "artists": len(np.unique(rows.groups)),
        "figures": {name: round(value, 4) for name, value in scores.summary().items()},
        "intervals": {n: {k: round(v, 4) for k, v in s.to_dict().items()} for n, s in spans.items()},
        "per_genre": scores.to_dict()["per_genre"],
        "confusion": scores.to_dict()["confusion"],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write ``champion`` and ``fallback`` with their cards below ``--out``."""
    parser = argparse.ArgumentParser(description="Build the starter models from the published tables.")
    parser.add_argument(
        "--data", type=Path, default=gtzan_tables.shared_folder(), help="folder of the shared data"
    )
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[3] / "models")
    options = parser.parse_args(arguments)
    data = gtzan_tables.load_gtzan_table(options.data)
    for alias in RECIPES:
        with threadpool_limits(1):  # sums in another order would be other bytes
            model = build(alias, data, options.data)
        digest = bundle.save(model, options.out / alias)
        (options.out / alias / "MODEL_CARD.md").write_text(card(model, digest), "utf-8")
        accuracy = model.metadata["test"]["figures"]["accuracy"]
        sys.stdout.write(f"{alias}: {model.family}, accuracy {accuracy}, digest {digest[:12]}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
