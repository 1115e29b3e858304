"""Entry point of a job process: one job, at low priority unless the user waits for it, with its own log file and process group.

Imports only light modules: the environment must be set before NumPy is loaded.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genre_desktop.core.errors import Cancelled, Problem, problem_of
from genre_desktop.core.logs.formatter import FileFormatter
from genre_desktop.core.messages import Message, joined, message
from genre_desktop.core.quoting.controls import printable
from genre_desktop.jobs.messages import JobEnded, JobLog, JobStarted
from genre_desktop.jobs.workers import child_setup
from genre_desktop.jobs.workers.channel import Channel, ProgressReporter

if TYPE_CHECKING:
    import psutil

    from genre_desktop.jobs.cluster.address import ClusterOptions
    from genre_desktop.jobs.context import ProcessResources

Job = Callable[..., dict[str, Any]]
logger = logging.getLogger(__name__)
_ID = 0


def main(
    connection: Connection,
    home_root: str,
    home_existed: bool,
    name: str,
    target: str,
    params: dict[str, Any],
    log_path: str,
    urgent: bool = False,
) -> None:
    """Run the job ``name``: the ``module:function`` in ``target``, with all output in ``log_path``.

    ``urgent`` keeps the priority of the window.
    """
    _start_process_group()
    child_setup.set_up(home_root, Path(log_path), existed=home_existed, append=False)
    if not urgent:
        _lower_priority()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FileFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    channel = Channel(connection, _end_with_children)
    problem = _locked_run(channel, home_root, name, target, params, log_path)
    if problem is not None:
        channel.send(JobEnded("failed", problem=problem))
    if urgent:  # Python takes nearly a second to release MLflow's modules, and the job has ended only then
        logging.shutdown()
        sys.stdout.flush()
        os._exit(0)


def _locked_run(
    channel: Channel,
    home_root: str,
    name: str,
    target: str,
    params: dict[str, Any],
    log_path: str,
) -> Problem | None:
    from genre_desktop.core.paths import Home
    from genre_desktop.core.store.job_runs import JobRuns
    from genre_desktop.jobs.context import ProcessResources
    from genre_desktop.jobs.process_lock import Lock

    home = Home(Path(home_root))
    lock = Lock(home, f"job-{name}")
    try:
        if not lock.acquire(within_s=1.0):
            from genre_desktop.jobs.catalogue import title_of

            return Problem("job-running", name=Message(title_of(name)))
        parts = ProcessResources(home)
        log = JobRuns(parts.database)
        run_id = log.start(name, log_path)
    except Exception as error:
        logger.exception("%s could not start", name)
        return problem_of(error)
    channel.send(JobStarted(run_id, log_path))
    store = _identity(home.store)
    ended = _run(parts, channel, name, target, params)
    if _identity(home.store) == store:
        try:
            log.finish(run_id, ended.status, ended.reason, ended.result)
        except Exception as error:  # the work is done all the same; mark_crashed records the end later
            logger.exception("how %s ended could not be recorded", name)
            channel.send(not_recorded(error))
            ended = replace(ended, recorded=False)
    elif ended.status != "cancelled":
        ended = JobEnded("failed", problem=Problem("home-gone", path=str(home.root)))
    lock.release()
    channel.send(ended)
    parts.close()
    return None


def not_recorded(error: Exception) -> JobLog:
    """Return the line of the job's log that reports that its end is missing in the history."""
    reason = problem_of(error).reason
    return JobLog(f"How this job ended could not be recorded in the history: {reason}")


def _run(
    parts: ProcessResources, channel: Channel, name: str, target: str, params: dict[str, Any]
) -> JobEnded:
    from genre_desktop.jobs.context import TaskContext
    from genre_desktop.jobs.executors import open_fold_runner
    from genre_desktop.jobs.file_map import FileMap
    from genre_desktop.jobs.workers.main import find

    reporter = ProgressReporter(channel, _ID)

    def log(text: str) -> None:
        print(time.strftime("%H:%M:%S"), printable(text), flush=True)  # noqa: T201  # standard output is the log file
        channel.send(JobLog(text))

    def progress(fraction: float | None, text: Message) -> None:
        load = files.load()
        reporter.progress(fraction, joined((text, load), " · ") if load else text)

    try:
        cluster = _cluster(parts, name, params)
        files = FileMap(parts.home, reporter.cancelled, cluster)
        folds = partial(open_fold_runner, parts.home, reporter.cancelled, cluster)
        context = TaskContext(parts, reporter.cancelled, progress, log, files, folds)
        result = find(target)(context, params) or {}
        return JobEnded("succeeded", result=result)
    except Cancelled:
        return JobEnded("cancelled", message=message("Cancelled."))
    except Exception as error:
        logger.exception("%s failed", name)
        return JobEnded("failed", problem=problem_of(error))


def _identity(path: Path) -> tuple[int, int]:
    """Return what distinguishes a file from another of its name; zeros if there is none."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_dev, status.st_ino


def _cluster(parts: ProcessResources, name: str, params: dict[str, Any]) -> ClusterOptions | None:
    """Return where the job works: as its parameters say, else the environment, else the settings."""
    from genre_desktop.jobs.catalogue import JOBS
    from genre_desktop.jobs.cluster.address import ClusterOptions

    if not params.get("cluster") and not (name in JOBS and JOBS[name].clustered):
        return None
    return ClusterOptions.of(
        parts.settings, str(params.get("cluster", "")), bool(params.get("insecure", False))
    )


def _start_process_group() -> None:
    # The parent handles Ctrl-C in the terminal, and the job's children can be killed together with it.
    if hasattr(os, "setsid"):
        with contextlib.suppress(OSError):
            os.setsid()


_NICE = 10
_AUTOGROUP = Path("/proc/self/autogroup")


def _lower_priority() -> None:
    import psutil

    with contextlib.suppress(psutil.Error, OSError):
        if sys.platform == "win32":
            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            psutil.Process().nice(_NICE)
    # Linux divides the processor between sessions first ("autogroup" in sched(7)). The job has its own
    # session, which would weigh as much as the window's whatever its niceness.
    with contextlib.suppress(OSError):
        _AUTOGROUP.write_text(str(_NICE), "ascii")


def _end_with_children() -> None:
    """Kill this process and its children when the program that started it has ended.

    The next start records that the job died. Nothing else is done first: at its low priority a job has hardly any
    processor time on a busy computer, and would outlive the program by many seconds.
    """
    with contextlib.suppress(OSError, AttributeError):  # no process group: Windows
        os.killpg(os.getpid(), signal.SIGKILL)
    end_tree(os.getpid())


def end_tree(pid: int) -> None:
    """Kill a job process and all its descendants."""
    import psutil

    try:
        process = psutil.Process(pid)
        family = process.children(recursive=True)
    except psutil.NoSuchProcess:
        return
    if pid == os.getpid():
        _kill(family)
        os._exit(1)
    _kill([process, *family])  # the parent first, so that it starts nothing more
    if sys.platform != "win32":  # for orphans whose parent exited before they were listed
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def _kill(processes: Iterable[psutil.Process]) -> None:
    import psutil

    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
