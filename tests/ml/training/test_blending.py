"""The base member, and the choice by one standard error."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.ml.evaluation.calibration import tempered
from genre_desktop.ml.features.schema import FEATURE_VERSION, NAMES
from genre_desktop.ml.models import bundle
from genre_desktop.ml.models.ensemble import Model
from genre_desktop.ml.training import blending
from tests.ml import training_rows
from tests.ml.starter_factory import starter


@pytest.mark.parametrize("temperature", [1.0, 2.5])
def test_the_base_member_repeats_the_base_in_any_order_of_genres(temperature, tmp_path):
    base, X = starter(), training_rows.rows(2, 2).X
    classes = ("rock", "techno", "polka", "jazz")
    member = blending.base_member(base, classes, 1.0, temperature)
    model = Model((member,), classes, NAMES, FEATURE_VERSION, "vote", base=base)
    bundle.save(model, tmp_path / "m")
    expected = blending.align_classes(tempered(base.predict_proba(X), temperature), base.classes, classes)
    assert np.allclose(bundle.load(tmp_path / "m").predict_proba(X), expected, atol=1e-6)


def test_the_preferred_option_stays_unless_another_is_clearly_better():
    rng = np.random.default_rng(0)
    preferred = rng.random(200)
    noise, clear = preferred + rng.normal(-0.01, 0.3, 200), preferred - 0.5 + rng.normal(0, 0.3, 200)
    alike = np.ones(200)
    assert blending.one_standard_error_choice([preferred, noise], alike) == 0
    assert blending.one_standard_error_choice([preferred, noise, clear], alike) == 2
    only_first = np.where(np.arange(200) < 5, 1.0, 1e-9)  # few clips that count prove little
    assert (
        blending.one_standard_error_choice([preferred, preferred - rng.normal(0.2, 1.0, 200)], only_first)
        == 0
    )


def test_losses_are_capped():
    found = blending.losses(np.array(["a", "b", "c"]), np.array([[1.0, 0.0]] * 3), ("a", "b"))
    assert found[0] == 0
    assert found[1] == found[2] == pytest.approx(-np.log(0.005))
