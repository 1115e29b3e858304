import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import ks_2samp

from genre_desktop.ml.drift import ks_test

VALUES = st.floats(-1e6, 1e6, width=32)


@given(arrays(float, st.tuples(st.integers(1, 30), st.just(2)), elements=VALUES), st.integers(0, 99))
def test_with_equal_weights_it_is_the_usual_distance_ties_included(reference, seed):
    rng = np.random.default_rng(seed)
    current = rng.choice(reference.ravel(), (7, 2)) + rng.integers(0, 2, (7, 2))
    found = ks_test.distances(reference, np.ones(len(reference)), current)
    expected = [ks_2samp(reference[:, j], current[:, j], method="asymp").statistic for j in range(2)]
    np.testing.assert_allclose(found, expected, atol=1e-12)


def test_a_weight_of_two_is_a_row_twice():
    rng = np.random.default_rng(0)
    reference, current = rng.standard_normal((20, 3)), rng.standard_normal((15, 3))
    weights = rng.integers(0, 4, 20).astype(float)
    repeated = np.repeat(reference, weights.astype(int), axis=0)
    np.testing.assert_allclose(
        ks_test.distances(reference, weights, current),
        ks_test.distances(repeated, np.ones(len(repeated)), current),
        atol=1e-12,
    )


@pytest.mark.parametrize(("n", "m"), [(30, 50), (50, 900), (100, 100)])
@pytest.mark.parametrize("shift", [0.0, 0.5, 1.0])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_p_values_are_those_of_evidently(n, m, shift):
    from evidently.legacy.calculations.stattests import get_stattest

    rng = np.random.default_rng(n)
    reference, current = rng.standard_normal((m, 1)), rng.standard_normal((n, 1)) + shift
    ours = ks_test.p_values(ks_test.distances(reference, np.ones(m), current), m, n)[0]
    before, now = pd.Series(reference[:, 0]), pd.Series(current[:, 0])
    theirs = get_stattest(before, now, "num", "ks")(before, now, "num", 0.05).drift_score
    assert np.log10(ours) == pytest.approx(np.log10(theirs), abs=0.25)


def test_samples_sorted_once_are_compared_with_any_weights():
    generator = np.random.default_rng(3)
    reference, current = generator.integers(0, 5, (40, 3)) * 1.0, generator.integers(0, 5, (20, 3)) * 1.0
    samples = ks_test.SortedSamples(reference, current)
    for _ in range(3):
        weights = generator.uniform(0, 1, 40)
        np.testing.assert_array_equal(
            samples.distances(weights), ks_test.distances(reference, weights, current)
        )
