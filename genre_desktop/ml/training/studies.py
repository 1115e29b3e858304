"""A database that keeps finished trials, so that a retrain that was ended goes on where it stopped.

The search itself decides in memory, from its seed and the scores of its trials, with or without a database: a
trial that is found there, with the same parameters in a study of the same data, is not computed again. So the
winner is the same, however often the retrain was ended and started again, and several computers may use a study
at once. Optuna's heartbeat marks the trials of a retrain that was killed as failed, and queues them again.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Protocol

import imblearn
import numpy as np
import optuna
import scipy
import sklearn
import sqlalchemy
import xgboost
from optuna.exceptions import ExperimentalWarning, StorageInternalError
from optuna.trial import TrialState
from sqlalchemy.exc import NoSuchModuleError, SQLAlchemyError

import genre_desktop
from genre_desktop.core.errors import AppError
from genre_desktop.ml.training.search_task import SearchTask

VARIABLE = "GENRE_DESKTOP_STUDIES"
"""Environment variable with the address of the database, which may hold a password: it is in no settings or logs."""

_HEARTBEAT_S = 60
_RETRIES = 3
_CONNECT_S = 10
_LOCK = 0x67656E7265
"""Number of the lock in PostgreSQL under which the tables are made."""
_LOST = (SQLAlchemyError, StorageInternalError)
_LIBRARIES = (imblearn, np, optuna, scipy, sklearn, xgboost)
"""Libraries on whose versions scores depend."""

Params = Mapping[str, Any]
Suggest = Callable[[optuna.Trial], dict[str, Any]]
Report = Callable[[int, float], None]
"""``report(fold, score)`` after each fold."""
Work = Callable[[Report], float | None]
"""Computes a trial and returns its score; None if it was pruned."""

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptTrial:
    """A finished trial: its score after each fold, whether it was pruned after the last of them, and its time."""

    scores: tuple[float, ...]
    pruned: bool
    seconds: float


class Study(Protocol):
    """The finished trials of one family's search."""

    def finished(self, params: Params) -> KeptTrial | None:
        """Return the trial with these parameters; None if it has to be computed."""

    def run(self, params: Params, suggest: Suggest, work: Work) -> None:
        """Compute a trial and keep its scores."""


class NoStudy:
    """Keeps nothing."""

    def finished(self, params: Params) -> KeptTrial | None:
        """Return None."""
        return None

    def run(self, params: Params, suggest: Suggest, work: Work) -> None:
        """Compute the trial."""
        work(lambda fold, score: None)


class Studies:
    """The database; one study for each family, data, seed, number of trials and version.

    When it stops answering, the search goes on and keeps nothing more.

    Attributes
    ----------
    reused:
        Trials that were not computed again.
    lost:
        Whether the database stopped answering.
    """

    def __init__(self, storage: optuna.storages.RDBStorage) -> None:
        self._storage = storage
        self._lock = threading.Lock()
        self.reused = 0
        self.lost = False

    def study(self, task: SearchTask, family: str, trials: int) -> Study:
        """Return the study of a family's search."""
        sampler = _Given()
        try:
            study = optuna.create_study(
                storage=self._storage,
                study_name=name_of(task, family, trials),
                sampler=sampler,
                direction="maximize",
                load_if_exists=True,
            )
        except _LOST as error:
            self.give_up(error)
            return NoStudy()
        return _KeptStudy(self, study, sampler, len(task.folds))

    def describe(self) -> list[str]:
        """Return the lines of the log for what was taken from the database, and whether it is gone."""
        lines = [f"Finished trials taken from the database of studies: {self.reused}."]
        return [*lines, "It stopped answering; what followed was not kept."] if self.lost else lines

    def count_reused(self) -> None:
        """Count a trial that was not computed again."""
        with self._lock:
            self.reused += 1

    def give_up(self, error: Exception) -> None:
        """Use the database no more."""
        if not self.lost:
            _logger.warning("The database of studies stopped answering (%s).", type(error).__name__)
        self.lost = True


class _KeptStudy:
    """A study of the database."""

    def __init__(self, studies: Studies, study: optuna.Study, sampler: _Given, folds: int) -> None:
        self._studies, self._study, self._sampler, self._folds = studies, study, sampler, folds

    def finished(self, params: Params) -> KeptTrial | None:
        if self._studies.lost:
            return None
        try:
            trials = self._study.get_trials(deepcopy=False, states=(TrialState.COMPLETE, TrialState.PRUNED))
        except _LOST as error:
            self._studies.give_up(error)
            return None
        found = next((trial for trial in trials if trial.params == params and self._whole(trial)), None)
        if found is None:
            return None
        self._studies.count_reused()
        scores = found.intermediate_values
        pruned = found.state == TrialState.PRUNED
        return KeptTrial(tuple(scores[fold] for fold in sorted(scores)), pruned, _seconds(found))

    def run(self, params: Params, suggest: Suggest, work: Work) -> None:
        began, failed = False, []

        def objective(trial: optuna.Trial) -> float:
            nonlocal began
            if suggest(trial) != params:
                return float("nan")  # one of a killed retrain that went another way: it counts as failed
            began = True
            try:
                score = work(lambda fold, score: self._report(trial, fold, score))
            except Exception as error:  # which a database that is gone must not replace by its own
                failed.append(error)
                raise
            if score is None:
                raise optuna.TrialPruned
            return score

        self._sampler.params = params
        while not began and not self._studies.lost:
            try:
                self._study.optimize(objective, n_trials=1)
            except Exception as error:  # a database that is gone may show as an UnboundLocalError of Optuna
                if not failed:
                    self._studies.give_up(error)
        if failed:
            raise failed[0]
        if not began:
            work(lambda fold, score: None)

    def _report(self, trial: optuna.Trial, fold: int, score: float) -> None:
        if self._studies.lost:
            return
        try:
            trial.report(score, fold)
        except _LOST as error:
            self._studies.give_up(error)

    def _whole(self, trial: Any) -> bool:
        """Return whether no score of a finished trial is missing."""
        scores = len(trial.intermediate_values)
        if sorted(trial.intermediate_values) != list(range(scores)):
            return False
        return scores > 0 if trial.state == TrialState.PRUNED else scores == self._folds


class _Given(optuna.samplers.BaseSampler):
    """Gives a trial the parameters that the search has decided on."""

    def __init__(self) -> None:
        self.params: Params = {}

    def infer_relative_search_space(self, study: Any, trial: Any) -> dict[str, Any]:
        """Return nothing: every parameter is given for itself."""
        return {}

    def sample_relative(self, study: Any, trial: Any, search_space: Any) -> dict[str, Any]:
        """Return nothing."""
        return {}

    def sample_independent(self, study: Any, trial: Any, param_name: str, param_distribution: Any) -> Any:
        """Return the given value."""
        return self.params[param_name]


@contextmanager
def opened(url: str | None = None) -> Iterator[Studies | None]:
    """Open the database of the environment variable :data:`VARIABLE`; None if it is not set.

    Raises
    ------
    AppError
        ``studies-database``: it cannot be used.
    """
    url = os.environ.get(VARIABLE, "") if url is None else url
    if not url:
        yield None
        return
    optuna.logging.set_verbosity(optuna.logging.ERROR)  # it logs the trials of a cancelled job as failures
    storage = _storage(url)
    try:
        yield Studies(storage)
    finally:
        storage.remove_session()
        storage.engine.dispose()


def name_of(task: SearchTask, family: str, trials: int) -> str:
    """Return the name of a study; equal for everything that makes its scores equal."""
    facts = {
        "rows": task.rows.digest(),
        "columns": task.n_columns,
        "base": hashlib.sha256(np.ascontiguousarray(task.base, dtype="<f8").data).hexdigest(),
        "folds": [hashlib.sha256(held_out.astype("<i8").tobytes()).hexdigest() for _, held_out in task.folds],
        "seed": task.seed,
        "trials": trials,
        "libraries": {library.__name__: library.__version__ for library in _LIBRARIES},
    }
    digest = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
    return f"genre-desktop {genre_desktop.__version__} {family} {digest[:16]}"


def _storage(url: str) -> optuna.storages.RDBStorage:
    try:
        address = sqlalchemy.make_url(url)
        if address.drivername in ("postgres", "postgresql"):
            address = address.set(drivername="postgresql+psycopg")
        server = address.get_backend_name() == "postgresql"
    except Exception:  # it may be quoted in the message, and hold a password
        raise AppError("studies-database/address", variable=VARIABLE) from None
    options: dict[str, Any] = {"connect_args": {"connect_timeout": _CONNECT_S}} if server else {}
    try:
        with _locked(address, options) if server else nullcontext(), warnings.catch_warnings():
            warnings.simplefilter("ignore", ExperimentalWarning)  # the heartbeat, since 2021
            return optuna.storages.RDBStorage(
                address.render_as_string(hide_password=False),
                engine_kwargs={"pool_pre_ping": True, **options},
                heartbeat_interval=_HEARTBEAT_S,
                heartbeat_stale_trial_callback=optuna.storages.RetryHeartbeatStaleTrialCallback(_RETRIES),
            )
    except (ImportError, NoSuchModuleError):
        raise AppError("studies-database/driver", variable=VARIABLE) from None
    except Exception as error:
        raise AppError("studies-database", variable=VARIABLE, error=type(error).__name__) from None


@contextmanager
def _locked(address: sqlalchemy.URL, options: dict[str, Any]) -> Iterator[None]:
    """Let one computer at a time make the tables: Optuna fails when two do."""
    engine = sqlalchemy.create_engine(address, poolclass=sqlalchemy.NullPool, **options)
    with engine.connect() as connection:  # the lock ends with the connection
        connection.execute(sqlalchemy.select(sqlalchemy.func.pg_advisory_lock(_LOCK)))
        yield


def _seconds(trial: Any) -> float:
    ended, began = trial.datetime_complete, trial.datetime_start
    return float((ended - began).total_seconds()) if ended and began else 0.0
