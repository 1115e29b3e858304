"""Problems of jobs and of the processes that work for the program."""

from __future__ import annotations

from genre_desktop.core.messages import N_
from genre_desktop.core.problems.text import ProblemText

TEXTS: dict[str, ProblemText] = {
    "lock-failed": ProblemText(
        N_("It could not be seen whether this is running already"),
        N_("{path} cannot be opened ({error})."),
        N_("See whether its disk is connected and may be written to, then try again."),
    ),
    "schedule-failed": ProblemText(
        N_("The schedule cannot be used now"),
        N_("Reading or writing {path} failed: {error}."),
        N_("See whether its disk is connected and may be written to; it is tried again by itself."),
    ),
    "no-such-job": ProblemText(
        N_("There is no job “{name}”"), N_("The jobs are {names}."), N_("Choose one of them.")
    ),
    "own-command": ProblemText(
        N_("{name} is a command of its own"),
        N_("It needs to know what to work on."),
        N_("Run genre-desktop {name} --help."),
    ),
    "job-not-started": ProblemText(N_("The job could not be started"), "{error}", N_("Try again.")),
    "job-running": ProblemText(
        N_("{name} is already running"),
        N_("Another window or command started it, and two at once would get in each other's way."),
        N_("Wait until it is done, or cancel it there."),
    ),
    "job-running/tags": ProblemText(
        N_("Tags are being written already"),
        N_("A window or another command does it, and two at once would get in each other's way."),
        N_("Wait until it is done."),
    ),
    "job-died": ProblemText(
        N_("{name} ended unexpectedly"),
        N_("Its process is gone: {why}."),
        N_("Nothing was changed. Run it again; its log has the details."),
    ),
    "job-failed": ProblemText(N_("It did not work"), "{message}"),
    "worker-died": ProblemText(
        N_("This could not be analysed"),
        N_("The process that read it ended twice: {why}."),
        N_("Convert the file to WAV or FLAC and try again; the log has the details."),
    ),
    "worker-died/import": ProblemText(
        N_("This file could not be read"),
        N_("The helper process that read it died, and did so again at a second attempt."),
        N_("The file is probably damaged in an unusual way; convert it and try again."),
    ),
    "worker-died/cluster": ProblemText(
        N_("This could not be analysed"),
        N_("{n} workers of the cluster ended while they read it."),
        N_("The file is probably damaged in an unusual way; convert it to WAV or FLAC and try again."),
    ),
    "worker-restarted": ProblemText(N_("The analysis process had to be restarted"), "{why}"),
    "worker-restarted/retrying": ProblemText(
        N_("The analysis process had to be restarted"),
        "{why}",
        N_("A new one was started and the file is tried once more."),
    ),
    "workers-unavailable": ProblemText(
        N_("The analysis process does not start"),
        N_("Starting it failed several times: {why}."),
        N_("Run genre-desktop doctor, free some memory, and try again; the log has the details."),
    ),
    "workers-die": ProblemText(
        N_("Helper processes cannot run"),
        N_("{n} of them died one after the other without finishing anything."),
        N_("Close other programs if memory is short; the log may say more."),
    ),
}
"""Key to texts; see the package."""
