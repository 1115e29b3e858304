"""Arguments shared by several commands."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable
from typing import Any

from genre_desktop.core.paths import HOME_VARIABLE


def add_common(parser: argparse.ArgumentParser, *, top: bool = False) -> None:
    """Add ``--home`` and ``--json``; accepted by every parser, so only the ``top`` one sets defaults."""
    parser.add_argument(
        "--home",
        metavar="DIR",
        default=None if top else argparse.SUPPRESS,
        help=f"store all data in DIR (also: {HOME_VARIABLE})",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=False if top else argparse.SUPPRESS,
        help="print only JSON on standard output",
    )


def add_actions(parser: argparse.ArgumentParser) -> Callable[..., argparse.ArgumentParser]:
    """Add actions to a command (``models promote``); call the result with a name and ``help``."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions")

    def add(name: str, help: str) -> argparse.ArgumentParser:  # noqa: A002  # argparse's own name
        action = actions.add_parser(name, help=help, description=help)
        add_common(action)
        return action

    return add


def add_paths(parser: argparse.ArgumentParser, nargs: str, what: str) -> None:
    """Add the files and folders to read."""
    parser.add_argument("paths", nargs=nargs, metavar="PATH", help=f"{what}, or a folder of them")
    parser.add_argument("-r", "--recursive", action="store_true", help="also search subfolders")


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Add ``--model``, ``--mode`` and ``--workers``."""
    parser.add_argument(
        "--model",
        type=_selector,
        default="champion",
        metavar="champion|fallback|VERSION",
        help="model to use; champion (the default) uses the fallback while the champion fails or drift was found",
    )
    add_mode(parser)
    add_workers(parser)


def add_mode(parser: argparse.ArgumentParser) -> None:
    """Add ``--mode``: how much of a song is read."""
    parser.add_argument(
        "--mode",
        choices=("song", "excerpt"),
        help="analyse the whole song in windows, or 30 s from its middle (default: from the settings)",
    )


def add_workers(parser: argparse.ArgumentParser) -> None:
    """Add ``--workers``: how many files are read in parallel."""
    parser.add_argument(
        "--workers",
        type=positive,
        default=0,
        metavar="N",
        help="analyse at most N files in parallel (default: from the settings, else one per core)",
    )


def add_cluster(parser: argparse.ArgumentParser) -> None:
    """Add ``--cluster`` and ``--insecure``: where the work is done."""
    parser.add_argument(
        "--cluster",
        default="",
        metavar="ADDRESS|local:N",
        help="use the Dask cluster with this scheduler, such as tls://music.example:8786, or N worker "
        "processes on this computer (also: GENRE_DESKTOP_CLUSTER)",
    )
    parser.add_argument(
        "--insecure",
        action="store_true",
        help="connect to other computers without encryption; only in a network that you trust",
    )


def cluster_params(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return the parameters of a job that say where its work is done."""
    return {"cluster": arguments.cluster, "insecure": arguments.insecure}


def registry_address() -> str:
    """Return the team's server that ``MLFLOW_TRACKING_URI`` names; empty for that of the settings."""
    return os.environ.get("MLFLOW_TRACKING_URI", "").strip()


def positive(value: str) -> int:
    """Parse an integer of at least 1."""
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is not a positive number")
    return int(value)


def _selector(value: str) -> str:
    if not re.fullmatch(r"champion|fallback|[1-9]\d*", value):
        raise argparse.ArgumentTypeError(f"{value!r} is neither champion nor fallback nor a version number")
    return value
