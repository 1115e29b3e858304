"""Jobs of the team's shared registry: sync, publication, and promotion after a comparison on held-out clips."""

from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from genre_desktop.core import credentials
from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import Message, message
from genre_desktop.core.store.database import Database
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.data.dataset import MINIMUM_CLIPS, TrainingRows
from genre_desktop.ml.data.training_data import gather, of_team
from genre_desktop.ml.evaluation.promotion_policy import Decision
from genre_desktop.ml.models import bundle
from genre_desktop.ml.models.ensemble import Model
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.registry.shared import promotion, team_data, versions
from genre_desktop.ml.registry.shared import publish as publication
from genre_desktop.ml.registry.shared import sync as synchronisation
from genre_desktop.ml.registry.shared.connection import ServerOptions, SharedServer, connect
from genre_desktop.ml.registry.starter_models import open_registry
from genre_desktop.ml.task_context import JobContext, check_cancelled
from genre_desktop.ml.tasks.registry import keep_list
from genre_desktop.ml.training import champion_challenger

OWN, ALL, TEAM = "own", "all", "team"
"""Names of comparisons: on this computer's clips, on these and the team's, on the team's alone."""
_ASKING = message("Querying the shared registry")
_BROKEN = frozenset(
    {"model-missing", "model-digest", "model-truncated", "model-unreadable", "shared-artifact"}
)
"""Codes of a champion of the server that no computer can use, so that anything is better."""


def sync(context: JobContext, params: dict[str, Any]) -> dict[str, Any]:
    """Pull the server's champion and fallback; see :func:`.sync.sync` for the result.

    Parameters
    ----------
    params:
        Optionally ``registry``: address of the server, by default that of the settings.

    Raises
    ------
    AppError
        As :func:`.connection.connect`, :func:`.sync.sync` and :class:`.registry.Registry`.
    """
    context.progress(None, _ASKING)
    with open_server(context, params, retries=1) as server, open_registry(context.home) as registry:
        context.progress(None, message("Fetching the team’s models"))
        result = synchronisation.sync(server, registry, context.cancelled)
    keep_list(context.home)
    for pulled in result["pulled"]:
        context.log(f"Version {pulled['server_version']} there is version {pulled['version']} here.")
    for skipped in result["skipped"]:
        context.log(f"Version {skipped['version']} there was not used: {skipped['reason']}")
    context.log(str(result["reason"]))
    return result


def publish(context: JobContext, params: dict[str, Any]) -> dict[str, Any]:
    """Push ``params["version"]`` with its run; see :func:`.publish.publish` for the result.

    ``registry`` as in :func:`sync`. Raises ``AppError`` as these functions do.
    """
    context.progress(None, _ASKING)
    with open_server(context, params) as server, open_registry(context.home) as registry:
        context.progress(None, message("Sending the model"))
        result = publication.publish(server, registry, str(params["version"]))
    context.log(f"Version {result['version']} is version {result['server_version']} at {result['uri']}.")
    return result


def promote(context: JobContext, params: dict[str, Any]) -> dict[str, Any]:
    """Make the published local version ``params["version"]`` the server's champion, if it is better.

    It must be better than the server's champion by the comparison that a retrain makes, on this computer's clips
    and on the team's, where there are any. ``registry`` as in :func:`sync`.

    Returns
    -------
    dict
        ``version`` (local), ``server_version``, ``champion_before`` and ``fallback`` (the server's numbers),
        ``moved``, ``reason``, ``uri`` and ``comparisons``: ``own``, or where the team has contributed ``all`` and
        ``team`` (see :func:`_verdict`), each as :meth:`.promotion_policy.Decision.to_dict`.

    Raises
    ------
    AppError
        ``shared-version`` for one that was not published, ``feature-version`` when the server's champion is of a
        newer program, ``shared-promotion-raced``, and as :func:`sync`.
    """
    context.progress(None, _ASKING)
    with open_server(context, params) as server, open_registry(context.home) as registry:
        return _Promotion(context, server, registry, str(params["version"])).execute()


def open_server(context: JobContext, params: dict[str, Any], *, retries: int = 0) -> SharedServer:
    """Connect to the server of ``params["registry"]``, else of the settings."""
    return connect(ServerOptions.of_job(context.home, params) or context.home, retries=retries)


@dataclass(frozen=True, slots=True)
class _Promotion:
    """One promotion and what its steps share."""

    context: JobContext
    server: SharedServer
    registry: Registry
    selector: str

    def execute(self) -> dict[str, Any]:
        """Compare, and promote what is better."""
        version = self.registry.resolve(self.selector)
        shared = versions.with_digest(self.server, version.digest)
        if shared is None:
            raise AppError("shared-version/unpublished", version=version.version)
        aliases = versions.aliases(self.server)
        champion = aliases.get("champion")
        result: dict[str, Any] = {
            "version": version.version,
            "server_version": shared.version,
            "champion_before": champion,
            "fallback": aliases.get("fallback"),
            "moved": False,
            "uri": self.server.uri,
            "comparisons": {},
        }
        if champion == shared.version:
            return result | {"reason": message("It is already the champion of the shared registry.")}
        reason, better = self._judge(
            bundle.load(version.path(self.registry.home), version.digest), champion, result
        )
        self.context.log(str(reason))
        if better:
            check_cancelled(self.context)  # not cancellable from here on
            result |= self._move(shared.version, champion)
        return result | {"reason": reason}

    def _move(self, number: str, champion: str | None) -> dict[str, Any]:
        by = credentials.find(self.server.uri).username
        moved = promotion.promote(self.server, number, champion, by)
        return {"moved": True, "champion_before": moved["champion_before"], "fallback": moved["fallback"]}

    def _judge(self, candidate: Model, champion: str | None, result: dict[str, Any]) -> tuple[Message, bool]:
        if champion is None:
            return message("The shared registry had no champion, so there was no comparison."), True
        try:
            opponent = self._load(champion)
        except AppError as error:
            if error.problem.code not in _BROKEN and error.problem.key != "shared-version/deleted":
                raise
            return message("The shared champion cannot be used: {reason}", reason=error.problem.reason), True
        self.context.progress(None, message("Comparing with the shared champion"))
        decisions = {
            name: champion_challenger.compare(candidate, rows, opponent)
            for name, rows in self._tables().items()
        }
        result["comparisons"] = {name: decision.to_dict() for name, decision in decisions.items()}
        return _verdict(decisions)

    def _load(self, number: str) -> Model:
        """Return the server's champion, from here if this computer has it."""
        version = versions.find(self.server, number)
        version.check()
        local = synchronisation.local_version(self.registry, version.digest)
        if local is not None:
            return bundle.load(self.registry.folder(local), version.digest)
        with tempfile.TemporaryDirectory(prefix="genre-desktop-") as folder:
            target = Path(folder) / "model"
            synchronisation.fetch(self.server, version, target, self.context.cancelled)
            return bundle.load(target, version.digest)

    def _tables(self) -> dict[str, TrainingRows]:
        """Return the clips to compare on, see :func:`_verdict`."""
        reference = reference_dataset.load_if_intact(self.context.log)
        found = team_data.load(self.server, self.context.home, self.context.cancelled)
        for skipped in found.skipped:
            self.context.log(f"Contributor {skipped.contributor[:8]}: {skipped.problem}")
        with closing(Database(self.context.home.store)) as database:
            rows = gather(database, reference, found.table).rows
        if not len(rows):
            raise AppError("shared-version/nothing-to-compare")
        if found.table is None or not found.table.clips:
            return {OWN: rows}
        team = of_team(found.table)
        enough = len(team.first) >= MINIMUM_CLIPS and len(np.unique(team.groups)) > 1
        return {ALL: rows} | ({TEAM: team} if enough else {})


def _verdict(decisions: dict[str, Decision]) -> tuple[Message, bool]:
    """Return the reason of the comparison that decided, and whether the candidate is promoted.

    It must be better on all clips, those of this computer and of the team together: the same test as in a retrain. On
    the team's alone, often a few, it must not be worse by more than chance, so that a large library does not decide
    against everybody else.
    """
    name, decision = next(iter(decisions.items()))
    worse = TEAM in decisions and decisions[TEAM].high < 0
    if decision.promote and worse:
        return message("On the team’s clips alone it is significantly worse."), False
    where = {
        OWN: message("On the clips of this computer"),
        ALL: message("On the clips of this computer and of the team"),
    }
    return message("{where}: {reason}", where=where[name], reason=decision.reason), decision.promote
