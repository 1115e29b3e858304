"""What a retrain writes into its MLflow run, so that anybody can see later what was done with what."""

from __future__ import annotations

import io
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from genre_desktop.ml.data.dataset import TrainingRows
from genre_desktop.ml.data.training_data import TrainingData
from genre_desktop.ml.evaluation.plots import confusion_svg, reliability_svg
from genre_desktop.ml.features.schema import FEATURE_VERSION, NAMES
from genre_desktop.ml.registry.run import SCORES, Run
from genre_desktop.ml.training.hyperparameter_search import TrialRecord
from genre_desktop.ml.training.trainer import Candidate

TRAINING_ROWS = "training_rows.npz"
"""Artifact: the rows the model learned from, which drift checks compare with.

Arrays ``features`` ``(n, n_features)`` float32, ``labels``, ``groups``, ``clips`` and ``sources``
``(n,)`` text, ``columns`` and ``feature_version``; loads without pickle.
"""
TRIALS, DATA = "trials.json", "data.json"


def task(run: Run, data: TrainingData, store: Path, **asked: Any) -> None:
    """Before training: what was asked for, and the data it is done with."""
    rows = data.rows
    facts = facts_of(data)
    run.params({**asked, "feature_version": FEATURE_VERSION, "clips": facts["clips"], "rows": len(rows)})
    run.tags({"dataset_digest": facts["digest"], "feature_version": FEATURE_VERSION})
    run.dataset("library", facts["digest"], source=store.name)
    run.text(DATA, json.dumps(facts, indent=1, ensure_ascii=False))
    run_file(run, TRAINING_ROWS, _packed(rows))


def facts_of(data: TrainingData) -> dict[str, Any]:
    """The data in figures: clips by source and genre, artists, corrections, what had to stay out."""
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
    """Every setting that was tried: its figure as a metric per family, all of it as a file."""
    for record in tried:
        run.metrics({f"trial/{record.family}/gmean": record.gmean}, step=record.number)
    run.text(TRIALS, json.dumps([asdict(record) for record in tried], indent=1, default=str))


def candidate(run: Run, found: Candidate) -> None:
    """The chosen model: its parameters, its figures on held-out clips, and the pictures of them."""
    facts = found.model.metadata
    run.params({f"model.{name}": value for name, value in facts["params"].items()})
    run.params({"family": found.model.family, "share": facts["share"], "built_on": facts["built_on"]})
    run.metrics(found.scores.figures())
    run.metrics({"per_genre": {genre: s.to_dict() for genre, s in found.scores.per_genre.items()}})
    run.text(SCORES, json.dumps(found.scores.to_dict(), indent=1, ensure_ascii=False))
    run.text("confusion.svg", confusion_svg(found.scores.labels, found.scores.confusion))
    run.text("reliability.svg", reliability_svg(found.reliability))


def best_by_family(tried: Sequence[TrialRecord]) -> dict[str, float]:
    """The best G-Mean each family reached in the search."""
    best: dict[str, float] = {}
    for record in tried:
        if record.state == "complete":
            best[record.family] = max(record.gmean, best.get(record.family, 0.0))
    return best


def run_file(run: Run, name: str, data: bytes) -> None:
    """Keep bytes as a file of the run."""
    with tempfile.TemporaryDirectory(prefix="genre-desktop-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        run.file(path)


def _packed(rows: TrainingRows) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        features=rows.X.astype("<f4"),
        labels=rows.y,
        groups=rows.groups,
        clips=rows.clips,
        sources=rows.sources,
        columns=np.array(NAMES),
        feature_version=np.array(FEATURE_VERSION),
    )
    return buffer.getvalue()
