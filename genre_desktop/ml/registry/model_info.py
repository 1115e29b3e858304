"""Descriptions of the registry's versions and alias changes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from genre_desktop.core.messages import Message

if TYPE_CHECKING:
    from mlflow.entities import Run
    from mlflow.entities.model_registry import ModelVersion


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """One version as shown by the Models page and the ``models`` command.

    ``created`` is seconds since 1970; ``tags`` hold the decision about it and its reason,
    ``params`` what the run recorded.
    """

    version: str
    family: str
    aliases: tuple[str, ...]
    metrics: dict[str, float]
    created: float
    feature_version: str
    run_id: str
    tags: dict[str, str]
    params: dict[str, str]

    def to_dict(self) -> dict[str, Any]:
        """Return the entry for ``models --json``."""
        return {
            "version": self.version,
            "family": self.family,
            "aliases": list(self.aliases),
            "metrics": self.metrics,
            "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.created)),
            "feature_version": self.feature_version,
        }


@dataclass(frozen=True, slots=True)
class AliasMove:
    """Where the aliases point after a change, where they pointed before, and why."""

    champion: str
    fallback: str
    before: dict[str, str]
    reason: Message


def describe(version: ModelVersion, run: Run | None, aliases: Mapping[str, str]) -> ModelInfo:
    """Combine a version, the run that made it and the aliases."""
    number = str(version.version)
    return ModelInfo(
        version=number,
        family=version.tags.get("family", ""),
        aliases=tuple(sorted(alias for alias, points_to in aliases.items() if points_to == number)),
        metrics=dict(run.data.metrics) if run else {},
        created=version.creation_timestamp / 1000,
        feature_version=version.tags.get("feature_version", ""),
        run_id=version.run_id or "",
        tags=dict(version.tags),
        params=dict(run.data.params) if run else {},
    )
