"""Problems of the feature rows that desktops contribute to their team."""

from __future__ import annotations

from genre_desktop.core.messages import N_
from genre_desktop.core.problems.text import ProblemText

_TABLE = N_("The team’s table cannot be used")

TEXTS: dict[str, ProblemText] = {
    "nothing-to-contribute": ProblemText(
        N_("There is nothing to contribute"),
        N_("There is no corrected or confirmed genre whose measurements are still stored."),
        N_("Correct or confirm some answers first."),
    ),
    "contribution-changed": ProblemText(
        N_("Nothing was sent"),
        N_("Your corrections have changed since the preview, so other rows would be sent than it shows."),
        N_("Open the preview again, then send."),
    ),
    "contribution-damaged": ProblemText(
        N_("A contribution was skipped"),
        N_("Its file is not valid: {reason}."),
        N_("Its contributor can send it again; training continues without it."),
    ),
    "contribution-version": ProblemText(
        N_("A contribution was skipped"),
        N_("It has feature version {version}; this program supports {known}."),
        N_("Update Genre Desktop on the computer with the older version, then send it again."),
    ),
    "team-table-foreign": ProblemText(
        _TABLE,
        N_("The server has an experiment {name} that this program did not create."),
        N_("Rename that experiment on the server, then try again."),
    ),
    "team-table-deleted": ProblemText(
        _TABLE,
        N_("The experiment {name} was deleted on the server."),
        N_("Restore it on the server (mlflow experiments restore), then try again."),
    ),
    "team-table-files": ProblemText(
        _TABLE,
        N_("The server stores its files at {address}, where this program cannot read or write them."),
        N_("Start the server with --artifacts-destination; docs/team.md has the commands."),
    ),
    "contributor-unreadable": ProblemText(
        N_("This computer’s name for contributions cannot be read"),
        "{path}: {error}.",
        N_(
            "Move the file away; rows sent under the old name remain on the server until its owner deletes them."
        ),
    ),
}
"""Key to texts; see the package."""
