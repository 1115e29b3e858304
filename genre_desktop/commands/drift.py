"""``drift``: compare what was played with what the champion learned from, now."""

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
    """What ``drift`` takes."""
    parser.add_argument(
        "--html", metavar="FILE", help="also write the full report, one HTML file (most of a minute)"
    )


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """Check in a process of its own; exit code 1 when it did not come to an end. A drift is no failure."""
    params = {} if arguments.html is None else {"html": str(Path(arguments.html).expanduser().absolute())}
    result = run_job(terminal, "drift", params)
    if result is None:
        return 1
    _show(terminal, result)
    return 0


def _show(terminal: Terminal, result: dict[str, Any]) -> None:
    if result["action"] == "waiting":
        terminal.say(
            f"{result['n_current']} clips were answered so far; a check needs {result['needed']}. Analyse more music."
        )
        return
    verdict = {
        "strong": "Your music differs from what the champion learned from.",
        "mild": "Your recordings differ a little, in coding or sound; the music does not.",
        "none": "Your music is what the champion learned from.",
    }
    terminal.say(verdict[result["level"]])
    terminal.say(
        f"{formatting.percent(result['drifted_share'])} of the features of {result['n_current']} clips differ; "
        f"{formatting.percent(result['threshold'])} make a drift. The {result['serving']} answers."
    )
    drifted = [feature for feature in result["features"] if feature["drifted"]]
    for feature in drifted[:_SHOWN]:
        terminal.say(
            f"  {feature['name']:<24} distance {feature['distance']:.2f}, p = {feature['score']:.1e}"
        )
    if len(drifted) > _SHOWN:
        terminal.say(f"  and {len(drifted) - _SHOWN} more")
    if result["html_path"]:
        terminal.say(f"Report: {formatting.printable(result['html_path'])}")
