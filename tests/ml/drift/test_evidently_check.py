import importlib
import re
import warnings
from dataclasses import replace

import numpy as np
import pytest

from genre_desktop.ml.drift import decision, detector, ks_test, reference
from genre_desktop.ml.drift.comparison import CODING, CONFIDENCE, DriftThresholds
from tests.ml.drift_samples import GENRES, NAMES, clips, mixed, music

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    evidently_check = importlib.import_module("genre_desktop.ml.drift.evidently_check")

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def usual():
    rng = np.random.default_rng(0)
    own, labels = music(rng, mixed(rng, 50))
    sketch = reference.sketch(*music(rng, mixed(rng, 600)), NAMES)
    return sketch.with_own(own, labels, np.full(50, np.nan))


@pytest.fixture(scope="module")
def checked(usual):
    rng = np.random.default_rng(1)
    X, labels = music(rng, ["metal"] * 40)
    X[:, 4] += 1.5 * X[:, 4].std()
    return detector.detect(usual, clips(X, labels.tolist(), rng))


def direct(compared, before, now):
    distance = ks_test.distances(before[:, None], compared.weights.rows, now[:, None])
    return float(ks_test.p_values(distance, compared.weights.effective, len(now))[0])


def test_evidently_receives_the_weighted_test_of_values_and_of_residuals(checked):
    compared = checked.comparison
    assert len(set(compared.weights.rows)) > 1
    scores = {feature.name: feature.score for feature in checked.check.features}
    assert set(scores) == set(NAMES)
    for i, name in enumerate(NAMES):
        values = direct(compared, compared.reference.raw[:, i], compared.X[:, i])
        residuals = direct(compared, compared.reference.unexplained[:, i], compared.unexplained[:, i])
        assert scores[name] == pytest.approx(min(values, residuals), rel=1e-9)


def test_evidently_looks_the_test_up_by_its_name(checked):
    from evidently.legacy.calculations.stattests import get_stattest

    test = evidently_check.FeatureKS(checked.comparison)
    rows = np.arange(len(checked.comparison.reference.raw))
    before = evidently_check._datasets(checked.comparison, rows, evidently_check._PlainDataset)
    column, now = (before[key].as_dataframe()[NAMES[4]] for key in ("reference_data", "current_data"))
    found = get_stattest(column, now, "num", evidently_check.FeatureKS.NAME)
    assert found is test
    assert found(column, now, "num", 3.0).drift_score == evidently_check.strength_of(
        test.results[NAMES[4]].p_value
    )


def test_count_and_share_are_those_of_the_drifted_columns(checked):
    drifted = sum(feature.drifted for feature in checked.check.features)
    assert 1 <= drifted < len(NAMES)
    assert checked.check.drifted_share == pytest.approx(drifted / len(NAMES))
    assert all(feature.drifted == (feature.score < 0.001) for feature in checked.check.features)


@pytest.mark.parametrize("above", [False, True])
def test_the_threshold_itself_is_a_drift(checked, above):
    share = checked.check.drifted_share + (1e-9 if above else 0.0)
    found = decision.decide(replace(checked.comparison, rule=DriftThresholds(share=share)))
    assert (found.level == "strong") is not above


def test_a_row_that_is_repeated_counts_once(checked):
    compared = checked.comparison
    results = []
    for rows in (
        np.arange(len(compared.weights.rows)),
        evidently_check.drawn_rows(compared.weights.rows),
    ):
        data = {
            name: found.as_dataframe()
            for name, found in evidently_check._datasets(
                compared, rows, evidently_check._PlainDataset
            ).items()
        }
        test = evidently_check.FeatureKS(compared)
        for name in NAMES:
            test(data["reference_data"][name], data["current_data"][name], "num", 3.0)
        results.append([test.results[name].p_value for name in NAMES])
    np.testing.assert_allclose(results[0], results[1], rtol=1e-9)


def test_drawn_rows_are_in_proportion_to_their_weights_and_none_is_lost():
    drawn = evidently_check.drawn_rows(np.array([0.5, 0.0, 0.25, 0.24999, 0.00001]))
    assert np.bincount(drawn, minlength=5).tolist() == [5000, 0, 2500, 2500, 1]


def test_the_report_shows_what_decided(checked):
    html = decision.draw(checked.comparison)
    drifted = sum(feature.drifted for feature in checked.check.features)
    found = re.search(r"Drift is detected for ([\d.]+)% of columns \((\d+) out of (\d+)\)", html)
    assert found is not None
    assert (int(found[2]), int(found[3])) == (drifted, len(NAMES))
    assert float(found[1]) == pytest.approx(100 * checked.check.drifted_share, abs=0.001)
    shown = {
        name: float(score)
        for name, score in re.findall(r'"column_name": "(\w+)".*?"drift_score": ([\d.e-]+)', html)
    }
    assert shown == {
        feature.name: pytest.approx(evidently_check.strength_of(feature.score), abs=1e-6)
        for feature in checked.check.features
    }
    assert "weighted to the genres" in html
    assert re.findall(r"""<(?:script|link|img|iframe)[^>]*(?:src|href)=["'](?!data:)([^"']+)""", html) == []


@pytest.mark.parametrize("value", [-0.13594653, 0.0])
def test_a_column_that_is_constant_but_for_rounding_is_compared(usual, value):
    """A unit of the embedding that never responds has one value, averaged over different numbers of patches."""
    rng = np.random.default_rng(5)
    X, labels = music(rng, mixed(rng, 50))
    X[:, 3] = value
    X[::2, 3] = np.nextafter(value, 1.0)
    found = detector.detect(usual, clips(X, labels.tolist(), rng)).check
    (column,) = [feature for feature in found.features if feature.name == NAMES[3]]
    assert column.drifted


def test_clips_without_the_champions_confidence_do_not_disturb_the_others(usual):
    rng = np.random.default_rng(2)
    known = usual.with_confidence({genre: rng.beta(8, 2, 200) for genre in GENRES})
    X, labels = music(rng, mixed(rng, 50))
    some = np.where(np.arange(50) < 10, np.nan, rng.beta(2, 4, 50))
    without = detector.detect(known, clips(X, labels.tolist(), rng)).check
    rng = np.random.default_rng(2)
    found = detector.detect(known, replace(clips(X, labels.tolist(), rng), confidence=some))
    (column,) = [feature for feature in found.check.features if feature.name == CONFIDENCE]
    compared, there = found.comparison, np.isfinite(known.confidence)
    inside = replace(compared, weights=replace(compared.weights, rows=compared.weights.rows[there]))
    assert column.score == pytest.approx(direct(inside, known.confidence[there], some[10:]), rel=1e-9)
    assert column.drifted
    assert found.check.drifted_share == pytest.approx(without.drifted_share, abs=2 / len(NAMES))
    assert CODING not in {feature.name for feature in found.check.features}


def test_a_decision_without_plots_and_statistics_is_evidentlys_own(checked, monkeypatch):
    found = decision.decide(checked.comparison)
    monkeypatch.setattr(evidently_check, "_tested", evidently_check.data_drift.get_one_column_drift)
    monkeypatch.setattr(evidently_check, "_PlainDataset", evidently_check.PandasDataset)
    assert decision.decide(checked.comparison) == found
