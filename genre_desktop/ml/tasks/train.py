"""The retrain job: what the Retrain button, the schedule and the ``train`` command run in a process of its own.

The order of things keeps the old champion serving whatever happens: the run is logged, the model is
written beside the registry, read back and registered, and only then do the aliases move. A process
that is killed before leaves a run behind that the registry's sweep clears away.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import EMPTY, Message, joined, message
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.data.training_data import TrainingData, gather
from genre_desktop.ml.evaluation.promotion_policy import Decision
from genre_desktop.ml.models import bundle
from genre_desktop.ml.registry import cleanup, starter_models
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.registry.run import Run
from genre_desktop.ml.task_context import JobContext, check_cancelled, time_left
from genre_desktop.ml.training import champion_challenger, estimators, run_logging, trainer
from genre_desktop.ml.training.estimator_names import title
from genre_desktop.ml.training.trainer import Candidate

_OPENED, _TRAINED = 0.04, 0.95
"""Of the progress bar: from the opened registry to the trained model."""


@dataclass(frozen=True, slots=True)
class TrainParams:
    """What a retrain was asked for."""

    families: tuple[str, ...]
    trials: int
    seed: int
    promote: bool


def run(context: JobContext, params: dict[str, Any]) -> dict[str, Any]:
    """Train, log, register, and promote what is better.

    Parameters
    ----------
    params:
        All optional: ``families`` (names of :data:`.estimators.FAMILIES`), ``trials`` (settings tried
        in each; by default the setting ``train.trials``), ``seed``, ``promote`` (False registers
        the model and leaves the champion where it is).

    Returns
    -------
    dict
        ``run_id, family, version, metrics, champion_before, promoted, reason, seconds``.

    Raises
    ------
    AppError
        As :func:`.trainer.train`, :class:`.registry.Registry` and the store raise them.
    Cancelled
        The person stopped it; nothing was registered.
    """
    began = time.monotonic()
    asked = _asked(context, params)
    context.progress(0.0, message("Opening the model registry"))
    with ExitStack() as stack:
        registry = stack.enter_context(starter_models.open_registry(context.home))
        database = stack.enter_context(closing(Database(context.home.store)))
        if cleanup.needed(context.home):  # a retrain that was killed, and no window since
            registry.clean_up()
        data = _gathered(database, context)
        data.rows.check()
        check_cancelled(context)
        mlflow_run = stack.enter_context(registry.run("retrain", {"kind": "retrain"}))
        result = _Retrain(context, registry, database, mlflow_run, data, asked).result()
    return {**result, "seconds": round(time.monotonic() - began, 2)}


def _asked(context: JobContext, params: dict[str, Any]) -> TrainParams:
    names = tuple(params.get("families") or estimators.FAMILIES)
    for name in names:
        estimators.of_name(name)
    trials = params.get("trials") or Settings.load(context.home.settings)["train.trials"]
    return TrainParams(names, int(trials), int(params.get("seed", 0)), bool(params.get("promote", True)))


def _gathered(database: Database, context: JobContext) -> TrainingData:
    try:
        reference = reference_dataset.load()
    except AppError as error:
        context.log(str(error))
        reference = []
    data = gather(database, reference)
    counts = ", ".join(f"{n} {source}" for source, n in sorted(data.counts().items()))
    context.log(f"Learning from {len(data.rows.first)} clips ({counts or 'none'}).")
    if data.outdated:
        context.log(
            f"{data.outdated} clips were measured by an older version and are left out; import them again."
        )
    return data


class _Retrain:
    """One retrain under way: everything it works with, so that each step reads as a sentence."""

    def __init__(
        self,
        context: JobContext,
        registry: Registry,
        database: Database,
        run: Run,
        data: TrainingData,
        asked: TrainParams,
    ) -> None:
        self._context, self._registry, self._database = context, registry, database
        self._run, self._data, self._asked = run, data, asked
        self._before = registry.snapshot().aliases.get("champion")
        self._serving = champion_challenger.serving(registry) or self._restored()

    def result(self) -> dict[str, Any]:
        """Do it; the JSON of the ``train`` command but for the seconds."""
        candidate = self._candidate()
        decision = (
            champion_challenger.decide(candidate, self._data.rows, self._serving[0])
            if self._serving
            else None
        )
        if decision is not None:
            self._run.text("decision.json", json.dumps(decision.to_dict(), indent=1))
        check_cancelled(self._context)  # from here on it is carried through
        self._context.progress(_TRAINED, message("Storing the model"))
        version = self._register(candidate)
        promoted, reason = self._settle(version, candidate, decision)
        Corrections(self._database).mark_trained(self._data.corrections, self._run.id)
        self._context.log(f"Version {version}, {title(candidate.model.family)}. {reason}")
        self._context.progress(1.0, message("Promoted") if promoted else message("Not promoted"))
        return {
            "run_id": self._run.id,
            "family": candidate.model.family,
            "version": version,
            "metrics": candidate.scores.summary(),
            "champion_before": self._before,
            "promoted": promoted,
            "reason": reason,
        }

    def _restored(self) -> list[champion_challenger.ServedModel]:
        """The starters back in service: a retrain builds on them, and the app needs a model meanwhile."""
        try:
            starter_models.restore(self._registry)
        except AppError as error:
            self._context.log(str(error))
            return []
        self._context.log("No model could serve, so the starter models were restored.")
        return champion_challenger.serving(self._registry)

    def _candidate(self) -> Candidate:
        asked, context = self._asked, self._context
        run_logging.task(
            self._run,
            self._data,
            context.home.store,
            families=" ".join(asked.families),
            trials=asked.trials,
            seed=asked.seed,
        )
        candidate = trainer.train(
            self._data.rows,
            families=asked.families,
            trials=asked.trials,
            seed=asked.seed,
            base=self._serving[0].model if self._serving else None,
            progress=_teller(context),
            cancelled=context.cancelled,
        )
        run_logging.trials(self._run, candidate.trials)
        run_logging.candidate(self._run, candidate)
        for family, gmean in run_logging.best_by_family(candidate.trials).items():
            context.log(f"{title(family)}: G-Mean {gmean:.3f} at best in the search.")
        return candidate

    def _register(self, candidate: Candidate) -> str:
        facts = run_logging.facts_of(self._data)
        with tempfile.TemporaryDirectory(prefix="genre-desktop-") as folder:
            target = Path(folder) / "model"
            bundle.save(candidate.model, target)
            return self._registry.register(
                target,
                run=self._run,
                tags={
                    "kind": "retrain",
                    "rows": facts["rows"],
                    "clips": facts["clips"],
                    "corrections": facts["corrections"],
                    "dataset_digest": facts["digest"],
                },
            )

    def _settle(self, version: str, candidate: Candidate, decision: Decision | None) -> tuple[bool, Message]:
        """Promote, or note why not; the reason in words."""
        if decision is None:
            reason = message("No other model works, so there is nothing to compare with.")
            wanted = True
        else:
            reason, wanted = decision.reason, decision.promote
        if wanted and not self._asked.promote:
            reason = message("Promotion was switched off for this run. {reason}", reason=reason)
            wanted = False
        if not wanted:
            self._registry.tag_version(version, decision="not promoted", reason=reason)
        elif decision is None:
            self._registry.promote(version, reason=reason, fallback=version)
        else:
            champion_challenger.promote(
                self._registry, version, candidate, decision, self._serving, self._data.rows
            )
        return wanted, reason


def _teller(context: JobContext) -> Callable[[float, Message, float | None], None]:
    """Training's progress as part of the job's; a new family also becomes a line of the log."""
    said = [""]

    def tell(fraction: float, stage: Message, seconds_left: float | None) -> None:
        what = stage.partition(":")[0]
        if what not in ("", "Done", said[0]):
            said[0] = what
            context.log(what)
        left = EMPTY if seconds_left is None else time_left(seconds_left)
        context.progress(_OPENED + (_TRAINED - _OPENED) * fraction, joined((stage, left), " · "))

    return tell
