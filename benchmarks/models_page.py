"""The Models page: time to its list, and from a button to a promotion or a roll back; medians of alternating runs.

A list without MLflow is compared with the job that lists the versions, and a job in a spare process with one in a new process.
"""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from benchmarks.report import Row, as_markdown
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.jobs.runner.process import RunningJob
from genre_desktop.jobs.runner.spare import SpareProcess
from genre_desktop.jobs.tasks import registry

TITLE = "Models page"
RUNS = 3


@dataclass(frozen=True)
class Cost:
    """Seconds from the start of an action to its result, and seconds of processor time of its processes."""

    seconds: float
    processor: float


def run_job(home: Home, name: str, params: dict[str, Any], spare: SpareProcess | None = None) -> Cost:
    """Return what a job costs; what a spare process has done before does not count."""
    before = children_s() + (0.0 if spare is None else process_s(spare))
    started = time.perf_counter()
    outcome = RunningJob(home, name, params, spare=spare).wait()
    if outcome is None or outcome.ended.status != "succeeded":
        raise RuntimeError(f"{name} failed: {outcome}")
    return Cost(time.perf_counter() - started, children_s() - before)


def read_list(home: Home) -> Cost:
    """Return what the window's own way to the list costs."""
    started, used = time.perf_counter(), time.process_time()
    if registry.read_list(home) is None:
        raise RuntimeError("the list is outdated")
    return Cost(time.perf_counter() - started, time.process_time() - used)


def ready_spare(home: Home) -> SpareProcess:
    """Start a spare process and wait until it is prepared."""
    spare = SpareProcess(home, registry.OPEN_REGISTRY)
    while not spare.ready:
        time.sleep(0.05)
    return spare


def process_s(spare: SpareProcess) -> float:
    """Return the processor time that a spare process has used so far."""
    times = psutil.Process(spare.process.pid).cpu_times()
    return float(times.user + times.system)


def children_s() -> float:
    """Return the processor time of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure() -> list[Row]:
    """Alternate old and new way, so that other load on the machine concerns both."""
    costs: dict[str, list[Cost]] = {}
    promote = {"version": "2"}
    with tempfile.TemporaryDirectory() as folder:
        fresh, home = Home(Path(folder) / "fresh").create(), Home(Path(folder) / "home").create()
        Database(home.store).close()
        run_job(home, "models", {})  # registers the starters
        registry.read_list(fresh)  # imports NumPy
        for _ in range(RUNS):
            for key, work in (
                ("list: job", lambda: run_job(home, "models", {})),
                ("list: window", lambda: read_list(home)),
                ("list, fresh home: window", lambda: read_list(fresh)),
                ("promote: new process", lambda: run_job(home, "promote", promote)),
                ("roll back: new process", lambda: run_job(home, "roll-back", {})),
                ("promote: spare process", lambda: run_job(home, "promote", promote, ready_spare(home))),
                ("roll back: spare process", lambda: run_job(home, "roll-back", {}, ready_spare(home))),
            ):
                costs.setdefault(key, []).append(work())
    return [_row(what, found, costs) for what, found in costs.items()]


BEFORE = {"window": "job", "spare process": "new process"}
TARGETS = {"list: window": "0.5 s", "promote: spare process": "1 s", "roll back: spare process": "1 s"}


def _row(what: str, found: list[Cost], costs: dict[str, list[Cost]]) -> Row:
    action, _, way = what.partition(": ")
    before = costs.get(f"{action}: {BEFORE.get(way, '')}")
    median = _median(found)
    ratio = None if before is None else median / _median(before)
    processor = statistics.median(cost.processor for cost in found)
    low, high = (choose(cost.seconds for cost in found) for choose in (min, max))
    note = f"{low:.2f} to {high:.2f} s; processor time {processor:.2f} s"
    return Row(what, median, "s", ratio, TARGETS.get(what, ""), note)


def _median(costs: list[Cost]) -> float:
    return statistics.median(cost.seconds for cost in costs)


if __name__ == "__main__":
    print(as_markdown(TITLE, measure()))
