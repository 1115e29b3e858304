"""The catalogue of jobs: for each its function, its schedule and its texts.

The window, the schedule, alerts, the history and the command line read :data:`JOBS`. A new job needs a function
``function(context, params)`` with a JSON-serializable result and an entry here; to report more than
:attr:`JobSpec.done`, also an entry in :mod:`genre_desktop.app.jobs.job_text`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from genre_desktop.core.messages import EMPTY, N_, Message, message, message_plural
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.jobs.context import TaskContext
from genre_desktop.jobs.tasks import registry as registry_module
from genre_desktop.jobs.tasks import registry_access, shared_registry, store_maintenance, tags

MINUTE, DAY = 60.0, 86_400.0

JobFunction = Callable[[TaskContext, dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class RunCondition:
    """A number of new records that also makes a job due.

    ``mark(db)`` is the current position, ``waiting(db, mark)`` the number of records since;
    ``key`` names the setting with the number ``n`` that makes the job due (0: never), ``unit`` describes it.
    """

    key: str
    unit: str
    mark: Callable[[Database], int]
    waiting: Callable[[Database, int], int]


@dataclass(frozen=True, slots=True)
class ScheduleSpec:
    """When a job is started automatically; the setting ``key`` holds the interval in ``unit_s`` seconds (0: off).

    ``requires`` names a setting without which the job does not exist for the user.
    """

    description: str
    key: str
    unit_s: float
    condition: RunCondition | None = None
    requires: str = ""

    def applies(self, settings: Settings) -> bool:
        """Return whether the settings have what the job needs."""
        return not self.requires or bool(settings[self.requires])

    def interval_s(self, settings: Settings) -> float:
        """Return the seconds between two runs; 0 when it is off."""
        return float(settings[self.key]) * self.unit_s if self.applies(settings) else 0.0

    def trigger(self, settings: Settings) -> Message:
        """Describe when the job runs."""
        if not self.applies(settings):
            return message("off")
        interval = int(settings[self.key])
        needed = int(settings[self.condition.key]) if self.condition else 0
        every = _every(interval, self.unit_s) if interval else EMPTY
        if self.condition is None or not needed:
            return every or message("off")
        new = Message(self.condition.unit, {"n": needed})
        if every:
            return message("{every} and after {news}", every=every, news=new)
        return message("after {news}", news=new)


@dataclass(frozen=True, slots=True)
class JobSpec:
    """One job. Texts are English and translated where they are shown.

    Attributes
    ----------
    name:
        Key in the store, the schedule and on the command line; users' disks hold it, so never rename it.
    target:
        What the job process runs; heavy imports belong inside the function.
    title:
        Its name in the schedule and in alerts.
    running:
        Its name in lists of running and finished jobs; default: ``title``.
    done:
        Title of the message that it succeeded; empty for no message.
    noun:
        Its name in the question whether to quit; empty for jobs that simply run again later.
    visible, quiet:
        Whether lists show it, and whether the status line ignores it all the same.
    moves_alias:
        Whether it changes the champion, which makes an alert about an earlier promotion obsolete.
    button, confirm:
        Text of the button that starts it from an alert, and the question before.
    command:
        The command that starts it, for a job that needs more than its name.
    clustered:
        Whether it works on a cluster where one is named.
    urgent:
        Whether the user waits for it, so that its process has the priority of the window.
    """

    name: str
    target: JobFunction
    title: str
    running: str = ""
    done: str = N_("Done")
    noun: str = ""
    visible: bool = True
    quiet: bool = False
    schedule: ScheduleSpec | None = None
    moves_alias: bool = False
    button: str = ""
    confirm: str = ""
    command: str = ""
    clustered: bool = False
    urgent: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "running", self.running or self.title)


def title_of(name: str) -> str:
    """Return a job's title, or its name if the catalogue does not have it."""
    return JOBS[name].title if name in JOBS else name.capitalize()


def listed(name: str) -> JobSpec | None:
    """Return a job that lists show; None for hidden and unknown jobs."""
    spec = JOBS.get(name)
    return spec if spec is not None and spec.visible else None


def schedules() -> dict[str, ScheduleSpec]:
    """Return the schedules by job name."""
    return {name: spec.schedule for name, spec in JOBS.items() if spec.schedule is not None}


def _every(n: int, unit_s: float) -> Message:
    if unit_s == DAY:
        return message_plural(n, "every day", "every {n} days")
    hours, rest = divmod(n, 60)
    if rest:
        return message_plural(n, "every minute", "every {n} minutes")
    return message_plural(hours, "every hour", "every {n} hours")


def _new_predictions(db: Database, mark: int) -> int:
    log = PredictionLog(db)
    return log.count(since=mark, source="file") + log.count(since=mark, source="batch")


def _check_drift(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    from genre_desktop.ml.tasks import check_drift

    return check_drift.run(context, params)


def _train(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    from genre_desktop.ml.tasks import train

    return train.run(context, params)


def _import_library(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    from genre_desktop.ml.tasks import import_library

    return import_library.run(context, params)


def _remeasure(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    from genre_desktop.ml.tasks import remeasure

    return remeasure.run(context, params)


def _similar_songs(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    from genre_desktop.ml.tasks import by_sound

    return by_sound.similar(context, params)


def _song_path(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    from genre_desktop.ml.tasks import by_sound

    return by_sound.path(context, params)


def _sound_map(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    from genre_desktop.ml.tasks import by_sound

    return by_sound.arrange(context, params)


def _test_cluster(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    from genre_desktop.jobs.cluster import check

    return check.run(context, params)


def _contribute(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    from genre_desktop.ml.tasks import contribute

    return contribute.run(context, params)


def _preview_contribution(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    from genre_desktop.ml.tasks import contribute

    return contribute.preview(context, params)


def _list_models(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    from genre_desktop.ml.tasks import registry

    return registry.models(context, params)


def _evaluate(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    from genre_desktop.ml.tasks import evaluate

    return evaluate.run(context, params)


def _compare_models(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    from genre_desktop.ml.tasks import compare_models

    return compare_models.run(context, params)


def _serve_mlflow(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    from genre_desktop.ml.tasks import registry

    return registry.web_ui(context, params)


_DRIFT = ScheduleSpec(
    N_("Compares the music that you analyse with the champion's training music."),
    "drift.every_minutes",
    MINUTE,
    RunCondition(
        "drift.every_predictions",
        N_("{n} new predictions"),
        lambda db: PredictionLog(db).last_id(),
        _new_predictions,
    ),
)
_RETRAIN = ScheduleSpec(
    N_("Trains a candidate on your library and corrections; it is promoted only if it is better."),
    "train.every_days",
    DAY,
    RunCondition(
        "train.after_corrections",
        N_("{n} new corrections"),
        lambda db: Corrections(db).last_id(),
        lambda db, mark: Corrections(db).waiting(after=mark),
    ),
)
_SWEEP = ScheduleSpec(N_("Deletes incomplete data of interrupted trainings."), "jobs.sweep_every_days", DAY)
_MAINTENANCE = ScheduleSpec(
    N_("Deletes data that is older than the limits set, and compacts the library file."),
    "jobs.maintenance_every_days",
    DAY,
)
_SYNC = ScheduleSpec(
    N_("Fetches the team’s champion and fallback from the shared registry; new versions are used here."),
    "registry.sync_minutes",
    MINUTE,
    requires="registry.uri",
)

_SPECS = (
    JobSpec(
        "drift",
        _check_drift,
        N_("Drift check"),
        running=N_("Checking for drift"),
        done=N_("Drift check finished"),
        schedule=_DRIFT,
        button=N_("Check drift now"),
    ),
    JobSpec(
        "retrain",
        _train,
        N_("Retraining"),
        done=N_("Retraining finished"),
        noun=N_("a retraining"),
        schedule=_RETRAIN,
        button=N_("Retrain now"),
        clustered=True,
    ),
    JobSpec(
        "sweep",
        registry_module.sweep,
        N_("Registry clean-up"),
        running=N_("Registry clean-up"),
        done=N_("Registry clean-up finished"),
        quiet=True,
        schedule=_SWEEP,
    ),
    JobSpec(
        "maintenance",
        store_maintenance.run,
        N_("Database maintenance"),
        running=N_("Database maintenance"),
        done=N_("Database maintenance finished"),
        schedule=_MAINTENANCE,
    ),
    JobSpec(
        "restore-answers",
        store_maintenance.restore,
        N_("Restoring deleted answers"),
        done=N_("The answers were restored"),
        button=N_("Restore answers"),
    ),
    JobSpec(
        "sync",
        shared_registry.sync,
        N_("Sync with the shared registry"),
        running=N_("Syncing with the shared registry"),
        done=N_("The shared registry was synced"),
        schedule=_SYNC,
        moves_alias=True,
        button=N_("Sync now"),
    ),
    JobSpec(
        "import",
        _import_library,
        N_("Import"),
        running=N_("Importing"),
        done=N_("Import finished"),
        noun=N_("an import"),
        command="import",
        clustered=True,
    ),
    JobSpec(
        "remeasure",
        _remeasure,
        N_("Updating the library"),
        done=N_("The library is up to date"),
        quiet=True,
    ),
    JobSpec("similar-songs", _similar_songs, N_("Finding similar songs"), done=""),
    JobSpec("song-path", _song_path, N_("Finding a path between two songs"), done=""),
    JobSpec("sound-map", _sound_map, N_("Arranging the map"), done=""),
    JobSpec("models", _list_models, N_("Querying the registry"), visible=False, urgent=True),
    JobSpec(
        "cluster-test",
        _test_cluster,
        N_("Testing the cluster"),
        done=N_("The cluster can be used"),
        visible=False,
    ),
    JobSpec("mlflow-ui", _serve_mlflow, N_("MLflow web pages"), done=""),
    JobSpec(
        "promote",
        registry_module.promote,
        N_("Promoting a model"),
        noun=N_("the promotion of a model"),
        moves_alias=True,
        urgent=True,
        command="models",
    ),
    JobSpec(
        "roll-back",
        registry_module.roll_back,
        N_("Rolling back"),
        done=N_("The previous model is in use again"),
        noun=N_("a rollback"),
        moves_alias=True,
        urgent=True,
        button=N_("Roll back"),
        confirm=N_("The previous champion becomes champion again. Nothing is deleted."),
    ),
    JobSpec(
        "restore-starters",
        registry_module.restore_starters,
        N_("Restoring the starter models"),
        done=N_("The starter models are in use again"),
        noun=N_("the restoring of the starter models"),
        moves_alias=True,
        urgent=True,
        button=N_("Restore starter models"),
        confirm=N_(
            "The models included with the program become champion and fallback. "
            "Your models stay in the registry; Roll back undoes this."
        ),
    ),
    JobSpec(
        "evaluate",
        _evaluate,
        N_("Evaluating a folder"),
        done=N_("The folder was evaluated"),
        noun=N_("the evaluation of a folder"),
        command="evaluate",
    ),
    JobSpec(
        "compare",
        _compare_models,
        N_("Comparing two models"),
        done=N_("The models were compared"),
        noun=N_("the comparison of two models"),
        command="models",
    ),
    JobSpec(
        "contribute",
        _contribute,
        N_("Contributing corrections"),
        done=N_("Your corrections are in the team’s table"),
        noun=N_("the sending of corrections"),
        command="models",
    ),
    JobSpec(
        "contribute-preview", _preview_contribution, N_("Collecting corrections"), done="", visible=False
    ),
    JobSpec("registry-access", registry_access.run, N_("Querying the shared registry"), visible=False),
    JobSpec(
        "publish",
        shared_registry.publish,
        N_("Publishing a model"),
        done=N_("The model is on the shared registry"),
        noun=N_("the publication of a model"),
        command="models",
    ),
    JobSpec(
        "promote-shared",
        shared_registry.promote,
        N_("Promoting a model for the team"),
        noun=N_("the promotion of a model for the team"),
        command="models",
    ),
    JobSpec(
        "write-tags", tags.write, N_("Writing genre tags"), noun=N_("the writing of tags"), command="tag"
    ),
    JobSpec(
        "restore-tags",
        tags.restore,
        N_("Restoring genre tags"),
        noun=N_("the writing of tags"),
        command="tag",
    ),
)

JOBS: dict[str, JobSpec] = {spec.name: spec for spec in _SPECS}
"""The jobs by name, in the order of the schedule."""
