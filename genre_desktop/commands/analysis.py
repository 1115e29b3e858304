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
from genre_desktop.core.errors import AppError
from genre_desktop.core.store.batch_checkpoints import BatchRequest
from genre_desktop.core.types import AnalyseRequest, Analysis, Mode
from genre_desktop.jobs.batch.checkpoint import BatchCheckpoint, NullCheckpoint
from genre_desktop.jobs.batch.queue import BatchProgress
from genre_desktop.jobs.batch.runner import Batch, BatchResult, in_order, with_display_path
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.messages import HostEvent, WorkerRestarted
from genre_desktop.jobs.workers.pool import WorkerPool


def mode_of(terminal: Terminal, chosen: str | None) -> Mode:
    """Return the mode from the command line, else from the settings."""
    return cast(Mode, chosen or terminal.settings["analyse.mode"])


def workers_of(terminal: Terminal, chosen: int) -> int:
    """Return the number of workers: from the command line, else from the settings, else one per core."""
    return chosen or int(terminal.settings["analyse.workers"]) or os.cpu_count() or 1


def analyses(
    terminal: Terminal, arguments: argparse.Namespace, *, resume: bool = False
) -> Generator[Analysis]:
    """Classify the paths of the command line."""
    mode = mode_of(terminal, arguments.mode)
    if is_one_file(arguments.paths):
        yield one(terminal, arguments.paths[0], arguments.model, mode)
        return
    request = batch_request(arguments.paths, arguments.recursive, arguments.model, mode)
    rows = many(terminal, request, workers=arguments.workers, resume=resume)
    with contextlib.closing(rows):
        for row in rows:
            yield row.analysis


def one(terminal: Terminal, path: str, model: str, mode: Mode) -> Analysis:
    """Classify one file in this process, which avoids the start of a worker."""
    from genre_desktop.jobs import operations

    with contextlib.closing(ProcessResources(terminal.home)) as resources:
        context = TaskContext(resources)
        with contextlib.suppress(AppError):  # the analysis will report it
            operations.warm(context)  # so that elapsed_ms excludes loading, as in a worker
        request = AnalyseRequest(str(Path(path).absolute()), model, mode)
        return with_display_path(operations.analyse(context, request), path)


def many(
    terminal: Terminal, request: BatchRequest, *, workers: int = 0, resume: bool = False
) -> Generator[BatchResult]:
    """Classify files and folders in parallel; results come in the order found and can be resumed."""
    checkpoint = BatchCheckpoint(terminal.home, terminal.database, request, resume=resume)
    if checkpoint.done_before:
        terminal.notify(f"Going on: {formatting.count(checkpoint.done_before, 'file')} done before.")
    yield from _run(terminal, request, checkpoint, "analyse", workers)


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
) -> Generator[BatchResult]:
    def report(event: HostEvent) -> None:
        if isinstance(event, WorkerRestarted):
            terminal.notify(f"An analysis process was replaced: {event.reason}.")

    with WorkerPool(terminal.home, report, workers_of(terminal, workers)) as pool:
        batch = Batch(pool, request, checkpoint, op)
        terminal.progress("Preparing …")
        with contextlib.closing(batch.run()) as rows:
            for done in in_order(rows):
                yield done
                terminal.progress(progress_line(batch.progress()))


def progress_line(progress: BatchProgress) -> str:
    """Format the progress: ``12 of 100 files, 8.3 a second, 0:11 left``."""
    total = f"{progress.found}{' or more' if progress.searching else ''}"
    parts = [f"{progress.done} of {total} files"]
    if progress.rate:
        parts.append(f"{progress.rate:.1f} a second")
    if progress.left_s is not None:
        parts.append(f"{formatting.clock(progress.left_s)} left")
    return ", ".join(parts)
