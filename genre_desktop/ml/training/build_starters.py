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
from numpy.typing import NDArray
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
from genre_desktop.ml.features import transforms
from genre_desktop.ml.features.encoder import identity
from genre_desktop.ml.features.schema import (
    EMBEDDING_NAMES,
    ENCODER_NAMES,
    NAMES,
    SIGNAL_NAMES,
    TAG_NAMES,
    VERSIONS,
    has_encoding,
)
from genre_desktop.ml.features.transformer import Forms
from genre_desktop.ml.features.transforms import transform_rows
from genre_desktop.ml.models import bundle, novelty
from genre_desktop.ml.models.ensemble import Averaging, Member, Model
from genre_desktop.ml.training import starter_members
from genre_desktop.ml.training.model_card import card

SEED = 20240517
COPIES, CHANGES, STRONGEST = 6, 3, 1.5
"""Each training row is repeated six times, moved by three random changes of up to 1.5 times."""
_CV_SEEDS = (0, 1, 2)
_ENCODER_SOURCE = ", published tags of the encoder or, for tracks of the reference table, its tags and embedding by our own encoder"
_N_FORMS = len(transforms.names(level=True))


@dataclass(frozen=True, slots=True)
class StarterMember:
    """One member of a starter.

    Attributes
    ----------
    inputs:
        Names of the columns that it reads: signal features, which it sees as forms, or the encoder's.
    moved:
        Whether it is trained on rows moved by re-recording too.
    """

    fit: starter_members.Fit
    inputs: tuple[str, ...] = SIGNAL_NAMES
    moved: bool = True
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class StarterConfig:
    """Family and members of one starter model, and the average that is its answer."""

    family: str
    members: tuple[StarterMember, ...]
    combine: Averaging = "mean"

    @property
    def version(self) -> str:
        """The oldest feature version that has all columns."""
        columns = {name for member in self.members for name in member.inputs}
        return next(version for version, names in reversed(VERSIONS.items()) if columns <= set(names))


RECIPES = {
    "champion": StarterConfig(
        "vote",
        (
            StarterMember(starter_members.lda),
            StarterMember(starter_members.network),
            StarterMember(starter_members.boosted),
            StarterMember(starter_members.network, moved=False, weight=0.5),
            StarterMember(starter_members.equal_lda, TAG_NAMES, weight=2.0),
            StarterMember(starter_members.logistic(0.015), TAG_NAMES, weight=2.0),
            StarterMember(starter_members.logistic(0.003), EMBEDDING_NAMES, weight=3.0),
        ),
        combine="log-mean",
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
    temperature, cross, held_out = _cross_validate(recipe, rows, shifts)
    model = _model(
        recipe,
        rows.X,
        rows.y,
        shifts,
        temperature,
        novelty.fit(rows.signal_only().X, seed=SEED, groups=rows.groups),
    )
    model.metadata.update(_facts(alias, rows, cross, parts))
    model.metadata[held_out_predictions.KEY] = held_out_predictions.encode(rows.tracks.tolist(), held_out)
    model.metadata["test"] = _measured(model, tested)
    if model.encoder:
        counts = {"cross_validated": _tagged(rows.X).sum(), "embedded_test": has_encoding(tested.X).sum()}
        model.metadata["encoded"] = {name: int(count) for name, count in counts.items()}
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
    forms, numbers = _filled_forms(X), np.array([GENRES.index(label) for label in y])
    moved = shifts.augment(forms, copies=COPIES, changes=CHANGES, strongest=STRONGEST, seed=SEED)
    data = {True: (moved, np.tile(numbers, COPIES + 1)), False: (forms, numbers)}
    version = recipe.version
    return Model(
        members=tuple(_member(one, *data[one.moved], VERSIONS[version]) for one in recipe.members),
        classes=GENRES,
        feature_names=VERSIONS[version],
        feature_version=version,
        family=recipe.family,
        temperature=temperature,
        novelty=unusual,
        combine=recipe.combine,
        encoder=identity.DIGEST if VERSIONS[version] == NAMES else "",
    )


def _filled_forms(X: Floats) -> Floats:
    """Return forms without gaps and the encoder's columns after them, NaN where a row lacks the tags."""
    forms = transform_rows(X, LEVEL)
    signal, tags, embeddings = np.split(forms, [_N_FORMS, _N_FORMS + len(TAG_NAMES)], axis=1)
    signal = np.where(np.isnan(signal), np.nanmedian(signal, axis=0), signal)
    return np.hstack([signal, tags, starter_members.with_guessed_embeddings(tags, embeddings)])


def _member(one: StarterMember, forms: Floats, y: Labels, names: tuple[str, ...]) -> Member:
    if one.inputs == SIGNAL_NAMES:
        scaling, head = one.fit(forms[:, :_N_FORMS], y, SEED)
        steps = [] if scaling is None else scaling.steps
        first = Forms(level=LEVEL)
        first.n_features_in_ = len(SIGNAL_NAMES)
        columns = None if names == SIGNAL_NAMES else SIGNAL_NAMES
        return Member(Pipeline([("forms", first), *steps]), head, columns, one.weight)
    places = [_N_FORMS + ENCODER_NAMES.index(name) for name in one.inputs]
    known = ~np.isnan(forms[:, places]).any(axis=1)
    scaling, head = one.fit(forms[known][:, places], y[known], SEED)
    return Member(scaling, head, one.inputs, one.weight, abstains=True)


def _cross_validate(
    recipe: StarterConfig, rows: gtzan_tables.Table, shifts: RecordingShifts
) -> tuple[float, dict[str, float], Floats]:
    """Return temperature, mean metrics over shuffles, and probabilities, all of held-out artists.

    Temperature and metrics are of the rows on which no member lacks more than the embedding.
    """
    outs = [_out_of_fold(recipe, rows, shifts, seed) for seed in _CV_SEEDS]
    counted = _tagged(rows.X) | (recipe.version == "1")
    y = rows.y[counted]
    temperature = fit_temperature(np.tile(y, len(outs)), np.vstack([out[counted] for out in outs]), GENRES)
    scores = [metrics.score(y, tempered(out[counted], temperature), GENRES).summary() for out in outs]
    means = {name: round(float(np.mean([s[name] for s in scores])), 4) for name in scores[0]}
    return temperature, means, tempered(outs[0], temperature)


def _tagged(X: Floats) -> NDArray[np.bool_]:
    start = len(SIGNAL_NAMES)
    return np.asarray(np.isfinite(X[:, start : start + len(TAG_NAMES)]).all(axis=1))


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
        "source": "GTZAN, published feature tables (30 s: 57 columns; 167 columns)"
        + (_ENCODER_SOURCE if RECIPES[alias].version == "2" else "")
        + ", differences between re-recordings measured by our own extractor",
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
