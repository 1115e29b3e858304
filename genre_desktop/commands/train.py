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
HELP = "Train a model on your library and corrections; it serves only if it is better."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``train``."""
    parser.add_argument(
        "--families",
        metavar="A,B,…",
        help="families of models to try: lda, logistic, svm, random-forest, xgboost, k-neighbors (default: all)",
    )
    parser.add_argument(
        "--trials",
        type=positive,
        metavar="N",
        help="settings to try in each family (default: as in the settings)",
    )
    parser.add_argument(
        "--no-promote", action="store_true", help="keep the model, but leave the champion where it is"
    )
    parser.add_argument(
        "--shared", action="store_true", help="train on what the team has contributed to its server, too"
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
    for key, name in (("accuracy", "accuracy"), ("gmean", "G-Mean"), ("top3", "among the top three")):
        terminal.print(f"  {name:<20} {result['metrics'][key]:.3f}")
    if "team" in result:
        team = result["team"]
        terminal.print(f"Trained with {team['clips']} clips of {team['contributors']} other desktops.")
        for skipped in team["skipped"]:
            terminal.print(f"  Contributor {skipped['contributor'][:8]} was left out: {skipped['reason']}")
    verdict = "It is the champion now." if result["promoted"] else "The champion stays."
    terminal.print(f"{verdict} {result['reason']}")
    return 0
