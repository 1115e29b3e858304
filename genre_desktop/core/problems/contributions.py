"""Problems of the feature rows that desktops contribute to their team."""

from __future__ import annotations

from genre_desktop.core.messages import N_
from genre_desktop.core.problems.text import ProblemText

_TABLE = N_("The team’s table cannot be used")

TEXTS: dict[str, ProblemText] = {
    "nothing-to-contribute": ProblemText(
        N_("Nothing to contribute"),
        N_("No genre was corrected or confirmed whose measurements are still kept."),
        N_("Correct or confirm some answers first."),
    ),
    "contribution-changed": ProblemText(
        N_("Nothing was sent"),
        N_("Your corrections have changed since the preview, so other rows would leave than it showed."),
        N_("Look at the preview again, then send."),
    ),
    "contribution-damaged": ProblemText(
        N_("A contribution was left out"),
        N_("Its file is not as this program writes it: {reason}."),
        N_("Its contributor can send it again; training goes on without it."),
    ),
    "contribution-version": ProblemText(
        N_("A contribution was left out"),
        N_("Feature version {version} measured it; this program knows {known}."),
        N_("Update Genre Desktop on the computer that is behind, then send it again."),
    ),
    "team-table-foreign": ProblemText(
        _TABLE,
        N_("The server has an experiment {name} that this program did not make."),
        N_("Rename that experiment on the server, then try again."),
    ),
    "team-table-deleted": ProblemText(
        _TABLE,
        N_("The experiment {name} was deleted on the server."),
        N_("Restore it on the server (mlflow experiments restore), then try again."),
    ),
    "team-table-files": ProblemText(
        _TABLE,
        N_("The server keeps its files at {address}, where this program cannot read or write them."),
        N_("Start the server with --artifacts-destination; docs/team.md has the commands."),
    ),
    "contributor-unreadable": ProblemText(
        N_("This computer’s name for contributions cannot be read"),
        "{path}: {error}.",
        N_(
            "Move the file away; rows sent under the old name then stay on the server until its owner deletes them."
        ),
    ),
}
"""Key to texts; see the package."""
