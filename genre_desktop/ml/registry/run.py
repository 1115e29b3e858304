"""Writer of one MLflow run: parameters, metrics per trial, plots, the dataset's digest."""

from __future__ import annotations

import logging
import math
import os
import re
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import psutil

from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.core.monitoring.metric_names import encode
from genre_desktop.ml.registry.errors import translate_errors

if TYPE_CHECKING:
    from mlflow import MlflowClient

OWNER = "owner"
"""Tag that names the writing process, so that a clean-up can distinguish abandoned from active runs."""
SCORES = "scores.json"
"""Artifact of a run: the model's scores per genre and its confusion matrix, as ``Scores.to_dict``."""
_BATCH = 100
_MAX_PARAM = 6000
_MAX_TAG = 8000
log = logging.getLogger(__name__)


class Run:
    """A run of the registry's experiment; created by ``Registry.run``.

    As a context manager it ends as FINISHED, KILLED (cancelled) or FAILED. Every method raises ``AppError``
    ``registry-failed`` or ``no-space``.
    """

    def __init__(self, client: MlflowClient, run_id: str, artifacts: Path) -> None:
        self.id = run_id
        self.artifacts = artifacts
        self._client = client

    def params(self, values: Mapping[str, Any]) -> None:
        """Record parameters; values are immutable and truncated to 6000 characters."""
        from mlflow.entities import Param

        entries = [Param(_key(name), str(value)[:_MAX_PARAM]) for name, value in values.items()]
        self._log("params", entries)

    def metrics(self, values: Mapping[str, Any], step: int = 0) -> None:
        """Record metrics, nested ones as ``per_genre/jazz/recall``; ``step`` may be the trial's number."""
        from mlflow.entities import Metric

        now = int(time.time() * 1000)
        entries = [Metric(_key(name), value, now, step) for name, value in flat(values).items()]
        self._log("metrics", entries)

    def tags(self, values: Mapping[str, Any]) -> None:
        """Record tags, truncated to 8000 characters."""
        from mlflow.entities import RunTag

        entries = [RunTag(_key(name), str(value)[:_MAX_TAG]) for name, value in values.items()]
        self._log("tags", entries)

    @translate_errors
    def text(self, name: str, text: str) -> None:
        """Store text as an artifact (``"report.md"``, ``"confusion.json"``)."""
        self._client.log_text(self.id, text, name)

    @translate_errors
    def file(self, path: Path, folder: str | None = None) -> None:
        """Store a copy of a file, such as a plot, as an artifact."""
        self._client.log_artifact(self.id, str(path), folder)

    @translate_errors
    def dataset(self, name: str, digest: str, source: str, context: str = "training") -> None:
        """Record the training data; ``digest`` is truncated to the 36 characters that MLflow allows."""
        from mlflow.entities import Dataset, DatasetInput, InputTag

        data = Dataset(name=name, digest=digest[:36], source_type="genre-desktop", source=source)
        self._client.log_inputs(
            self.id, datasets=[DatasetInput(data, [InputTag("mlflow.data.context", context)])]
        )

    @translate_errors
    def end(self, status: str = "FINISHED") -> None:
        """End the run as ``FINISHED``, ``FAILED`` or ``KILLED``."""
        self._client.set_terminated(self.id, status)

    @translate_errors
    def _log(self, kind: str, entries: list[Any]) -> None:
        for start in range(0, len(entries), _BATCH):
            batch: dict[str, Any] = {kind: entries[start : start + _BATCH]}
            self._client.log_batch(self.id, **batch)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.end()
        else:
            stopped = issubclass(kind, Cancelled | KeyboardInterrupt | SystemExit)
            try:
                self.end("KILLED" if stopped else "FAILED")
            except AppError:  # what went wrong first is reported; a clean-up ends the run
                log.warning("The run %s could not be ended", self.id, exc_info=True)


def flat(values: Mapping[str, Any], prefix: str = "") -> dict[str, float]:
    """Flatten nested metrics to names joined by ``/``; pairs end in ``low`` and ``high``.

    Names of nested ones may be genres, so they are encoded (:mod:`.metric_names`). Anything but a finite number is
    omitted.
    """
    found: dict[str, float] = {}
    for name, value in values.items():
        path = f"{prefix}{encode(name)}" if prefix else name
        if isinstance(value, Mapping):
            found |= flat(value, f"{path}/")
        elif isinstance(value, list | tuple) and len(value) == 2:
            found |= flat({"low": value[0], "high": value[1]}, f"{path}/")
        elif _is_finite_number(value):
            found[path] = float(value)
    return found


def owner() -> str:
    """Identify this process, distinguishable from a later one with the same ID."""
    return f"{os.getpid()}@{psutil.Process().create_time():.0f}"


def is_alive(owned_by: str) -> bool:
    """Return True while the process that :func:`owner` identified runs."""
    pid, _, started = owned_by.partition("@")
    try:
        return abs(psutil.Process(int(pid)).create_time() - float(started)) < 2.0
    except (psutil.Error, ValueError):
        return False


def _is_finite_number(value: Any) -> bool:
    if isinstance(value, str | bool) or not hasattr(value, "__float__"):
        return False
    try:
        return math.isfinite(float(value))
    except (TypeError, ValueError):
        return False


def _key(name: str) -> str:
    # MLflow accepts letters of any script, digits, and these; a genre may be called "R&B".
    return re.sub(r"[^\w\-. :/]", "_", name)[:250]
