"""Evidently's full report of a drift check, as one HTML file that needs no network.

Evidently does not support weights, so the check's own p-values are registered as one of its statistical
tests, and the report always agrees with the check.
"""

from __future__ import annotations

import importlib
import math
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import write_atomically
from genre_desktop.core.store.drift_checks import FeatureDrift
from genre_desktop.ml.drift import detector
from genre_desktop.ml.drift.reference import Reference

if TYPE_CHECKING:
    from evidently.core.container import MetricOrContainer
    from evidently.core.report import Context
    from evidently.presets import DataDriftPreset

TEST = "genre_weighted_ks"
ROWS = 400
"""Rows sampled from the weighted reference for Evidently's histograms."""


def write(
    path: Path, result: detector.DriftResult, reference: Reference, clips: detector.DriftWindow
) -> Path:
    """Write the report of a check and return its path; takes about ten seconds.

    Parameters
    ----------
    path:
        An HTML file, or a folder for a file named by the time.

    Raises
    ------
    AppError
        ``report-failed`` when Evidently fails or the file cannot be written.
    """
    target = path / f"drift-{time.strftime('%Y%m%d-%H%M%S')}.html" if path.is_dir() else path
    try:
        html = _render(result, reference, clips)
        write_atomically(target, html.encode())
    except (OSError, ValueError) as error:
        raise AppError("report-failed", path=str(target), error=str(error)) from error
    return target


def load_evidently() -> None:
    """Import Evidently, which takes seconds, without the deprecation warnings of its dependencies."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        importlib.import_module("evidently.presets")
        importlib.import_module("evidently.legacy.calculations.stattests")


def register(scores: dict[str, float]) -> None:
    """Register p-values by column with Evidently as the test :data:`TEST`, shown as strengths."""
    from evidently.legacy.calculations.stattests import StatTest, register_stattest
    from evidently.legacy.core import ColumnType

    def test(before: pd.Series, now: pd.Series, kind: object, threshold: float) -> tuple[float, bool]:
        strength = strength_of(scores[str(now.name)])
        return strength, strength > threshold

    register_stattest(
        StatTest(
            name=TEST,
            display_name="Kolmogorov-Smirnov, weighted to the genres that are played: -log10 of p",
            allowed_feature_types=[ColumnType.Numerical],
            default_threshold=strength_of(0.001),
        ),
        test,
    )


def _render(result: detector.DriftResult, reference: Reference, clips: detector.DriftWindow) -> str:
    load_evidently()
    check = result.check
    from evidently import DataDefinition, Dataset, Report

    compared = [feature for feature in check.features if feature.name in reference.names]
    names = [feature.name for feature in compared]
    register({feature.name: feature.score for feature in compared})
    before, now = _tables(result.weights, reference, clips, names)
    definition = DataDefinition(numerical_columns=names)
    preset = _preset()(
        columns=names,
        num_method=TEST,
        num_threshold=strength_of(threshold_between(compared)),
        drift_share=check.threshold,
    )
    snapshot = Report([preset]).run(
        current_data=Dataset.from_pandas(now, data_definition=definition),
        reference_data=Dataset.from_pandas(before, data_definition=definition),
    )
    return str(snapshot.get_html_str(as_iframe=False))


def strength_of(p_value: float) -> float:
    """Return ``-log10 p``: Evidently sorts the largest score first."""
    return -math.log10(max(p_value, 1e-300))


def _preset() -> type[DataDriftPreset]:
    """Return Evidently's preset without its hidden plots of each column, which take half of the time."""
    from evidently.presets import DataDriftPreset

    class Shown(DataDriftPreset):  # type: ignore[misc]  # it has no types
        def generate_metrics(self, context: Context) -> Sequence[MetricOrContainer]:
            metrics: Sequence[MetricOrContainer] = super().generate_metrics(context)
            return metrics[:1]

    return Shown


def threshold_between(features: Sequence[FeatureDrift]) -> float:
    """Return a p-value between the drifted features and the others, as Evidently's threshold."""
    drifted = [feature.score for feature in features if feature.drifted]
    clean = [feature.score for feature in features if not feature.drifted]
    return float(np.mean([max(drifted, default=0.0), min(clean, default=1.0)]))


def _tables(
    weights: NDArray[np.float64], reference: Reference, clips: detector.DriftWindow, names: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    columns = [reference.names.index(name) for name in names]
    drawn = reference.raw[_systematic(weights, ROWS)]
    before = pd.DataFrame(drawn[:, columns], columns=names)
    return before, pd.DataFrame(clips.X[:, columns], columns=names)


def _systematic(weights: NDArray[np.float64], n: int) -> NDArray[np.intp]:
    """Return ``n`` row numbers in proportion to the weights, without randomness."""
    ends = np.cumsum(weights / weights.sum())
    return np.minimum(np.searchsorted(ends, (np.arange(n) + 0.5) / n), len(weights) - 1)
