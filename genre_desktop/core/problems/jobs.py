"""Problems of jobs and of the processes that work for the program."""

from __future__ import annotations

from genre_desktop.core.messages import N_
from genre_desktop.core.problems.text import ProblemText

TEXTS: dict[str, ProblemText] = {
    "lock-failed": ProblemText(
        N_("Could not check whether this is already running"),
        N_("{path} cannot be opened ({error})."),
        N_("Check that its disk is connected and that you may write to it, then try again."),
    ),
    "schedule-failed": ProblemText(
        N_("The schedule is not available"),
        N_("Reading or writing {path} failed: {error}."),
        N_(
            "Check that its disk is connected and that you may write to it; the program tries again "
            "automatically."
        ),
    ),
    "no-such-job": ProblemText(
        N_("There is no job “{name}”"), N_("The jobs are {names}."), N_("Choose one of them.")
    ),
    "own-command": ProblemText(
        N_("{name} has its own command"),
        N_("It needs arguments."),
        N_("Run genre-desktop {name} --help."),
    ),
    "job-not-started": ProblemText(N_("The job could not be started"), "{error}", N_("Try again.")),
    "job-running": ProblemText(
        N_("{name} is already running"),
        N_("Another window or command started it, and it cannot run twice at the same time."),
        N_("Wait until it has finished, or cancel it there."),
    ),
    "job-running/tags": ProblemText(
        N_("Tags are already being written"),
        N_("Another window or command is writing tags, and only one can do so at a time."),
        N_("Wait until it has finished."),
    ),
    "job-died": ProblemText(
        N_("{name} ended unexpectedly"),
        N_("Its process ended: {why}."),
        N_("Nothing was changed. Run it again; its log has the details."),
    ),
    "job-failed": ProblemText(N_("The operation failed"), "{message}"),
    "worker-died": ProblemText(
        N_("This file could not be analysed"),
        N_("The process that analysed it ended twice: {why}."),
        N_("Convert the file to WAV or FLAC and try again; the log has the details."),
    ),
    "worker-died/import": ProblemText(
        N_("This file could not be analysed"),
        N_("The process that analysed it ended unexpectedly, and did so again on the second attempt."),
        N_("The file is probably damaged; convert it to WAV or FLAC and try again."),
    ),
    "worker-died/cluster": ProblemText(
        N_("This file could not be analysed"),
        N_("{n} workers of the cluster ended while they analysed it."),
        N_("The file is probably damaged; convert it to WAV or FLAC and try again."),
    ),
    "worker-restarted": ProblemText(N_("The analysis process had to be restarted"), "{why}"),
    "worker-restarted/retrying": ProblemText(
        N_("The analysis process had to be restarted"),
        "{why}",
        N_("A new process was started and the file is analysed once more."),
    ),
    "workers-unavailable": ProblemText(
        N_("The analysis process does not start"),
        N_("Starting it failed several times: {why}."),
        N_("Run genre-desktop doctor, free some memory, and try again; the log has the details."),
    ),
    "workers-die": ProblemText(
        N_("Worker processes cannot run"),
        N_("{n} of them ended unexpectedly, one after the other."),
        N_("Close other programs if memory is low; the log may have the details."),
    ),
}
"""Key to texts; see the package."""
