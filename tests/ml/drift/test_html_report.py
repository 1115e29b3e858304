import re

import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.ml.drift import detector, html_report, reference
from tests.ml.drift_samples import NAMES, clips, mixed, music


@pytest.fixture(scope="module")
def checked():
    rng = np.random.default_rng(0)
    usual = reference.sketch(*music(rng, mixed(rng, 600)), NAMES)
    X, labels = music(rng, ["metal"] * 40)
    X[:, 4] += 1.5 * X[:, 4].std()
    played = clips(X, labels.tolist(), rng)
    return usual, played, detector.detect(usual, played)


@pytest.fixture(scope="module")
def html(checked, tmp_path_factory):
    usual, played, found = checked
    folder = tmp_path_factory.mktemp("reports")
    path = html_report.write(folder, found, usual, played)
    assert path.parent == folder
    assert re.fullmatch(r"drift-\d{8}-\d{6}\.html", path.name)
    return path.read_text("utf-8")


def test_the_report_agrees_with_the_check(checked, html):
    found = checked[2].check
    drifted = sum(feature.drifted for feature in found.features)
    assert 1 <= drifted < len(NAMES)
    assert all(name in html for name in NAMES)
    assert "weighted to the genres" in html
    share = re.search(r"Drift is detected for ([\d.]+)% of columns \((\d+) out of (\d+)\)", html)
    assert share is not None
    assert (int(share[2]), int(share[3])) == (drifted, len(NAMES))


def test_the_report_needs_no_network(html):
    loaded = re.findall(r"""<(?:script|link|img|iframe)[^>]*(?:src|href)=["'](?!data:)([^"']+)""", html)
    assert loaded == []


def test_evidently_returns_the_registered_p_values(checked):
    import pandas as pd

    html_report.load_evidently()
    from evidently.legacy.calculations.stattests import get_stattest

    found = checked[2].check
    html_report.register({feature.name: feature.score for feature in found.features})
    feature = found.features[0]
    column = pd.Series([1.0, 2.0], name=feature.name)
    outcome = get_stattest(column, column, "num", html_report.TEST)(column, column, "num", 3.0)
    assert 10**-outcome.drift_score == pytest.approx(feature.score)
    assert outcome.drifted == feature.drifted


def test_the_threshold_separates_drifted_features_from_others(checked):
    found = checked[2].check
    threshold = html_report.threshold_between(found.features)
    assert all((feature.score < threshold) == feature.drifted for feature in found.features)


def test_rows_are_sampled_in_proportion_to_their_weights():
    drawn = html_report._systematic(np.array([0.5, 0.0, 0.25, 0.25]), 8)
    assert np.bincount(drawn, minlength=4).tolist() == [4, 0, 2, 2]


def test_a_path_that_cannot_be_written_is_reported(checked, tmp_path, monkeypatch):
    usual, played, found = checked
    monkeypatch.setattr(html_report, "_render", lambda *_: "<html>")
    (tmp_path / "file").write_text("x")
    with pytest.raises(AppError) as caught:
        html_report.write(tmp_path / "file" / "report.html", found, usual, played)
    assert caught.value.problem.code == "report-failed"
