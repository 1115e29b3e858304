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
HELP = "Check now whether your music differs from what the champion learned from."

_SHOWN = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``drift``."""
    parser.add_argument(
        "--html", metavar="FILE", help="also write the full report, one HTML file (most of a minute)"
    )


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """Run the drift job; exit code 1 if it did not succeed. A drift is not a failure."""
    params = {} if arguments.html is None else {"html": str(Path(arguments.html).expanduser().absolute())}
    return run_job(terminal, "drift", params, _show)


def _show(terminal: Terminal, result: dict[str, Any]) -> int:
    if result["action"] == "waiting":
        terminal.print(
            f"{result['n_current']} clips were answered so far; a check needs {result['needed']}. Analyse more music."
        )
        return 0
    verdict = {
        "strong": "Your music differs from what the champion learned from.",
        "mild": "Your recordings differ a little, in coding or sound; the music does not.",
        "none": "Your music is what the champion learned from.",
    }
    terminal.print(verdict[result["level"]])
    terminal.print(
        f"{formatting.percent(result['drifted_share'])} of the signal features of {result['n_current']} clips differ; "
        f"{formatting.percent(result['threshold'])} make a drift. The {result['serving']} answers."
    )
    if result["encoder_share"] is not None:
        terminal.print(
            f"Of what the music encoder measures, {formatting.percent(result['encoder_share'])} differs."
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
