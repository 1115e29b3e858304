"""``jobs``: list the scheduled jobs and their last outcome; ``jobs run`` runs one."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from genre_desktop.commands import formatting
from genre_desktop.commands.arguments import add_actions
from genre_desktop.core.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Callable

    from genre_desktop.commands.terminal import Terminal
    from genre_desktop.jobs.messages import JobEvent
    from genre_desktop.jobs.runner.process import JobOutcome
    from genre_desktop.jobs.schedule.status import ScheduleRow
    from genre_desktop.jobs.throughput import RemainingTime

NAME = "jobs"
HELP = "List the scheduled jobs and their last results, or run one now."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``jobs``."""
    add = add_actions(parser)
    run_one = add("run", help="run a job now and wait for it")
    run_one.add_argument("name", metavar="NAME", help="name of the job, as listed by jobs")


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """List the jobs, or run one; exit code 1 if it did not succeed."""
    if arguments.action == "run":
        from genre_desktop.jobs.catalogue import JOBS

        spec = JOBS.get(arguments.name)
        if spec is not None and spec.command:
            raise AppError("own-command", name=spec.command)
        outcome = _run_here(terminal, arguments.name, {})
        terminal.data(_outcome(outcome))
        return _report(terminal, outcome)
    _list(terminal)
    return 0


def _run_here(terminal: Terminal, name: str, params: dict[str, Any]) -> JobOutcome:
    """Run a job in its process and show its progress and log; Ctrl-C cancels it.

    Raises
    ------
    AppError
        There is no such job.
    KeyboardInterrupt
        After the job's processes have ended.
    """
    from genre_desktop.jobs.runner.process import RunningJob
    from genre_desktop.jobs.throughput import RemainingTime

    remaining = RemainingTime()
    job = RunningJob(terminal.home, name, params, lambda event: _show_event(terminal, event, remaining))
    try:
        while (
            outcome := job.wait(timeout_s=0.5)
        ) is None:  # with a timeout: on Windows, Ctrl-C is only handled between waits
            pass
    except KeyboardInterrupt:
        job.cancel()
        job.wait()
        raise
    return outcome


def run_job(
    terminal: Terminal,
    name: str,
    params: dict[str, Any],
    show: Callable[[Terminal, dict[str, Any]], int],
    document: Callable[[dict[str, Any]], dict[str, Any]] = dict,
) -> int:
    """Run a job and print its result as JSON and with ``show``; return the exit code, 1 if it did not succeed.

    ``document`` makes the JSON of the result. It is the same job as the window's and the schedule's, so two never run at once.
    """
    outcome = _run_here(terminal, name, params)
    if outcome.ended.status == "succeeded" and outcome.ended.result is not None:
        terminal.data(document(outcome.ended.result))
        return show(terminal, outcome.ended.result)
    terminal.data({"error": _outcome(outcome)["error"]})
    return _report(terminal, outcome)


def _report(terminal: Terminal, outcome: JobOutcome) -> int:
    """Print the outcome and return the exit code."""
    if outcome.ended.status == "succeeded":
        terminal.print(f"{outcome.name} succeeded in {formatting.format_duration(outcome.seconds)}.")
        return 0
    if outcome.ended.problem is not None:
        terminal.notify_problem(outcome.ended.problem)
    else:
        terminal.notify(f"{outcome.name} was {outcome.ended.status}.")
    if outcome.log_path:
        terminal.notify(f"  Log: {outcome.log_path}")
    return 1


def _show_event(terminal: Terminal, event: JobEvent, remaining: RemainingTime) -> None:
    from genre_desktop.jobs.messages import JobLog, Progress

    if isinstance(event, JobLog):
        terminal.notify(event.text)
    elif isinstance(event, Progress):
        share = f"{formatting.percent(event.fraction):>5}  " if event.fraction is not None else ""
        left = remaining.update(event.fraction)
        terminal.progress(share + event.message + (f", {formatting.clock(left)} left" if left else ""))


def _outcome(outcome: JobOutcome) -> dict[str, Any]:
    problem = outcome.ended.problem
    return {
        "name": outcome.name,
        "status": outcome.ended.status,
        "seconds": round(outcome.seconds, 3),
        "result": outcome.ended.result,
        "log": outcome.log_path or None,
        "error": problem.to_dict() if problem else None,
    }


def _list(terminal: Terminal) -> None:
    from genre_desktop.jobs.runner.process import mark_crashed
    from genre_desktop.jobs.schedule.status import rows

    mark_crashed(terminal.home, terminal.database)
    found = rows(terminal.home, terminal.database)
    terminal.data([row.to_dict() for row in found])
    lines = [("job", "schedule", "next run", "last result", "duration")]
    lines += [(row.name, row.trigger, _next(row), *_last(row)) for row in found]
    for line in formatting.table(lines):
        terminal.print(line)


def _next(row: ScheduleRow) -> str:
    if row.waiting:
        return row.waiting
    return formatting.moment(row.next_run) if row.next_run else "-"


def _last(row: ScheduleRow) -> tuple[str, str]:
    if row.running:
        return "running", ""
    if row.last is None:
        return "never run", ""
    return row.last.status, "" if row.last.seconds is None else formatting.format_duration(row.last.seconds)
