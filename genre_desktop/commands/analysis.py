"""Classifies files for a command: one in this process, several through the workers."""

from __future__ import annotations

import argparse
import contextlib
import os
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import cast

from genre_desktop.commands import formatting
from genre_desktop.commands.terminal import Terminal
from genre_desktop.core.errors import AppError, disk_full, no_cancel
from genre_desktop.core.store.batch_checkpoints import BatchRequest
from genre_desktop.core.types import AnalyseRequest, Analysis, Mode
from genre_desktop.jobs.batch.checkpoint import BatchCheckpoint, NullCheckpoint
from genre_desktop.jobs.batch.queue import BatchProgress
from genre_desktop.jobs.batch.runner import Batch, BatchResult, in_order
from genre_desktop.jobs.cluster.address import VARIABLE, ClusterOptions
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.executor import ExecutorLoad
from genre_desktop.jobs.executors import open_executor
from genre_desktop.jobs.file_map import FileMap
from genre_desktop.jobs.messages import HostEvent, WorkerRestarted
from genre_desktop.jobs.operations import failed, with_display_path


def mode_of(terminal: Terminal, chosen: str | None) -> Mode:
    """Return the mode from the command line, else from the settings."""
    return cast(Mode, chosen or terminal.settings["analyse.mode"])


def workers_of(terminal: Terminal, chosen: int) -> int:
    """Return the number of workers: from the command line, else from the settings, else one per core."""
    return chosen or int(terminal.settings["analyse.workers"]) or os.cpu_count() or 1


def cluster_of(terminal: Terminal, arguments: argparse.Namespace) -> ClusterOptions | None:
    """Return the cluster of the command line or the environment; None for this computer.

    That of the settings is for imports and retraining only.
    """
    if not (arguments.cluster or os.environ.get(VARIABLE)):
        return None
    return ClusterOptions.of(terminal.settings, arguments.cluster, arguments.insecure)


def analyses(
    terminal: Terminal,
    arguments: argparse.Namespace,
    *,
    resume: bool = False,
    cluster: ClusterOptions | None = None,
) -> Generator[Analysis]:
    """Classify the paths of the command line, on ``cluster`` or this computer."""
    mode = mode_of(terminal, arguments.mode)
    if is_one_file(arguments.paths):
        yield one(terminal, arguments.paths[0], arguments.model, mode, cluster)
        return
    request = batch_request(arguments.paths, arguments.recursive, arguments.model, mode)
    rows = many(terminal, request, workers=arguments.workers, resume=resume, cluster=cluster)
    with contextlib.closing(rows):
        for row in rows:
            yield row.analysis


def one(
    terminal: Terminal, path: str, model: str, mode: Mode, cluster: ClusterOptions | None = None
) -> Analysis:
    """Classify one file: in this process, which avoids the start of a worker, or on a cluster."""
    from genre_desktop.jobs import operations

    request = AnalyseRequest(str(Path(path).absolute()), model, mode)
    if cluster is not None:
        return with_display_path(_one_there(terminal, request, cluster), path)
    with contextlib.closing(ProcessResources(terminal.home)) as resources:
        context = TaskContext(resources)
        with contextlib.suppress(AppError):  # the analysis will report it
            operations.warm(context)  # so that elapsed_ms excludes loading, as in a worker
        return with_display_path(operations.analyse(context, request), path)


def _one_there(terminal: Terminal, request: AnalyseRequest, cluster: ClusterOptions) -> Analysis:
    terminal.progress("Preparing …")
    with contextlib.closing(FileMap(terminal.home, no_cancel, cluster)("analyse", [request], 1)) as results:
        done = next(results)
    if done.problem is not None:
        return failed(request.path, done.problem)
    found: Analysis = done.value
    return found


def many(
    terminal: Terminal,
    request: BatchRequest,
    *,
    workers: int = 0,
    resume: bool = False,
    cluster: ClusterOptions | None = None,
) -> Generator[BatchResult]:
    """Classify files and folders in parallel; results come in the order found and can be resumed.

    On a full disk answers go on, which the terminal reports; there is nothing to resume then.
    """
    checkpoint = _checkpoint(terminal, request, resume)
    if checkpoint.done_before:
        terminal.notify(f"Resuming: {formatting.count(checkpoint.done_before, 'file')} already done.")
    yield from _run(terminal, request, checkpoint, "analyse", workers, cluster)


def _checkpoint(terminal: Terminal, request: BatchRequest, resume: bool) -> BatchCheckpoint | NullCheckpoint:
    try:
        return BatchCheckpoint(
            terminal.home, terminal.database, request, resume=resume, on_full=terminal.not_stored
        )
    except (AppError, OSError) as error:
        problem = disk_full(error, terminal.home.root)
        if problem is None:
            raise
        terminal.not_stored(problem)
        return NullCheckpoint()


def measure(terminal: Terminal, request: BatchRequest, *, workers: int = 0) -> Generator[BatchResult]:
    """Classify as :func:`many`, without recording predictions."""
    yield from _run(terminal, request, NullCheckpoint(), "measure", workers)


def is_one_file(paths: Sequence[str]) -> bool:
    """Whether there is a single path that is not a folder."""
    return len(paths) == 1 and not os.path.isdir(paths[0])  # noqa: PTH112  # Path.is_dir may raise


def batch_request(paths: Sequence[str], recursive: bool, model: str, mode: Mode) -> BatchRequest:
    """Return the request that identifies a run, for resuming it."""
    relative = not all(Path(path).is_absolute() for path in paths)
    return BatchRequest(tuple(paths), recursive, model, mode, str(Path.cwd()) if relative else "")


def _run(
    terminal: Terminal,
    request: BatchRequest,
    checkpoint: BatchCheckpoint | NullCheckpoint,
    op: str,
    workers: int,
    cluster: ClusterOptions | None = None,
) -> Generator[BatchResult]:
    def report(event: HostEvent) -> None:
        if isinstance(event, WorkerRestarted):
            terminal.notify(f"An analysis process was restarted: {event.reason}.")

    terminal.progress("Preparing …")
    with open_executor(terminal.home, workers_of(terminal, workers), report, cluster) as executor:
        batch = Batch(executor, request, checkpoint, op)
        with contextlib.closing(batch.run()) as rows:
            for done in in_order(rows):
                yield done
                load = executor.load() if cluster is not None else None
                terminal.progress(progress_line(batch.progress(), load))


def progress_line(progress: BatchProgress, load: ExecutorLoad | None = None) -> str:
    """Format the progress: ``12 of 100 files, 8.3 per second, 0:11 left``.

    With the load of a cluster: ``…, 8.3 per second, 4 workers, 1 lost, 2 repeated, 0:11 left``.
    """
    total = f"{progress.found}{' or more' if progress.searching else ''}"
    parts = [f"{progress.done} of {total} files"]
    if progress.rate:
        parts.append(f"{progress.rate:.1f} per second")
    if load is not None:
        parts.append(formatting.count(load.workers, "worker"))
        parts += [f"{n} {what}" for n, what in ((load.lost, "lost"), (load.repeated, "repeated")) if n]
    if progress.left_s is not None:
        parts.append(f"{formatting.clock(progress.left_s)} left")
    return ", ".join(parts)
