"""What a few corrected clips change: three a genre from another collection, and the same under random labels.

``python -m benchmarks corrections``. The starter is built from the train part of the artist-disjoint GTZAN
split only, and the reference table is cut to it; a retrain as the Retrain button does it adds the
corrections. ``real_world`` is the other collection and is never chosen by. All draws are from its 42
recordings, so their spread understates the uncertainty.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.accuracy import elsewhere, gtzan
from benchmarks.report import Row
from genre_desktop.core.types import GENRES
from genre_desktop.ml.arrays import Labels
from genre_desktop.ml.data import gtzan_tables, reference_dataset
from genre_desktop.ml.data.dataset import CORRECTION, TrainingRows
from genre_desktop.ml.data.gtzan_tables import Table
from genre_desktop.ml.evaluation import metrics, promotion_policy
from genre_desktop.ml.features.schema import has_encoding
from genre_desktop.ml.models.ensemble import Model
from genre_desktop.ml.training import build_starters, trainer
from genre_desktop.ml.training.trainer import Candidate

TITLE = "Learning from corrections"
PER_GENRE = 3
REPEATS = int(os.environ.get("CORRECTION_REPEATS", "30"))
FAMILIES = ("lda", "logistic", "xgboost")
TRIALS = 2


def measure() -> list[Row]:
    """The table: what is gained, what is lost, what promotes itself."""
    with threadpool_limits(1):
        return list(_rows())


@dataclass(frozen=True)
class Outcome:
    """One draw: shares right before and after, by set of clips, and whether the candidates were promoted."""

    before: dict[str, float]
    after: dict[str, float]
    promoted: bool
    promoted_random: bool


def _rows() -> Iterator[Row]:
    shared = gtzan_tables.shared_folder()
    base = build_starters.build(
        "champion", gtzan_tables.load_gtzan_table(shared), shared, parts=("train",), test="valid"
    )
    reference = reference_rows(set(gtzan_tables.split(shared, "train")))
    outcomes = [_outcome(base, reference, seed) for seed in range(REPEATS)]
    for name, target in (
        ("rest of the collection", "≥ +8"),
        ("GTZAN valid", "≥ -1"),
        ("GTZAN valid, encoded", ""),
    ):
        before, after = (
            np.array([part[name] for part in parts])
            for parts in zip(*((one.before, one.after) for one in outcomes), strict=True)
        )
        change = 100 * (after - before)
        error = 1.96 * float(np.std(change, ddof=1)) / len(change) ** 0.5
        note = f"{before.mean():.3f} → {after.mean():.3f}; ± {error:.1f} over {REPEATS} draws"
        yield Row(f"change of accuracy: {name}", float(change.mean()), "points", target=target, note=note)
    promoted = sum(one.promoted for one in outcomes)
    yield Row("candidates promoted", promoted, "", target="≥ 15 of 30", note=f"of {REPEATS}")
    promoted = sum(one.promoted_random for one in outcomes)
    yield Row("candidates promoted, random labels", promoted, "", target="0", note=f"of {REPEATS}")


def reference_rows(tracks: set[str]) -> TrainingRows:
    """Return the shipped reference's clips of some tracks."""
    clips = reference_dataset.load()
    return TrainingRows.of(clip for clip in clips if gtzan_tables.track_name(Path(clip.path).name) in tracks)


def with_corrections(reference: TrainingRows, table: Table, labels: Labels) -> TrainingRows:
    """Return the reference with each row of a table as a corrected clip."""
    return TrainingRows(
        X=np.vstack([reference.X, table.X]),
        y=np.concatenate([reference.y, labels]),
        groups=np.concatenate([reference.groups, table.groups]),
        clips=np.concatenate([reference.clips, table.tracks]),
        names=np.concatenate([reference.names, np.full(len(labels), "")]),
        sources=np.concatenate([reference.sources, np.full(len(labels), CORRECTION)]),
    )


def share_right(model: Model, table: Table) -> float:
    """Return the accuracy on a table."""
    found = np.asarray(model.classes)[model.predict_proba(table.X).argmax(axis=1)]
    return metrics.accuracy(table.y, found)


def subset(table: Table, index: Any) -> Table:
    """Return some rows of a table."""
    return replace(
        table, tracks=table.tracks[index], X=table.X[index], y=table.y[index], groups=table.groups[index]
    )


def retrain(base: Model, rows: TrainingRows, seed: int, families: Sequence[str] = FAMILIES) -> Candidate:
    """Retrain as the Retrain button does it, with fewer families and trials."""
    return trainer.train(rows, families=families, trials=TRIALS, seed=seed, base=base)


def is_promoted(found: Candidate) -> bool:
    """Return whether a candidate replaces the starter it was built on."""
    assert found.base_out is not None
    classes = found.model.classes
    clips = promotion_policy.HeldOutComparison(
        y=found.y,
        groups=found.groups,
        reference=found.reference,
        champion=found.base_out,
        champion_classes=classes,
        candidate=found.out_of_fold,
        candidate_classes=classes,
    )
    return promotion_policy.decide(clips).promote


def _outcome(base: Model, reference: TrainingRows, seed: int) -> Outcome:
    away, valid = elsewhere(), gtzan("valid")
    rng = np.random.default_rng(seed)
    drawn = [rng.permutation(np.flatnonzero(away.y == genre))[:PER_GENRE] for genre in GENRES]
    chosen = subset(away, np.concatenate(drawn))
    found = retrain(base, with_corrections(reference, chosen, chosen.y), seed)
    chance = retrain(base, with_corrections(reference, chosen, rng.choice(GENRES, len(chosen.y))), seed)
    sets = {
        "rest of the collection": subset(away, ~np.isin(away.tracks, chosen.tracks)),
        "GTZAN valid": valid,
        "GTZAN valid, encoded": subset(valid, has_encoding(valid.X)),
    }
    return Outcome(
        before={name: share_right(base, table) for name, table in sets.items()},
        after={name: share_right(found.model, table) for name, table in sets.items()},
        promoted=is_promoted(found),
        promoted_random=is_promoted(chance),
    )
