"""Options that several commands share."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable

from genre_desktop.core.paths import HOME_VARIABLE


def add_common(parser: argparse.ArgumentParser, *, top: bool = False) -> None:
    """``--home`` and ``--json``: accepted anywhere, so ``top`` alone sets their defaults."""
    parser.add_argument(
        "--home",
        metavar="DIR",
        default=None if top else argparse.SUPPRESS,
        help=f"keep all data in DIR (also: {HOME_VARIABLE})",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=False if top else argparse.SUPPRESS,
        help="print JSON on standard output, and nothing else there",
    )


def add_actions(parser: argparse.ArgumentParser) -> Callable[..., argparse.ArgumentParser]:
    """Let a command have actions (``models promote``); call the result with a name and ``help``."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions")

    def add(name: str, help: str) -> argparse.ArgumentParser:  # noqa: A002  # argparse's own name
        action = actions.add_parser(name, help=help, description=help)
        add_common(action)
        return action

    return add


def add_paths(parser: argparse.ArgumentParser, nargs: str, what: str) -> None:
    """Which files and folders are read."""
    parser.add_argument("paths", nargs=nargs, metavar="PATH", help=f"{what}, or a folder of them")
    parser.add_argument("-r", "--recursive", action="store_true", help="also search the folders in folders")


def add_reading(parser: argparse.ArgumentParser) -> None:
    """How files are read: which model, how much of a song, how many side by side."""
    add_model(parser)
    add_mode(parser)
    add_workers(parser)


def add_model(parser: argparse.ArgumentParser) -> None:
    """Which model answers."""
    parser.add_argument(
        "--model",
        type=_selector,
        default="champion",
        metavar="champion|fallback|VERSION",
        help="which model answers; champion (the default) lets the watch decide who serves",
    )


def add_mode(parser: argparse.ArgumentParser) -> None:
    """How much of a song is read."""
    parser.add_argument(
        "--mode",
        choices=("song", "excerpt"),
        help="read the whole song in windows, or 30 s from its middle (default: as in the settings)",
    )


def add_workers(parser: argparse.ArgumentParser) -> None:
    """How many files are read side by side."""
    parser.add_argument(
        "--workers",
        type=positive,
        default=0,
        metavar="N",
        help="read at most N files side by side (default: as in the settings, else one per core)",
    )


def positive(value: str) -> int:
    """A whole number of at least 1."""
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is not a positive number")
    return int(value)


def _selector(value: str) -> str:
    if not re.fullmatch(r"champion|fallback|[1-9]\d*", value):
        raise argparse.ArgumentTypeError(f"{value!r} is neither champion nor fallback nor a version number")
    return value
