"""``drift``: compare recent predictions with the champion's training data."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genre_desktop.commands import formatting
from genre_desktop.commands.jobs import run_job

if TYPE_CHECKING:
    from genre_desktop.commands.terminal import Terminal

NAME = "drift"
HELP = "Check whether your music differs from the champion's training music."

_SHOWN = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``drift``."""
    parser.add_argument(
        "--html", metavar="FILE", help="also write the full report to an HTML file (takes up to a minute)"
    )


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """Run the drift job; exit code 1 if it did not succeed. A drift is not a failure."""
    params = {} if arguments.html is None else {"html": str(Path(arguments.html).expanduser().absolute())}
    return run_job(terminal, "drift", params, _show)


def _show(terminal: Terminal, result: dict[str, Any]) -> int:
    if result["action"] == "waiting":
        terminal.print(
            f"{result['n_current']} clips have been analysed so far; a check needs {result['needed']}. Analyse more music."
        )
        return 0
    verdict = {
        "strong": "Drift found: your music differs from the champion's training music.",
        "mild": "No drift, but your files are compressed differently from the training music.",
        "none": "No drift: your music matches the champion's training music.",
    }
    terminal.print(verdict[result["level"]])
    terminal.print(_compared(result))
    terminal.print(
        f"{formatting.percent(result['drifted_share'])} of the signal features of {result['n_current']} clips differ; "
        f"the threshold is {formatting.percent(result['threshold'])}. Model in use: {result['serving']}."
    )
    if result["encoder_share"] is not None:
        terminal.print(
            f"{formatting.percent(result['encoder_share'])} of the music encoder's measurements differ."
        )
    if result["drift"] and not result["confirmed"]:
        terminal.print(
            f"A drift has to be confirmed by {result['needed']} more clips that no check has compared yet."
            if result["needed"]
            else "The next check decides whether it is a drift."
        )
    drifted = [feature for feature in result["features"] if feature["drifted"]]
    for feature in drifted[:_SHOWN]:
        terminal.print(
            f"  {feature['name']:<24} distance {feature['distance']:.2f}, p = {feature['score']:.1e}"
        )
    if len(drifted) > _SHOWN:
        terminal.print(f"  and {len(drifted) - _SHOWN} more")
    if result["html_path"]:
        terminal.print(f"Report: {result['html_path']}")
    return 0


def _compared(result: dict[str, Any]) -> str:
    n, windows = result["compared"], result["windows"]
    if not result["new"]:
        return f"Too few new clips since the last check: the last {n} were compared again."
    return f"{n} new clips were compared" + (
        f" in {windows} groups; this is the last." if windows > 1 else "."
    )
