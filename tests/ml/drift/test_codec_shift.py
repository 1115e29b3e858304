import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.ml.data import augmentation
from genre_desktop.ml.drift import codec_shift, comparison, detector, reference
from genre_desktop.ml.drift.codec_shift import CodecPairs
from genre_desktop.ml.features.schema import SIGNAL_NAMES as CONTRACT
from tests.ml.drift_samples import NAMES, clips, mixed, music

A_LITTLE = 0.15 * np.where(np.arange(len(NAMES)) % 2, 1.0, -1.0)
"""Change by the synthetic codec: small for every feature, against the correlations."""


@pytest.fixture(scope="module")
def recoded():
    X, _ = music(np.random.default_rng(1), mixed(np.random.default_rng(1), 60))
    artists = np.array([f"artist {i % 6}" for i in range(60)])
    return CodecPairs(X, np.stack([X + A_LITTLE, X + 1.2 * A_LITTLE], axis=1), artists)


@pytest.fixture(scope="module")
def usual(recoded):
    rng = np.random.default_rng(0)
    return reference.sketch(*music(rng, mixed(rng, 600)), NAMES, recoded)


def check_shifted(usual, seed, change):
    rng = np.random.default_rng(seed)
    X, labels = music(rng, mixed(rng, 40))
    return detector.detect(usual, clips(X + change, labels.tolist(), rng)).check


def coding_of(check):
    (column,) = [feature for feature in check.features if feature.name == comparison.CODING]
    return column


def test_a_codec_that_changes_every_feature_a_little_is_noticed_and_is_no_drift(usual):
    found = check_shifted(usual, 2, A_LITTLE)
    assert coding_of(found).drifted
    assert (found.level, found.drift) == ("mild", False)


def test_uncompressed_music_is_not_reported_as_compressed(usual):
    for seed in range(20):
        found = check_shifted(usual, 100 + seed, 0.0)
        assert not coding_of(found).drifted
        assert found.level == "none"


def test_less_compressed_files_than_the_reference_are_not_reported(usual):
    column = coding_of(check_shifted(usual, 3, -A_LITTLE))
    assert column.score < 0.001
    assert not column.drifted


def test_without_measurements_coding_is_not_tested(usual):
    rng = np.random.default_rng(0)
    plain = reference.sketch(*music(rng, mixed(rng, 600)), NAMES)
    assert comparison.CODING not in {feature.name for feature in check_shifted(plain, 4, A_LITTLE).features}


def test_after_a_retrain_on_compressed_files_they_are_usual(usual):
    rng = np.random.default_rng(5)
    X, labels = music(rng, mixed(rng, 80))
    retrained = usual.with_own(X + A_LITTLE, labels, np.full(80, np.nan))
    assert np.isfinite(retrained.coded).all()
    found = check_shifted(retrained, 6, A_LITTLE)
    assert found.own_share > 0.5
    assert not coding_of(found).drifted


def test_artists_can_be_held_out(recoded):
    some = recoded.of(np.array(["artist 0", "artist 3"]))
    assert (some.before.shape[0], some.after.shape[:2]) == (20, (20, 2))
    assert set(some.groups.tolist()) == {"artist 0", "artist 3"}


def test_the_shipped_measurements_match_the_contract():
    shipped = codec_shift.load()
    n = len(shipped.groups)
    assert shipped.before.shape == (n, len(CONTRACT))
    assert shipped.after.shape == (n, 2, len(CONTRACT))
    assert len(set(shipped.groups.tolist())) > 40
    usual = reference.load()
    np.testing.assert_allclose(usual.coding, shipped.direction(usual.residual_model), rtol=1e-3, atol=1e-4)


def test_measurements_of_another_feature_version_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(augmentation, "VERSIONS", {"0": CONTRACT})
    augmentation.save(tmp_path / "m.npz", np.zeros((2, 2, len(CONTRACT))), ["clean", "mp3"], ["a", "b"])
    with pytest.raises(AppError) as caught:
        codec_shift.load(tmp_path / "m.npz")
    assert caught.value.problem.code == "feature-version"


def test_strongly_compressed_recordings_are_noticed():
    """Compare the shipped sketch with the shipped measurements of recordings before and after coding."""
    usual, shipped = reference.load(), codec_shift.load()
    rng = np.random.default_rng(0)
    genres = tuple(sorted(set(usual.labels.tolist())))
    for X, level in ((shipped.before, "none"), (shipped.after[:, 0], "mild"), (shipped.after[:, 1], "mild")):
        rows = rng.choice(len(X), 50, replace=False)
        even = np.full((50, len(genres)), 1 / len(genres))
        found = detector.detect(
            usual, detector.DriftWindow(X[rows], genres, even, np.full(50, np.nan), CONTRACT)
        ).check
        assert found.level == level
