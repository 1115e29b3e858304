"""``import``: add labelled music or a table of features to the training library."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genre_desktop.commands import formatting
from genre_desktop.commands.arguments import add_cluster, add_mode, add_workers, cluster_params
from genre_desktop.commands.jobs import run_job
from genre_desktop.core.tag_rules import tag_name

if TYPE_CHECKING:
    from genre_desktop.commands.terminal import Terminal

NAME = "import"
HELP = "Import labelled music (one folder per genre) or a table of features into the library."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``import``."""
    parser.add_argument(
        "path",
        metavar="DIR|TABLE.csv",
        help="a folder that contains one folder for each genre, or a table with a label column",
    )
    add_mode(parser)
    add_workers(parser)
    add_cluster(parser)


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """Run the import job, which resumes an interrupted one; exit code 1 if anything was skipped."""
    from genre_desktop.commands.analysis import mode_of, workers_of

    params = {
        "path": str(Path(arguments.path).absolute()),
        "mode": mode_of(terminal, arguments.mode),
        "workers": workers_of(terminal, arguments.workers),
        **cluster_params(arguments),
    }
    return run_job(terminal, "import", params, _show)


def _show(terminal: Terminal, result: dict[str, Any]) -> int:
    changes = [f"{result[name]} {name}" for name in ("added", "moved", "unchanged") if result.get(name)]
    terminal.print(f"{', '.join(changes) or 'Nothing new'}; {len(result['skipped'])} skipped.")
    for line in formatting.table(
        [(tag_name(genre), str(n)) for genre, n in result["genres"].items()], right=(1,)
    ):
        terminal.print(f"  {line}")
    for change in result.get("relabelled", []):
        terminal.print(f"  {change['path']}: now {tag_name(change['to'])}, was {tag_name(change['from'])}")
    for skipped in result["skipped"]:
        terminal.notify(f"Skipped {skipped['path']}: {skipped['reason']}")
    return 1 if result["skipped"] else 0
