import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.drift import reference
from genre_desktop.ml.features.schema import ENCODER_NAMES
from genre_desktop.ml.features.schema import SIGNAL_NAMES as CONTRACT
from tests.fixtures.shared_data import shared_data
from tests.ml.drift_samples import GENRES, NAMES, mixed, music


@pytest.fixture
def rows():
    rng = np.random.default_rng(0)
    return music(rng, mixed(rng, 300))


def test_a_sketch_has_each_genres_quantiles_and_no_row_of_it(rows):
    X, y = rows
    sketch = reference.sketch(X, y, NAMES)
    assert sketch.raw.shape == (33 * len(GENRES), X.shape[1])
    assert sketch.n_clips == 300
    for genre in GENRES:
        mine = sketch.labels == genre
        assert sketch.clips[mine].sum() == pytest.approx((y == genre).sum())
        np.testing.assert_allclose(
            np.median(sketch.raw[mine], axis=0), np.median(X[y == genre], axis=0), atol=1e-9
        )
        assert (np.diff(sketch.raw[mine], axis=0) >= 0).all()
    assert not (X[:, None, :] == sketch.raw[None]).all(axis=2).any()


def test_own_clips_join_it_and_gaps_stay_out(rows):
    X, y = rows
    own = X[:3].copy()
    own[1, 0] = np.nan
    joined = reference.sketch(X, y, NAMES).with_own(
        own, np.array(["pop", "pop", "polka"]), np.array([0.5, 0.6, 0.7])
    )
    assert joined.own.sum() == 2
    assert joined.labels[joined.own].tolist() == ["pop", "polka"]
    assert joined.confidence[joined.own].tolist() == [0.5, 0.7]
    assert joined.n_clips == 302


def test_confidence_is_spread_over_the_sketch_as_quantiles(rows):
    sketch = reference.sketch(*rows, NAMES).with_confidence(
        {"pop": np.linspace(0, 1, 101), "polka": np.ones(3)}
    )
    pop = sketch.confidence[sketch.labels == "pop"]
    assert pop[0] < 0.05
    assert pop[-1] > 0.95
    assert np.isnan(sketch.confidence[sketch.labels != "pop"]).all()


def test_saving_round_trips_and_equal_references_give_equal_files(rows, tmp_path):
    sketch = reference.sketch(*rows, NAMES)
    reference.save(tmp_path / "a.npz", sketch)
    reference.save(tmp_path / "b.npz", sketch)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    again = reference.load(tmp_path / "a.npz")
    assert again.names == NAMES
    assert again.labels.tolist() == sketch.labels.tolist()
    np.testing.assert_allclose(again.raw, sketch.raw, rtol=1e-6)
    np.testing.assert_allclose(
        again.residual_model.residuals(rows[0]),
        sketch.residual_model.residuals(rows[0]),
        rtol=1e-3,
        atol=1e-4,
    )


def test_the_shipped_sketch_matches_the_contract():
    shipped = reference.load()
    assert shipped.names == CONTRACT
    assert sorted(set(shipped.labels.tolist())) == sorted(
        ["blues", "classical", "country", "disco", "hiphop", "jazz", "metal", "pop", "reggae", "rock"]
    )
    assert shipped.n_clips > 900
    assert not shipped.own.any()
    assert np.isfinite(shipped.raw).all()
    assert np.isfinite(shipped.unexplained).all()


def test_the_encoders_columns_have_a_sketch_of_the_shipped_clips():
    found = reference.of_encoder()
    assert found.names == ENCODER_NAMES
    assert found.n_clips == len(reference_dataset.load())
    assert not found.own.any()
    assert np.isfinite(found.raw).all()
    assert np.isfinite(found.unexplained).all()


@pytest.mark.shared_data
def test_the_shipped_sketch_is_what_the_tables_give():
    made, shipped = reference.build(shared_data("tables").parent), reference.load()
    assert made.n_clips == shipped.n_clips
    assert made.labels.tolist() == shipped.labels.tolist()
    np.testing.assert_allclose(made.raw, shipped.raw, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(
        made.residual_model.precision, shipped.residual_model.precision, rtol=1e-2, atol=1e-2
    )


@pytest.mark.parametrize("damage", ["missing", "text", "cut", "other version"])
def test_a_damaged_reference_is_reported(rows, tmp_path, damage, monkeypatch):
    path = tmp_path / "r.npz"
    reference.save(path, reference.sketch(*rows, NAMES))
    if damage == "missing":
        path.unlink()
    elif damage == "text":
        path.write_text("no archive")
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:-200])
    else:
        monkeypatch.setattr(reference, "FEATURE_VERSION", "0")
        reference.save(path, reference.sketch(*rows, NAMES))
    with pytest.raises(AppError) as caught:
        reference.load(path)
    assert caught.value.problem.code == ("feature-version" if damage == "other version" else "no-reference")


def test_its_columns_are_found_among_more_in_any_order(rows):
    sketch = reference.sketch(rows[0][:, 1:], rows[1], NAMES[1:])
    assert sketch.columns_among(("new", *NAMES[::-1])) == list(range(len(NAMES) - 1, 0, -1))
    with pytest.raises(AppError) as caught:
        sketch.columns_among(NAMES[2:])
    assert caught.value.problem.code == "drift-rows"
    assert "10 features; the reference has 11" in str(caught.value.problem.reason)
