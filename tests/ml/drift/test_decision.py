import subprocess
import sys

import numpy as np
import pytest

import genre_desktop.ml.drift
from genre_desktop.core.errors import AppError
from genre_desktop.ml.drift import decision, detector, reference
from tests.ml.drift_samples import NAMES, clips, mixed, music


def check():
    rng = np.random.default_rng(0)
    usual = reference.sketch(*music(rng, mixed(rng, 600)), NAMES)
    X, labels = music(rng, mixed(rng, 40))
    return detector.detect(usual, clips(X, labels.tolist(), rng))


def test_without_evidently_nothing_is_decided(monkeypatch):
    monkeypatch.delattr(genre_desktop.ml.drift, "evidently_check", raising=False)
    monkeypatch.delitem(sys.modules, "genre_desktop.ml.drift.evidently_check", raising=False)
    monkeypatch.setitem(sys.modules, "evidently", None)
    with pytest.raises(AppError) as caught:
        check()
    assert caught.value.problem.code == "drift-check-failed"
    assert "import of evidently halted" in str(caught.value.problem.reason)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_failure_inside_evidently_is_a_problem(monkeypatch):
    compared = check().comparison
    from evidently.legacy.calculations import data_drift

    def damaged(*_args, **_more):
        raise RuntimeError("no such bin")

    monkeypatch.setattr(data_drift, "get_distribution_for_column", damaged)  # of a drawn report
    monkeypatch.setattr(data_drift, "get_dataset_drift", damaged)
    for act, code in ((decision.decide, "drift-check-failed"), (decision.draw, "report-failed")):
        with pytest.raises(AppError) as caught:
            act(compared)
        assert caught.value.problem.code == code
        assert "RuntimeError: no such bin" in str(caught.value.problem.reason)


def test_evidently_is_loaded_by_the_first_decision_only():
    code = (
        "import sys; from genre_desktop.ml.drift import champion_reference, decision, detector, html_report; "
        "print('evidently' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
