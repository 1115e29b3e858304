"""A model version of the Models page, from the result of the ``models`` job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from genre_desktop.app.i18n.translate import mark, tr
from genre_desktop.core.messages import Message, loads
from genre_desktop.core.monitoring.metric_names import recalls

METRICS: tuple[tuple[str, str], ...] = (
    ("gmean", mark("G-Mean")),
    ("accuracy", mark("Accuracy")),
    ("top3", mark("Top-3 accuracy")),
    ("macro_f1", mark("Macro-F1")),
    ("log_loss", mark("Log-loss")),
    ("ece", mark("Calibration error")),
)
"""Keys and names of metrics."""

OTHER_FAMILIES = {
    "adapted": mark("Adapted starter model"),
    "linear vote": mark("Ensemble of linear models"),
    "network": mark("Small neural networks"),
    "vote": mark("Ensemble of several families"),
}
"""Names of families that are not a single estimator."""

DECISIONS = {
    "fallback": mark("Fallback"),
    "not promoted": mark("Not promoted"),
    "promoted": mark("Promoted"),
    "restored": mark("Restored"),
    "rolled back": mark("Rolled back"),
}
"""Names of the decisions in a version's tags."""

LESS_IS_BETTER = frozenset({"log_loss", "ece"})


@dataclass(frozen=True)
class ModelEntry:
    """One version; ``measured_on`` names its test clips, ``recall`` is by genre, ``confusion`` by truth, then answer.

    ``rejected`` is True if it was compared with the champion and not promoted.
    """

    version: str
    family: str
    aliases: tuple[str, ...]
    created: str
    rows: str
    reason: Message
    measured_on: str
    decision: str
    rejected: bool
    run_folder: str
    metrics: Mapping[str, float]
    recall: Mapping[str, float]
    confusion: Mapping[str, Mapping[str, int]]

    @classmethod
    def of(cls, raw: Mapping[str, Any], families: Mapping[str, str]) -> ModelEntry:
        """Read one entry of the job's result."""
        names = {name: tr(text) for name, text in OTHER_FAMILIES.items()} | dict(families)
        tags, scores = raw.get("tags", {}), raw.get("scores", {})
        metrics = raw.get("metrics", {})
        decision = tags.get("decision") or tags.get("fallback_decision", "")
        return cls(
            version=str(raw["version"]),
            family=names.get(raw["family"], raw["family"]),
            aliases=tuple(raw["aliases"]),
            created=str(raw["created"]),
            rows=str(tags.get("clips") or tags.get("rows") or ""),
            reason=_reason(tags, "reason") or _reason(tags, "fallback_reason"),
            measured_on=tags.get("dataset_digest") or tags.get("kind", ""),
            decision=tr(DECISIONS.get(decision, decision)),
            rejected=decision == "not promoted",
            run_folder=str(raw.get("run_folder", "")),
            metrics=metrics,
            recall={g: float(s["recall"]) for g, s in scores.get("per_genre", {}).items()}
            or recalls(metrics),
            confusion=scores.get("confusion", {}),
        )

    def metric(self, key: str) -> float | None:
        """Return a metric on held-out clips; those of starter models have the test's name as prefix."""
        for name in (key, f"test_{key}", f"cv_{key}"):
            if name in self.metrics:
                return self.metrics[name]
        return None

    @property
    def serves(self) -> str:
        """The names of its aliases."""
        names = {"champion": tr("Champion"), "fallback": tr("Fallback")}
        return ", ".join(names.get(alias, alias) for alias in self.aliases)

    @property
    def date(self) -> str:
        """The day it was created, UTC."""
        return self.created[:10]


def _reason(tags: Mapping[str, str], name: str) -> Message:
    """Return a reason; versions registered by 0.1.0 have only its English."""
    return loads(tags.get(f"{name}.message") or tags.get(name, ""))
