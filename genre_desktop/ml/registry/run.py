"""One MLflow run while it is written: parameters, figures per trial, plots, the data's digest."""

from __future__ import annotations

import math
import os
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import psutil

from genre_desktop.core.errors import Cancelled

if TYPE_CHECKING:
    from mlflow import MlflowClient

OWNER = "owner"
"""Tag that names the writing process, so that a sweep knows abandoned runs from living ones."""
SCORES = "scores.json"
"""Artifact of a run: the model's figures, per genre and as a confusion matrix, as ``Scores.to_dict``."""
_BATCH = 100
_MAX_PARAM = 6000
_MAX_TAG = 8000


class Run:
    """A run of the registry's experiment; made by ``Registry.run``.

    As a context manager it ends as FINISHED, KILLED (cancelled) or FAILED.
    """

    def __init__(self, client: MlflowClient, run_id: str, artifacts: Path) -> None:
        self.id = run_id
        self.artifacts = artifacts
        self._client = client

    def params(self, values: Mapping[str, Any]) -> None:
        """Record parameters; a value is written once and cut at 6000 characters."""
        from mlflow.entities import Param

        entries = [Param(_key(name), str(value)[:_MAX_PARAM]) for name, value in values.items()]
        for part in _parts(entries):
            self._client.log_batch(self.id, params=part)

    def metrics(self, values: Mapping[str, Any], step: int = 0) -> None:
        """Record figures, nested ones as ``per_genre/jazz/recall``; ``step`` may be the trial's number."""
        from mlflow.entities import Metric

        now = int(time.time() * 1000)
        entries = [Metric(_key(name), value, now, step) for name, value in flat(values).items()]
        for part in _parts(entries):
            self._client.log_batch(self.id, metrics=part)

    def tags(self, values: Mapping[str, Any]) -> None:
        """Record tags, cut at 8000 characters."""
        from mlflow.entities import RunTag

        entries = [RunTag(_key(name), str(value)[:_MAX_TAG]) for name, value in values.items()]
        for part in _parts(entries):
            self._client.log_batch(self.id, tags=part)

    def text(self, name: str, text: str) -> None:
        """Keep text as a file of the run (``"report.md"``, ``"confusion.json"``)."""
        self._client.log_text(self.id, text, name)

    def file(self, path: Path, folder: str | None = None) -> None:
        """Keep a copy of a file, such as a plot, with the run."""
        self._client.log_artifact(self.id, str(path), folder)

    def dataset(self, name: str, digest: str, source: str, context: str = "training") -> None:
        """Name the data this run learned from; ``digest`` is cut to the 36 characters MLflow keeps."""
        from mlflow.entities import Dataset, DatasetInput, InputTag

        data = Dataset(name=name, digest=digest[:36], source_type="genre-desktop", source=source)
        self._client.log_inputs(
            self.id, datasets=[DatasetInput(data, [InputTag("mlflow.data.context", context)])]
        )

    def end(self, status: str = "FINISHED") -> None:
        """End the run as ``FINISHED``, ``FAILED`` or ``KILLED``."""
        self._client.set_terminated(self.id, status)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.end()
        else:
            stopped = issubclass(kind, Cancelled | KeyboardInterrupt | SystemExit)
            self.end("KILLED" if stopped else "FAILED")


def flat(values: Mapping[str, Any], prefix: str = "") -> dict[str, float]:
    """Nested figures as one level of names joined by ``/``; pairs end in ``low`` and ``high``.

    What is not a finite number is left out.
    """
    found: dict[str, float] = {}
    for name, value in values.items():
        path = f"{prefix}{name}"
        if isinstance(value, Mapping):
            found |= flat(value, f"{path}/")
        elif isinstance(value, list | tuple) and len(value) == 2:
            found |= flat({"low": value[0], "high": value[1]}, f"{path}/")
        elif _is_figure(value):
            found[path] = float(value)
    return found


def owner() -> str:
    """This process, distinguishable from a later one with the same number."""
    return f"{os.getpid()}@{psutil.Process().create_time():.0f}"


def is_alive(owned_by: str) -> bool:
    """True when the process that :func:`owner` described still runs."""
    pid, _, started = owned_by.partition("@")
    try:
        return abs(psutil.Process(int(pid)).create_time() - float(started)) < 2.0
    except (psutil.Error, ValueError):
        return False


def _is_figure(value: Any) -> bool:
    if isinstance(value, str | bool) or not hasattr(value, "__float__"):
        return False
    try:
        return math.isfinite(float(value))
    except (TypeError, ValueError):
        return False


def _key(name: str) -> str:
    # MLflow takes letters of any script, digits, and these; a genre may be called "R&B".
    return re.sub(r"[^\w\-. :/]", "_", name)[:250]


def _parts(entries: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(entries), _BATCH):
        yield entries[start : start + _BATCH]
