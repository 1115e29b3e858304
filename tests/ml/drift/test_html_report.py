import re

import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.ml.drift import detector, html_report, reference
from tests.ml.drift_samples import NAMES, clips, mixed, music


@pytest.fixture(scope="module")
def compared():
    rng = np.random.default_rng(0)
    usual = reference.sketch(*music(rng, mixed(rng, 600)), NAMES)
    X, labels = music(rng, ["metal"] * 40)
    return detector.detect(usual, clips(X, labels.tolist(), rng)).comparison


def test_a_report_in_a_folder_is_named_by_the_time(compared, tmp_path):
    path = html_report.write(tmp_path, compared)
    assert path.parent == tmp_path
    assert re.fullmatch(r"drift-\d{8}-\d{6}\.html", path.name)
    assert all(name in path.read_text("utf-8") for name in NAMES)


def test_a_path_that_cannot_be_written_is_reported(compared, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(AppError) as caught:
        html_report.write(tmp_path / "file" / "report.html", compared)
    assert caught.value.problem.key == "report-failed"
