"""``worker``: work for a cluster on this computer."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from typing import TYPE_CHECKING

from genre_desktop.commands import formatting
from genre_desktop.commands.arguments import positive

if TYPE_CHECKING:
    from genre_desktop.commands.terminal import Terminal
    from genre_desktop.core.errors import Problem
    from genre_desktop.jobs.cluster.worker import WorkerOptions

NAME = "worker"
HELP = "Run workers for a cluster on this computer, until Ctrl-C."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``worker``."""
    parser.add_argument(
        "address", metavar="ADDRESS", help="the cluster's scheduler, such as tls://music.example:8786"
    )
    parser.add_argument(
        "--workers", type=positive, default=0, metavar="N", help="start N processes (default: one per core)"
    )
    parser.add_argument(
        "--host", default="", metavar="HOST", help="address at which the cluster reaches this computer"
    )
    for name, what in (
        ("--ca-file", "certificate of the cluster's authority"),
        ("--certificate", "this computer's certificate"),
        ("--key", "private key of the certificate"),
    ):
        parser.add_argument(
            name, default="", metavar="FILE", help=f"{what}, PEM (default: from the settings)"
        )
    parser.add_argument(
        "--insecure",
        action="store_true",
        help="connect to other computers without encryption; only in a network that you trust",
    )


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """Run workers until SIGTERM (exit code 0) or Ctrl-C."""
    from genre_desktop.jobs.cluster import worker
    from genre_desktop.jobs.cluster.address import ClusterOptions

    found = ClusterOptions.of(terminal.settings, arguments.address, arguments.insecure)
    given = {
        name: vars(arguments)[name] for name in ("ca_file", "certificate", "key") if vars(arguments)[name]
    }
    cluster = replace(found or ClusterOptions(arguments.address), **given)
    options = worker.WorkerOptions(cluster, arguments.workers or os.cpu_count() or 1, arguments.host)
    worker.run(terminal.home, options, _Listener(terminal, options))
    return 0


class _Listener:
    """Shows on the terminal what happens."""

    def __init__(self, terminal: Terminal, options: WorkerOptions) -> None:
        self._terminal = terminal
        self._options = options

    def started(self) -> None:
        """Print the cluster of the workers."""
        uri, processes = self._options.cluster.uri, self._options.processes
        self._terminal.data({"cluster": uri, "workers": processes})
        working = formatting.count(processes, "worker process", "worker processes")
        self._terminal.print(f"{working} for {uri}; press Ctrl-C to stop.")

    def failed(self, problem: Problem) -> None:
        """Print why no worker runs, and that it is tried again."""
        self._terminal.notify_problem(problem)
        self._terminal.notify("  Trying again; press Ctrl-C to stop.")
