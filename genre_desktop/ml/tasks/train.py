"""The retrain job of the Retrain button, the schedule and the ``train`` command.

The old champion keeps serving whatever happens: the run is logged, the model is written beside the
registry, read back and registered, and only then do the aliases move. A process killed before that
leaves a run behind that the registry's clean-up removes.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import Message, message
from genre_desktop.core.monitoring import promotion_reasons
from genre_desktop.core.recovery import row_alerts
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.data.team_rows import TeamTable
from genre_desktop.ml.data.training_data import TrainingData, gather
from genre_desktop.ml.evaluation.promotion_policy import Decision
from genre_desktop.ml.models import bundle
from genre_desktop.ml.registry import cleanup, starter_models
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.registry.run import Run
from genre_desktop.ml.task_context import JobContext, check_cancelled
from genre_desktop.ml.tasks import team_clips
from genre_desktop.ml.tasks.registry import keep_list
from genre_desktop.ml.training import champion_challenger, estimators, run_logging, sampling, studies, trainer
from genre_desktop.ml.training.estimator_names import title
from genre_desktop.ml.training.fold_runner import FoldRunner
from genre_desktop.ml.training.trainer import Candidate

_OPENED, _TRAINED = 0.04, 0.95
"""Fractions of the progress at which the registry is open and the model is trained."""


class TrainContext(JobContext, Protocol):
    """What a retrain receives from the job process."""

    @property
    def fold_runner(self) -> Callable[[], AbstractContextManager[FoldRunner | None]]:
        """Opens what trains folds on a cluster; None without one."""


@dataclass(frozen=True, slots=True)
class TrainParams:
    """Parameters of a retrain."""

    families: tuple[str, ...]
    trials: int
    seed: int
    promote: bool


def run(context: TrainContext, params: dict[str, Any]) -> dict[str, Any]:
    """Train, log, register, and promote what is better.

    Parameters
    ----------
    params:
        All optional: ``families`` (names of :data:`.estimators.FAMILIES`), ``trials`` (per family;
        by default the setting ``train.trials``), ``seed``, ``promote`` (False registers the model
        without moving the champion), ``shared`` and ``registry`` (of :func:`.team_clips.load`).

    Returns
    -------
    dict
        ``run_id, family, version, metrics, champion_before, promoted, reason, seconds``; with ``shared``
        also ``team``: ``contributors``, ``clips`` and ``skipped`` (``contributor`` and ``reason``).

    Raises
    ------
    AppError
        As :func:`.trainer.train`, :class:`.registry.Registry`, :func:`.team_clips.load` and the store raise them.
    Cancelled
        The user cancelled; nothing was registered.
    """
    began = time.monotonic()
    requested = _parse(context, params)
    team = team_clips.load(context, params)
    context.progress(0.0, message("Opening the model registry"))
    with ExitStack() as stack:
        registry = stack.enter_context(starter_models.open_registry(context.home))
        database = stack.enter_context(closing(Database(context.home.store)))
        if cleanup.needed(context.home):  # an earlier retrain was killed
            registry.clean_up()
        data = _load_data(database, context, team.table)
        row_alerts.report(database)
        data.rows.check()
        check_cancelled(context)
        mlflow_run = stack.enter_context(registry.run("retrain", {"kind": "retrain"}))
        result = _Retrain(context, registry, database, mlflow_run, data, requested).execute()
    keep_list(context.home)
    if team.facts is not None:
        result["team"] = team.facts
    return {**result, "seconds": round(time.monotonic() - began, 2)}


def _parse(context: JobContext, params: dict[str, Any]) -> TrainParams:
    names = tuple(params.get("families") or estimators.FAMILIES)
    for name in names:
        estimators.of_name(name)
    trials = params.get("trials") or Settings.load(context.home.settings)["train.trials"]
    return TrainParams(names, int(trials), int(params.get("seed", 0)), bool(params.get("promote", True)))


def _load_data(database: Database, context: JobContext, team: TeamTable | None) -> TrainingData:
    data = gather(database, reference_dataset.load_if_intact(context.log), team)
    counts = ", ".join(f"{n} {source}" for source, n in sorted(data.counts().items()))
    context.log(f"Learning from {len(data.rows.first)} clips ({counts or 'none'}).")
    if data.outdated:
        context.log(
            f"{data.outdated} clips were measured by an older version and are skipped; import them again."
        )
    return data


@dataclass(slots=True)
class _Retrain:
    """One retrain and what its steps share; ``serving`` are the models that answer before it."""

    context: TrainContext
    registry: Registry
    database: Database
    run: Run
    data: TrainingData
    params: TrainParams
    serving: list[champion_challenger.ServedModel] = field(default_factory=list)

    def execute(self) -> dict[str, Any]:
        """Run all steps; return the JSON of the ``train`` command but for ``seconds``."""
        champion_before = self.registry.snapshot().aliases.get("champion")
        self.serving = champion_challenger.serving(self.registry) or self._restore_starters()
        candidate = self._train()
        decision = (
            champion_challenger.decide(candidate, self.data.rows, self.serving[0]) if self.serving else None
        )
        if decision is not None:
            self.run.text("decision.json", json.dumps(decision.to_dict(), indent=1))
        check_cancelled(self.context)  # not cancellable from here on
        self.context.progress(_TRAINED, message("Storing the model"))
        version = self._register(candidate)
        promoted, reason = self._promote(version, candidate, decision)
        Corrections(self.database).mark_trained(self.data.corrections, self.run.id)
        self.context.log(f"Version {version}, {title(candidate.model.family)}. {reason}")
        self.context.progress(1.0, message("Promoted") if promoted else message("Not promoted"))
        return {
            "run_id": self.run.id,
            "family": candidate.model.family,
            "version": version,
            "metrics": candidate.scores.summary(),
            "champion_before": champion_before,
            "promoted": promoted,
            "reason": reason,
        }

    def _restore_starters(self) -> list[champion_challenger.ServedModel]:
        """Restore the starters: a retrain builds on them, and the app needs a model meanwhile."""
        try:
            starter_models.restore(self.registry)
        except AppError as error:
            self.context.log(str(error))
            return []
        self.context.log("No model could serve, so the starter models were restored.")
        return champion_challenger.serving(self.registry)

    def _train(self) -> Candidate:
        params, context = self.params, self.context
        sampled = sampling.limits(self.data.rows, params.families)
        for line in sampling.describe(self.data.rows, sampled):
            context.log(line)
        run_logging.task(
            self.run,
            self.data,
            context.home.store,
            families=" ".join(params.families),
            trials=params.trials,
            seed=params.seed,
            **{f"sampled.{name}": rows for name, rows in sampled.items()},
        )
        with studies.opened() as kept, context.fold_runner() as runner:
            candidate = trainer.train(
                self.data.rows,
                families=params.families,
                trials=params.trials,
                seed=params.seed,
                base=self.serving[0].model if self.serving else None,
                progress=_progress_reporter(context),
                cancelled=context.cancelled,
                runner=runner,
                studies=kept,
            )
            for line in (*([] if kept is None else kept.describe()), runner.describe() if runner else ""):
                if line:
                    context.log(line)
        run_logging.trials(self.run, candidate.trials)
        run_logging.candidate(self.run, candidate)
        for family, gmean in run_logging.best_by_family(candidate.trials).items():
            context.log(f"{title(family)}: G-Mean {gmean:.3f} at best in the search.")
        return candidate

    def _register(self, candidate: Candidate) -> str:
        facts = run_logging.facts_of(self.data)
        with tempfile.TemporaryDirectory(prefix="genre-desktop-") as folder:
            target = Path(folder) / "model"
            bundle.save(candidate.model, target)
            return self.registry.register(
                target,
                run=self.run,
                tags={
                    "kind": "retrain",
                    "rows": facts["rows"],
                    "clips": facts["clips"],
                    "corrections": facts["corrections"],
                    "dataset_digest": facts["digest"],
                },
            )

    def _promote(self, version: str, candidate: Candidate, decision: Decision | None) -> tuple[bool, Message]:
        """Promote the version, or record why not; return whether it was promoted, and the reason."""
        if decision is None:
            reason = message("No other model works, so there was no comparison.")
            promoted = True
        else:
            reason, promoted = decision.reason, decision.promote
        if promoted and not self.params.promote:
            reason = Message(promotion_reasons.TURNED_OFF, {"reason": reason})
            promoted = False
        if not promoted:
            self.registry.tag_version(version, decision="not promoted", reason=reason)
        elif decision is None:
            self.registry.promote(version, reason=reason, fallback=version)
        else:
            champion_challenger.promote(
                self.registry, version, candidate, decision, self.serving, self.data.rows
            )
        return promoted, reason


def _progress_reporter(context: JobContext) -> Callable[[float, Message], None]:
    """Map the progress of training to the job's, and log the start of each family."""
    logged = {"", "Done"}

    def report(fraction: float, stage: Message) -> None:
        family = stage.partition(":")[0]
        if family not in logged:
            logged.add(family)
            context.log(family)
        context.progress(_OPENED + (_TRAINED - _OPENED) * fraction, stage)

    return report
