"""Drift checks by Evidently, with a Kolmogorov-Smirnov test that is weighted to the genres that are played.

The test is registered with Evidently, whose reports call it for each column. Evidently counts the drifted
columns and compares their share with the threshold. It passes no weights to a test, but the index of its
frames: the row numbers, by which the test looks up weights and partial residuals. For a decision it prepares no plots
and no statistics of the columns, which would take most of the time; a drawn report has both.

Only :mod:`.decision` imports this module, because Evidently takes seconds to import.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.core.datasets import ColumnStats, GeneralColumnStats, PandasDataset, StatCountValue
from evidently.legacy.calculations import data_drift
from evidently.legacy.calculations.data_drift import ColumnDataDriftMetrics, DriftStatsField
from evidently.legacy.calculations.stattests import StatTest, register_stattest
from evidently.legacy.calculations.stattests.registry import StatTestResult, get_stattest
from evidently.legacy.core import ColumnType
from evidently.metrics import DriftedColumnsCount, ValueDrift
from evidently.presets import DataDriftPreset
from evidently.tests import lt
from numpy.typing import NDArray

from genre_desktop.core.store.drift_checks import FeatureDrift, Level
from genre_desktop.ml.arrays import Floats
from genre_desktop.ml.drift import ks_test
from genre_desktop.ml.drift.comparison import CODING, CONFIDENCE, Comparison, Decision

if TYPE_CHECKING:
    from evidently.core.container import MetricOrContainer
    from evidently.core.report import Context

DRAWN_ROWS = 10_000
"""Rows of the reference in a drawn report, repeated in proportion to their weights."""

ROUNDING = 1e-10
"""Of the largest value of a column: smaller differences come from rounding, such as those between averages of one
value, and Evidently cannot divide them into bins."""

Samples = list[tuple[Floats, Floats]]


@dataclass
class ColumnResult(StatTestResult):  # type: ignore[misc]  # Evidently has no types
    """Evidently's result of a column, whose score is the strength of evidence, with p-value and KS distance."""

    p_value: float
    distance: float


class WeightedKS(StatTest):  # type: ignore[misc]
    """Weighted two-sample test of the values of a column, registered with Evidently on construction.

    Attributes
    ----------
    results:
        What Evidently received of each column.
    """

    NAME = "genre_weighted_ks"
    COMPARES = "values"

    def __init__(self, compared: Comparison) -> None:
        super().__init__(
            name=self.NAME,
            display_name=f"Kolmogorov-Smirnov of {self.COMPARES}, "
            "weighted to the genres that are played: -log10 of p",
            allowed_feature_types=[ColumnType.Numerical],
            default_threshold=strength_of(compared.rule.p_value),
        )
        self.compared = compared
        self.results: dict[str, ColumnResult] = {}
        register_stattest(self)

    def __call__(
        self, before: pd.Series, now: pd.Series, feature_type: object, threshold: float, **_: Any
    ) -> ColumnResult:
        """Test one column; Evidently calls this, without missing values, and names the column in the series."""
        rows = before.index.to_numpy()
        weights = (
            self.compared.weights.rows[rows] / np.bincount(rows)[rows]
        )  # copies of a row share its weight
        distance = max(
            float(ks_test.distances(usual[:, None], weights, current[:, None])[0])
            for usual, current in self.samples(before, now)
        )
        p_value = float(ks_test.p_values(np.array(distance), self.compared.weights.effective, len(now)))
        score = strength_of(p_value)
        drifted = score > threshold and self.counts(before, now, weights)
        result = ColumnResult(score, drifted, threshold, p_value, distance)
        self.results[str(before.name)] = result
        return result

    def samples(self, before: pd.Series, now: pd.Series) -> Samples:
        """Return pairs of samples, of which the most different one counts."""
        return [(before.to_numpy(), now.to_numpy())]

    def counts(self, before: pd.Series, now: pd.Series, weights: Floats) -> bool:
        """Return whether a significant difference is one that the test is for."""
        return True


class ResidualKS(WeightedKS):
    """Weighted test of the partial residuals of a feature."""

    NAME = "genre_weighted_ks_residuals"
    COMPARES = "partial residuals"

    def samples(self, before: pd.Series, now: pd.Series) -> Samples:
        """Return the partial residuals of the same rows."""
        column = self.compared.reference.names.index(before.name)
        usual, current = self.compared.reference.unexplained, self.compared.unexplained
        return [(usual[before.index, column], current[now.index, column])]


class FeatureKS(ResidualKS):
    """Weighted test of the values and of the partial residuals of a feature, of which the smaller p-value counts."""

    NAME = "genre_weighted_ks_features"
    COMPARES = "values or partial residuals"

    def samples(self, before: pd.Series, now: pd.Series) -> Samples:
        """Return both pairs."""
        return WeightedKS.samples(self, before, now) + super().samples(before, now)


class UpwardKS(WeightedKS):
    """Weighted test for larger values only."""

    NAME = "genre_weighted_ks_upward"
    COMPARES = "values, upwards"

    def counts(self, before: pd.Series, now: pd.Series, weights: Floats) -> bool:
        """Return whether the median has grown."""
        return bool(np.median(now) > _weighted_median(before.to_numpy(), weights))


def strength_of(p_value: float) -> float:
    """Return ``-log10 p``: Evidently lists the largest score first."""
    return -math.log10(max(p_value, 1e-300))


def decide(compared: Comparison) -> Decision:
    """Run Evidently's report on a comparison and return its decision."""
    tests = [FeatureKS(compared), WeightedKS(compared), UpwardKS(compared)]
    rule, names = compared.rule, list(compared.reference.names)
    data = _datasets(compared, np.arange(len(compared.reference.raw)), _PlainDataset)
    columns = data["current_data"].as_dataframe().columns
    features = _count(names, FeatureKS, rule.p_value, rule.share)
    single = []
    if CONFIDENCE in columns:
        single.append(_value(CONFIDENCE, WeightedKS, rule.p_value))
    if CODING in columns:  # two tests can make a window mild: this one gets half of the p-value
        single.append(_value(CODING, UpwardKS, rule.p_value / 2))
    found = _run([features, *single], data).get_metric_result(features)
    results = {name: result for test in tests for name, result in test.results.items()}
    share = float(found.share.value)
    level: Level = "none"
    if _reached(found):
        level = "strong"
    elif (CODING in results and results[CODING].drifted) or (
        share >= rule.mild and _residuals_differ(compared, data)
    ):
        level = "mild"
    return Decision(
        level,
        share,
        tuple(FeatureDrift(name, r.p_value, r.drifted, r.distance) for name, r in results.items()),
    )


def draw(compared: Comparison) -> str:
    """Return Evidently's report on the features as an HTML page that needs no network."""
    FeatureKS(compared)
    preset = _Shown(
        columns=list(compared.reference.names),
        num_method=FeatureKS.NAME,
        num_threshold=strength_of(compared.rule.p_value),
        drift_share=compared.rule.share,
    )
    snapshot = Report([preset]).run(
        **_datasets(compared, drawn_rows(compared.weights.rows), Dataset.from_pandas)
    )
    return str(snapshot.get_html_str(as_iframe=False))


def drawn_rows(weights: Floats) -> NDArray[np.intp]:
    """Return row numbers, repeated about in proportion to their weights, which sum to 1.

    Each row that has a weight occurs, so that the test's result is the same as without repetitions.
    """
    copies = np.maximum(np.round(weights * DRAWN_ROWS), weights > 0).astype(int)
    return np.repeat(np.arange(len(weights)), copies)


class _Shown(DataDriftPreset):  # type: ignore[misc]
    """Evidently's preset without its hidden plots of each column, which take half of the time."""

    def generate_metrics(self, context: Context) -> Sequence[MetricOrContainer]:
        metrics: Sequence[MetricOrContainer] = super().generate_metrics(context)
        return metrics[:1]


def _residuals_differ(compared: Comparison, data: dict[str, Dataset]) -> bool:
    """Return whether enough partial residuals have drifted; those of features that have not cannot."""
    ResidualKS(compared)
    metric = _count(list(compared.reference.names), ResidualKS, compared.rule.p_value, compared.rule.mild)
    return _reached(_run([metric], data).get_metric_result(metric))


def _run(metrics: Sequence[MetricOrContainer], data: dict[str, Dataset]) -> Context:
    """Run a report without what it prepares for plots of each column, and return its results."""
    with _tests_only():
        return Report(metrics).run(**data).context


@contextmanager
def _tests_only() -> Iterator[None]:
    """Let Evidently only test each column; it has no option for that."""
    whole = data_drift.get_one_column_drift
    data_drift.get_one_column_drift = _tested
    try:
        yield
    finally:
        data_drift.get_one_column_drift = whole


def _tested(
    *,
    current_data: pd.DataFrame,
    reference_data: pd.DataFrame,
    column_name: str,
    options: Any,
    column_type: ColumnType,
    **_: object,
) -> ColumnDataDriftMetrics:
    """Test one column as Evidently's ``get_one_column_drift`` does, which adds distributions and correlations."""
    before, now = reference_data[column_name], current_data[column_name]
    function = options.get_feature_stattest_func(column_name, column_type.value)
    test = get_stattest(before, now, column_type, function)
    found = test(before, now, column_type, options.get_threshold(column_name, column_type.value))
    return ColumnDataDriftMetrics(
        column_name=column_name,
        column_type=column_type.value,
        stattest_name=test.display_name,
        stattest_threshold=found.actual_threshold,
        drift_score=found.drift_score,
        drift_detected=found.drifted,
        current=DriftStatsField(),
        reference=DriftStatsField(),
        scatter=None,
    )


class _PlainDataset(PandasDataset):  # type: ignore[misc]
    """A data set without quantiles and other statistics of its columns, which no test reads."""

    def _collect_stats(self, column_type: ColumnType, data: pd.Series) -> ColumnStats:
        return ColumnStats(GeneralColumnStats(StatCountValue(0, 0)), None, None)


def _count(names: list[str], test: type[WeightedKS], p_value: float, share: float) -> DriftedColumnsCount:
    return DriftedColumnsCount(
        columns=names,
        num_method=test.NAME,
        num_threshold=strength_of(p_value),
        drift_share=share,
        share_tests=[lt(share)],
    )


def _value(name: str, test: type[WeightedKS], p_value: float) -> ValueDrift:
    return ValueDrift(column=name, method=test.NAME, threshold=strength_of(p_value))


def _reached(found: Any) -> bool:
    """Return whether the share reached its threshold: then Evidently's test of the count failed."""
    (test,) = found.tests
    return bool(test.status.value == "FAIL")


def _datasets(
    compared: Comparison, rows: NDArray[np.intp], make: Callable[[pd.DataFrame, DataDefinition], Dataset]
) -> dict[str, Dataset]:
    """Return these rows of the reference, indexed by number, and the clips, as arguments of a report."""
    reference, names = compared.reference, list(compared.reference.names)
    step = ROUNDING * np.abs(reference.raw).max(axis=0)
    step[step == 0] = ROUNDING
    before = pd.DataFrame(np.round(reference.raw[rows] / step) * step, columns=names, index=rows)
    now = pd.DataFrame(np.round(compared.X / step) * step, columns=names)
    if reference.coding.any():
        before[CODING] = reference.coded[rows]
        now[CODING] = reference.along_coding(compared.unexplained)
    known = np.isfinite(reference.confidence)
    enough = np.isfinite(compared.confidence).sum() >= compared.rule.minimum
    if enough and compared.weights.rows[known].sum() >= 0.5:
        before[CONFIDENCE] = reference.confidence[rows]
        now[CONFIDENCE] = compared.confidence
    definition = DataDefinition(numerical_columns=list(now.columns))
    return {
        "reference_data": make(before, definition),
        "current_data": make(now, definition),
    }


def _weighted_median(values: Floats, weights: Floats) -> float:
    order = np.argsort(values)
    share = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(share, share[-1] / 2)])
