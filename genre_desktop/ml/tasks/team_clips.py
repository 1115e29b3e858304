"""The team's part of the training data: what others have contributed, or only the names of its recordings."""

from __future__ import annotations

from typing import Any, NamedTuple

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import message
from genre_desktop.ml.data.team_rows import TeamTable
from genre_desktop.ml.registry.shared import contributor, team_data
from genre_desktop.ml.registry.shared.connection import ServerOptions, connect
from genre_desktop.ml.task_context import JobContext


class TeamClips(NamedTuple):
    """What :func:`.training_data.gather` takes, and facts for the result of a training on it."""

    table: TeamTable | None = None
    facts: dict[str, Any] | None = None


def load(context: JobContext, params: dict[str, Any]) -> TeamClips:
    """Fetch the contributions if ``params["shared"]``; else return the team's names if they are known.

    ``params["registry"]`` is the address of the server, by default that of the settings.

    Raises
    ------
    AppError
        As :func:`.connection.connect` and :func:`.team_data.load`, for a shared training only.
    Cancelled
        The user cancelled.
    """
    options = ServerOptions.of_job(context.home, params)
    if not params.get("shared"):
        return _names(context, options)
    context.progress(0.0, message("Querying the shared registry"))
    with connect(options or context.home, retries=1) as server:
        found = team_data.load(server, context.home, context.cancelled)
    for skipped in found.skipped:
        context.log(f"Contributor {skipped.contributor[:8]}: {skipped.problem}")
    clips = () if found.table is None else found.table.clips
    context.log(f"The team has {len(clips)} clips of {found.contributors} other desktops.")
    facts = {
        "contributors": found.contributors,
        "clips": len(clips),
        "skipped": [{"contributor": s.contributor, "reason": s.problem.reason} for s in found.skipped],
    }
    return TeamClips(found.table, facts)


def _names(context: JobContext, options: ServerOptions | None) -> TeamClips:
    try:
        names = contributor.remembered_names(context.home, options.address if options else "")
    except AppError as error:
        context.log(str(error))
        return TeamClips()
    return TeamClips(None if names is None else TeamTable(names))
