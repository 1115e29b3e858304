"""Registry tasks; each ``function(context, params)`` runs in a job or worker process."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from genre_desktop.core.messages import Message, message
from genre_desktop.core.paths import Home
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.library import Library
from genre_desktop.jobs.context import TaskContext

if TYPE_CHECKING:
    from genre_desktop.ml.registry.model_info import AliasMove
    from genre_desktop.ml.registry.registry import Registry

UPKEEP_NEEDED = f"{__name__}:upkeep_needed"
"""Name of the operation."""

OPEN_REGISTRY = f"{__name__}:open_registry"
"""Name of what prepares a spare process."""


def open_registry(home: Home) -> None:
    """Load MLflow and open the registry of a home once, so that a job of this process need not.

    Raises
    ------
    AppError
        The registry cannot be opened.
    """
    from genre_desktop.ml.registry import connection, starter_models
    from genre_desktop.ml.registry.registry import Registry

    connection.load()
    if not starter_models.is_fresh(home):  # else another job registers the starters
        with Registry(home) as registry:
            registry.models()


def sweep(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Register missing starter models, and delete what killed processes left in the registry.

    Raises
    ------
    AppError
        The registry cannot be opened or written.
    """
    from dataclasses import asdict

    from genre_desktop.ml.registry import maintenance

    if not maintenance.needed(context.home):
        context.log("The registry is in order.")
        return {}
    from genre_desktop.ml.tasks.registry import keep_list

    result = asdict(maintenance.run(context.home))
    keep_list(context.home)
    return result


def upkeep_needed(context: TaskContext, payload: None) -> tuple[str, ...]:
    """Return the jobs among ``sweep`` and ``remeasure`` that are due; takes milliseconds in a warm worker."""
    from genre_desktop.ml.features.schema import FEATURE_VERSION
    from genre_desktop.ml.registry import maintenance

    database = context.parts.database
    outdated = Library(database).outdated_files(FEATURE_VERSION) or Corrections(database).outdated(
        FEATURE_VERSION
    )
    due = {"sweep": maintenance.needed(context.home), "remeasure": bool(outdated)}
    return tuple(name for name, is_due in due.items() if is_due)


def read_list(home: Home) -> dict[str, Any] | None:
    """Return the models as :func:`.ml.tasks.registry.read_list` does; light enough for the window's process.

    Raises
    ------
    AppError
        The program came without models.
    """
    from genre_desktop.ml.tasks import registry

    return registry.read_list(home)


def promote(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Make ``params["version"]`` champion by hand.

    Returns
    -------
    dict
        ``champion`` and ``fallback``: the new versions.

    Raises
    ------
    AppError
        As :meth:`.registry.Registry.promote`.
    """
    reason = Message(params.get("reason") or message("Promoted manually."))
    return _move(context, lambda registry: registry.promote(str(params["version"]), reason=reason))


def roll_back(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Undo the last promotion.

    Returns
    -------
    dict
        As :func:`promote`.

    Raises
    ------
    AppError
        As :meth:`.registry.Registry.rollback`.
    """
    return _move(context, lambda registry: registry.rollback())


def restore_starters(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Move the aliases to the shipped models; trained models stay in the registry.

    Returns
    -------
    dict
        As :func:`promote`.

    Raises
    ------
    AppError
        As :func:`.starter_models.restore`.
    """
    from genre_desktop.ml.registry import starter_models

    return _move(context, starter_models.restore, ensure=False)


def _move(
    context: TaskContext, change: Callable[[Registry], AliasMove], *, ensure: bool = True
) -> dict[str, Any]:
    from genre_desktop.ml.registry.registry import Registry
    from genre_desktop.ml.registry.starter_models import open_registry
    from genre_desktop.ml.tasks.registry import keep_list

    with open_registry(context.home) if ensure else Registry(context.home) as registry:
        move = change(registry)
    keep_list(context.home)
    context.log(f"Champion is version {move.champion}, fallback version {move.fallback or 'none'}.")
    return {"champion": move.champion, "fallback": move.fallback}
