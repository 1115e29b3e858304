"""``jobs``: what runs by itself and how it went; ``jobs run`` starts one now."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING, Any

from genre_desktop.commands import text

if TYPE_CHECKING:
    from genre_desktop.commands.terminal import Terminal
    from genre_desktop.jobs.job_process import Outcome
    from genre_desktop.jobs.protocol import JobEvent

NAME = "jobs"
HELP = "List the scheduled jobs and their last outcome, or run one now."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``jobs`` takes."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions")
    run_one = actions.add_parser("run", help="run a job now and wait for it")
    run_one.add_argument("name", metavar="NAME", help="its name, as jobs lists it")


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """List, or run one; exit code 1 when it did not succeed."""
    if arguments.action == "run":
        outcome = run_here(terminal, arguments.name, {})
        terminal.data(_outcome(outcome))
        return report(terminal, outcome)
    _list(terminal)
    return 0


def run_here(terminal: Terminal, name: str, params: dict[str, Any]) -> Outcome:
    """Run a job in its process, with its progress and words on this terminal; Ctrl-C ends it whole.

    Raises
    ------
    AppError
        There is no such job.
    KeyboardInterrupt
        After the job's processes are gone.
    """
    from genre_desktop.jobs.job_process import run_job

    job = run_job(terminal.home, name, params, lambda event: _tell(terminal, event))
    try:
        while (outcome := job.wait(timeout_s=0.5)) is None:  # in pieces: Windows hears Ctrl-C in between
            pass
    except KeyboardInterrupt:
        job.cancel()
        job.wait()
        raise
    return outcome


def report(terminal: Terminal, outcome: Outcome) -> int:
    """The outcome in words; returns the exit code."""
    if outcome.ended.status == "succeeded":
        terminal.say(f"{outcome.name} succeeded in {text.lasting(outcome.seconds)}.")
        return 0
    if outcome.ended.problem is not None:
        problem = outcome.ended.problem
        terminal.note(f"{problem.title}\n  {text.printable(problem.reason)}\n  {problem.hint}".rstrip())
    else:
        terminal.note(f"{outcome.name} was {outcome.ended.status}.")
    if outcome.log_path:
        terminal.note(f"  Log: {outcome.log_path}")
    return 1


def _tell(terminal: Terminal, event: JobEvent) -> None:
    from genre_desktop.jobs.protocol import JobLog, Progress

    if isinstance(event, JobLog):
        terminal.note(text.printable(event.text))
    elif isinstance(event, Progress):
        share = f"{text.percent(event.fraction):>5}  " if event.fraction is not None else ""
        terminal.progress(share + event.message)


def _outcome(outcome: Outcome) -> dict[str, Any]:
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
    rows = listed(terminal)
    terminal.data(rows)
    lines = [("job", "runs", "next", "last outcome", "took")]
    for row in rows:
        took = "" if row["last_seconds"] is None else text.lasting(row["last_seconds"])
        when = text.moment(row["next_run"]) if row["next_run"] else "-"
        lines.append(
            (row["name"], row["trigger"] or "by hand", when, row["last_status"] or "never ran", took)
        )
    for line in text.table(lines):
        terminal.say(line)


def listed(terminal: Terminal) -> list[dict[str, Any]]:
    """The schedule with the last outcome of each job; moments in seconds since 1970, or null."""
    from genre_desktop.core.store.job_runs import JobRuns
    from genre_desktop.jobs.job_process import JOBS, mark_died

    mark_died(terminal.home, terminal.database)
    last = JobRuns(terminal.database).last()
    now = time.time()
    rows = []
    for name in sorted({*JOBS, *last}):
        run = last.get(name)
        seconds = None if run is None else (run.seconds if run.seconds is not None else now - run.started)
        rows.append(
            {
                "name": name,
                "trigger": None,
                "next_run": None,
                "last_status": run.status if run else None,
                "last_seconds": seconds,
            }
        )
    return rows
