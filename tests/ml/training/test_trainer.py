"""A retrain from rows to candidate: reproducible, cancellable, built on the starter, evaluated held out."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.ml.data.dataset import CORRECTION, REFERENCE
from genre_desktop.ml.evaluation import held_out_predictions, metrics
from genre_desktop.ml.features.encoder import identity
from genre_desktop.ml.features.schema import NAMES, SIGNAL_NAMES
from genre_desktop.ml.models import bundle
from genre_desktop.ml.training import adapter, trainer
from tests.ml import training_rows
from tests.ml.starter_factory import starter

FAMILIES = ("lda", "logistic")


def run(rows, base=None, families=FAMILIES, trials=2, seed=1, **more):
    return trainer.train(rows, families=families, trials=trials, seed=seed, base=base, **more)


@pytest.fixture(scope="module")
def rows():
    return training_rows.rows(5, 2, noise=1.5)


@pytest.fixture(scope="module")
def candidate(rows):
    return run(rows)


def test_the_same_seed_gives_the_same_model(rows, candidate, tmp_path):
    first = bundle.save(candidate.model, tmp_path / "a")
    assert bundle.save(run(rows).model, tmp_path / "b") == first


def test_it_learns_as_measured_on_held_out_clips(candidate):
    assert candidate.scores.gmean > 0.6
    assert candidate.scores.n == len(candidate.y) == 30
    assert candidate.out_of_fold.shape == (30, 3)
    assert metrics.score(candidate.y, candidate.out_of_fold, candidate.model.classes).gmean == pytest.approx(
        candidate.scores.gmean
    )
    assert sum(b.n for b in candidate.reliability) == 30


def test_every_trial_is_recorded(candidate):
    assert [record.family for record in candidate.trials] == ["lda"] * 2 + ["logistic"] * 2
    assert candidate.trials[0].params["shrinkage"] == 0.3  # the defaults come first
    assert all(record.state in ("complete", "pruned") for record in candidate.trials)
    facts = candidate.model.metadata
    json.dumps(facts)
    assert facts["dataset_digest"] == candidate.dataset_digest
    assert facts["clips"] == 30
    assert set(facts["per_genre"]) == set(training_rows.LABELS)


def test_the_model_stores_its_held_out_predictions(rows, candidate):
    known = held_out_predictions.decode(candidate.model)
    assert set(known) == set(rows.clips)
    assert np.allclose(known[candidate.clips[3]], candidate.out_of_fold[3], atol=2e-3)


def test_progress_grows_to_the_end(rows):
    reports = []
    run(rows, progress=lambda *report: reports.append(report))
    shares = [share for share, _ in reports]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert any("setting 2 of 2" in message for _, message in reports)


@pytest.mark.parametrize("after", [0, 1, 7])
def test_it_stops_between_two_fits(rows, after):
    calls = []

    def cancelled():
        calls.append(1)
        return len(calls) > after

    with pytest.raises(Cancelled):
        run(rows, cancelled=cancelled)
    assert len(calls) == after + 1


def test_labels_beyond_the_starter_and_genres_with_one_clip(rows):
    rare = training_rows.rows(1, 1, labels=("polka", "skiffle", "zouk"), seed=7)
    keep = [0, 1, 2]
    rare = replace(
        rare,
        X=rare.X[keep],
        groups=np.array(["s1", "s2", "s3"]),
        clips=np.array(["r1", "r2", "r3"]),
        y=np.array(["skiffle", "zouk", "zouk"]),
    )
    base = starter()
    found = run(training_rows.joined(rows, rare), base=base)
    assert set(found.model.classes) == {"jazz", "polka", "rock", "skiffle", "zouk"}
    assert np.allclose(found.model.predict_proba(rows.X).sum(axis=1), 1)
    assert found.scores.per_genre["skiffle"].n == 1


def test_a_new_label_with_five_clips_of_one_artist_is_found_on_others():
    labels = (*training_rows.LABELS, "skiffle")
    reference = training_rows.rows(6, 3, seed=50, sources=REFERENCE)
    new = training_rows.rows(1, 5, labels=labels, seed=3, sources=CORRECTION)
    only = new.y == "skiffle"
    new = replace(new, **{field: getattr(new, field)[only] for field in vars(new)})
    found = run(training_rows.joined(reference, new), base=starter(reference), families=("lda",), trials=1)
    other = training_rows.rows(10, 1, labels=labels, seed=12)
    answers = np.asarray(found.model.classes)[found.model.predict_proba(other.X).argmax(axis=1)]
    assert np.mean(answers[other.y == "skiffle"] == "skiffle") >= 0.6
    assert metrics.accuracy(other.y[other.y != "skiffle"], answers[other.y != "skiffle"]) >= 0.9


@pytest.mark.parametrize("encoded", [True, False])
def test_only_a_model_that_reads_the_encoders_columns_needs_the_encoder(encoded):
    rows = shifted_library()
    if not encoded:
        rows.X[:, len(SIGNAL_NAMES) :] = np.nan
    found = run(rows, base=starter(training_rows.rows(6, 3, seed=50)), families=("lda",), trials=1)
    assert found.model.encoder == (identity.DIGEST if encoded else "")
    assert found.model.feature_names == (NAMES if encoded else SIGNAL_NAMES)
    assert np.isfinite(found.model.predict_proba(rows.X)).all()


def test_rows_of_a_57_column_table(rows):
    X = rows.X.copy()
    X[:, 57:] = np.nan
    found = run(replace(rows, X=X), base=starter())
    assert found.scores.gmean > 0.4
    assert np.isfinite(found.model.predict_proba(rows.X)).all()


def test_genres_only_the_starter_knows_stay_known(rows):
    two = np.flatnonzero(rows.y != "jazz")
    part = replace(
        rows, **{f: getattr(rows, f)[two] for f in ("X", "y", "groups", "clips", "names", "sources")}
    )
    found = run(part, base=starter())
    assert "jazz" in found.model.classes
    assert found.model.predict_proba(rows.X).shape == (30, 3)


def shifted_library():
    """Return the starter's own clips as reference, and a few corrections from a different collection."""
    reference = training_rows.rows(6, 3, seed=50, sources=REFERENCE)
    new = training_rows.rows(4, 1, seed=3, noise=1.0, sources=CORRECTION)
    mixed = np.sqrt(new.X * np.roll(new.X, 4, axis=0))
    names = np.array([f"new {i}" for i in range(len(new))])
    new = replace(new, X=mixed, clips=names, names=names, groups=names)
    return training_rows.joined(reference, new)


def test_a_few_corrections_move_the_starter_and_are_stored_on_it(tmp_path):
    base = starter(training_rows.rows(6, 3, seed=50))
    rows = shifted_library()
    found = run(rows, base=base, families=("lda",), trials=1)
    own = ~found.reference
    assert found.base_out is not None
    before = metrics.log_loss(found.y[own], found.base_out[own], found.model.classes)
    after = metrics.log_loss(found.y[own], found.out_of_fold[own], found.model.classes)
    assert after < before
    digest = bundle.save(found.model, tmp_path / "m")
    again = bundle.load(tmp_path / "m", digest, light=True)
    assert np.allclose(again.predict_proba(rows.X), found.model.predict_proba(rows.X), atol=1e-6)
    assert again.base is not None


def test_the_next_retrain_is_built_on_the_starter_again(rows):
    base = starter()
    first = run(rows, base=base, families=("lda",), trials=1)
    second = run(rows, base=first.model, families=("lda",), trials=1)
    assert trainer.root(first.model) is not None
    assert second.model.base is None or second.model.base.base is None


def test_with_nothing_new_it_is_the_starter_again():
    reference = training_rows.rows(6, 3, seed=50, noise=2.5, sources=REFERENCE)
    base = starter(reference)
    found = run(reference, base=base, families=("lda",), trials=1)
    assert found.model.metadata["adapted"] is None
    assert found.model.family != adapter.FAMILY


def test_invalid_input_is_refused_before_training(rows):
    with pytest.raises(AppError) as caught:
        run(rows, families=("oracle",))
    assert caught.value.problem.code == "unknown-family"
    with pytest.raises(AppError) as caught:
        run(training_rows.rows(1, 1))
    assert caught.value.problem.code == "too-few-clips"
