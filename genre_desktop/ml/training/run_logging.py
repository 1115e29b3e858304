"""Log a retrain's inputs and results in its MLflow run."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from genre_desktop.core.serialization import write_arrays
from genre_desktop.ml.data.dataset import TrainingRows
from genre_desktop.ml.data.training_data import TrainingData
from genre_desktop.ml.evaluation.plots import confusion_svg, reliability_svg
from genre_desktop.ml.features.schema import FEATURE_VERSION, NAMES
from genre_desktop.ml.registry.run import SCORES, Run
from genre_desktop.ml.training.hyperparameter_search import TrialRecord
from genre_desktop.ml.training.trainer import Candidate

TRAINING_ROWS = "training_rows.npz"
"""Artifact: the training rows, which drift checks compare with.

Arrays ``features`` ``(n, n_features)`` float32, ``labels``, ``groups``, ``clips`` and ``sources``
``(n,)`` text, ``columns`` and ``feature_version``; loads without pickle.
"""
TRIALS, DATA = "trials.json", "data.json"


def task(run: Run, data: TrainingData, store: Path, **requested: Any) -> None:
    """Log the requested parameters and the data before training."""
    rows = data.rows
    facts = facts_of(data)
    run.params({**requested, "feature_version": FEATURE_VERSION, "clips": facts["clips"], "rows": len(rows)})
    run.tags({"dataset_digest": facts["digest"], "feature_version": FEATURE_VERSION})
    run.dataset("library", facts["digest"], source=store.name)
    run.text(DATA, json.dumps(facts, indent=1, ensure_ascii=False))
    with tempfile.TemporaryDirectory(prefix="genre-desktop-") as folder:
        path = Path(folder) / TRAINING_ROWS
        _write_rows(path, rows)
        run.file(path)


def facts_of(data: TrainingData) -> dict[str, Any]:
    """Summarise the data: clips by source and genre, artists, corrections, outdated clips."""
    rows = data.rows
    first = rows.first
    return {
        "digest": rows.digest(),
        "clips": len(first),
        "rows": len(rows),
        "groups": len(np.unique(rows.groups)),
        "sources": data.counts(),
        "genres": dict(sorted(Counter(rows.y[first].tolist()).items())),
        "corrections": len(data.corrections),
        "left_out_as_outdated": data.outdated,
    }


def trials(run: Run, tried: Sequence[TrialRecord]) -> None:
    """Log all trials: the G-Mean as a metric per family, everything as a file."""
    for record in tried:
        run.metrics({f"trial/{record.family}/gmean": record.gmean}, step=record.number)
    run.text(TRIALS, json.dumps([asdict(record) for record in tried], indent=1, default=str))


def candidate(run: Run, found: Candidate) -> None:
    """Log the chosen model: parameters, held-out metrics and their plots."""
    facts = found.model.metadata
    run.params({f"model.{name}": value for name, value in facts["params"].items()})
    if "sampled_rows" in facts:
        run.params({"model.sampled_rows": facts["sampled_rows"]})
    run.params({"family": found.model.family, "share": facts["share"], "built_on": facts["built_on"]})
    run.metrics(found.scores.summary())
    run.metrics({"per_genre": {genre: s.to_dict() for genre, s in found.scores.per_genre.items()}})
    run.text(SCORES, json.dumps(found.scores.to_dict(), indent=1, ensure_ascii=False))
    run.text("confusion.svg", confusion_svg(found.scores.labels, found.scores.confusion))
    run.text("reliability.svg", reliability_svg(found.reliability))


def best_by_family(tried: Sequence[TrialRecord]) -> dict[str, float]:
    """Return the best G-Mean of each family in the search."""
    best: dict[str, float] = {}
    for record in tried:
        if record.state == "complete":
            best[record.family] = max(record.gmean, best.get(record.family, 0.0))
    return best


def _write_rows(path: Path, rows: TrainingRows) -> None:
    arrays = {
        "features": rows.X.astype("<f4"),
        "labels": rows.y,
        "groups": rows.groups,
        "clips": rows.clips,
        "sources": rows.sources,
        "columns": np.array(NAMES),
        "feature_version": np.array(FEATURE_VERSION),
    }
    write_arrays(path, arrays)
