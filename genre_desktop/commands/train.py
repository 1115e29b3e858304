"""``train``: retrain on the library, the corrections and the reference data."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from genre_desktop.commands import formatting
from genre_desktop.commands.arguments import add_cluster, cluster_params, positive, registry_address
from genre_desktop.commands.jobs import run_job

if TYPE_CHECKING:
    from genre_desktop.commands.terminal import Terminal

NAME = "train"
HELP = "Train a model on your library and corrections; it is promoted only if it is better."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``train``."""
    parser.add_argument(
        "--families",
        metavar="A,B,…",
        help="model families to try: lda, logistic, svm, random-forest, xgboost, k-neighbors (default: all)",
    )
    parser.add_argument(
        "--trials",
        type=positive,
        metavar="N",
        help="hyperparameter settings to try for each family (default: from the settings)",
    )
    parser.add_argument("--no-promote", action="store_true", help="store the model, but do not promote it")
    parser.add_argument(
        "--shared",
        action="store_true",
        help="also train on the corrections that the team has contributed to its server",
    )
    add_cluster(parser)


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """Run the retrain job; exit code 1 if it did not succeed."""
    families = [name.strip() for name in (arguments.families or "").split(",") if name.strip()]
    params = {
        "families": families,
        "trials": arguments.trials,
        "promote": not arguments.no_promote,
        "shared": arguments.shared,
        "registry": registry_address(),
        **cluster_params(arguments),
    }
    return run_job(terminal, "retrain", params, _show)


def _show(terminal: Terminal, result: dict[str, Any]) -> int:
    terminal.print(
        f"Version {result['version']} ({result['family']}), trained in {formatting.format_duration(result['seconds'])}"
    )
    for key, name in (("accuracy", "accuracy"), ("gmean", "G-Mean"), ("top3", "top-3 accuracy")):
        terminal.print(f"  {name:<20} {result['metrics'][key]:.3f}")
    if "team" in result:
        team = result["team"]
        terminal.print(f"Trained with {team['clips']} clips of {team['contributors']} other desktops.")
        for skipped in team["skipped"]:
            terminal.print(f"  Contributor {skipped['contributor'][:8]} was skipped: {skipped['reason']}")
    verdict = "Promoted to champion." if result["promoted"] else "Not promoted."
    terminal.print(f"{verdict} {result['reason']}")
    return 0
