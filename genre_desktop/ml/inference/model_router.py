"""Choice of the model that answers, champion or fallback, with every fault reported to the health monitor."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError, Problem, concerns_home
from genre_desktop.core.messages import EMPTY, Message, joined
from genre_desktop.core.monitoring.serving_state import Event, ModelFault, ModelHealthy, ServingState
from genre_desktop.core.store.serving_history import ServingChange
from genre_desktop.core.types import Alias, GenreScore, ModelRef
from genre_desktop.ml import starvation
from genre_desktop.ml.features import schema
from genre_desktop.ml.inference.model_cache import ModelCache
from genre_desktop.ml.models.ensemble import Model
from genre_desktop.ml.registry.alias_snapshot import MODEL, SnapshotVersion

Array = NDArray[np.float64]
log = logging.getLogger(__name__)

BUDGET_S = 3.0
"""Seconds a prediction for one clip may take; usually it takes a few milliseconds."""
BUDGET_PER_WINDOW_S = 0.02
PROBE_EVERY_S = 30.0
"""Seconds between two retries of a model with a fault, beside the one that answers."""


class HealthMonitor(Protocol):
    """Serving state and its events, as :class:`genre_desktop.core.monitoring.serving.ServingController` keeps them."""

    def current(self) -> ServingState:
        """Return which model serves, and why."""

    def report(self, event: Event) -> ServingChange | None:
        """Process one event; return the switch it caused, if any."""


@dataclass(frozen=True, slots=True)
class RoutedPrediction:
    """One model's output for the windows of a clip.

    ``windows`` are probabilities ``(n_windows, n_classes)``, ``unusual`` is ``(n_windows,)``.
    """

    model: Model
    ref: ModelRef
    windows: Array
    unusual: NDArray[np.bool_]

    def scores(self) -> tuple[GenreScore, ...]:
        """Return the pooled probabilities of all genres, highest first."""
        pooled = self.model.pool(self.windows)
        order = np.argsort(-pooled, kind="stable")
        return tuple(GenreScore(self.model.classes[i], float(pooled[i])) for i in order)


class ModelRouter:
    """Runs predictions on the serving model and switches models on faults.

    ``monitor`` decides between champion and fallback and records their faults.
    """

    def __init__(
        self, models: ModelCache, monitor: HealthMonitor, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._models = models
        self._monitor = monitor
        self._clock = clock
        self._probed: dict[Alias, float] = {}
        self._hanging: dict[str, threading.Thread] = {}

    def answer(
        self, X: Array, selector: str = "champion", unencoded: Problem | None = None
    ) -> RoutedPrediction:
        """Predict feature rows ``(n_windows, n_features)``.

        ``unencoded`` is why they lack the encoder's columns, which is a fault of a model that needs them.

        ``"champion"`` means the serving model; any other selector is used literally, and its
        faults are raised without being reported.

        Raises
        ------
        AppError
            ``no-model`` when neither champion nor fallback can answer; for a literal
            selector ``model-unknown`` or that model's fault.
        """
        if selector != "champion":
            version = self._models.find(selector)
            alias = selector if selector == "fallback" else self._models.alias_of(version)
            return self._predict(version, X, alias, unencoded=unencoded)
        state = self._state()
        prediction = self._predict_with_failover(X, state, unencoded)
        self._probe_others(X, prediction.ref.alias, state, unencoded)
        return prediction

    def prepare(self) -> None:
        """Load the serving model ahead of the first request."""
        state = self._state()
        for alias in _order(state):
            try:
                self._models.get(self._models.find(alias))
            except AppError as error:
                self._report_fault(alias, error)
            else:
                return
        raise _no_model([self._state().reason])

    def _predict_with_failover(
        self, X: Array, state: ServingState, unencoded: Problem | None
    ) -> RoutedPrediction:
        reasons: list[Message] = []
        for alias in _order(state):
            try:
                version = self._models.find(alias)
                because = self._models.registry_error
                if alias == "fallback":
                    because = state.because or joined(reasons) or because
                prediction = self._predict(version, X, alias, because, unencoded)
            except AppError as error:
                self._report_fault(alias, error)
                reasons.append(error.problem.reason)
            else:
                if _fault_of(state, alias):
                    self._report(ModelHealthy(alias))
                return prediction
        raise _no_model(reasons)

    def _predict(
        self,
        version: SnapshotVersion,
        X: Array,
        alias: str,
        because: Message = EMPTY,
        unencoded: Problem | None = None,
    ) -> RoutedPrediction:
        try:
            model = self._models.get(version)
            if model.encoder and not schema.has_encoding(X).all():
                raise AppError(unencoded or "encoder-missing/columns")
            windows, unusual = self._predict_with_timeout(model, version, X)
        except (AppError, MemoryError):
            raise
        except Exception as error:
            self._models.drop(version)
            raise AppError(
                "model-raised", version=version.version, kind=type(error).__name__, error=str(error)
            ) from error
        if not np.all(np.isfinite(windows)):
            self._models.drop(version)
            raise AppError("model-non-finite", version=version.version)
        ref = ModelRef(MODEL, version.version, alias, version.family, because)
        return RoutedPrediction(model, ref, windows, unusual)

    def _predict_with_timeout(
        self, model: Model, version: SnapshotVersion, X: Array
    ) -> tuple[Array, NDArray[np.bool_]]:
        """Predict in a separate thread, so that a hanging model does not block the answer."""
        hanging = self._hanging.get(version.digest)
        if hanging is not None and hanging.is_alive():
            raise AppError("model-slow/busy", version=version.version)
        outcome: list[tuple[Array, NDArray[np.bool_]] | BaseException] = []

        def work() -> None:
            try:
                outcome.append((model.predict_proba(X), model.unusual(X)))
            except BaseException as error:
                outcome.append(error)

        budget = BUDGET_S + BUDGET_PER_WINDOW_S * len(X)
        thread = threading.Thread(target=work, name=f"model-{version.version}", daemon=True)
        thread.start()

        def ready(timeout_s: float) -> bool:
            thread.join(timeout_s)
            return bool(outcome)

        if not starvation.wait(ready, budget):
            self._hanging[version.digest] = thread
            raise AppError("model-slow", version=version.version, budget=round(budget, 1))
        if isinstance(outcome[0], BaseException):
            raise outcome[0]
        return outcome[0]

    def _probe_others(
        self, X: Array, answered_by: str, state: ServingState, unencoded: Problem | None
    ) -> None:
        """Retry models with a fault from time to time, so that they can recover."""
        for alias in _order(state):
            if alias == answered_by or not _fault_of(state, alias) or not self._is_due(alias):
                continue
            try:
                self._predict(self._models.find(alias), X, alias, unencoded=unencoded)
            except AppError as error:
                self._report_fault(alias, error)
            else:
                self._report(ModelHealthy(alias))

    def _is_due(self, alias: Alias) -> bool:
        now = self._clock()
        if now - self._probed.get(alias, float("-inf")) < PROBE_EVERY_S:
            return False
        self._probed[alias] = now
        return True

    def _state(self) -> ServingState:
        try:
            return self._monitor.current()
        except (AppError, OSError, sqlite3.Error) as error:  # an answer is worth more than its record
            self._not_recorded("The serving state could not be read; the champion answers", error)
            return ServingState()

    def _report_fault(self, alias: Alias, error: AppError) -> None:
        log.warning("%s: %s", alias, error)
        self._probed[alias] = self._clock()
        self._report(ModelFault(alias, error.problem.code, error.problem.reason))

    def _report(self, event: Event) -> None:
        try:
            self._monitor.report(event)
        except (AppError, OSError, sqlite3.Error) as error:
            self._not_recorded("The serving state could not be updated", error)

    def _not_recorded(self, text: str, error: Exception) -> None:
        """Log why; what concerns the home is reported with the answer, which cannot be stored either."""
        level = logging.INFO if concerns_home(error) else logging.WARNING
        log.log(level, text, exc_info=level > logging.INFO)


def _order(state: ServingState) -> tuple[Alias, Alias]:
    return ("fallback", "champion") if state.active == "fallback" else ("champion", "fallback")


def _fault_of(state: ServingState, alias: Alias) -> bool:
    return (state.champion_fault if alias == "champion" else state.fallback_fault) is not None


def _no_model(faults: Iterable[str]) -> AppError:
    distinct = joined(dict.fromkeys(faults))
    return AppError("no-model/faults", faults=distinct) if distinct else AppError("no-model")
