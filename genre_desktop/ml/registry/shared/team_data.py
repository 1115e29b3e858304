"""Training rows of a whole team: the contributions on its server, checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from genre_desktop.core.errors import AppError, Cancelled, Problem, no_cancel
from genre_desktop.core.paths import Home
from genre_desktop.core.store.library import Clip
from genre_desktop.ml.data.team_rows import TeamTable
from genre_desktop.ml.registry.shared import contributor, team_table
from genre_desktop.ml.registry.shared.connection import SharedServer

_SKIPPED = ("contribution-damaged", "contribution-version")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A contribution that cannot be used, by its contributor's id."""

    contributor: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class TeamData:
    """Contributions of others; ``contributors`` counts those in ``table``, which is None for a team without salt."""

    table: TeamTable | None
    contributors: int
    skipped: tuple[Skipped, ...]


def load(server: SharedServer, home: Home, cancelled: Callable[[], bool] = no_cancel) -> TeamData:
    """Fetch what others have contributed, for :func:`genre_desktop.ml.data.training_data.gather`.

    The desktop's own contribution is not among it: the store is more recent.

    Raises
    ------
    AppError
        ``team-table-foreign``, ``team-table-deleted``, ``contributor-unreadable``, and in the server's
        ``with`` block its errors.
    Cancelled
        ``cancelled()`` was true.
    """
    salt = team_table.salt_of(server)
    if salt is None:
        return TeamData(None, 0, ())
    contributor.remember_salt(home, server.uri, salt)
    me = contributor.of_home(home)
    found, skipped = _contributions(server, me.id, cancelled)
    clips = [clip for clips in found for clip in clips]
    return TeamData(TeamTable(me.names(salt), clips), len(found), skipped)


def load_rows(server: SharedServer) -> list[Clip]:
    """Return the clips of all contributors under pseudonyms; damaged contributions are left out.

    A recording that several have contributed is there several times. Raises as :func:`load`.
    """
    if team_table.salt_of(server) is None:
        return []
    return [clip for clips in _contributions(server, "", no_cancel)[0] for clip in clips]


def _contributions(
    server: SharedServer, without: str, cancelled: Callable[[], bool]
) -> tuple[list[tuple[Clip, ...]], tuple[Skipped, ...]]:
    found: list[tuple[Clip, ...]] = []
    skipped: list[Skipped] = []
    for run in team_table.runs(server):
        if cancelled():
            raise Cancelled
        name = run.data.tags[team_table.CONTRIBUTOR]
        if name == without:
            continue
        try:
            found.append(team_table.receive(server, run).clips)
        except AppError as error:
            if error.problem.code not in _SKIPPED:
                raise
            skipped.append(Skipped(name, error.problem))
    return found, tuple(skipped)
