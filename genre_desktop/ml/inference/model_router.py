"""Which model answers: the champion, or the fallback when it has to, with every fault told to the watch."""

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

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import EMPTY, Message, joined
from genre_desktop.core.monitoring.serving_state import Event, ModelFault, ModelHealthy, ServingState
from genre_desktop.core.store.serving_history import ServingChange
from genre_desktop.core.types import Alias, ModelRef
from genre_desktop.ml.inference.model_cache import ModelCache
from genre_desktop.ml.models.ensemble import Model
from genre_desktop.ml.registry.alias_snapshot import MODEL, SnapshotVersion

Array = NDArray[np.float64]
log = logging.getLogger(__name__)

BUDGET_S = 3.0
"""Seconds a model may take for its sums over one clip; usually they take a few milliseconds."""
BUDGET_PER_WINDOW_S = 0.02
PROBE_EVERY_S = 30.0
"""How often a model with a fault is tried again beside the one that answers."""


class HealthMonitor(Protocol):
    """Who serves, and where faults are told; :class:`genre_desktop.core.monitoring.serving.ServingController` is one."""

    def current(self) -> ServingState:
        """Who serves now, and why."""
        ...

    def report(self, event: Event) -> ServingChange | None:
        """Take in one event."""
        ...


@dataclass(frozen=True, slots=True)
class RoutedPrediction:
    """One model's sums over the windows of a clip.

    ``windows`` is ``(n_windows, n_classes)``, ``unusual`` ``(n_windows,)``.
    """

    model: Model
    ref: ModelRef
    windows: Array
    unusual: NDArray[np.bool_]


class ModelRouter:
    """Lets the right model answer.

    Parameters
    ----------
    shelf:
        The models.
    watch:
        Decides between champion and fallback and keeps their faults.
    clock:
        Seconds, monotonic, for tests.
    """

    def __init__(
        self, shelf: ModelCache, watch: HealthMonitor, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._shelf = shelf
        self._watch = watch
        self._clock = clock
        self._probed: dict[Alias, float] = {}
        self._stuck: dict[str, threading.Thread] = {}

    def answer(self, X: Array, selector: str = "champion") -> RoutedPrediction:
        """Let the models judge feature rows ``(n_windows, n_features)``.

        ``"champion"`` means whoever serves; any other selector is taken literally and its
        faults are nobody else's business.

        Raises
        ------
        AppError
            ``no-model`` when neither champion nor fallback can answer; for a literal
            selector ``model-unknown`` or that model's fault.
        """
        if selector != "champion":
            version = self._shelf.find(selector)
            return self._judge(
                version, X, selector if selector == "fallback" else self._shelf.alias_of(version)
            )
        state = self._state()
        verdict = self._predict_with_failover(X, state)
        self._probe_others(X, verdict.ref.alias, state)
        return verdict

    def prepare(self) -> None:
        """Load the model that serves, so that the first answer need not wait."""
        state = self._state()
        for alias in _order(state):
            try:
                self._shelf.get(self._shelf.find(alias))
            except AppError as error:
                self._report_fault(alias, error)
            else:
                return
        raise _no_model([self._state().reason])

    def _predict_with_failover(self, X: Array, state: ServingState) -> RoutedPrediction:
        reasons: list[Message] = []
        for alias in _order(state):
            try:
                version = self._shelf.find(alias)
                because = self._shelf.trouble
                if alias == "fallback":
                    because = state.because or joined(reasons) or because
                verdict = self._judge(version, X, alias, because)
            except AppError as error:
                self._report_fault(alias, error)
                reasons.append(error.problem.reason)
            else:
                if _fault_of(state, alias):
                    self._tell(ModelHealthy(alias))
                return verdict
        raise _no_model(reasons)

    def _judge(
        self, version: SnapshotVersion, X: Array, alias: str, because: Message = EMPTY
    ) -> RoutedPrediction:
        try:
            model = self._shelf.get(version)
            windows, unusual = self._predict_with_timeout(model, version, X)
        except AppError:
            raise
        except MemoryError:
            raise
        except Exception as error:
            self._shelf.drop(version)
            raise AppError(
                "model-raised", version=version.version, kind=type(error).__name__, error=str(error)
            ) from error
        if not np.all(np.isfinite(windows)):
            self._shelf.drop(version)
            raise AppError("model-non-finite", version=version.version)
        ref = ModelRef(MODEL, version.version, alias, version.family, because)
        return RoutedPrediction(model, ref, windows, unusual)

    def _predict_with_timeout(
        self, model: Model, version: SnapshotVersion, X: Array
    ) -> tuple[Array, NDArray[np.bool_]]:
        """Run the sums in a thread of their own: a model that hangs must not hang the answer."""
        stuck = self._stuck.get(version.digest)
        if stuck is not None and stuck.is_alive():
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
        thread.join(budget)
        if not outcome:
            self._stuck[version.digest] = thread
            raise AppError("model-slow", version=version.version, budget=round(budget, 1))
        if isinstance(outcome[0], BaseException):
            raise outcome[0]
        return outcome[0]

    def _probe_others(self, X: Array, answered_by: str, state: ServingState) -> None:
        """Try a model with a fault again from time to time, so that it can come back."""
        aliases: tuple[Alias, ...] = ("champion", "fallback")
        for alias in aliases:
            if alias == answered_by or not _fault_of(state, alias) or not self._is_due(alias):
                continue
            try:
                self._judge(self._shelf.find(alias), X, alias)
            except AppError as error:
                self._report_fault(alias, error)
            else:
                self._tell(ModelHealthy(alias))

    def _is_due(self, alias: Alias) -> bool:
        now = self._clock()
        if now - self._probed.get(alias, float("-inf")) < PROBE_EVERY_S:
            return False
        self._probed[alias] = now
        return True

    def _state(self) -> ServingState:
        try:
            return self._watch.current()
        except (AppError, sqlite3.Error):  # an answer is worth more than its record
            log.warning("Who serves could not be read; the champion does", exc_info=True)
            return ServingState()

    def _report_fault(self, alias: Alias, error: AppError) -> None:
        log.warning("%s: %s", alias, error)
        self._probed[alias] = self._clock()
        self._tell(ModelFault(alias, error.problem.code, error.problem.reason))

    def _tell(self, event: Event) -> None:
        try:
            self._watch.report(event)
        except (AppError, sqlite3.Error):
            log.warning("The watch could not be told", exc_info=True)


def _order(state: ServingState) -> tuple[Alias, Alias]:
    return ("fallback", "champion") if state.active == "fallback" else ("champion", "fallback")


def _fault_of(state: ServingState, alias: Alias) -> bool:
    return (state.champion_fault if alias == "champion" else state.fallback_fault) is not None


def _no_model(faults: Iterable[str]) -> AppError:
    distinct = joined(dict.fromkeys(faults))
    return AppError("no-model/faults", faults=distinct) if distinct else AppError("no-model")
