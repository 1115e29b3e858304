"""Genres as parts of MLflow's metric names, and back."""

from __future__ import annotations

import pytest

from genre_desktop.core.monitoring.metric_names import LONGEST, decode, encode, recalls

AWKWARD = [
    "Rock/",
    "/Rock",
    "A//B",
    "..",
    ".",
    "...",
    "a/../b",
    "",
    "R&B",
    "a:b",
    "👩‍🎤 Disco",
    "हिंदी",
    "x" * 200,
]
LOOK_ESCAPED = ["_x2f_", "_x_", "__x", "_x41_x42_", "&x41_", "_&", "a_xb_", "x26_"]


def accepted(name: str) -> bool:
    from mlflow.exceptions import MlflowException
    from mlflow.utils import validation

    try:
        validation._validate_metric(name, 0.5, 0, 0)
    except MlflowException:
        return False
    return True


@pytest.mark.parametrize("label", [*AWKWARD, *LOOK_ESCAPED])
def test_every_label_comes_back_and_mlflow_takes_its_name(label: str) -> None:
    part = encode(label)
    assert accepted(f"per_genre/{part}/precision")
    assert decode(part) == label
    assert "/" not in part
    assert ":" not in part  # not on Windows


def test_no_two_labels_have_one_name() -> None:
    labels = [*AWKWARD, *LOOK_ESCAPED, "R_B", "👩" * 200, "👩" * 199 + "👨"]
    assert len({encode(label) for label in labels}) == len(labels)


@pytest.mark.parametrize("label", ["Jazz", "Hip-Hop", "drum_n_bass", "Türkü", "R.n B", "R_"])
def test_ordinary_labels_stay_as_they_are(label: str) -> None:
    assert encode(label) == label


def test_a_long_one_is_cut_and_stays_acceptable() -> None:
    part = encode("👩" * 200)
    assert len(part) == LONGEST
    assert accepted(f"per_genre/{part}/precision")


@pytest.mark.parametrize("part", ["_xffffffff_", "_xd800_", "_x110000_", "R_B"])
def test_what_is_no_escape_is_left_alone(part: str) -> None:
    assert decode(part) == part


def test_recalls_of_a_run_and_of_one_of_an_older_version() -> None:
    metrics = {
        "gmean": 0.7,
        "per_genre/R_x26_B/recall": 0.5,
        "per_genre/R_x26_B/precision": 0.6,
        "per_genre/hip_hop/recall": 0.4,
        "per_genre/A/B/recall": 0.3,  # 0.1.0 did not escape it
        "trial/lda/recall": 0.1,
    }
    assert recalls(metrics) == {"R&B": 0.5, "hip_hop": 0.4, "A/B": 0.3}
